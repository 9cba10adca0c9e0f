import type { JsonSchema } from '../../model';
import { longestText } from '../../model/patterns';
import { isObject } from '../../model/values';

type SchemaObject = Exclude<JsonSchema, boolean>;

/** Keywords whose value is one schema, a list of schemas, or schemas by name (2020-12 Core, sections 8.2.4, 10, 11). */
const ONE = ['additionalProperties', 'items', 'propertyNames', 'unevaluatedItems', 'then', 'else'];
const SEVERAL = ['allOf', 'anyOf', 'prefixItems'];
const NAMED = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];
/** Keywords that can refuse a value because a schema inside them accepts it. */
const TURNING = ['not', 'if', 'oneOf', 'contains', 'unevaluatedProperties'];
const WITHIN: ReadonlySet<string> = new Set([...ONE, ...SEVERAL, ...NAMED, ...TURNING]);

/** Longer lists are not checked by comparing every pair of entries. */
export const MOST_COMPARED = 1000;

/** What is costly in a schema, and the reduced schemas derived from it. */
interface Limits {
	/** The longest texts on which its patterns can be matched, in ascending order. */
	lengths: number[];
	comparesItems: boolean;
	schemas: Map<string, JsonSchema>;
}

const known = new WeakMap<object, Limits>();

/**
 * The part of a schema against which a value can be checked quickly: without patterns that could backtrack endlessly on
 * texts of this length, and, for long lists, without comparing their items. What is left out is up to the vendor. The
 * reduced schema accepts everything that the whole schema accepts.
 */
export function matchable(schema: JsonSchema, value: unknown): JsonSchema {
	if (!isObject(schema)) return schema;
	let limits = known.get(schema);
	if (!limits) {
		const { patterns, comparesItems } = costly(schema);
		limits = { lengths: [...new Set(patterns.map(longestText))].sort((a, b) => a - b), comparesItems, schemas: new Map() };
		known.set(schema, limits);
	}
	if (limits.lengths.length === 0 && !limits.comparesItems) return schema;
	const { text, list } = longestIn(value);
	// Patterns that are too costly on any text (length 0) are left out for every value.
	const passed = limits.lengths.filter((most) => most === 0 || most < text).at(-1) ?? -1;
	const long = limits.comparesItems && list > MOST_COMPARED;
	if (passed === -1 && !long) return schema;
	const key = `${passed} ${long}`;
	let left = limits.schemas.get(key);
	if (left === undefined) {
		left = without(schema, { most: passed, long });
		limits.schemas.set(key, left);
	}
	return left;
}

/** The direct subschemas of a schema. */
function within(schema: SchemaObject): unknown[] {
	return Object.entries(schema).flatMap(([keyword, part]) => {
		if (!WITHIN.has(keyword)) return [];
		if (Array.isArray(part)) return part as unknown[];
		return isObject(part) && NAMED.includes(keyword) ? Object.values(part) : [part];
	});
}

/** The costly keywords of a schema and its subschemas. */
export function costly(schema: unknown): { patterns: string[]; comparesItems: boolean } {
	if (!isObject(schema)) return { patterns: [], comparesItems: false };
	const { pattern, patternProperties } = schema;
	const inner = within(schema).map(costly);
	return {
		patterns: [
			...(typeof pattern === 'string' ? [pattern] : []),
			...(isObject(patternProperties) ? Object.keys(patternProperties) : []),
			...inner.flatMap(({ patterns }) => patterns),
		],
		comparesItems: schema.uniqueItems === true || inner.some(({ comparesItems }) => comparesItems),
	};
}

/** What is too costly for a value: patterns whose longest text is at most `most`, and comparing items. */
interface TooMuch {
	most: number;
	long: boolean;
}

function without(schema: unknown, tooMuch: TooMuch): JsonSchema {
	if (!isObject(schema)) return schema as JsonSchema;
	const isTooMuch = (pattern: string) => longestText(pattern) <= tooMuch.most;
	const left: { [keyword: string]: unknown } = {};
	for (const [keyword, part] of Object.entries(schema)) {
		if (keyword === 'pattern' && typeof part === 'string' && isTooMuch(part)) continue;
		if (keyword === 'uniqueItems' && tooMuch.long) continue;
		// These keywords can refuse what a subschema accepts, and a reduced subschema accepts too much.
		if (TURNING.includes(keyword) && !isWhole(part)) continue;
		if (ONE.includes(keyword)) left[keyword] = without(part, tooMuch);
		else if (SEVERAL.includes(keyword) && Array.isArray(part)) left[keyword] = part.map((one) => without(one, tooMuch));
		else if (NAMED.includes(keyword) && isObject(part))
			left[keyword] = Object.fromEntries(
				Object.entries(part)
					.filter(([name]) => keyword !== 'patternProperties' || !isTooMuch(name))
					.map(([name, one]) => [name, without(one, tooMuch)]),
			);
		else left[keyword] = part;
	}
	// Without such a pattern, the properties that it covers would count as additional.
	const { patternProperties } = schema;
	if (isObject(patternProperties) && Object.keys(patternProperties).some(isTooMuch)) delete left.additionalProperties;
	if ('if' in schema && !('if' in left)) {
		delete left.then;
		delete left.else;
	}
	return left;
}

/** Whether nothing is left out of a schema, nor of any schema that it refers to. */
function isWhole(schema: unknown): boolean {
	if (Array.isArray(schema)) return schema.every(isWhole);
	if (!isObject(schema)) return true;
	const { patterns, comparesItems } = costly(schema);
	return patterns.length === 0 && !comparesItems && !refersElsewhere(schema);
}

function refersElsewhere(schema: unknown): boolean {
	return isObject(schema) && (typeof schema.$ref === 'string' || within(schema).some(refersElsewhere));
}

/** The length of the longest text in a value, property names included, and of its longest list. */
function longestIn(value: unknown): { text: number; list: number } {
	const longest = { text: 0, list: 0 };
	const open: unknown[] = [value];
	while (open.length > 0) {
		const one = open.pop();
		if (typeof one === 'string') longest.text = Math.max(longest.text, one.length);
		else if (Array.isArray(one)) {
			longest.list = Math.max(longest.list, one.length);
			for (const item of one) open.push(item);
		} else if (isObject(one))
			for (const [name, item] of Object.entries(one)) {
				longest.text = Math.max(longest.text, name.length);
				open.push(item);
			}
	}
	return longest;
}
