import type {
	Field,
	Json,
	PlacedField,
	PlacedObjectField,
	PlacedArrayField,
	PlacedRecordField,
	PlacedOperation,
	PlacedSingleField,
	PlacedUnionField,
} from '../model';
import { isPlainList, literal, OTHER, PRESENT, ROW, ROWS } from '../model/layout';
import { escapePart, partsOf, valueAt, pointerOf } from '../model/pointer';
import { has, isObject, put } from '../model/values';
import { Checker, knownNames } from '../run/validate/check';
import { sentenceOf } from '../run/problems/sentences';
import { ExactNumber } from '../run/request/bodyValue';
import { stringify } from '../run/request/json';

/** The parameters of one level, as n8n stores them. */
export type Level = { [name: string]: unknown };

/** A value cannot be expressed in the form; the message names its place. */
export class InexpressibleError extends Error {
	constructor(pointer: string, text: string) {
		super(`${partsOf(pointer).join('.')}: ${text}`);
	}
}

/** A request in the document's terms: values by parameter name, and the body. */
export interface PlainRequest {
	path?: { [name: string]: Json };
	query?: { [name: string]: Json };
	header?: { [name: string]: Json };
	cookie?: { [name: string]: Json };
	body?: Json;
}

/**
 * The reverse of reading: the parameters that express a request in the form.
 * @throws InexpressibleError if the form cannot express it
 */
export function writeRequest(operation: PlacedOperation, request: PlainRequest): Level {
	const level: Level = {};
	for (const input of operation.inputs) {
		const { in: location, field, toggle } = input;
		const value = location === 'body' ? request.body : valueOf(request[location], field.name, location === 'header');
		if (toggle !== undefined) level[toggle] = value !== undefined;
		const pointer = pointerOf(input);
		if (value !== undefined) write(field, value, level, { pointer, request });
		else if (field.shown) leaveOut(field, level);
		else if (field.required && toggle === undefined && field.kind !== 'const')
			throw new InexpressibleError(pointer, `${field.label} is missing`);
	}
	for (const location of ['path', 'query', 'header', 'cookie'] as const) {
		for (const name of Object.keys(request[location] ?? {})) {
			const known = operation.inputs.some((input) => input.in === location && sameName(input.field.name, name, location === 'header'));
			const credential = operation.fromCredential?.some((one) => one.toLowerCase() === `${location} ${name}`.toLowerCase());
			if (!known && !credential) throw new InexpressibleError(`/${location}/${escapePart(name)}`, 'the operation has no such parameter');
		}
	}
	return level;
}

/** The place of a value, and the request it is part of. */
interface Place {
	pointer: string;
	request: PlainRequest;
	/** In a field that is always shown, an empty text counts as not filled in. */
	inView?: boolean;
}

function below({ pointer, request }: Place, name: string | number): Place {
	return { pointer: `${pointer}/${escapePart(String(name))}`, request };
}

/** Sets a field that is always shown to "Leave Out", if it can be. */
function leaveOut(field: PlacedField, level: Level): void {
	if (field.kind === 'union' && field.leftOut !== undefined) level[field.selector] = field.leftOut;
	else if ('input' in field && field.input) level[field.input.key] = 'none';
}

/** Whether two names are the same; header names are case-insensitive (RFC 9110, section 5.1). */
function sameName(first: string, second: string, header: boolean): boolean {
	return header ? first.toLowerCase() === second.toLowerCase() : first === second;
}

function valueOf(values: { [name: string]: Json } | undefined, name: string, header: boolean): Json | undefined {
	const found = Object.entries(values ?? {}).find(([one]) => sameName(one, name, header));
	return found?.[1];
}

function write(field: PlacedField, value: Json, level: Level, at: Place): void {
	const place = { ...at, inView: field.required || field.shown };
	if (field.required || field.shown) return writeOwn(field, value, level, place);
	const collection = field.collection as string;
	const added: Level = {};
	if (field.wrap === undefined) writeOwn(field, value, added, place);
	else {
		const row: Level = {};
		writeOwn(field, value, row, place);
		if (field.kind === 'object' && !field.fields.some((child) => child.required && child.kind !== 'const')) row[PRESENT] = true;
		added[field.wrap] = { [ROW]: row };
	}
	merge((level[collection] ??= {}) as Level, added);
}

