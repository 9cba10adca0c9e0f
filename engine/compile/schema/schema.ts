import type { JsonSchema } from '../../model';
import { mendKeywords } from './normalize';
import { child, Document, DocumentError, isPart, type Part } from '../document/document';
import { has } from '../../model/values';

/** A schema with its $refs followed and its allOf parts merged, one level deep: what is written in one object. */
export interface FlatSchema {
	/** The merged keywords; `nullable` and Draft 4's boolean limits are brought to JSON Schema 2020-12. */
	schema: Part;
	/** Where each child schema stands, by the child itself: the way back to the place in the document. */
	pointers: Map<unknown, string>;
	/** The $refs that were followed to get here, for finding recursion and for naming. */
	refs: string[];
}

/** Keywords that say something about a schema and limit nothing. */
const ANNOTATIONS = new Set([
	...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly', 'externalDocs', 'xml', '$comment'],
	...['discriminator', '$schema', '$id', '$anchor', '$defs', 'definitions', 'contentMediaType', 'contentEncoding', 'nullable'],
]);

function isAnnotation(keyword: string): boolean {
	return ANNOTATIONS.has(keyword) || keyword.startsWith('x-');
}

const MAXIMA = new Set(['minLength', 'minItems', 'minProperties', 'minimum', 'exclusiveMinimum', 'minContains']);
const MINIMA = new Set(['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum', 'maxContains']);

/** What is put together of more parts is nothing that a person wrote, nor a form that one can use. */
const MAX_PARTS = 1000;

/** Flattens the schemas of one document, remembering what it has done. */
export class Schemas {
	private readonly flattened = new Map<unknown, FlatSchema>();
	private readonly parts = new Map<unknown, FlatSchema>();
	private readonly alone = new WeakMap<object, JsonSchema>();

	constructor(readonly document: Document) {}

	/**
	 * @param schema a schema of the document
	 * @param pointer where it stands
	 * @throws DocumentError where it is no schema, or a $ref leads nowhere or back to itself
	 */
	flatten(schema: unknown, pointer: string): FlatSchema {
		const known = this.flattened.get(schema);
		if (known) return known;
		const flat = this.flattenNew(schema, pointer, []);
		if (typeof schema === 'object') this.flattened.set(schema, flat);
		return flat;
	}

	/** Parts that many schemas share are flattened once: a chain of allOf can name each part twice. */
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

