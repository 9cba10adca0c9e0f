import { parametersFor, requestFor } from '../../../engine/tools';
import { typesOf, valuesOf } from './atoms';
import { copy, isObject, put, type JsonObject } from './json';
import type { Random } from './random';
import { BASE, faultOf, partsOf, type Fault, type Trip } from './roundTrip';
import type { Trace } from './sample';
import { DOUBTFUL_NULL, type SchemaObject } from './schema';

/** A request with one mistake. */
export interface Violation {
	request: JsonObject;
	/** Where the mistake is. */
	pointer: string;
	/** The kind of mistake: 'type', 'missing', 'maxLength' … */
	what: string;
}

const FORMATS = new Set(['date-time', 'date', 'email', 'uri', 'uuid', 'ipv4', 'ipv6']);

/**
 * Plants a random violation into a request.
 * @param trace what each value has to satisfy
 */
export function violated(request: JsonObject, trace: Trace, random: Random): Violation | undefined {
	const places = [...trace.keys()].filter((pointer) => pointer !== '' && exists(request, pointer));
	if (places.length === 0) return undefined;
	const pointer = random.pick(places);
	const { atoms, required } = trace.get(pointer) as { atoms: SchemaObject[]; required: boolean };
	const isSection = partsOf(pointer).length === 1 && pointer !== '/body';
	const value = valueAt(request, pointer);
	const ways: Array<[string, () => JsonObject]> = [];
	const set = (one: unknown) => () => changed(request, pointer, one);
	if (!isSection) {
		for (const wrong of ofWrongType(atoms)) ways.push(['type', set(wrong)]);
		// An input with a single possible value is sent automatically.
		const isGiven = !pointer.startsWith('/body/') && valuesOf(atoms)?.length === 1;
		if (required && !isGiven)
			ways.push(['missing', () => changed(request, pointer, undefined)], ['missing', () => changed(request, pointer, undefined)]);
		if (pointer.startsWith('/body') && !atoms.some((atom) => atom[DOUBTFUL_NULL])) ways.push(['null', set(null)]);
	}
	if (isObject(value) && atoms.some((atom) => atom.additionalProperties === false))
		ways.push(['additional', set({ ...copy(value), unknown_field_x: 1 })]);
	for (const [what, wrong] of beyond(atoms, value)) ways.push([what, set(wrong)]);
	if (ways.length === 0) return undefined;
	const [what, make] = random.pick(ways);
	return { request: make(), pointer, what };
}

/** Values of a wrong type that no conversion makes valid. */
function ofWrongType(atoms: SchemaObject[]): unknown[] {
	const types = typesOf(atoms);
	if (types === undefined) return [];
	const has = (type: string) => types.includes(type);
	const wrong: unknown[] = [];
	if (!has('object')) wrong.push({ surplus: 1 });
	if (!has('array') && !has('object')) wrong.push(['surplus']);
	if (!has('string') && !valuesOf(atoms)) wrong.push('wrong type');
	if ((has('array') || has('object')) && !has('boolean') && !has('string')) wrong.push(true);
	return wrong;
}

