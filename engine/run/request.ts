import type { Input, Json, Operation } from '../model';
import { problem, type Problem } from './problems';

/** A request as it goes out, before n8n adds the credential. */
export interface HttpRequest {
	method: Operation['method'];
	url: string;
	headers: { [name: string]: string };
	/** The body as text, so that n8n sends exactly this: it leaves out `{}` and `[]` when they come as objects. */
	body?: string;
}

/** The value of each input that was given. */
export type Given = Array<{ input: Input; value: Json }>;

/**
 * Puts the values of an item where the operation's document wants them.
 * @param base address of the vendor, from the n8n credential alone
 * @returns the request, or what keeps a value from standing in its place
 */
export function requestOf(operation: Operation, given: Given, base: string): { request: HttpRequest; problems: Problem[] } {
	const problems: Problem[] = [];
	const headers: { [name: string]: string } = { accept: 'application/json' };
	const query: string[] = [];
	const cookies: string[] = [];
	let { path } = operation;
	let body: string | undefined;
	for (const { input, value } of given) {
		const { name } = input.field;
		switch (input.in) {
			case 'path': {
				const segment = pathSegment(input, value);
				if (/^(\.|%2e){1,2}$/i.test(segment)) problems.push(problem(input.field, `/path/${name}`, `must not be "${String(value)}"`, `Correct '${input.field.label}'`));
				path = path.replace(`{${name}}`, () => segment);
				break;
			}
			case 'query':
				query.push(...queryPairs(input, value));
				break;
			case 'header': {
				const text = simple(value, input.explode === true);
				if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) problems.push(problem(input.field, `/header/${name}`, 'has a character that a header cannot carry, such as a line break', `Correct '${input.field.label}'`));
				headers[name.toLowerCase()] = text;
				break;
			}
			case 'cookie':
				cookies.push(...queryPairs(input, value));
				break;
			default:
				body = JSON.stringify(value);
				headers['content-type'] = operation.mediaType ?? 'application/json';
		}
	}
	if (cookies.length > 0) headers.cookie = cookies.join('; ');
	const url = `${base.replace(/\/+$/, '')}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
	return { request: { method: operation.method, url, headers, ...(body === undefined ? {} : { body }) }, problems };
}

/** A path parameter in OpenAPI's styles simple, label and matrix; every value stays within its segment. */
function pathSegment({ field: { name }, style, explode }: Input, value: Json): string {
	const encode = encodeURIComponent;
	if (!isComposite(value)) {
		const text = encode(scalar(value));
		return style === 'label' ? `.${text}` : style === 'matrix' ? `;${name}=${text}` : text;
	}
	const pairs = Array.isArray(value) ? value.map((one) => encode(scalar(one))) : Object.entries(value).map(([key, one]) => `${encode(key)}${explode ? '=' : ','}${encode(scalar(one))}`);
	if (style === 'label') return `.${pairs.join(explode ? '.' : ',')}`;
	if (style !== 'matrix') return pairs.join(',');
	if (!explode) return `;${name}=${pairs.join(',')}`;
	return pairs.map((pair) => (Array.isArray(value) ? `;${name}=${pair}` : `;${pair}`)).join('');
}

/** A query parameter in OpenAPI's styles form, spaceDelimited, pipeDelimited and deepObject. */
function queryPairs({ field: { name }, style, explode }: Input, value: Json): string[] {
	const encode = encodeURIComponent;
	const key = encode(name);
	if (!isComposite(value)) return [`${key}=${encode(scalar(value))}`];
	if (style === 'deepObject') return deepPairs(name, value);
	if (Array.isArray(value)) {
		if (explode) return value.map((one) => `${key}=${encode(scalar(one))}`);
		const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',';
		return [`${key}=${value.map((one) => encode(scalar(one))).join(separator)}`];
	}
	const pairs = Object.entries(value);
	if (explode) return pairs.map(([one, inner]) => `${encode(one)}=${encode(scalar(inner))}`);
	return [`${key}=${pairs.flatMap(([one, inner]) => [encode(one), encode(scalar(inner))]).join(',')}`];
}

function deepPairs(name: string, value: Json): string[] {
	if (!isComposite(value)) return [`${encodeURIComponent(name)}=${encodeURIComponent(scalar(value))}`];
	return Object.entries(value).flatMap(([key, one]) => deepPairs(`${name}[${key}]`, one as Json));
}

/** A header in OpenAPI's style simple. */
function simple(value: Json, explode: boolean): string {
	if (Array.isArray(value)) return value.map(scalar).join(',');
	if (!isComposite(value)) return scalar(value);
	return Object.entries(value)
		.map(([key, one]) => `${key}${explode ? '=' : ','}${scalar(one)}`)
		.join(',');
}

function isComposite(value: Json): value is Json[] | { [name: string]: Json } {
	return typeof value === 'object' && value !== null;
}

function scalar(value: Json): string {
	return isComposite(value) ? JSON.stringify(value) : value === null ? '' : String(value);
}