		const own = this.modern(given, pointer);
		const parts: FlatSchema[] = [];
		if (typeof given.$ref === 'string') {
			if (open.includes(given.$ref)) throw DocumentError.at(pointer, `$ref "${given.$ref}" leads back to itself`);
			const target = this.document.at(given.$ref, pointer);
			const flat = this.flattenPart(target, given.$ref, [...open, given.$ref]);
			parts.push({ ...flat, refs: [given.$ref, ...flat.refs] });
			// OpenAPI 3.0 ignores what stands beside a $ref; what only describes is meant all the same, and harmless.
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
			// A base type names its children in a discriminator; in a child it says nothing any more.
			const { discriminator: _discriminator, ...schema } = flat.schema;
			parts.push({ ...flat, schema: allOf.length === 1 ? schema : withoutTitle(schema) });
		});

		const pointers = new Map<unknown, string>();
		notePointers(own, pointer, pointers);
		let schema: Part = {};
		for (const part of parts) {
			for (const [node, place] of part.pointers) pointers.set(node, place);
			schema = this.merge(schema, part.schema, pointers);
		}
		if (own.nullable === true && schema.type !== undefined && own.type === undefined) {
			schema = { ...schema, type: [...new Set([...typesOf(schema), 'null'])] };
		}
		return { schema: this.merge(schema, own, pointers), pointers, refs: [...new Set(parts.flatMap((part) => part.refs))] };
	}

	/** The own keywords of a schema object, in the words of JSON Schema 2020-12. */
	private modern(given: Part, pointer: string): Part {
		const { $ref: _ref, allOf: _allOf, ...own } = given;
		mendKeywords(own, pointer);
		if (given.nullable === true) {
			if (own.type !== undefined) own.type = [...new Set([...typesOf(own), 'null'])];
			if (Array.isArray(own.enum) && !own.enum.includes(null)) own.enum = [...(own.enum as unknown[]), null];
			if (own.type !== undefined) delete own.nullable;
		}
		for (const [exclusive, limit] of [
			['exclusiveMinimum', 'minimum'],
			['exclusiveMaximum', 'maximum'],
		]) {
			if (own[exclusive] === true) {
				own[exclusive] = own[limit];
				delete own[limit];
			} else if (own[exclusive] === false) delete own[exclusive];
		}
		// `required: true` on a property is a leftover of Draft 3; it says nothing here.
		if (own.required !== undefined && !Array.isArray(own.required)) delete own.required;
		if (Array.isArray(own.required)) own.required = own.required.filter((name) => typeof name === 'string');
		if (own.example === undefined && Array.isArray(own.examples)) own.example = own.examples[0];
		return own;
	}

	/** What two schemas say together. What cannot be written as one keeps standing in `allOf`. */
	private merge(first: Part, second: Part, pointers: Map<unknown, string>): Part {
		if (Object.keys(first).length === 0) return second;
		const merged: Part = { ...first };
		const apart: Part = {};
		for (const [keyword, value] of Object.entries(second)) {
			const other = merged[keyword];
			if (other === undefined || isAnnotation(keyword)) merged[keyword] = value;
			else if (keyword === 'type') merged.type = commonTypes(first, second);
			else if (keyword === 'required') merged.required = [...new Set([...(other as string[]), ...(value as string[])])];
			else if (keyword === 'enum') merged.enum = (other as unknown[]).filter((one) => (value as unknown[]).some((two) => same(one, two)));
			else if (keyword === 'properties') merged.properties = this.mergeProperties(other as Part, value as Part, pointers);
			else if (keyword === 'allOf')
				merged.allOf = [
					...(other as unknown[]),
					...(value as unknown[]).filter((one) => !(other as unknown[]).some((two) => same(one, two))),
				];
			else if (keyword === 'items' || keyword === 'additionalProperties') merged[keyword] = this.both(other, value, pointers);
			else if (MAXIMA.has(keyword)) merged[keyword] = Math.max(other as number, value as number);
			else if (MINIMA.has(keyword)) merged[keyword] = Math.min(other as number, value as number);
			else if (!same(other, value)) apart[keyword] = value;
		}
		const closed = [first, second].filter((part) => part.additionalProperties !== undefined && part.additionalProperties !== true);
		for (const part of closed) {
			const names = new Set(Object.keys((part.properties as Part | undefined) ?? {}));
			// A part that closes itself speaks of the other part's names too: that is checked, not shown.
			if (Object.keys((merged.properties as Part | undefined) ?? {}).some((name) => !names.has(name))) {
				merged.allOf = [
					...((merged.allOf as unknown[] | undefined) ?? []),
					pick(part, ['properties', 'patternProperties', 'additionalProperties']),
				];
			}
		}
		if (Object.keys(apart).length > 0) merged.allOf = [...((merged.allOf as unknown[] | undefined) ?? []), apart];
		return merged;
	}

	private mergeProperties(first: Part, second: Part, pointers: Map<unknown, string>): Part {
		const merged: Part = { ...first };
		for (const [name, schema] of Object.entries(second)) {
			merged[name] = has(first, name) ? this.both(first[name], schema, pointers) : schema;
		}
		return merged;
	}

	private both(first: unknown, second: unknown, pointers: Map<unknown, string>): unknown {
		if (same(first, second) || first === true) return second;
		if (second === true) return first;
		if (first === false || second === false) return false;
		const both = { allOf: [first, second] };
		pointers.set(both, pointers.get(second) ?? pointers.get(first) ?? '#');
		return both;
	}

	/**
	 * A schema that stands alone, for the validator that ships: JSON Schema 2020-12, annotations left out, whatever it
	 * refers to inside it under `$defs`. Fields that only answers have (`readOnly`) are not required.
	 */
	standalone(schema: unknown, pointer: string): JsonSchema {
		const known = typeof schema === 'object' && schema !== null ? this.alone.get(schema) : undefined;
		if (known !== undefined) return known;
		const result = this.standaloneNew(schema, pointer);
		if (typeof schema === 'object' && schema !== null) this.alone.set(schema, result);
		return result;
	}

	private standaloneNew(schema: unknown, pointer: string): JsonSchema {
		const defs = new Map<string, { name: string; schema?: JsonSchema }>();
		const result = this.convert(schema, pointer, defs, []);
		if (defs.size === 0 || typeof result === 'boolean') return result;
		return { ...result, $defs: Object.fromEntries([...defs.values()].map((def) => [def.name, def.schema ?? true])) };
	}

	/** @param open the $refs that were followed without going into the value: one that comes again would never end */
	private convert(given: unknown, pointer: string, defs: Map<string, { name: string; schema?: JsonSchema }>, open: string[]): JsonSchema {
		if (typeof given === 'boolean') return given;
		if (!isPart(given)) return true;
		const own = this.modern(given, pointer);
		const result: Part = {};
		const convert = (value: unknown, keyword: string, ...[part]: [part?: string | number]) => {
			const at = child(pointer, keyword);
			return this.convert(value, part === undefined ? at : child(at, part), defs, SAME_VALUE.has(keyword) ? open : []);
		};
		const siblings = typeof given.$ref !== 'string' || this.document.version === '3.1';
		for (const [keyword, value] of siblings ? Object.entries(own) : []) {
			if (isAnnotation(keyword)) continue;
			if (['properties', 'patternProperties', 'dependentSchemas'].includes(keyword) && isPart(value)) {
				result[keyword] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, convert(one, keyword, name)]));
			} else if (['anyOf', 'oneOf', 'prefixItems'].includes(keyword) && Array.isArray(value)) {
				result[keyword] = value.map((one, index) => convert(one, keyword, index));
			} else if (SUBSCHEMA.has(keyword)) result[keyword] = convert(value, keyword);
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