/** Values beyond a limit. */
function beyond(atoms: SchemaObject[], value: unknown): Array<[string, unknown]> {
	const found: Array<[string, unknown]> = [];
	if (valuesOf(atoms)) found.push(['enum', 'not in the list']);
	for (const atom of atoms) {
		const limit = (keyword: string) => atom[keyword] as number;
		if (typeof value === 'string') {
			if ('maxLength' in atom && limit('maxLength') < 100_000) found.push(['maxLength', 'x'.repeat(limit('maxLength') + 1)]);
			if ('minLength' in atom && limit('minLength') > 0) found.push(['minLength', 'x'.repeat(limit('minLength') - 1)]);
			if ('pattern' in atom) found.push(['pattern', '§ no match §'], ['pattern', `${value}\n`]);
			if (FORMATS.has(String(atom.format))) found.push(['format', 'not of this format']);
		}
		if (typeof value === 'number') {
			if ('minimum' in atom) found.push(['minimum', limit('minimum') - 1]);
			if ('maximum' in atom) found.push(['maximum', limit('maximum') + 1]);
			if ('exclusiveMinimum' in atom) found.push(['exclusiveMinimum', limit('exclusiveMinimum')]);
			if ('exclusiveMaximum' in atom) found.push(['exclusiveMaximum', limit('exclusiveMaximum')]);
			if ('multipleOf' in atom) found.push(['multipleOf', value + limit('multipleOf') / 2]);
			if (atom.type === 'integer') found.push(['integer', value + 0.5]);
		}
		if (Array.isArray(value)) {
			if ('minItems' in atom && limit('minItems') > 0) found.push(['minItems', value.slice(0, limit('minItems') - 1)]);
			if ('maxItems' in atom && value.length > 0)
				found.push(['maxItems', Array.from({ length: limit('maxItems') + 1 }, (_one, index) => value[index % value.length] as unknown)]);
			if (atom.uniqueItems === true && value.length > 0) found.push(['uniqueItems', [value[0], ...(value as unknown[])]]);
		}
		if (isObject(value) && 'minProperties' in atom && limit('minProperties') > 0) found.push(['minProperties', {}]);
	}
	return found;
}

/** The outcome of a wrong request; undefined if it is refused with a message that names the place. */
export function outcome({ described }: Trip, { request, pointer, what }: Violation): Fault | undefined {
	let text: string;
	try {
		const answer = requestFor(described, copy(parametersFor(described, request)), { baseUrl: BASE, reveal: true });
		if (answer.valid) return { kind: `accepted (${what})`, message: `${pointer} is wrong, yet the request would be sent`, signature: what };
		text = answer.problems.map(({ field, message }) => (message.startsWith(field) ? message : `${field} ${message}`)).join('; ');
	} catch (error) {
		const fault = faultOf('refused', error);
		if (fault.kind === 'crashed') return fault;
		text = fault.message;
	}
	return names(text, pointer)
		? undefined
		: { kind: `unnamed (${what})`, message: `${pointer} is wrong, but the message is: ${text}`, signature: what };
}

/** Whether a message names a place, by its name on the wire or its label. */
function names(text: string, pointer: string): boolean {
	const plain = (one: string) => one.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
	const [location, ...parts] = partsOf(pointer);
	const named = parts.filter((part) => !/^\d+$/.test(part) && plain(part) !== '');
	const said = plain(text);
	// The whole path, which every message about a field contains.
	if (parts.length > 0 && text.includes(`(${parts.join('.')})`)) return true;
	// The last name, or its parent's: if a union refuses a value, its own name is the place.
	const wanted = named.length > 0 ? named.slice(-2) : [location, 'item', 'entry', 'value'];
	return wanted.some((name) => said.includes(plain(name)));
}

function exists(request: unknown, pointer: string): boolean {
	return valueAt(request, pointer) !== undefined;
}

function valueAt(request: unknown, pointer: string): unknown {
	let value = request;
	for (const part of partsOf(pointer)) {
		if (typeof value !== 'object' || value === null || !Object.prototype.hasOwnProperty.call(value, part)) return undefined;
		value = (value as { [name: string]: unknown })[part];
	}
	return value;
}

/** A copy with another value at a place, or with nothing there. */
function changed(request: JsonObject, pointer: string, value: unknown): JsonObject {
	const whole = copy(request);
	const parts = partsOf(pointer);
	const last = parts.pop() as string;
	const parent = valueAt(whole, parts.map((part) => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')) as object;
	if (value !== undefined) put(parent, last, value);
	else if (Array.isArray(parent)) parent.splice(Number(last), 1);
	else delete (parent as { [name: string]: unknown })[last];
	return whole;
}
