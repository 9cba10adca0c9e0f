import type { FlatSchema } from './flatten';

/** What a schema's context in the document says about it. */
export interface SchemaPlace {
	/** Name in the request; '' for list items, map values and options. */
	name: string;
	/** The schema's JSON Pointer in the document. */
	pointer: string;
	required: boolean;
	/** Label of the enclosing object, prefixed to the field's own. */
	prefix?: string;
	/** The document explicitly declares the enclosing field secret, with everything in it. */
	secret?: boolean;
	/** The enclosing list, map or union is named like a secret, so a nameless value in it is one. */
	secretName?: boolean;
	/** A label given explicitly by the document. */
	label?: string;
	/** Label of a nameless field: a list item, a map value, the body. */
	role?: string;
	/** Description and example of the parameter. */
	description?: string;
	example?: unknown;
	/** The $refs of the enclosing schemas: one that occurs again is a recursion. */
	refs?: string[];
	/** The $refs that led to this place, and the unions opened at it. */
	here?: { refs: string[]; unions: unknown[] };
	/** Null is valid here, whatever the schema says. */
	nullable?: boolean;
	/** Number of enclosing objects, lists and maps. */
	depth?: number;
}

/** The context of a child: the $refs that led here now enclose it. */
export function inside(place: SchemaPlace): Pick<SchemaPlace, 'refs' | 'depth'> {
	return { refs: [...(place.refs ?? []), ...(place.here?.refs ?? [])], depth: (place.depth ?? 0) + 1 };
}

/** Whether the document declares a field secret with everything in it. */
export function secretAsAWhole(flat: FlatSchema, place: SchemaPlace): boolean {
	return flat.schema['x-n8n-secret'] === undefined ? place.secret === true : flat.schema['x-n8n-secret'] === true;
}
