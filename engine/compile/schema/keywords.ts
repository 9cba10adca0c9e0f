import type { Part } from '../document/part';

/** Keywords that describe a schema without constraining values. */
const ANNOTATIONS = new Set([
	...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly', 'externalDocs', 'xml', '$comment'],
	...['discriminator', '$schema', '$id', '$anchor', '$defs', 'definitions', 'contentMediaType', 'contentEncoding', 'nullable'],
]);

/** Whether a keyword only describes a schema; so do all extensions (`x-…`). */
export function isAnnotation(keyword: string): boolean {
	return ANNOTATIONS.has(keyword) || keyword.startsWith('x-');
}

/** Keywords whose value is one schema. */
export const SCHEMA = new Set([
	...['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'],
	...['unevaluatedProperties', 'unevaluatedItems'],
]);
/** Keywords whose value is a list of schemas, except `allOf`, which is merged. */
export const SCHEMA_LIST = new Set(['anyOf', 'oneOf', 'prefixItems']);
/** Keywords whose value maps names to schemas. */
export const SCHEMA_BY_NAME = new Set(['properties', 'patternProperties', 'dependentSchemas']);

/** The types that a schema names in `type`; none if it has no `type`. */
export function typesOf(schema: Part): string[] {
	if (typeof schema.type === 'string') return [schema.type];
	if (Array.isArray(schema.type)) return schema.type as string[];
	return [];
}
