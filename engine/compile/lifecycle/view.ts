import { lastPartOf, partsOf, valueAt } from '../../model/pointer';
import { append } from '../../model/values';
import { decoded } from '../document/document';
import { isPart, type Part } from '../document/part';

/** A schema with $ref, allOf and unions resolved: which kinds a value may have, and what it may contain. */
export interface Shape {
	kinds: Set<string>;
	/** The schemas that declare each property. */
	properties: Map<string, unknown[]>;
	required: Set<string>;
	/** Schemas of an array's elements. */
	items: unknown[];
	/** Keywords such as format or description, from the first schema that has them. */
	facts: Part;
	/** Names of the components that were followed, the outermost first. */
	names: string[];
}

const UNIONS = ['allOf', 'oneOf', 'anyOf'];
const FACTS = ['title', 'description', 'format', 'enum', 'default', 'maximum', 'minimum', 'readOnly', 'writeOnly', 'pattern', 'x-secret'];

/**
 * Reads the schemas of a whole document without validating them: invalid parts are ignored. The compiler's own reader
 * (`Schemas`) refuses what no form can represent; here, one bad schema among a thousand must not hide the rest, and each
 * schema is read only once, however many operations use it.
 */
export class View {
	private readonly shapes = new WeakMap<Part, Shape>();

	constructor(private readonly root: Part) {}

	/** Follows `$ref`s within the document; undefined if one leads nowhere, outside, or back to itself. */
	resolve(value: unknown): Part | undefined {
		let current = value;
		for (let count = 0; isPart(current) && typeof current.$ref === 'string'; count++) {
			if (count > 20 || !current.$ref.startsWith('#')) return undefined;
			current = valueAt(this.root, decoded(current.$ref));
		}
		return isPart(current) ? current : undefined;
	}

	/** What all of the schemas together describe. */
	shape(schemas: unknown[]): Shape {
		const own = schemas.filter(isPart);
		if (own.length === 1) return this.single(own[0]);
		const all = emptyShape();
		for (const schema of own) add(all, this.single(schema));
		return all;
	}

	/**
	 * The schemas at a place within the values that the given schemas describe.
	 * @param pointer a JSON Pointer into the value; `*` or a number stands for an element of an array
	 */
	lead(schemas: unknown[], pointer: string): unknown[] {
		return partsOf(pointer).reduce<unknown[]>((current, part) => {
			const { properties, items, kinds } = this.shape(current);
			return properties.get(part) ?? (kinds.has('array') && /^(\*|-?\d+)$/.test(part) ? items : []);
		}, schemas);
	}

	private single(schema: Part): Shape {
		const known = this.shapes.get(schema);
		if (known) return known;
		const shape = emptyShape();
		// A recursive schema sees what has been collected so far.
		this.shapes.set(schema, shape);
		if (typeof schema.$ref === 'string') {
			shape.names.push(decoded(lastPartOf(schema.$ref)));
			const target = this.resolve(schema);
			if (target) add(shape, this.single(target));
		}
		this.read(schema, shape);
		return shape;
	}

	private read(schema: Part, shape: Shape): void {
		for (const kind of kindsOf(schema)) shape.kinds.add(kind);
		for (const [name, value] of Object.entries(isPart(schema.properties) ? schema.properties : {}))
			shape.properties.set(name, [...(shape.properties.get(name) ?? []), value]);
		for (const name of Array.isArray(schema.required) ? schema.required : []) shape.required.add(String(name));
		if (isPart(schema.items)) shape.items.push(schema.items);
		for (const fact of FACTS) if (schema[fact] !== undefined && shape.facts[fact] === undefined) shape.facts[fact] = schema[fact];
		for (const union of UNIONS)
			for (const one of Array.isArray(schema[union]) ? (schema[union] as unknown[]) : []) if (isPart(one)) add(shape, this.single(one));
	}
}

function emptyShape(): Shape {
	return { kinds: new Set(), properties: new Map(), required: new Set(), items: [], facts: {}, names: [] };
}

function add(to: Shape, from: Shape): void {
	if (to === from) return;
	for (const kind of from.kinds) to.kinds.add(kind);
	for (const [name, schemas] of from.properties) to.properties.set(name, [...new Set([...(to.properties.get(name) ?? []), ...schemas])]);
	for (const name of from.required) to.required.add(name);
	append(
		to.items,
		from.items.filter((one) => !to.items.includes(one)),
	);
	to.facts = { ...from.facts, ...to.facts };
	append(
		to.names,
		from.names.filter((name) => !to.names.includes(name)),
	);
}

function kindsOf(schema: Part): string[] {
	const types = [schema.type].flat().filter((type): type is string => typeof type === 'string');
	if (types.length > 0) return types;
	if (schema.items !== undefined) return ['array'];
	if (schema.properties !== undefined || schema.additionalProperties !== undefined) return ['object'];
	return Array.isArray(schema.enum) ? [...new Set(schema.enum.map((value) => typeof value))] : [];
}
