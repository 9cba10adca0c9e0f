import { equal, put, type Json, type JsonObject } from './json';
import { extraOf, joined, namesOf, partsOf, propertyOf, requiredOf, typesOf, valuesOf, type Defs, type Parts, type Union } from './atoms';
import type { Random } from './random';
import type { Schema, SchemaObject } from './schema';
import { fits, formatted, isOf, matching, textOf, type TextPlace } from './texts';

/** A step on the path from a request to one of its inputs. */
export type Step =
	| { kind: 'property'; name: string }
	| { kind: 'item' }
	| { kind: 'value' }
	| { kind: 'branch'; owner: SchemaObject; keyword: string; index: number }
	| { kind: 'type'; type: string };

/** How much of what a schema allows is drawn. */
export interface Taste {
	/** Probability of an optional property. */
	optional: number;
	/** Probability of null, if allowed. */
	nulls: number;
	/** Probability of an empty list or map. */
	empty: number;
	/** Share of awkward texts. */
	awkward: number;
	/** Probability of additional names, if additionalProperties allows them. */
	extra: number;
}

export const TASTES: { [name: string]: Taste } = {
	required: { optional: 0, nulls: 0, empty: 0, awkward: 0.3, extra: 0 },
	tame: { optional: 0, nulls: 0, empty: 0, awkward: 0, extra: 0 },
	everything: { optional: 1, nulls: 0, empty: 0, awkward: 0.3, extra: 0.7 },
	complete: { optional: 1, nulls: 0, empty: 0, awkward: 0, extra: 0 },
	nulls: { optional: 0.6, nulls: 0.8, empty: 0.2, awkward: 0.3, extra: 0.4 },
	empties: { optional: 0.7, nulls: 0.2, empty: 0.8, awkward: 0.3, extra: 0.2 },
	few: { optional: 0.15, nulls: 0.2, empty: 0.15, awkward: 0.5, extra: 0.3 },
	some: { optional: 0.5, nulls: 0.2, empty: 0.15, awkward: 0.5, extra: 0.5 },
};

/** The place of a value. */
interface Place {
	depth: number;
	/** The first name of the pointer: path, query, header, cookie or body. */
	location: string;
	/** The role of the value: a required property, a list item … */
	slot: 'required' | 'optional' | 'item' | 'value' | 'root';
	steps: Step[];
}

/** What each drawn value had to satisfy, by its pointer; wrong requests are made from this. */
export type Trace = Map<string, { atoms: SchemaObject[]; required: boolean }>;

/** No value could be drawn. */
export class Impossible extends Error {}

const KEYS = [
	'key',
	'X-Custom-Header',
	'a.b',
	'with space',
	'ünï',
	'__proto__',
	'constructor',
	'toString',
	'=x',
	'{{ $json.y }}',
	'__other',
	'a/b',
	'~1',
	'name',
	'0',
	'k"q',
	'length',
];

/** Draws random values for a schema. They are mostly valid; a validator has the last word. */
export class Sampler {
	trace: Trace = new Map();
	/** The pointer to which the steps led. */
	reached = '';
	private budget = 0;

	constructor(
		private readonly defs: Defs,
		private readonly random: Random,
	) {}

	/**
	 * @param steps inputs and branches that the value must contain
	 * @throws Impossible if no value could be drawn
	 */
	draw(schema: Schema, taste: Taste, steps: Step[] = [], location = ''): Json {
		this.budget = 600;
		this.trace = new Map();
		return this.value([schema], taste, { depth: 0, location, slot: 'root', steps }, '');
	}