function writeOwn(field: PlacedField, value: Json, level: Level, place: Place): void {
	switch (field.kind) {
		case 'const':
			if (JSON.stringify(field.value) !== JSON.stringify(value))
				throw new InexpressibleError(place.pointer, `must be ${JSON.stringify(field.value)}`);
			return;
		case 'object':
		case 'record':
		case 'array':
			return writeComposite(field, value, level, place);
		case 'union':
			return writeUnion(field, value, level, place);
		case 'string':
		case 'number':
		case 'boolean':
		case 'date':
		case 'enum':
		case 'json':
			return writeSingle(field, value, level, place);
	}
}

function writeSingle(field: PlacedSingleField, value: Json, level: Level, { pointer, inView }: Place): void {
	const { key } = field;
	if (field.kind === 'json') {
		level[key] = stringify(value);
	} else if (value === null) {
		if (!field.nullable || (field.shown && field.kind === 'string')) throw new InexpressibleError(pointer, 'must not be null');
		level[key] = '={{ null }}';
	} else if (field.kind === 'number' && value instanceof ExactNumber) {
		level[key] = String(value);
	} else if (field.kind === 'enum' && field.otherKey !== undefined && !field.choices.some((choice) => choice.value === value)) {
		if (typeof value !== 'string') throw new InexpressibleError(pointer, 'must be text');
		level[key] = OTHER;
		level[field.otherKey] = literal(value);
	} else {
		const types: { [kind: string]: string } = { string: 'string', date: 'string', number: 'number', boolean: 'boolean' };
		if (types[field.kind] !== undefined && typeof value !== types[field.kind])
			throw new InexpressibleError(pointer, `must be a ${types[field.kind]}`);
		if (typeof value === 'object') throw new InexpressibleError(pointer, 'must be one value, not a list or an object');
		if (value === '' && field.kind === 'string' && inView && field.name !== '') throw new InexpressibleError(pointer, 'must not be empty');
		level[key] = field.kind === 'string' && field.lookup !== undefined ? { __rl: true, mode: 'id', value: literal(value) } : literal(value);
	}
}

function writeComposite(field: PlacedObjectField | PlacedRecordField | PlacedArrayField, value: Json, level: Level, place: Place): void {
	const { input } = field;
	if (value === null) {
		if (!input?.modes.includes('null')) throw new InexpressibleError(place.pointer, 'must not be null');
		level[input.key] = 'null';
		return;
	}
	const entered: Level = {};
	try {
		if (field.kind === 'object') writeObject(field, value, entered, place);
		else if (field.kind === 'record') writeRecord(field, value, entered, place);
		else writeArray(field, value, entered, place);
		if (input) level[input.key] = 'fields';
		merge(level, entered);
	} catch (error) {
		// What rows cannot express, JSON can.
		if (!(error instanceof InexpressibleError) || !input?.modes.includes('json')) throw error;
		level[input.key] = 'json';
		level[input.jsonKey as string] = stringify(value);
	}
}

/** Adds parameters to a level; both may have entries in the same collection. */
function merge(level: Level, more: Level): void {
	for (const [name, value] of Object.entries(more)) {
		// Every parameter is written once, so a name on both sides is a collection.
		const both = isObject(level[name]) && isObject(value);
		level[name] = both ? { ...(level[name] as Level), ...value } : value;
	}
}

