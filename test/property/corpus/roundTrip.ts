import { parametersFor, requestFor, type Described } from '../../../engine/tools';
import { copy, has, isObject, type Json, type JsonObject } from './json';
import type { Judge } from './request';
import type { SourceOperation, SourceParameter } from './source';
import { unlike } from './wire';

/** Base URL that replaces the vendor's. */
export const BASE = 'https://api.test/base';

/** What is needed to send a drawn request through the form and back. */
export interface Trip {
	described: Described;
	operation: SourceOperation;
	/** The parameters that the operator can enter, as in the document. */
	parameters: SourceParameter[];
}

/** What went wrong with a request on its way through the form. */
export interface Fault {
	/** 'cannot be expressed', 'refused', 'changed', 'crashed'. */
	kind: string;
	message: string;
	/** The common text of failures with the same reason. */
	signature: string;
}

/** Request → node parameters → stored workflow → request; undefined if it comes back unchanged. */
export function roundTrip({ described, operation, parameters }: Trip, request: JsonObject): Fault | undefined {
	let stored;
	try {
		stored = copy(parametersFor(described, request));
	} catch (error) {
		return faultOf('cannot be expressed', error);
	}
	try {
		const answer = requestFor(described, stored, { baseUrl: BASE, reveal: true });
		if (!answer.valid) return { kind: 'refused', ...sayingOf(answer.problems) };
		const found = unlike(operation, parameters, request, answer.request, BASE);
		return found === undefined
			? undefined
			: {
					kind: 'changed',
					message: found,
					signature: found.replace(
						/^.*? ?expected (.*), got (.*)$/s,
						(_all, wanted: string, got: string) => `expected ${kindOf(wanted)}, got ${kindOf(got)}`,
					),
				};
	} catch (error) {
		return faultOf('crashed', error);
	}
}

/** Turns an error into a fault. An error that is not meant for users is a crash. */
export function faultOf(kind: string, error: unknown): Fault {
	const { name, message } = error as Error;
	const raw =
		['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'URIError'].includes(name) ||
		/Cannot read|is not a function|undefined/.test(message);
	return {
		kind: raw ? 'crashed' : kind,
		message: raw ? `${name}: ${message}` : message,
		signature: message.replace(/^[\s\S]*?: /, '').replace(/["'][^"']*["']/g, '…'),
	};
}

/** All problems as one text, and the first one without names as the signature. */
export function sayingOf(problems: Array<{ field: string; message: string }>): Pick<Fault, 'message' | 'signature'> {
	const [{ field, message }] = problems;
	const message1 = message.startsWith(field) ? message.slice(field.length) : message;
	return {
		message: problems.map((one) => one.message).join('; '),
		signature: message1
			.replace(/"[^"]*"|'.*'|\d+/g, '…')
			.trim()
			.slice(0, 100),
	};
}

function kindOf(text: string): string {
	if (['nothing', '[]', '{}', 'null', '""'].includes(text)) return text;
	return text.startsWith('"') ? 'a text' : text.startsWith('[') ? 'a list' : text.startsWith('{') ? 'an object' : 'a value';
}

/** A smaller request that still fails in the same way and is still valid. */
export function shrunk(request: JsonObject, judge: Judge, fails: (candidate: JsonObject) => boolean): JsonObject {
	let current = request;
	for (let round = 0; round < 300; round++) {
		const next = smaller(current).find((candidate) => judge.refuses(candidate) === undefined && fails(candidate as JsonObject));
		if (next === undefined) return current;
		current = next as JsonObject;
	}
	return current;
}

/** The value with one part left out, in every possible way, the largest part first. */
function smaller(value: Json): Json[] {
	if (Array.isArray(value)) {
		const without = value.map((_one, index) => value.filter((_other, other) => other !== index));
		const inside = value.flatMap((one, index) => smaller(one).map((less) => value.map((other, at) => (at === index ? less : other))));
		return [...without, ...inside];
	}
	if (isObject(value)) {
		const names = Object.keys(value);
		const pick = (keep: string[], changed?: [string, Json]) => {
			const object: JsonObject = {};
			for (const name of keep)
				Object.defineProperty(object, name, {
					value: changed && changed[0] === name ? changed[1] : value[name],
					enumerable: true,
					writable: true,
					configurable: true,
				});
			return object;
		};
		const without = names.map((name) => pick(names.filter((other) => other !== name)));
		const inside = names.flatMap((name) => smaller(value[name]).map((less) => pick(names, [name, less])));
		return [...without, ...inside];
	}
	if (typeof value === 'string' && value.length > 1 && value !== 'a') return ['a', value.slice(0, Math.ceil(value.length / 2))];
	if (typeof value === 'number' && value !== 1 && value !== 0) return [1, Math.round(value)].filter((one) => one !== value);
	return [];
}

/** The value at a pointer of the request. */
export function at(request: unknown, pointer: string): unknown {
	return partsOf(pointer).reduce<unknown>(
		(value, part) => (typeof value === 'object' && value !== null && has(value, part) ? (value as JsonObject)[part] : undefined),
		request,
	);
}

export function partsOf(pointer: string): string[] {
	return pointer
		.split('/')
		.slice(1)
		.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}
