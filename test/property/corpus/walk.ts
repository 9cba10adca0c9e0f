import { isObject } from './json';
import type { Schema, SchemaObject } from './schema';

const ONE = [
	'items',
	'additionalProperties',
	'not',
	'contains',
	'propertyNames',
	'unevaluatedProperties',
	'unevaluatedItems',
	'if',
	'then',
	'else',
];
const NAMED = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];
const LISTED = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];

/**
 * Rebuilds a schema from the inside out. It distinguishes schemas from names: a property may be called `oneOf`.
 * @param rebuild returns the replacement of a schema object whose inner schemas are already rebuilt
 */
export function transformed(schema: Schema, rebuild: (schema: SchemaObject, original: SchemaObject) => Schema): Schema {
	if (!isObject(schema)) return schema;
	const again = (one: unknown) => transformed(one as Schema, rebuild);
	const inner = Object.fromEntries(
		Object.entries(schema).map(([keyword, value]) => {
			if (ONE.includes(keyword)) return [keyword, again(value)];
			if (NAMED.includes(keyword) && isObject(value))
				return [keyword, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, again(one)]))];
			if (LISTED.includes(keyword) && Array.isArray(value)) return [keyword, value.map(again)];
			return [keyword, value];
		}),
	);
	return rebuild(inner, schema);
}
