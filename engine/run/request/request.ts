import type { Input, Operation } from '../../model';
import { pointerOf } from '../../model/pointer';
import { append } from '../../model/values';
import { stringify } from './json';
import { problem, type Problem } from '../problems/problem';
import { headerOf, pairsOf, pathSegment } from './serialize';
import type { BodyValue } from './bodyValue';

/** A request before its body is serialized and n8n adds the credential. */
export interface HttpRequest {
	method: Operation['method'];
	url: string;
	/** Header names are in lower case. */
	headers: { [name: string]: string };
	/** The body's value; absent if none is sent. */
	body?: BodyValue;
}

/** The inputs that have a value, with that value. */
export type RequestInputs = Array<{ input: Input; value: BodyValue }>;

/**
 * Places an item's values where the operation's parameters and body belong in the request.
 * @param base the vendor's base URL, from the n8n credential only
 * @returns the request, and problems with values that cannot be placed
 */
export function requestOf(operation: Operation, inputs: RequestInputs, base: string): { request: HttpRequest; problems: Problem[] } {
	const problems: Problem[] = [];
	const headers: { [name: string]: string } = { accept: 'application/json' };
	const query: string[] = [];
	const cookies: string[] = [];
	let { path } = operation;
	const request: Pick<HttpRequest, 'body'> = {};
	for (const { input, value: entered } of inputs) {
		const { name } = input.field;
		const value = input.json ? stringify(entered) : entered;
		if (input.in !== 'body' && !isWellFormed(value)) {
			problems.push(problem('loneSurrogate', input.field, pointerOf(input), {}));
			continue;
		}
		switch (input.in) {
			case 'path': {
				const segment = pathSegment(name, value, input);
				if (/^(\.|%2e){1,2}$/i.test(segment))
					problems.push(problem('dotSegment', input.field, pointerOf(input), { received: { literal: `"${String(value)}"` } }));
				path = path.replace(`{${name}}`, () => segment);
				break;
			}
			case 'query':
				append(query, pairsOf(name, value, input));
				break;
			case 'header': {
				const text = headerOf(value, input);
				if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) problems.push(problem('headerCharacter', input.field, pointerOf(input), {}));
				headers[name.toLowerCase()] = text;
				break;
			}
			case 'cookie':
				append(cookies, pairsOf(name, value, input));
				break;
			case 'body':
				request.body = entered;
		}
	}
	if (cookies.length > 0) headers.cookie = cookies.join('; ');
	const url = `${base.replace(/\/+$/, '')}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
	return { request: { method: operation.method, url, headers, ...request }, problems };
}

/** Problems for missing path parameters. An operation called by reference reads no form, which would report them. */
export function missingInPath(operation: Operation, inputs: RequestInputs): Problem[] {
	const missing = operation.inputs.filter(
		(input) => input.in === 'path' && !inputs.some((one) => one.input.field.name === input.field.name),
	);
	return missing.map(({ field }) => problem('missingInPath', field, `/path/${field.name}`, {}));
}

/** Whether a value can be percent-encoded; a lone surrogate cannot. */
function isWellFormed(value: BodyValue): boolean {
	return (
		!/[\ud800-\udfff]/u.test(typeof value === 'string' ? value : JSON.stringify(value)) &&
		!/\\ud[89a-f][0-9a-f]{2}/i.test(typeof value === 'string' ? '' : JSON.stringify(value))
	);
}
