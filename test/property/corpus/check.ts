import { describe, parametersFor, requestFor, type Described } from '../../../engine/tools';
import { namesOf, partsOf as schemaParts, propertyOf, requiredOf, valuesOf } from './atoms';
import type { Case } from './documents';
import { entriesOf, holding, isMasked, swallowedBy } from './form';
import { copy, isObject, put, type Json, type JsonObject } from './json';
import { Inventory, pathOf, type Leaf } from './leaves';
import { Random } from './random';
import { Judge, loosened, requestSchema, withoutEmpty, type RequestSchema } from './request';
import { at, BASE, faultOf, partsOf, roundTrip, shrunk, type Fault, type Trip } from './roundTrip';
import { Impossible, Sampler, TASTES, type Step, type Taste } from './sample';
import { verdictOn, type Verdict } from './secrets';
import { Source, type SourceParameter } from './source';
import { formatted } from './texts';
import { outcome, violated } from './wrong';

/** A failure of one check for one document. */
export interface Failure {
	check: string;
	place: string;
	message: string;
	request?: Json;
	/** The common text of failures with the same reason. */
	class: string;
}

/** How many cases passed, and out of how many. */
export interface Count {
	passed: number;
	of: number;
}

/** The results for one operation. */
export interface Row {
	name: string;
	kind: Case['kind'];
	bytes: number;
	milliseconds: number;
	parameters: Count;
	body: 'reachable' | 'lost' | 'none';
	leaves: Count;
	branches: Count;
	secrets: Count;
	/** Inputs that are clearly not secret, passed if not masked. */
	open: Count;
	untouched: Count;
	roundTrips: Count;
	drawn: number;
	wrong: Count;
	failures: Failure[];
	/** Every text leaf: a person's verdict, and whether the form masks it. */
	masks: Array<{ leaf: string; verdict: Verdict; masked: boolean }>;
}

export interface Options {
	seed: number;
	/** Requests to draw. */
	trips: number;
	wrong: number;
	/** Checks to skip: whether each leaf and branch has its place, and what an untouched form sends. */
	without?: Array<'places' | 'untouched'>;
	/** Whether to shrink failing requests, which takes time. */
	shrink: boolean;
}

/** Measures the engine on one operation of one document. */
export function checkCase(one: Case, options: Options): Row {
	return new Check(one, options).run();
}

class Check {
	private readonly row: Row;
	private readonly random: Random;
	private described!: Described;
	private trip!: Trip;
	private schema!: RequestSchema;
	private judge!: Judge;
	private sampler!: Sampler;

	constructor(
		private readonly one: Case,
		private readonly options: Options,
	) {
		const none = (): Count => ({ passed: 0, of: 0 });
		this.random = new Random(`${one.name} ${options.seed}`);
		this.row = {
			...{
				name: one.name,
				kind: one.kind,
				bytes: one.text.length,
				milliseconds: 0,
				parameters: none(),
				body: 'none',
				leaves: none(),
				branches: none(),
			},
			...{ secrets: none(), open: none(), untouched: none(), roundTrips: none(), drawn: 0, wrong: none(), failures: [], masks: [] },
		};
	}

	run(): Row {
		if (!this.describes()) return this.row;
		this.reaches();
		const { without = [] } = this.options;
		if (!without.includes('places')) {
			const inventory = new Inventory(this.schema.defs, this.schema.schema);
			for (const leaf of inventory.leaves) this.leaf(leaf);
			for (const branch of inventory.branches) this.branch(branch.steps, branch.free, branch.label);
		}
		if (!without.includes('untouched')) this.untouched();
		this.trips();
		this.wrongs();
		return this.row;
	}

	private fail(check: string, place: string, message: string, request?: Json, fault?: Fault): void {
		const name = `${check}: ${fault ? `${fault.kind}: ${fault.signature}` : message.replace(/\s(in|sends) \S+.*$/, '')}`;
		this.row.failures.push({
			check,
			place,
			message: fault ? `${message}${fault.kind}: ${fault.message}` : message,
			class: name,
			...(request === undefined ? {} : { request }),
		});
	}