	private value(schemas: Schema[], taste: Taste, place: Place, pointer: string): Json {
		this.budget--;
		if (place.depth > 24) throw new Impossible('too deep');
		const { parts, steps, type } = this.chosen(schemas, place.steps);
		if (parts.impossible) throw new Impossible('nothing is allowed');
		const { atoms } = parts;
		this.trace.set(pointer, { atoms, required: place.slot === 'required' });
		if (place.steps.length > 0 && steps.length === 0) this.reached = pointer;
		const here = { ...place, steps };
		const values = valuesOf(atoms);
		const types = type ? [type] : typesOf(atoms);
		const inBody = place.location === 'body' || place.location === '';
		if (values) {
			const allowed = values.filter(
				(one) =>
					(types === undefined || types.includes(typeName(one)) || (types.includes('number') && typeName(one) === 'integer')) &&
					(inBody || one !== null),
			);
			const filled = allowed.filter((one) => one !== null);
			if (allowed.length === 0) throw new Impossible('no value of the enum fits');
			return (
				filled.length > 0 && !(filled.length < allowed.length && this.random.chance(taste.nulls)) ? this.random.pick(filled) : null
			) as Json;
		}
		const filled = types?.filter((one) => one !== 'null');
		if (types && filled?.length === 0) {
			if (!types.includes('null') || !inBody) throw new Impossible('no type is left');
			return null;
		}
		if (types && filled && types.length > filled.length && inBody && steps.length === 0 && this.random.chance(taste.nulls)) return null;
		// What the document marks for entry as text is rarely anything else.
		const isText = taste.awkward === 0 && filled?.includes('string') && atoms.some((atom) => atom['x-n8n-input'] === 'text');
		const chosen = isText ? 'string' : filled ? this.random.pick(filled) : undefined;
		switch (chosen) {
			case 'object':
				return this.object(atoms, taste, here, pointer);
			case 'array':
				return this.array(atoms, taste, here, pointer);
			case 'string':
				return this.text(atoms, taste, here);
			case 'integer':
			case 'number':
				return this.number(atoms, chosen === 'integer');
			case 'boolean':
				return this.random.chance(0.5);
			default:
				return this.anything(taste, here, pointer);
		}
	}

	/** Splits the schemas into parts and chooses a branch of each union: the one that a step names, or any. */
	private chosen(schemas: Schema[], steps: Step[]): { parts: Parts; steps: Step[]; type?: string } {
		const split = steps.findIndex((step) => step.kind !== 'branch' && step.kind !== 'type');
		const rest = split === -1 ? [] : steps.slice(split);
		const asked = split === -1 ? steps : steps.slice(0, split);
		let parts = partsOf(schemas, this.defs);
		for (let round = 0; parts.unions.length > 0; round++) {
			if (round > 40) throw new Impossible('unions without end');
			const [union, ...others] = parts.unions;
			parts = joined({ ...parts, unions: others }, partsOf([this.branch(union, asked, rest)], this.defs));
		}
		for (const atom of parts.atoms.filter((one) => one.if !== undefined)) {
			const met = this.random.chance(0.5) ? [atom.if, atom.then] : [atom.else];
			const more = partsOf(met.filter((one) => one !== undefined) as Schema[], this.defs);
			if (more.unions.length === 0) parts = joined(parts, more);
		}
		const typed = asked.find((step) => step.kind === 'type');
		return { parts, steps: rest, type: typed?.kind === 'type' ? typed.type : undefined };
	}

	private branch({ owner, keyword, branches }: Union, asked: Step[], rest: Step[]): Schema {
		const step = asked.find((one) => one.kind === 'branch' && one.owner === owner && one.keyword === keyword);
		if (step?.kind === 'branch') return branches[step.index];
		// Prefer a branch that contains the next step.
		const [next] = rest;
		const leading =
			next?.kind === 'property' ? branches.filter((one) => propertyOf(partsOf([one], this.defs).atoms, next.name) !== undefined) : [];
		return this.random.pick(leading.length > 0 ? leading : branches);
	}