function writeObject(field: PlacedObjectField, value: Json, level: Level, place: Place): void {
	if (!isObject(value)) throw new InexpressibleError(place.pointer, 'must be an object');
	for (const child of field.fields) {
		const at = below(place, child.name);
		const isEmptySecret = child.kind === 'string' && child.secret && has(value, child.name) && value[child.name] === '';
		if (isEmptySecret && field.input?.modes.includes('json')) throw new InexpressibleError(at.pointer, 'must not be empty');
		if (has(value, child.name)) write(child, value[child.name], level, at);
		else if (child.required) throw new InexpressibleError(at.pointer, `${child.label} is missing`);
		else if (child.shown) leaveOut(child, level);
	}
	const named = new Set(field.fields.map((child) => child.name));
	const others = Object.entries(value).filter(([name]) => !named.has(name));
	if (others.length === 0) return;
	if (!field.extra) throw new InexpressibleError(below(place, others[0][0]).pointer, 'the document names no such field');
	const rest: { [name: string]: Json } = {};
	for (const [name, one] of others) put(rest, name, one);
	write(field.extra, rest, level, place);
}

function writeRecord(field: PlacedRecordField, value: Json, level: Level, place: Place): void {
	if (!isObject(value)) throw new InexpressibleError(place.pointer, 'must be an object');
	const rows = Object.entries(value).map(([name, one]) => {
		const at = below(place, name);
		const isNull = one === null && field.value.kind === 'string';
		// In view, n8n insists on the value of a row.
		const isMissing = one === '' && field.value.kind === 'string' && place.inView === true;
		if (name === '' || isMissing || (field.value.secret && (one === '' || isNull)))
			throw new InexpressibleError(at.pointer, 'a row needs a name, and a secret a value');
		const row: Level = isOffered(field, name, place) ? { name: literal(name) } : { name: OTHER, otherName: literal(name) };
		write(field.value, one, row, at);
		return row;
	});
	// Without rows, the map counts as not filled in; an empty object has to be entered as JSON.
	if (rows.length === 0) throw new InexpressibleError(place.pointer, 'has no row');
	level[field.key] = { [ROWS]: rows };
}

/** Whether a name is offered for a row, or can be typed since none are offered. Which names a vendor offers is not known here. */
function isOffered({ suggestions, suggestedBy, dynamic }: PlacedRecordField, name: string, { request }: Place): boolean {
	if (dynamic) return false;
	if (!suggestions) return true;
	const value = suggestedBy ? valueAt(request, suggestedBy.by) : undefined;
	const own = suggestedBy && has(suggestedBy.names, String(value)) ? suggestedBy.names[String(value)] : Object.keys(suggestions);
	return own.includes(name);
}

function writeArray(field: PlacedArrayField, value: Json, level: Level, place: Place): void {
	if (!Array.isArray(value)) throw new InexpressibleError(place.pointer, 'must be a list');
	const rows = value.map((one, index) => {
		const row: Level = {};
		writeOwn(field.item, one, row, below(place, index));
		return row;
	});
	if (isPlainList(field)) level[field.key] = rows.map((row) => row[(field.item as PlacedSingleField).key]);
	else level[field.key] = { [ROWS]: rows };
}

/** Writes the first option that accepts the value and can be entered; no other option's parameters are written. */
function writeUnion(field: PlacedUnionField, value: Json, level: Level, place: Place): void {
	const reasons: Error[] = [];
	const accepting = field.options
		.filter((option) => accepts(option.field, value, place.pointer))
		.sort((a, b) => knownNames(b.field, value) - knownNames(a.field, value));
	if (accepting.length === 0) {
		const checker = new Checker();
		checker.check(field, value, place.pointer);
		const [wrong] = checker.problems;
		throw new InexpressibleError(place.pointer, wrong ? sentenceOf(wrong) : 'fits none of the variants');
	}
	for (const option of accepting) {
		const entered: Level = {};
		try {
			writeOwn(option.field, value, entered, place);
			level[field.selector] = literal(option.value);
			merge(level, entered);
			return;
		} catch (error) {
			if (!(error instanceof InexpressibleError)) throw error;
			reasons.push(error);
		}
	}
	throw reasons[0];
}

function accepts(field: Field, value: Json, pointer: string): boolean {
	const checker = new Checker();
	checker.check(field, value, pointer);
	return checker.problems.length === 0;
}
