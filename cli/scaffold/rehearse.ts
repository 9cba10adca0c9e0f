import type { INodeParameters } from 'n8n-workflow';

import type { Operation } from '../../engine/model';
import { CONTROLS } from '../../engine/model/layout';
import { partsOf } from '../../engine/model/pointer';
import { type Answer, type Described, encodeBody, outcomeOf, parametersFor, Redactor, requestFor } from '../../engine/tools';
import { sampleRequest } from '../sample/sample';

/** An operation with working parameters, and their effect. */
export interface Rehearsed {
	operation: Operation;
	parameters: INodeParameters;
	/** What is sent, as on the wire, without what every request has. */
	sent: {
		path: string;
		query: { [name: string]: string | string[] };
		headers: { [name: string]: string };
		body?: { json: unknown } | { form: [string, string][] } | { text: string } | { parts: string[] };
	};
	/** For a list: a response with two records, and the contents of their items. */
	list?: { answer: unknown; items: object[] };
	/** The node makes an item of the response, even if the document does not describe it. */
	yieldsItem: boolean;
	/** A parameter without which nothing is sent, and its label, which the error message contains. */
	missing?: { parameter: string; label: string };
}

/** Placeholder for the vendor's base URL. */
const BASE = 'https://vendor.invalid';

/**
 * Makes up parameters for an operation and passes them through the engine.
 * @returns the rehearsed operation, or a sentence about what prevents a valid request
 */
export function rehearse(described: Described): Rehearsed | string {
	const { operation } = described;
	const sample = sampleRequest(operation);
	if ('place' in sample) return `no example was found for ${sample.place}`;
	let parameters: INodeParameters;
	try {
		parameters = parametersFor(described, sample.request);
	} catch (error) {
		return (error as Error).message;
	}
	const answer = requestFor(described, parameters, { baseUrl: BASE, reveal: true });
	if (!answer.valid) return answer.problems.map(({ message }) => message).join(' ');
	const { pagination, result } = operation;
	// One record is enough to see what is sent, and a limit of 1 ends the reading.
	if (pagination && pagination.style !== 'none') parameters[CONTROLS.limit] = 1;
	const list = result.records === undefined ? {} : { list: listOf(result) };
	return {
		operation,
		parameters,
		sent: sentBy(operation, answer.request),
		yieldsItem: yieldsItem(operation),
		...list,
		...missingIn(described, parameters),
	};
}

function sentBy(operation: Operation, { url, headers, body }: (Answer & { valid: true })['request']): Rehearsed['sent'] {
	// Split as text, since a URL object would resolve dots and re-encode.
	const [path, query = ''] = url.slice(BASE.length).split('?');
	const grouped: Rehearsed['sent']['query'] = {};
	for (const [name, value] of new URLSearchParams(query)) {
		const before = grouped[name];
		grouped[name] = before === undefined ? value : [before, value].flat();
	}
	const { accept: _accept, 'content-type': _contentType, ...own } = headers;
	return { path, query: grouped, headers: own, ...(body === undefined || !operation.body ? {} : { body: bodyOf(operation.body, body) }) };
}

function bodyOf(encoding: NonNullable<Operation['body']>, value: Parameters<typeof encodeBody>[0]): Rehearsed['sent']['body'] {
	const { contentType, content } = encodeBody(value, encoding);
	if (/json/i.test(contentType)) return { json: value };
	if (contentType.startsWith('application/x-www-form-urlencoded')) return { form: [...new URLSearchParams(String(content))] };
	// The boundary of a multipart body differs each time; the names of its parts do not.
	if (contentType.startsWith('multipart/')) return { parts: Object.keys(value as object).map((name) => `name="${name}"`) };
	return { text: String(content) };
}

function listOf({ records = '', id }: Operation['result']): { answer: unknown; items: object[] } {
	const [place] = [records].flat();
	const items = ['first', 'second'].map((text) => wrapped(partsOf([id ?? '/name'].flat()[0]), text) as object);
	return { answer: wrapped(partsOf(place), items), items };
}

/** Nests a value under the names of a path. */
function wrapped(parts: string[], value: unknown): unknown {
	return parts.reduceRight((inner, name) => ({ [name]: inner }), value);
}

function yieldsItem(operation: Operation): boolean {
	return (
		outcomeOf(operation, { status: 200, headers: {}, text: '{}' }, new Redactor([])).ok ||
		operation.result.id !== undefined ||
		operation.result.link !== undefined
	);
}

/** The first required parameter that an operator could leave empty. */
function missingIn(described: Described, parameters: INodeParameters): Pick<Rehearsed, 'missing'> {
	for (const [parameter, value] of Object.entries(parameters)) {
		if (typeof value !== 'string' || ['resource', 'operation'].includes(parameter)) continue;
		const answer = requestFor(described, { ...parameters, [parameter]: '' }, { baseUrl: BASE });
		const problem = answer.valid ? undefined : answer.problems.find(({ message }) => / is missing\b/.test(message));
		if (problem) return { missing: { parameter, label: problem.field.replace(/ \([^()]*\)$/, '') } };
	}
	return {};
}
