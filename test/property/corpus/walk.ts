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
 * A schema rebuilt from the inside out. It knows schemas from names: a property can be called `oneOf`.
 * @param rebuild what becomes of each schema object, its inner schemas being rebuilt already
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
