import type { Input, Json, Operation } from '../model';
import { escapePart } from '../pointer';
import { Checker } from './check';
import type { Problem } from './problems';
import { Reader, UNREADABLE, type Values } from './read';
import { requestOf, type Given, type HttpRequest } from './request';
import type { Store } from './store';

/** One item as it was read: the request is to be sent only where there is no problem. */
export interface ReadItem extends Pick<Reader, 'dynamics'> {
	request: HttpRequest;
	given: Given;
	problems: Problem[];
}

/**
 * Reads and checks one item: from parameters to a request.
 * @param base address of the vendor
 * @param timezone of the workflow
 * @param store n8n's encrypted store, where secrets are taken from it by name
 */
export function readItem(operation: Operation, values: Values, base: string, timezone: string, store?: Store): ReadItem {
	const reader = new Reader(timezone, store);
	const given: Given = [];
	const found = operation.inputs.flatMap((input) => readInput(reader, input, values, given));
	const { request, problems: misplaced } = requestOf(operation, given, base);
	return { request, given, dynamics: reader.dynamics, problems: [...reader.problems, ...found, ...misplaced] };
}

function readInput(reader: Reader, input: Input, values: Values, given: Given): Problem[] {
	const { field, toggle } = input;
	if (toggle !== undefined && String(values(toggle)) === 'false') return [];
	const pointer = input.in === 'body' ? '/body' : `/${input.in}/${escapePart(field.name)}`;
	const value = reader.read(field, values, pointer);
	const checker = new Checker(reader.branches);
	if (value === undefined) {
		if (field.required) checker.missing(field, pointer);
	} else if (value !== UNREADABLE) {
		checker.check(field, value, pointer);
		given.push({ input, value: value as Json });
	}
	return checker.problems;
}
