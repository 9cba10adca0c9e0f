import { child, Document, DocumentError, isPart, type Part } from '../document/document';
import { keywordsOf } from './dialect';
import { isAnnotation, SCHEMA, SCHEMA_BY_NAME, SCHEMA_LIST, typesOf } from './keywords';
import { mergeSchemas } from './merge';

/** A schema with its $refs followed and its allOf parts merged, one level deep, into a single object. */
export interface FlatSchema {
	/** The merged keywords, in JSON Schema 2020-12: `nullable` and Draft 4's boolean limits are converted. */
	schema: Part;
	/** The pointer of each child schema in the document, by the child itself. */
	pointers: Map<unknown, string>;
	/** The $refs that were followed to get here, for detecting recursion and for naming. */
	refs: string[];
}

/** A schema merged from more parts was not written by a person, and its form would be unusable. */
const MAX_PARTS = 1000;

/** Flattens the schemas of one document, with a cache. */
export class Schemas {
	private readonly flattened = new Map<unknown, FlatSchema>();
	private readonly parts = new Map<unknown, FlatSchema>();

	constructor(readonly document: Document) {}

	/**
	 * @param schema a schema of the document
	 * @param pointer its place in the document
	 * @throws DocumentError if it is not a schema, or a $ref leads nowhere or back to itself
	 */
	flatten(schema: unknown, pointer: string): FlatSchema {
		const known = this.flattened.get(schema);
		if (known) return known;
		const flat = this.flattenNew(schema, pointer, []);
		if (typeof schema === 'object') this.flattened.set(schema, flat);
		return flat;
	}

	/** Flattens a part with a cache: in a chain of allOf, each part may be named twice, so the work would double at every level. */
	private flattenPart(given: unknown, pointer: string, open: string[]): FlatSchema {
		const known = this.parts.get(given);
		if (known) return known;
		const flat = this.flattenNew(given, pointer, open);
		if (isPart(given)) this.parts.set(given, flat);
		return flat;
	}

	private flattenNew(given: unknown, pointer: string, open: string[]): FlatSchema {
		if (given === true || given === undefined) return { schema: {}, pointers: new Map(), refs: [] };
		if (given === false) return { schema: { not: {} }, pointers: new Map(), refs: [] };
		if (!isPart(given)) throw DocumentError.at(pointer, 'there should be a schema here: an object, true or false');

		const own = { ...keywordsOf(given, pointer) };
		const parts: FlatSchema[] = [];
		if (typeof given.$ref === 'string') {
			if (open.includes(given.$ref)) throw DocumentError.at(pointer, `$ref "${given.$ref}" leads back to itself`);
			const target = this.document.at(given.$ref, pointer);
			const flat = this.flattenPart(target, given.$ref, [...open, given.$ref]);
			parts.push({ ...flat, refs: [given.$ref, ...flat.refs] });
			// OpenAPI 3.0 ignores keywords next to a $ref. Annotations are kept: they are intended, and constrain nothing.
			if (this.document.version !== '3.1') for (const keyword of Object.keys(own)) if (!isAnnotation(keyword)) delete own[keyword];
		}
		if (given.allOf !== undefined && !Array.isArray(given.allOf))
			throw DocumentError.at(child(pointer, 'allOf'), 'there should be a list here');
		const allOf = (given.allOf as unknown[] | undefined) ?? [];
		if (allOf.length > MAX_PARTS)
			throw DocumentError.at(
				child(pointer, 'allOf'),
				`these are ${allOf.length} schemas in one, and ${MAX_PARTS} at most are put together. Write what they say into fewer`,
			);
		allOf.forEach((part, index) => {
			const flat = this.flattenPart(part, child(pointer, 'allOf', index), open);
			// A base schema names its children in a discriminator, which has no meaning in a child.
			const { discriminator: _discriminator, ...schema } = flat.schema;
			parts.push({ ...flat, schema: allOf.length === 1 ? schema : withoutTitle(schema) });
		});

		const pointers = new Map<unknown, string>();
		notePointers(own, pointer, pointers);
		let schema: Part = {};
		for (const part of parts) {
			for (const [node, place] of part.pointers) pointers.set(node, place);
			schema = mergeSchemas(schema, part.schema, pointers);
		}
		if (own.nullable === true && schema.type !== undefined && own.type === undefined) {
			schema = { ...schema, type: [...new Set([...typesOf(schema), 'null'])] };
		}
		return { schema: mergeSchemas(schema, own, pointers), pointers, refs: [...new Set(parts.flatMap((part) => part.refs))] };
	}
}

function withoutTitle(schema: Part): Part {
	const { title: _title, ...rest } = schema;
	return rest;
}

/** Records the pointers of a schema's direct subschemas. */
function notePointers(schema: Part, pointer: string, pointers: Map<unknown, string>): void {
	for (const keyword of SCHEMA_BY_NAME) {
		if (isPart(schema[keyword]))
			for (const [name, one] of Object.entries(schema[keyword])) pointers.set(one, child(pointer, keyword, name));
	}
	for (const keyword of SCHEMA_LIST) {
		if (Array.isArray(schema[keyword]))
			(schema[keyword] as unknown[]).forEach((one, index) => pointers.set(one, child(pointer, keyword, index)));
	}
	for (const keyword of SCHEMA) if (isPart(schema[keyword])) pointers.set(schema[keyword], child(pointer, keyword));
}
