import type { Part } from '../document/part';

/** Keywords that say something about a schema and limit nothing. */
const ANNOTATIONS = new Set([
	...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly', 'externalDocs', 'xml', '$comment'],
	...['discriminator', '$schema', '$id', '$anchor', '$defs', 'definitions', 'contentMediaType', 'contentEncoding', 'nullable'],
]);

export function isAnnotation(keyword: string): boolean {
	return ANNOTATIONS.has(keyword) || keyword.startsWith('x-');
}

/** Keywords whose value is a schema. */
export const SCHEMA = new Set([
	...['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'],
	...['unevaluatedProperties', 'unevaluatedItems'],
]);
/** Keywords whose value is a list of schemas; `allOf` is merged. */
export const SCHEMA_LIST = new Set(['anyOf', 'oneOf', 'prefixItems']);
/** Keywords whose value is a schema for each name. */
export const SCHEMA_BY_NAME = new Set(['properties', 'patternProperties', 'dependentSchemas']);

/** The JSON types that a schema names, or all that its keywords speak of where it names none. */
export function typesOf(schema: Part): string[] {
	if (typeof schema.type === 'string') return [schema.type];
	if (Array.isArray(schema.type)) return schema.type as string[];
	return [];
}