	private count(count: Count, passed: boolean): boolean {
		count.of++;
		if (passed) count.passed++;
		return passed;
	}

	/** Measures compilation twice, since the first time includes costs that are shared by all documents. */
	private describes(): boolean {
		try {
			const times = [1, 2].map(() => {
				const start = process.hrtime.bigint();
				this.described = describe(this.one.text, this.one.name, this.one.operation);
				return Number(process.hrtime.bigint() - start) / 1e6;
			});
			this.row.milliseconds = Math.round(Math.min(...times));
			return true;
		} catch (error) {
			const fault = faultOf('describe', error);
			this.fail('describe', '', '', undefined, fault);
			return false;
		}
	}

	/** Checks that the form has every parameter and the body, but does not ask for what the n8n credential sends. */
	private reaches(): void {
		const source = new Source(this.one.text);
		const all = source.operations();
		const operation = all.find((one) => one.id === this.one.operation) ?? all[0];
		const { inputs, body, pagination } = this.described.operation;
		const offered = (parameter: SourceParameter) =>
			inputs.some((input) => input.in === parameter.in && input.field.name.toLowerCase() === parameter.name.toLowerCase());
		const credential = JSON.stringify(this.described.credential).toLowerCase();
		for (const parameter of operation.parameters.filter((one) => !one.credential)) {
			// n8n's own Return All and Limit replace the parameters of pagination.
			const paged = parameter.in === 'query' && Object.values(pagination?.request ?? {}).includes(parameter.name);
			const known = paged || offered(parameter) || (parameter.in !== 'path' && credential.includes(`"${parameter.name.toLowerCase()}"`));
			if (!this.count(this.row.parameters, known)) this.fail('parameter', `${parameter.in}.${parameter.name}`, 'is not in the form');
		}
		if (operation.body) {
			const there = inputs.some((input) => input.in === 'body') && body !== undefined && body.mediaType in operation.body.content;
			this.row.body = there ? 'reachable' : 'lost';
			if (!there) this.fail('body', '', `no body of ${Object.keys(operation.body.content).join(', ')} in the form`);
		}
		const parameters = operation.parameters.filter(offered);
		const mediaType = this.row.body === 'reachable' ? body?.mediaType : undefined;
		this.schema = loosened(requestSchema(operation, parameters, mediaType, source.converter.defs), new Random(this.one.name));
		this.judge = new Judge(this.schema);
		this.sampler = new Sampler(this.schema.defs, this.random);
		this.trip = { described: this.described, operation, parameters };
	}

	/** A request that the document allows, or undefined if none could be drawn. */
	private draw(taste: Taste, steps: Step[] = []): JsonObject | undefined {
		try {
			const request = withoutEmpty(this.sampler.draw(this.schema.schema, taste, steps) as JsonObject);
			return this.judge.refuses(request) === undefined ? request : undefined;
		} catch (error) {
			if (error instanceof Impossible) return undefined;
			throw error;
		}
	}

	private drawTo(steps: Step[], taste: Taste): JsonObject | undefined {
		for (let attempt = 0; attempt < 10; attempt++) {
			const request = this.draw(taste, steps);
			if (request) return request;
		}
		return undefined;
	}

	/** Checks that a leaf has a parameter of its own, and is masked if it should be. */
	private leaf(leaf: Leaf): void {
		const place = pathOf(leaf.steps);
		const request = this.drawTo(leaf.steps, TASTES.tame);
		if (!request) {
			this.fail('sampler', place, 'no request with this leaf could be drawn');
			return;
		}
		const pointer = this.sampler.reached;
		const text = this.mark(request, pointer);
		let entries;
		try {
			entries = entriesOf(this.described.node.properties, copy(parametersFor(this.described, request)));
		} catch (error) {
			this.count(this.row.leaves, false);
			const fault = faultOf('cannot be expressed', error);
			this.fail('leaf', place, '', request, fault);
			return;
		}
		const swallowed = swallowedBy(entries, request, pointer, leaf.kind === 'scalar' || leaf.kind === 'list');
		if (!this.count(this.row.leaves, swallowed === undefined))
			this.fail('leaf', place, `is part of the JSON in ${swallowed?.path.join('.')}`, request);
		if (text === undefined || valuesOf(leaf.atoms)) return;
		const verdict = verdictOn(leaf);
		const own = swallowed ?? (leaf.kind === 'any' || leaf.kind === 'map' ? swallowedBy(entries, request, pointer, true) : undefined);
		const found = own ? [own] : holding(entries, text);
		const masked = found.length > 0 && found.every(isMasked);
		this.row.masks.push({ leaf: place, verdict, masked });
		if (found.length === 0) this.fail('leaf', place, 'no parameter holds its text', request);
		if (verdict === 'secret' && !this.count(this.row.secrets, masked))
			this.fail('secret', place, `is not masked in ${found[0]?.path.join('.')}`);
		if (verdict === 'open' && !this.count(this.row.open, !masked)) this.fail('open', place, 'is masked, though it is plainly no secret');
	}