const SUBSCHEMA = new Set([
	...[
		'items',
		'additionalProperties',
		'not',
		'if',
		'then',
		'else',
		'contains',
		'propertyNames',
		'unevaluatedProperties',
		'unevaluatedItems',
	],
]);

/** Keywords whose schemas speak of the same value, not of one within it. */
const SAME_VALUE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas']);

function isReadOnly(schema: unknown): boolean {
	return isPart(schema) && schema.readOnly === true;
}

function withoutTitle(schema: Part): Part {
	const { title: _title, ...rest } = schema;
	return rest;
}

function pick(node: Part, keywords: string[]): Part {
	return Object.fromEntries(keywords.filter((keyword) => node[keyword] !== undefined).map((keyword) => [keyword, node[keyword]]));
}

/** Remembers where the direct subschemas of a schema stand. */
function notePointers(schema: Part, pointer: string, pointers: Map<unknown, string>): void {
	for (const keyword of ['properties', 'patternProperties', 'dependentSchemas']) {
		if (isPart(schema[keyword]))
			for (const [name, one] of Object.entries(schema[keyword])) pointers.set(one, child(pointer, keyword, name));
	}
	for (const keyword of ['oneOf', 'anyOf', 'prefixItems']) {
		if (Array.isArray(schema[keyword]))
			(schema[keyword] as unknown[]).forEach((one, index) => pointers.set(one, child(pointer, keyword, index)));
	}
	for (const keyword of SUBSCHEMA) if (isPart(schema[keyword])) pointers.set(schema[keyword], child(pointer, keyword));
}

/** The JSON types that a schema names, or all that its keywords speak of where it names none. */
export function typesOf(schema: Part): string[] {
	if (typeof schema.type === 'string') return [schema.type];
	if (Array.isArray(schema.type)) return schema.type as string[];
	return [];
}

function commonTypes(first: Part, second: Part): string | string[] {
	const other = new Set(typesOf(second));
	const common = typesOf(first).flatMap((type) => {
		if (other.has(type)) return [type];
		if (type === 'number' && other.has('integer')) return ['integer'];
		return type === 'integer' && other.has('number') ? ['integer'] : [];
	});
	return common.length === 1 ? common[0] : common;
}

/** Whether two JSON values are equal. */
export function same(first: unknown, second: unknown): boolean {
	return first === second || JSON.stringify(first) === JSON.stringify(second);
}
