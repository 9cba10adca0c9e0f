import type { FlatSchema } from './flatten';

/** What the place of a schema says about it. */
export interface SchemaPlace {
	/** Name in the request; '' for list items, map values and options. */
	name: string;
	/** Where the schema stands in the document. */
	pointer: string;
	required: boolean;
	/** Label of the enclosing object, put before the field's own. */
	prefix?: string;
	/** The document says that the enclosing field is secret, with all that it holds. */
	secret?: boolean;
	/** The enclosing list, map or union is named like a secret: a nameless value in it is one. */
	secretName?: boolean;
	/** A label that the document gives on purpose. */
	label?: string;
	/** What to call a nameless field: a list item, a map value, the body. */
	role?: string;
	/** A parameter's own words. */
	description?: string;
	example?: unknown;
	/** The $refs of the schemas around this one: one that comes again is a recursion. */
	refs?: string[];
	/** The $refs that led to this place itself, and the unions that were opened at it. */
	here?: { refs: string[]; unions: unknown[] };
	/** Null is a value here, whatever the schema says. */
	nullable?: boolean;
	/** Objects, lists and maps around the schema. */
	depth?: number;
}

/** The place of something within: the $refs that led here enclose it. */
export function inside(place: SchemaPlace): Pick<SchemaPlace, 'refs' | 'depth'> {
	return { refs: [...(place.refs ?? []), ...(place.here?.refs ?? [])], depth: (place.depth ?? 0) + 1 };
}

/** Whether the document says that a field is secret with all that it holds. */
export function secretAsAWhole(flat: FlatSchema, place: SchemaPlace): boolean {
	return flat.schema['x-n8n-secret'] === undefined ? place.secret === true : flat.schema['x-n8n-secret'] === true;
}
