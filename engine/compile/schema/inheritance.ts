import { child, isPart, type Part } from '../document/document';
import type { FlatSchema, Schemas } from './flatten';

/** For a discriminator without a union (OpenAPI 3.1, Discriminator Object): a union of the schemas that extend this one by allOf. */
export function inheritance(schemas: Schemas, flat: FlatSchema): FlatSchema | undefined {
	const { discriminator, oneOf, anyOf } = flat.schema;
	if (discriminator === undefined || oneOf || anyOf || flat.refs.length === 0) return undefined;
	const root = schemas.document.root;
	const all = (root.components as Part | undefined)?.schemas as Part | undefined;
	const children = Object.entries(all ?? {}).filter(
		([name, schema]) =>
			isPart(schema) &&
			Array.isArray(schema.allOf) &&
			schemas.flatten(schema, child('#', 'components', 'schemas', name)).refs.some((ref) => flat.refs.includes(ref)),
	);
	if (children.length === 0) return undefined;
	const refs = children.map(([name]) => ({ $ref: child('#', 'components', 'schemas', name) }));
	const { title, description } = flat.schema;
	return { schema: { title, description, oneOf: refs, discriminator }, pointers: new Map(), refs: [] };
}