	private object(given: SchemaObject[], taste: Taste, place: Place, pointer: string): JsonObject {
		let atoms = given;
		const required = requiredOf(atoms);
		const [step, ...steps] = place.steps;
		const inBody = place.location === 'body' || place.location === '';
		const wanted = step?.kind === 'property' ? step.name : undefined;
		const most = Math.min(...atoms.map((atom) => (atom.maxProperties as number | undefined) ?? Infinity));
		const least = Math.max(...atoms.map((atom) => (atom.minProperties as number | undefined) ?? 0));
		// At great depth, or once the value is large, fewer optional properties are drawn, or none.
		const share = place.depth > 12 || this.budget < 0 ? 0 : place.depth > 7 ? taste.optional / 3 : taste.optional;
		const optional = this.random.shuffled(namesOf(atoms).filter((name) => !required.has(name) && name !== wanted));
		const names = new Set([...required, ...(wanted === undefined ? [] : [wanted])]);
		for (const name of optional) if (names.size < most && this.random.chance(share)) names.add(name);
		for (const name of optional) if (names.size < least) names.add(name);
		this.addDependent(atoms, names);
		atoms = [...atoms, ...this.dependent(atoms, names)];
		requiredOf(atoms).forEach((name) => names.add(name));
		const object: JsonObject = {};
		// Outside the body, a map must not be empty, because it would not be sent.
		const extras = new Map<string, Schema[]>();
		this.extras(atoms, taste, {
			names,
			least,
			most,
			forced: step?.kind === 'value' || (!inBody && names.size === 0 && namesOf(atoms).length === 0),
		}).forEach(([name, schemas]) => extras.set(name, schemas));
		for (const name of [...namesOf(atoms).filter((one) => names.has(one)), ...names, ...extras.keys()]) {
			if (Object.prototype.hasOwnProperty.call(object, name)) continue;
			const schemas = propertyOf(atoms, name) ?? extras.get(name) ?? extraOf(atoms) ?? [true];
			const location = place.depth === 0 ? (place.location === '' && pointer === '' ? name : place.location) : place.location;
			const isStep = name === wanted || (step?.kind === 'value' && extras.has(name));
			const slot = extras.has(name) ? 'value' : required.has(name) ? 'required' : 'optional';
			const inner: Place = { depth: place.depth + 1, location, slot, steps: isStep ? steps : [] };
			const below = `${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
			if (isStep && steps.length === 0) this.reached = below;
			try {
				put(object, name, this.value(schemas, taste, inner, below));
			} catch (error) {
				// An optional property whose value cannot be drawn (endless recursion) is left out.
				if (required.has(name) || isStep || !(error instanceof Impossible)) throw error;
			}
		}
		return object;
	}

	/** The schemas that the present names require of the object (dependentSchemas). Unions in them are left to chance. */
	private dependent(atoms: SchemaObject[], names: Set<string>): SchemaObject[] {
		const asked = atoms
			.flatMap((atom) => Object.entries((atom.dependentSchemas ?? {}) as { [name: string]: Schema }))
			.filter(([name]) => names.has(name));
		return partsOf(
			asked.map(([, schema]) => schema),
			this.defs,
		).atoms;
	}

	private addDependent(atoms: SchemaObject[], names: Set<string>): void {
		for (let before = -1; before < names.size;) {
			before = names.size;
			for (const atom of atoms) {
				for (const [name, more] of Object.entries((atom.dependentRequired ?? {}) as { [name: string]: string[] }))
					if (names.has(name)) more.forEach((one) => names.add(one));
			}
		}
	}

	/** Names that the document does not list, if it allows them, with their schemas. */
	private extras(
		atoms: SchemaObject[],
		taste: Taste,
		count: { names: Set<string>; least: number; most: number; forced: boolean },
	): Array<[string, Schema[]]> {
		const extra = extraOf(atoms);
		const patterns = atoms.flatMap((atom) => Object.keys((atom.patternProperties as object | undefined) ?? {}));
		const free = extra !== undefined && !extra.includes(false);
		if (!free && patterns.length === 0) return [];
		const isMap = namesOf(atoms).length === 0;
		const missing = count.least - count.names.size;
		let wanted = Math.max(missing, count.forced ? 1 : 0);
		if (isMap ? !this.random.chance(taste.empty) && taste.extra + taste.optional > 0 : this.random.chance(taste.extra * 0.4))
			wanted = Math.max(wanted, this.random.int(1, 3));
		wanted = Math.min(wanted, count.most - count.names.size);
		const limits = atoms.filter((atom) => atom.propertyNames !== undefined).map((atom) => atom.propertyNames as Schema);
		const known = new Set([...atoms.flatMap((atom) => Object.keys((atom.properties as object | undefined) ?? {})), ...count.names]);
		const found = new Map<string, Schema[]>();
		for (let attempt = 0; found.size < wanted && attempt < 30; attempt++) {
			const name = this.key(limits, free ? [] : patterns, taste);
			if (name === undefined || known.has(name) || found.has(name)) continue;
			const schemas = propertyOf(atoms, name) ?? extra;
			if (schemas) found.set(name, schemas);
		}
		return [...found];
	}

	private key(limits: Schema[], patterns: string[], taste: Taste): string | undefined {
		if (limits.length > 0) {
			const name = this.value(
				limits.map((limit) => ({ allOf: [{ type: 'string' }, limit] })),
				taste,
				{ depth: 1, location: 'body', slot: 'required', steps: [] },
				'/?',
			);
			return typeof name === 'string' ? name : undefined;
		}
		if (patterns.length > 0) return this.random.pick(matching(this.random.pick(patterns)).concat(''));
		return this.random.chance(taste.awkward) ? this.random.pick(KEYS) : `key${this.random.int(0, 99)}`;
	}

	private array(atoms: SchemaObject[], taste: Taste, place: Place, pointer: string): Json[] {
		const inBody = place.location === 'body' || place.location === '';
		const [step, ...steps] = place.steps;
		const least = Math.max(0, ...atoms.map((atom) => (atom.minItems as number | undefined) ?? 0), step?.kind === 'item' || !inBody ? 1 : 0);
		const most = Math.min(...atoms.map((atom) => (atom.maxItems as number | undefined) ?? Infinity));
		const unique = atoms.some((atom) => atom.uniqueItems === true);
		const contains = atoms.filter((atom) => atom.contains !== undefined).map((atom) => atom.contains as Schema);
		const prefix = (atoms.find((atom) => Array.isArray(atom.prefixItems))?.prefixItems ?? []) as Schema[];
		let length = this.random.chance(taste.empty) || this.budget < 0 ? 0 : this.random.pick([1, 1, 1, 2, 2, 3]);
		if (taste.optional === 0) length = 0;
		length = Math.min(most, Math.max(least, length, contains.length));
		const list: Json[] = [];
		for (let attempt = 0; list.length < length && attempt < length * 6 + 6; attempt++) {
			const index = list.length;
			const schemas = atoms
				.filter((atom) => atom.items !== undefined && !Array.isArray(atom.prefixItems))
				.map((atom) => atom.items as Schema);
			const after = atoms.filter((atom) => atom.items !== undefined && Array.isArray(atom.prefixItems)).map((atom) => atom.items as Schema);
			const own = index < prefix.length ? [...schemas, prefix[index]] : [...schemas, ...after];
			if (own.includes(false)) break;
			if (index < contains.length) own.push(contains[index]);
			if (index === 0 && step?.kind === 'item' && steps.length === 0) this.reached = `${pointer}/0`;
			try {
				const item = this.value(
					own,
					taste,
					{ depth: place.depth + 1, location: place.location, slot: 'item', steps: index === 0 ? steps : [] },
					`${pointer}/${index}`,
				);
				if (!unique || !list.some((one) => equal(one, item))) list.push(item);
			} catch (error) {
				if (!(error instanceof Impossible) || list.length >= least) throw error;
			}
		}
		if (list.length < least) throw new Impossible('too few items');
		return list;
	}

	private text(atoms: SchemaObject[], taste: Taste, place: Place): string {
		const min = Math.max(0, ...atoms.map((atom) => (atom.minLength as number | undefined) ?? 0));
		const max = Math.min(...atoms.map((atom) => (atom.maxLength as number | undefined) ?? Infinity));
		const line: TextPlace['line'] = place.location === 'header' || place.location === 'path' ? place.location : undefined;
		// An empty required text counts as missing.
		const empty = place.slot === 'optional' || ((place.slot === 'item' || place.slot === 'value') && place.location === 'body');
		const where: TextPlace = { awkward: taste.awkward, empty, line };
		const patterns = atoms.flatMap((atom) => (typeof atom.pattern === 'string' ? [atom.pattern] : []));
		const formats = atoms.flatMap((atom) => (typeof atom.format === 'string' ? [atom.format] : []));
		const right = (text: string) => {
			const { length } = [...text];
			return (
				length >= min &&
				length <= max &&
				(text !== '' || empty) &&
				fits(text, line) &&
				patterns.every((pattern) => new RegExp(pattern, 'u').test(text)) &&
				formats.every((format) => isOf(format, text))
			);
		};
		for (const format of formats) {
			for (let attempt = 0; attempt < (patterns.length > 0 ? 60 : 6); attempt++) {
				const text = formatted(this.random, format);
				if (text !== undefined && right(text)) return text;
			}
		}
		if (patterns.length === 0) return textOf(this.random, where, min, max);
		const candidates = patterns.flatMap(matching).filter(right);
		if (candidates.length > 0) return this.random.pick(candidates);
		const said = atoms
			.flatMap((atom) => [atom.example, atom.default, ...((atom.examples as unknown[] | undefined) ?? [])])
			.filter((one): one is string => typeof one === 'string' && right(one));
		if (said.length === 0) throw new Impossible(`no text for ${patterns.join(' and ')}`);
		return this.random.pick(said);
	}

	private number(atoms: SchemaObject[], integer: boolean): number {
		const all = (keyword: string) => atoms.flatMap((atom) => (typeof atom[keyword] === 'number' ? [atom[keyword]] : []));
		const step = all('multipleOf')[0] ?? (integer ? 1 : undefined);
		const unit = step ?? 0.25;
		const formats = atoms.map((atom) => String(atom.format ?? ''));
		const low = Math.max(
			...all('minimum'),
			...all('exclusiveMinimum').map((one) => one + unit),
			formats.some((one) => /^uint|unix/.test(one)) ? 0 : -Infinity,
		);
		const high = Math.min(
			...all('maximum'),
			...all('exclusiveMaximum').map((one) => one - unit),
			formats.includes('int32') ? 2 ** 31 - 1 : Infinity,
		);
		const from = Number.isFinite(low) ? low : Number.isFinite(high) ? high - 1000 : this.random.pick([0, -1000]);
		const to = Number.isFinite(high) ? high : from + this.random.pick([1, 10, 1000, formats.includes('int32') ? 1e6 : 1e12]);
		const edge = this.random.next();
		const value =
			edge < 0.15 && Number.isFinite(low) ? low : edge > 0.85 && Number.isFinite(high) ? high : from + this.random.next() * (to - from);
		const whole = Math.ceil((Math.max(value, from) - 1e-9) / unit) * unit;
		if (step !== undefined) return clean(whole > to ? Math.floor(to / unit) * unit : whole);
		return clean(this.random.chance(0.5) ? Math.min(to, Math.max(from, Math.round(value * 100) / 100)) : Math.min(to, whole));
	}

	/** Draws a value for a schema that says nothing. */
	private anything(taste: Taste, place: Place, pointer: string): Json {
		if (place.location !== 'body' && place.location !== '') return this.text([], taste, place);
		const simple: Json[] = ['text', 12, 0.5, true, false, 'x y'];
		if (place.depth > 10 || taste.awkward === 0) return this.random.pick(simple.slice(0, 1));
		if (this.random.chance(taste.nulls / 3)) return null;
		if (this.random.chance(0.7)) return this.random.chance(taste.awkward) ? this.text([], taste, place) : this.random.pick(simple);
		const inner = { ...place, depth: place.depth + 4, steps: [] };
		return this.random.chance(0.5)
			? [this.anything(taste, inner, `${pointer}/0`)]
			: { a: this.anything(taste, inner, `${pointer}/a`), 'b c': [] };
	}
}

/** Removes -0 and rounding errors of binary fractions. */
function clean(value: number): number {
	return Number(value.toPrecision(15)) + 0;
}

export function typeName(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}
