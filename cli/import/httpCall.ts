import { Document, type Files, findOperations, type Found } from '../../engine/compile';
import type { Operation } from '../../engine/model';
import type { PlainRequest } from '../../engine/tools';
import { Problem } from '../../scripts/n8n/problem';

/** An HTTP call as given by a curl command or n8n's HTTP Request node. */
export interface HttpCall {
	method: string;
	url: string;
	/** By name in lower case. */
	headers: { [name: string]: string };
	body?: string;
}

/**
 * The operation of a document that a call uses: its method matches, and the call's URL ends in its path.
 * @throws Problem if there is none
 */
export function operationFor({ text, name, overlay }: Files, call: HttpCall): string {
	const all = findOperations(Document.read(text, name, overlay)).filter(({ method }) => method === call.method);
	const fitting = all.filter((found) => segmentsOf(found, call) !== undefined);
	// A path with fewer variables is the better match.
	const [best] = fitting.sort((a, b) => a.path.split('{').length - b.path.split('{').length);
	if (!best)
		throw new Problem(`No operation of the document fits ${call.method} ${pathOf(call)}. Name one with --operation, or check the address.`);
	return `${best.method} ${best.path}`;
}

/** Turns a call into a request of the operation: path, query, header and body, under the document's names. */
export function asPlainRequest(operation: Operation, call: HttpCall): PlainRequest {
	const values = segmentsOf(operation, call) ?? {};
	const query = queryOf(call.url);
	const request: { [location: string]: { [name: string]: unknown } } = {};
	for (const { in: location, field } of operation.inputs) {
		const value =
			location === 'path'
				? values[field.name]
				: location === 'query'
					? query[field.name]
					: location === 'header'
						? call.headers[field.name.toLowerCase()]
						: undefined;
		if (value !== undefined) request[location] = { ...request[location], [field.name]: typed(value, field) };
	}
	return { ...request, ...(call.body === undefined ? {} : { body: bodyOf(call.body, operation) }) } as PlainRequest;
}

function bodyOf(text: string, operation: Operation): unknown {
	if (operation.body?.mediaType.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
	try {
		return JSON.parse(text) as unknown;
	} catch {
		if (/json/.test(operation.body?.mediaType ?? 'json'))
			throw new Problem('The body of the call is not valid JSON. Check quotes, commas and brackets.');
		return text;
	}
}

/** Converts a text from the URL or a header to the type that the document asks for. */
function typed(value: string, field: Operation['inputs'][number]['field']): unknown {
	if (field.kind === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
	return field.kind === 'boolean' && (value === 'true' || value === 'false') ? value === 'true' : value;
}

function pathOf({ url }: HttpCall): string {
	return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '') || '/';
}

function queryOf(url: string): { [name: string]: string } {
	const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
	return Object.fromEntries(new URLSearchParams(query));
}

/** The values of a path's variables; undefined unless the URL ends in such a path. */
function segmentsOf({ path }: Pick<Found, 'path'>, call: HttpCall): { [name: string]: string } | undefined {
	const names: string[] = [];
	const pattern = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{([^}]+)\}/g, (_all, name: string) => {
		names.push(name);
		return '([^/]+)';
	});
	const match = new RegExp(`${pattern.replace(/\/$/, '')}/?$`).exec(pathOf(call));
	return match ? Object.fromEntries(names.map((name, index) => [name, decoded(match[index + 1])])) : undefined;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
