import { Problem } from '../../scripts/n8n/problem';
import type { HttpCall } from './httpCall';

interface Pair {
	name?: string;
	value?: string;
}
interface CopiedNode {
	name?: string;
	type?: string;
	position?: [number, number];
	parameters?: { [name: string]: unknown };
}

/** The HTTP Request node in what was copied from n8n's editor, if there is one. */
export function httpRequestNode(value: unknown): CopiedNode | undefined {
	const nodes = (value as { nodes?: unknown } | null)?.nodes;
	const all = Array.isArray(nodes) ? (nodes as CopiedNode[]) : [value as CopiedNode];
	return all.find((node) => node?.type === 'n8n-nodes-base.httpRequest');
}

/**
 * The call that an HTTP Request node (version 4) sends.
 * @throws Problem if the node uses a setting that cannot be converted
 */
export function readHttpRequestNode({ parameters = {} }: CopiedNode): HttpCall {
	const text = (name: string) => (typeof parameters[name] === 'string' ? parameters[name] : undefined);
	const pairs = (name: string) =>
		((parameters[name] as { parameters?: Pair[] } | undefined)?.parameters ?? []).filter((pair): pair is Required<Pair> =>
			Boolean(pair.name),
		);
	const url = text('url');
	if (!url) throw new Problem('The HTTP Request node has no URL.');
	const query =
		parameters.sendQuery === true
			? parameters.specifyQuery === 'json'
				? fromJson('query', text('jsonQuery'))
				: pairs('queryParameters')
			: [];
	const headers =
		parameters.sendHeaders === true
			? parameters.specifyHeaders === 'json'
				? fromJson('headers', text('jsonHeaders'))
				: pairs('headerParameters')
			: [];
	const search = query.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
	return {
		method: (text('method') ?? 'GET').toUpperCase(),
		url: search === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${search}`,
		headers: Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value])),
		...(parameters.sendBody === true ? { body: bodyOf(parameters, pairs('bodyParameters')) } : {}),
	};
}

function bodyOf(parameters: { [name: string]: unknown }, pairs: Array<Required<Pair>>): string {
	const contentType = parameters.contentType ?? 'json';
	if (contentType !== 'json' && contentType !== 'form-urlencoded' && contentType !== 'raw')
		throw new Problem(`The HTTP Request node sends its body as "${String(contentType)}", which is not taken over.`);
	if (contentType === 'raw') return String(parameters.body ?? '');
	if (parameters.specifyBody === 'json') return String(parameters.jsonBody ?? '').replace(/^=(?!=)/, '');
	if (parameters.specifyBody === 'string') return String(parameters.body ?? '');
	return contentType === 'json'
		? JSON.stringify(Object.fromEntries(pairs.map(({ name, value }) => [name, value])))
		: new URLSearchParams(pairs.map(({ name, value }): [string, string] => [name, value])).toString();
}

function fromJson(what: string, text: string | undefined): Array<Required<Pair>> {
	try {
		return Object.entries(JSON.parse(text ?? '{}') as object).map(([name, value]) => ({ name, value: String(value) }));
	} catch {
		throw new Problem(`The ${what} of the HTTP Request node are not valid JSON.`);
	}
}
