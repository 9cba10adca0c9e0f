import type { Document } from '../document/document';
import { ALL_METHODS, isPart, type Part } from '../document/part';
import { pathOf, type ApiPath } from './paths';
import { View } from './view';

/** An input of an operation outside its body. */
export interface Input {
	name: string;
	in: string;
	required: boolean;
	schemas: unknown[];
	description: string;
}

/** An operation of a document, as far as its life cycle is concerned. */
export interface ApiOperation {
	/** `METHOD /path`, with the path as in the document. */
	key: string;
	method: string;
	path: ApiPath;
	operationId: string;
	summary: string;
	description: string;
	tags: string[];
	deprecated: boolean;
	inputs: Input[];
	/** Schemas of the body; empty if there is none, or it is not described. */
	body: unknown[];
	hasBody: boolean;
	/** Schemas of the response that reports success. */
	answer: unknown[];
	/** Names of that response's headers. */
	headers: string[];
	/** Statuses of success; empty if the document describes none. */
	statuses: string[];
	/** Security requirements; undefined if the document's own apply. */
	security?: unknown[];
	node: Part;
}

/** All operations of a document, and a reader for their schemas. */
export interface Api {
	root: Part;
	view: View;
	operations: ApiOperation[];
	byKey: Map<string, ApiOperation>;
}

/** Reads all operations of a document; invalid parts are left out. */
export function readApi(document: Document): Api {
	const view = new View(document.root);
	const operations = Object.entries(document.root.paths as Part).flatMap(([path, given]) => {
		const item = view.resolve(given);
		if (!item || path.startsWith('x-')) return [];
		return ALL_METHODS.filter((method) => isPart(item[method]) && method !== 'options' && method !== 'trace').map((method) =>
			readOperation(view, method.toUpperCase(), path, item, item[method] as Part),
		);
	});
	return { root: document.root, view, operations, byKey: new Map(operations.map((one) => [one.key, one])) };
}

function readOperation(view: View, method: string, path: string, item: Part, node: Part): ApiOperation {
	const body = view.resolve(node.requestBody);
	const { answer, headers, statuses } = readAnswer(view, node);
	return {
		key: `${method} ${path}`,
		method,
		path: pathOf(path),
		operationId: text(node.operationId),
		summary: text(node.summary),
		description: text(node.description),
		tags: (Array.isArray(node.tags) ? node.tags : []).map(String),
		deprecated: node.deprecated === true,
		inputs: readInputs(view, item, node),
		body: body ? schemasIn(body) : [],
		hasBody: body !== undefined,
		answer,
		headers,
		statuses,
		...(Array.isArray(node.security) ? { security: node.security as unknown[] } : {}),
		node,
	};
}

function readInputs(view: View, item: Part, node: Part): Input[] {
	const all = new Map<string, Input>();
	for (const given of [item.parameters, node.parameters].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))) {
		const parameter = view.resolve(given);
		if (!parameter || typeof parameter.name !== 'string' || typeof parameter.in !== 'string') continue;
		all.set(`${parameter.in} ${parameter.name}`, {
			name: parameter.name,
			in: parameter.in,
			required: parameter.required === true,
			schemas: parameter.schema === undefined ? schemasIn(parameter) : [parameter.schema],
			description: text(parameter.description),
		});
	}
	return [...all.values()];
}

function readAnswer(view: View, node: Part): Pick<ApiOperation, 'answer' | 'headers' | 'statuses'> {
	const responses = Object.entries(isPart(node.responses) ? node.responses : {});
	const good = responses.filter(([status]) => /^2(\d\d|XX)$/i.test(status));
	const used = good.length > 0 ? good : responses.filter(([status]) => status === 'default');
	const all = used.flatMap(([, response]): Part[] => [view.resolve(response) ?? {}]);
	const answer = all.map((response) => schemasIn(response)).find((schemas) => schemas.length > 0) ?? [];
	const headers = all.flatMap((response) => (isPart(response.headers) ? Object.keys(response.headers) : []));
	return { answer, headers, statuses: good.map(([status]) => status) };
}

/** The schema of the most informative media type: JSON, or else a form, or else any. */
function schemasIn(owner: Part): unknown[] {
	const content = Object.entries(isPart(owner.content) ? owner.content : {});
	const json = content.find(([type]) => /json/i.test(type));
	const form = content.find(([type]) => /form/i.test(type));
	const [, media] = json ?? form ?? content[0] ?? [];
	return isPart(media) && media.schema !== undefined ? [media.schema] : [];
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
