import type { JsonSchema } from '../../model';
import { child, Document, DocumentError, isPart, type Part } from '../document/document';
import { keywordsOf } from './dialect';
import { isAnnotation, SCHEMA, SCHEMA_BY_NAME, SCHEMA_LIST } from './keywords';

/** Keywords whose subschemas apply to the same value, rather than to a child of it (2020-12 Core, section 10.2). */
const SAME_VALUE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas']);

/** Referenced schemas, by $ref. */
type Definitions = Map<string, { name: string; schema?: JsonSchema }>;

/** Makes schemas of a document self-contained, with a cache. */
export class Standalone {
	private readonly known = new WeakMap<object, JsonSchema>();

	constructor(private readonly document: Document) {}

	/**
	 * A self-contained schema for the validator that ships: JSON Schema 2020-12 without annotations, with everything it
	 * refers to under its `$defs`. Properties that only responses have (`readOnly`) are not required.
	 */
	of(schema: unknown, pointer: string): JsonSchema {
		const known = typeof schema === 'object' && schema !== null ? this.known.get(schema) : undefined;
		if (known !== undefined) return known;
		const result = this.written(schema, pointer);
		if (typeof schema === 'object' && schema !== null) this.known.set(schema, result);
		return result;
	}

	private written(schema: unknown, pointer: string): JsonSchema {
		const defs: Definitions = new Map();
		const result = this.convert(schema, pointer, defs, []);
		if (defs.size === 0 || typeof result === 'boolean') return result;
		return { ...result, $defs: Object.fromEntries([...defs.values()].map((def) => [def.name, def.schema ?? true])) };
	}

	/** @param open the $refs followed without descending into the value: following one of them again would never end */
	private convert(given: unknown, pointer: string, defs: Definitions, open: string[]): JsonSchema {
		if (typeof given === 'boolean') return given;
		if (!isPart(given)) return true;
		const own = keywordsOf(given, pointer);
		const result: Part = {};
		const convert = (value: unknown, keyword: string, ...[part]: [part?: string | number]) => {
			const at = child(pointer, keyword);
			return this.convert(value, part === undefined ? at : child(at, part), defs, SAME_VALUE.has(keyword) ? open : []);
		};
		const siblings = typeof given.$ref !== 'string' || this.document.version === '3.1';
		for (const [keyword, value] of siblings ? Object.entries(own) : []) {
			if (isAnnotation(keyword)) continue;
			if (SCHEMA_BY_NAME.has(keyword) && isPart(value)) {
				result[keyword] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, convert(one, keyword, name)]));
			} else if (SCHEMA_LIST.has(keyword) && Array.isArray(value)) {
				result[keyword] = value.map((one, index) => convert(one, keyword, index));
			} else if (SCHEMA.has(keyword)) result[keyword] = convert(value, keyword);
			else if (keyword === 'required') {
				const properties = (given.properties as Part | undefined) ?? {};
				result.required = (Array.isArray(value) ? (value as string[]) : []).filter((name) => !isReadOnly(properties[name]));
			} else result[keyword] = value;
		}
		const allOf = (Array.isArray(given.allOf) ? given.allOf : []).map((part, index) => convert(part, 'allOf', index));
		if (typeof given.$ref === 'string') {
			if (open.includes(given.$ref)) throw DocumentError.at(pointer, `$ref "${given.$ref}" leads back to itself`);
			let def = defs.get(given.$ref);
			if (!def) {
				def = { name: `d${defs.size}` };
				defs.set(given.$ref, def);
				def.schema = this.convert(this.document.at(given.$ref, pointer), given.$ref, defs, [...open, given.$ref]);
			}
			result.$ref = `#/$defs/${def.name}`;
		}
		if (allOf.length > 0) result.allOf = allOf;
		if (given.nullable === true && own.nullable === true && Object.keys(result).length > 0) return { anyOf: [result, { type: 'null' }] };
		return result;
	}
}

function isReadOnly(schema: unknown): boolean {
	return isPart(schema) && schema.readOnly === true;
}
