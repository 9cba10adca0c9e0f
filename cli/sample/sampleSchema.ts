import type { Json, JsonSchema } from '../../engine/model';
import { partsOf } from '../../engine/model/pointer';

/** How deep a schema is followed: a recursive one has no end. */
const DEPTH = 6;

/**
 * Values that a schema may accept, for inputs that the form shows as JSON and that have nothing but a schema. The caller
 * validates them.
 * @param root the schema that $refs are resolved in
 */
export function* valuesFor(schema: JsonSchema, root: JsonSchema = schema, depth = 0): Iterable<Json> {
	if (typeof schema === 'object' && depth < DEPTH) yield* described(schema, root, depth);
	yield* [{}, [], 'example', 1, true, null];
}

type Keywords = { [keyword: string]: unknown };

function* described(schema: Keywords, root: JsonSchema, depth: number): Iterable<Json> {
	if (schema.const !== undefined) yield schema.const as Json;
	if (Array.isArray(schema.enum)) yield* schema.enum as Json[];
	if (typeof schema.$ref === 'string') yield* valuesFor(targetOf(schema.$ref, root), root, depth + 1);
	const parts = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? (list as JsonSchema[]) : []));
	for (const part of parts) yield* described(typeof part === 'object' ? part : {}, root, depth + 1);
	const first = (inner: unknown): Json => {
		for (const value of valuesFor((inner ?? true) as JsonSchema, root, depth + 1)) if (fitsType(inner, value)) return value;
		return null;
	};
	const types = [schema.type].flat();
	if (types.includes('array')) {
		const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems.map(first) : [];
		yield tuple;
		yield [...tuple, ...Array.from({ length: Math.max(1, Number(schema.minItems ?? 1) - tuple.length) }, () => first(schema.items))];
	}
	if (types.includes('object')) {
		const properties = (schema.properties ?? {}) as Keywords;
		const required = Array.isArray(schema.required) ? (schema.required as string[]) : [];
		yield Object.fromEntries(required.map((name) => [name, first(properties[name])]));
	}
	if (types.includes('string')) yield 'example'.padEnd(Number(schema.minLength ?? 0), '0').slice(0, Number(schema.maxLength ?? Infinity));
	if (types.includes('integer') || types.includes('number')) yield Number(schema.minimum ?? schema.maximum ?? 1);
	if (types.includes('boolean')) yield true;
}

/** A rough check of the type, so that the first candidate for a part is not plainly wrong. */
function fitsType(schema: unknown, value: Json): boolean {
	const { type } = (typeof schema === 'object' && schema !== null ? schema : {}) as { type?: string | string[] };
	if (type === undefined) return true;
	const own = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
	return [type].flat().some((one) => one === own || (one === 'integer' && own === 'number'));
}

function targetOf(ref: string, root: JsonSchema): JsonSchema {
	let found: unknown = root;
	for (const part of partsOf(ref)) found = typeof found === 'object' && found !== null ? (found as Keywords)[part] : undefined;
	return typeof found === 'object' && found !== null ? (found as JsonSchema) : true;
}
