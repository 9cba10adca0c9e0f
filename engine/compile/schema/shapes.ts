import { escapePart, partsOf } from '../../model/pointer';
import { append, has } from '../../model/values';
import { isPart, type Part } from '../document/part';
import type { FlatSchema, Schemas } from './flatten';
import { inheritance } from './inheritance';
import { typesOf } from './keywords';

/** A schema and its place in the document. */
export interface Spot {
	schema: unknown;
	pointer: string;
}

/** Where a JSON Pointer leads within the values that a schema describes. */
export interface Lead {
	/** The schemas that a value there may have; several if unions are on the way. */
	spots: Spot[];
	/** A schema on the way allows anything, so it is unknown what is there. */
	open: boolean;
}

const UNIONS = ['oneOf', 'anyOf', 'allOf'];
const CONDITIONS = ['then', 'else'];
const OWN = ['properties', 'patternProperties', 'additionalProperties', 'items', 'prefixItems'];
const INDEX = /^(0|[1-9]\d*|-1)$/;
/** Most levels, and most places, to list: a response can be an endless tree. */
const DEPTH = 4;
const MANY = 400;

/**
 * Follows JSON Pointers through schemas rather than values. It sees through $ref, allOf, unions and null: a place
 * exists if it exists in any option.
 */
export class Shapes {
	constructor(private readonly schemas: Schemas) {}

	/** @param pointer a JSON Pointer into the value (RFC 6901); `-1` is the last element of an array */
	lead(from: Spot[], pointer: string): Lead {
		let spots = from;
		let open = spots.length === 0;
		for (const part of partsOf(pointer)) {
			const next: Spot[] = [];
			for (const form of spots.flatMap((spot) => this.merged(spot))) {
				const step = stepInto(form, part);
				if (step === undefined) open = true;
				else append(next, step);
			}
			spots = next;
		}
		return { spots, open: open || this.kinds(spots).has('any') };
	}

	/** The types that a value may have; includes `any` if a schema does not say. */
	kinds(spots: Spot[]): Set<string> {
		return new Set(spots.flatMap((spot) => this.merged(spot)).flatMap((form) => kindsOf(form.schema)));
	}

	/** The property names that schemas declare. */
	names(spots: Spot[]): string[] {
		const forms = spots.flatMap((spot) => this.merged(spot));
		return [...new Set(forms.flatMap(({ schema }) => Object.keys((schema.properties as Part | undefined) ?? {})))];
	}

	/** The schemas of the elements of an array. */
	elements(spots: Spot[]): Lead {
		return this.lead(spots, '/-1');
	}

	/** The places that schemas declare, the closest first; none inside arrays. */
	places(from: Spot[], depth = DEPTH): string[] {
		const all: string[] = [];
		let level: Array<[place: string, spots: Spot[]]> = [['', from]];
		for (let count = 0; count < depth && level.length > 0 && all.length < MANY; count++) {
			level = level.flatMap(([place, spots]) =>
				this.names(spots).map((name): [string, Spot[]] => {
					const step = `/${escapePart(name)}`;
					return [`${place}${step}`, this.lead(spots, step).spots];
				}),
			);
			for (const [place] of level) all.push(place);
		}
		return all.slice(0, MANY);
	}

	/** A schema as flat objects: itself, and each option of the unions at the same value. */
	merged(spot: Spot, open = new Set<unknown>()): FlatSchema[] {
		if (open.has(spot.schema)) return [];
		const inner = new Set(open).add(spot.schema);
		const flat = this.schemas.flatten(spot.schema, spot.pointer);
		const { schema, pointers } = inheritance(this.schemas, flat) ?? flat;
		const lists = UNIONS.flatMap((keyword) => (Array.isArray(schema[keyword]) ? (schema[keyword] as unknown[]) : []));
		const conditions = CONDITIONS.flatMap((keyword) => schema[keyword] ?? []);
		const dependent = Object.values((schema.dependentSchemas as Part | undefined) ?? {});
		const options = lists.flatMap((one) => this.merged({ schema: one, pointer: pointers.get(one) ?? spot.pointer }, inner));
		// Conditional schemas leave other properties open, but may add names of their own.
		const more = [...conditions, ...dependent]
			.flatMap((one) => this.merged({ schema: one, pointer: pointers.get(one) ?? spot.pointer }, inner))
			.filter((form) => OWN.some((keyword) => form.schema[keyword] !== undefined));
		const says = lists.length === 0 || OWN.some((keyword) => schema[keyword] !== undefined);
		// An option such as { required: [a] } declares nothing itself, so it has no form of its own.
		const own = says ? [{ ...flat, schema, pointers }] : [];
		return [...own, ...options.filter((form) => !says || !kindsOf(form.schema).includes('any')), ...more];
	}
}

function kindsOf(schema: Part): string[] {
	if (isPart(schema.not) && Object.keys(schema.not).length === 0) return [];
	const types = typesOf(schema);
	if (types.length > 0) return types;
	const values = Array.isArray(schema.enum) ? (schema.enum as unknown[]) : schema.const === undefined ? [] : [schema.const];
	if (values.length > 0) return values.map((value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value));
	if (schema.items !== undefined || schema.prefixItems !== undefined) return ['array'];
	return ['properties', 'patternProperties', 'additionalProperties'].some((keyword) => schema[keyword] !== undefined)
		? ['object']
		: ['any'];
}

/** The schemas that one pointer part leads to; undefined if the schema allows anything there. */
function stepInto({ schema, pointers }: FlatSchema, part: string): Spot[] | undefined {
	const kinds = kindsOf(schema);
	if (kinds.includes('any')) return undefined;
	const spot = (one: unknown): Spot => ({ schema: one, pointer: pointers.get(one) ?? '#' });
	if (kinds.includes('array') && INDEX.test(part)) {
		const first = Array.isArray(schema.prefixItems) ? (schema.prefixItems as unknown[])[Number(part)] : undefined;
		const item = first ?? schema.items;
		return item === undefined || item === true ? undefined : item === false ? [] : [spot(item)];
	}
	if (!kinds.includes('object')) return [];
	const properties = (schema.properties as Part | undefined) ?? {};
	if (has(properties, part)) return properties[part] === false ? [] : [spot(properties[part])];
	const patterns = Object.entries((schema.patternProperties as Part | undefined) ?? {});
	const fitting = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(part)).map(([, one]) => spot(one));
	if (fitting.length > 0) return fitting;
	// Next to declared names, an undeclared one is more likely a mistake than a property that the document omits.
	if (Object.keys(properties).length > 0) return [];
	const { additionalProperties: more } = schema;
	if (more === false || (more === undefined && patterns.length > 0)) return [];
	return more === undefined || more === true ? undefined : [spot(more)];
}