	/** Replaces the text at a pointer by a recognizable one, if allowed; returns the text, or undefined if there is none. */
	private mark(request: JsonObject, pointer: string): string | undefined {
		const parts = partsOf(pointer);
		let value = at(request, pointer);
		while (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
			parts.push(Object.keys(value)[0]);
			value = Object.values(value)[0] as unknown;
		}
		if (typeof value !== 'string' || value === '') return undefined;
		// Another branch of a union may accept what the drawn one does not.
		const { atoms } = this.sampler.trace.get(parts.map((part) => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')) ?? {
			atoms: [],
		};
		if (
			valuesOf(atoms) ||
			atoms.some(
				(atom) =>
					atom.pattern !== undefined ||
					Number(atom.minLength ?? 0) > 7 ||
					Number(atom.maxLength ?? 7) < 7 ||
					formatted(this.random, String(atom.format)) !== undefined,
			)
		)
			return value;
		const last = parts.pop() as string;
		const parent = at(request, parts.map((part) => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')) as object;
		put(parent, last, 'Marker7');
		if (this.judge.refuses(request) === undefined) return 'Marker7';
		put(parent, last, value);
		return value;
	}

	/** Checks that a branch can be chosen: its requests can be entered in the form, and not only as JSON. */
	private branch(steps: Step[], free: boolean, label: string): void {
		const place = `${pathOf(steps)} (${label})`;
		for (const taste of [TASTES.tame, TASTES.complete]) {
			const request = this.drawTo(steps, taste);
			if (!request) {
				this.fail('sampler', place, 'no request of this branch could be drawn');
				return;
			}
			const pointer = this.sampler.reached;
			const fault = roundTrip(this.trip, request);
			const entries = fault ? [] : entriesOf(this.described.node.properties, copy(parametersFor(this.described, request)));
			const swallowed = fault ? undefined : swallowedBy(entries, request, pointer, !free);
			// An empty object may be entered as JSON.
			const { length } = Object.keys(Object(at(request, pointer)) as object);
			if (!fault && (!swallowed || (isObject(at(request, pointer)) && length === 0))) continue;
			this.count(this.row.branches, false);
			this.fail(
				'branch',
				place,
				fault ? '' : `can only be entered as JSON, in ${swallowed?.path.join('.')}`,
				this.smaller(request, fault),
				fault,
			);
			return;
		}
		this.count(this.row.branches, true);
	}

	/** Checks that an untouched form sends nothing optional, and that required values alone give a valid request. */
	private untouched(): void {
		const empty = this.attempt(() => requestFor(this.described, {}, { baseUrl: BASE, reveal: true }));
		if ('fault' in empty) {
			this.count(this.row.untouched, false);
			this.fail('untouched', '', 'the form as it opens: ', undefined, empty.fault);
		} else if (empty.value.valid) {
			const { body } = empty.value.request;
			const surplus = body === undefined ? undefined : this.surplus(body, '/body');
			const wrong = this.trip.operation.body && body !== undefined ? this.judge.refuses({ ...this.draw(TASTES.tame), body }) : undefined;
			const found = surplus ?? wrong;
			if (!this.count(this.row.untouched, found === undefined)) this.fail('untouched', '', `the form as it opens sends ${found}`, body);
		} else this.count(this.row.untouched, true);
		for (let index = 0; index < 8; index++) {
			const request = this.drawTo([], TASTES.required);
			if (!request) continue;
			const fault = roundTrip(this.trip, request);
			const parameters = fault ? {} : copy(parametersFor(this.described, request));
			// Conditionally required values (if/then/else, dependentRequired) may be among the optional ones.
			const conditional = request.body !== undefined && this.surplus(request.body, '/body') !== undefined;
			const added = conditional ? undefined : entriesOf(this.described.node.properties, parameters).find((entry) => entry.added);
			if (this.count(this.row.untouched, !fault && !added)) continue;
			this.fail(
				'untouched',
				'',
				fault ? 'required values alone: ' : `a required value stands among the optional ones, in ${added?.path.join('.')}`,
				this.smaller(request, fault),
				fault,
			);
		}
	}

	private attempt<T>(action: () => T): { value: T } | { fault: Fault } {
		try {
			return { value: action() };
		} catch (error) {
			return { fault: faultOf('untouched', error) };
		}
	}

	/** A property of a value that no branch of the document requires; undefined if there is none. */
	private surplus(value: Json, pointer: string): string | undefined {
		const schemas = this.schema.schema.properties as { [name: string]: never };
		return isObject(value) ? this.surplusIn(value, [schemas.body], pointer) : undefined;
	}

	private surplusIn(value: JsonObject, schemas: never[], pointer: string): string | undefined {
		const atoms = this.everything(schemas);
		const required = requiredOf(atoms);
		for (const [name, inner] of Object.entries(value)) {
			if (!required.has(name)) return `${pointer}/${name}, which is not required`;
			if (!namesOf(atoms).includes(name) || !isObject(inner)) continue;
			const found = this.surplusIn(inner, (propertyOf(atoms, name) ?? []) as never[], `${pointer}/${name}`);
			if (found) return found;
		}
		return undefined;
	}

	/** The combined atoms of all branches. */
	private everything(schemas: never[]) {
		const parts = schemaParts(schemas, this.schema.defs);
		const atoms = [...parts.atoms];
		for (let index = 0; index < parts.unions.length; index++) {
			const more = schemaParts(parts.unions[index].branches, this.schema.defs);
			atoms.push(...more.atoms);
			parts.unions.push(...more.unions);
			if (index > 500) break;
		}
		return atoms;
	}

	/** Checks that random requests come back unchanged. */
	private trips(): void {
		const tastes = ['required', 'everything', 'some', 'few', 'some', 'nulls', 'everything', 'empties', 'some', 'few'];
		let accepted = 0;
		for (let index = 0; accepted < this.options.trips && index < this.options.trips * 4; index++) {
			this.row.drawn++;
			const request = this.draw(TASTES[tastes[index % tastes.length]]);
			if (!request) continue;
			accepted++;
			const fault = roundTrip(this.trip, request);
			if (!this.count(this.row.roundTrips, fault === undefined)) this.fail('round trip', '', '', this.smaller(request, fault), fault);
		}
		if (accepted < this.options.trips) this.fail('sampler', '', `only ${accepted} of ${this.row.drawn} drawn requests are valid`);
	}

	private smaller(request: JsonObject, fault: Fault | undefined): JsonObject {
		if (!this.options.shrink || !fault) return request;
		return shrunk(request, this.judge, (candidate) => {
			const again = roundTrip(this.trip, candidate);
			return again?.kind === fault.kind && again.signature === fault.signature;
		});
	}

	/** Checks that requests with one mistake are refused, and that the message names the place. */
	private wrongs(): void {
		for (let attempt = 0; this.row.wrong.of < this.options.wrong && attempt < this.options.wrong * 12; attempt++) {
			const request = this.draw(attempt % 3 === 0 ? TASTES.complete : TASTES.some);
			if (!request) continue;
			const violation = violated(request, this.sampler.trace, this.random);
			if (!violation || this.judge.refuses(violation.request) === undefined) continue;
			const fault = outcome(this.trip, violation);
			if (!this.count(this.row.wrong, fault === undefined)) this.fail('wrong', violation.pointer, '', violation.request, fault);
		}
	}
}
