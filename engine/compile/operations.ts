import type { BodyEncoding, Field, Input, Location, Operation, ResultPlan } from '../model';
import { isKeyHeader, labelOf } from '../names';
import { isJson } from '../run/body';
import { child, Document, DocumentError, isNode, placeOf, type Node } from './document';
import { Fields } from './fields';
import { Schemas } from './schema';
import { sentenceOf, unlikeLabel, upperFirst } from './words';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** An operation of a document, found but not compiled. */
export interface Found {
	method: string;
	path: string;
	pointer: string;
	node: Node;
	pathItem: Node;
	pathItemPointer: string;
}

/** All operations of a document, in its order. */
export function operationsOf(document: Document): Found[] {
	return Object.entries(document.root.paths as Node).flatMap(([path, given]) => {
		if (path.startsWith('x-')) return [];
		const { node: pathItem, pointer: pathItemPointer } = document.follow(given, child('#', 'paths', path));
		return METHODS.filter((method) => isNode(pathItem[method])).map((method) => ({
			method: method.toUpperCase(),
			path,
			pointer: child(pathItemPointer, method),
			node: pathItem[method] as Node,
			pathItem,
			pathItemPointer,
		}));
	});
}

/**
 * Compiles one operation: its inputs as fields, where each value goes, and how its answer is read.
 * @throws DocumentError naming the place in the document
 */
export function compileOperation(document: Document, found: Found): Operation {
	const fields = new Fields(new Schemas(document));
	const said = (found.node['x-n8n-operation'] ?? {}) as { resource?: string; operation?: string; name?: string };
	const resource = said.resource ?? 'credential';
	const operation = said.operation ?? 'create';
	const name = said.name ?? upperFirst(operation);
	const body = bodyOf(document, fields, found);
	const parameters = parametersOf(document, fields, found);
	const shown = [...parameters.values(), body?.input].filter((input): input is Input => input !== undefined);
	const fromCredential = [...parameters].flatMap(([name, input]) => (input ? [] : [name]));
	return {
		resource,
		operation,
		name,
		action: `${name} ${labelOf(resource).toLowerCase()}`,
		description: unlikeLabel(sentenceOf(found.node.summary ?? found.node.description), name) ?? `${name} a ${resource}`,
		method: found.method as Operation['method'],
		path: found.path,
		inputs: sorted(shown),
		...(fromCredential.length > 0 ? { fromCredential } : {}),
		...(body ? { body: body.encoding } : {}),
		...answersOf(document, found),
	};
}

function parametersOf(document: Document, fields: Fields, found: Found): Map<string, Input | undefined> {
	const all = new Map<string, Input | undefined>();
	for (const [list, pointer] of [
		[found.pathItem.parameters, found.pathItemPointer],
		[found.node.parameters, found.pointer],
	] as const) {
		if (list === undefined) continue;
		if (!Array.isArray(list)) throw new DocumentError(placeOf(child(pointer, 'parameters')), 'there should be a list here');
		list.forEach((given, index) => {
			const { node, pointer: place } = document.follow(given, child(pointer, 'parameters', index));
			if (typeof node.name !== 'string' || typeof node.in !== 'string') throw new DocumentError(placeOf(place), 'a parameter needs "name" and "in"');
			all.set(`${node.in} ${node.name}`, parameterOf(fields, node, place));
		});
	}
	for (const [, name] of found.path.matchAll(/\{([^}]+)\}/g)) {
		if (!all.has(`path ${name}`)) {
			throw new DocumentError(placeOf(found.pointer), `the path has {${name}}, but there is no parameter "${name}" with "in: path"`);
		}
	}
	return all;
}

/** From broad to narrow, as the form shows them. */
function sorted(inputs: Input[]): Input[] {
	const order: Location[] = ['path', 'query', 'header', 'cookie', 'body'];
	return inputs.sort((a, b) => order.indexOf(a.in) - order.indexOf(b.in));
}

/** Headers that OpenAPI tells to ignore among the parameters: they are said elsewhere. */
const RESERVED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

function parameterOf(fields: Fields, node: Node, pointer: string): Input | undefined {
	const location = node.in as Location;
	// What the n8n credential sends is not asked for again.
	const isKey = location === 'header' && node.required === true && isKeyHeader(String(node.name));
	if (node['x-n8n-credential'] === true || isKey || (location === 'header' && RESERVED_HEADERS.has(String(node.name).toLowerCase()))) return undefined;
	const content = isNode(node.content) ? Object.entries(node.content)[0] : undefined;
	if (content && !isNode(content[1])) throw new DocumentError(placeOf(child(pointer, 'content', content[0])), 'there should be an object here');
	const schema = content ? (content[1] as Node).schema : node.schema;
	const field = fields.compile(schema ?? {}, {
		name: node.name as string,
		pointer: content ? child(pointer, 'content', content[0], 'schema') : child(pointer, 'schema'),
		required: node.required === true || location === 'path',
		label: node['x-n8n-label'] as string | undefined,
		description: node.description as string | undefined,
		example: node.example,
	});
	const style = typeof node.style === 'string' ? node.style : location === 'query' || location === 'cookie' ? 'form' : 'simple';
	return { in: location, field, ...(content && isJson(content[0]) ? { json: true } : {}), style, explode: typeof node.explode === 'boolean' ? node.explode : style === 'form' };
}

/** Media types in the order in which they are preferred: what says most about its fields comes first. */
const MEDIA_TYPES = [isJson, (type: string) => type.startsWith('application/x-www-form-urlencoded'), (type: string) => type.startsWith('multipart/'), (type: string) => type.startsWith('text/'), () => true];

function bodyOf(document: Document, fields: Fields, found: Found): { input: Input; encoding: BodyEncoding } | undefined {
	if (found.node.requestBody === undefined) return undefined;
	const { node, pointer } = document.follow(found.node.requestBody, child(found.pointer, 'requestBody'));
	const content = isNode(node.content) ? node.content : {};
	const mediaType = MEDIA_TYPES.map((fits) => Object.keys(content).find(fits)).find((type) => type !== undefined);
	if (mediaType === undefined) throw new DocumentError(placeOf(child(pointer, 'content')), 'a body needs a media type here, such as application/json');
	const media = content[mediaType];
	if (!isNode(media)) throw new DocumentError(placeOf(child(pointer, 'content', mediaType)), 'there should be an object here, with a schema');
	const structured = MEDIA_TYPES.slice(0, 3).some((fits) => fits(mediaType));
	const place = { name: '', pointer: child(pointer, 'content', mediaType, 'schema'), required: true, role: 'Body', description: node.description as string | undefined };
	const given = fields.compile(media.schema ?? (structured ? {} : { type: 'string', format: 'binary' }), place);
	// A body that is no JSON and no form is one text, or a file.
	const field: Field = structured || given.kind === 'text' ? given : fields.compile({ type: 'string', format: 'binary' }, place);
	const input: Input = { in: 'body', field, ...(node.required === true ? {} : { toggle: '' }) };
	return { input, encoding: { mediaType, fields: encodingsOf(media, mediaType) } };
}

/** The document's `encoding` of a form's fields. */
function encodingsOf(media: Node, mediaType: string): BodyEncoding['fields'] {
	if (isJson(mediaType) || !isNode(media.encoding)) return {};
	return Object.fromEntries(
		Object.entries(media.encoding).map(([name, given]) => {
			const { style, explode, contentType } = given as { style?: string; explode?: boolean; contentType?: string };
			if (style === undefined && explode === undefined) return [name, { contentType }];
			return [name, { style: style ?? 'form', explode: explode ?? (style ?? 'form') === 'form' }];
		}),
	);
}

function answersOf(document: Document, found: Found): { result: ResultPlan; hints: { [status: string]: string } } {
	let result: ResultPlan = { record: '' };
	const hints: { [status: string]: string } = {};
	for (const [status, given] of Object.entries(isNode(found.node.responses) ? found.node.responses : {})) {
		const { node } = document.follow(given, child(found.pointer, 'responses', status));
		if (isNode(node['x-n8n-result'])) result = { record: '', ...(node['x-n8n-result'] as Partial<ResultPlan>) };
		if (typeof node['x-n8n-hint'] === 'string') hints[status] = node['x-n8n-hint'];
	}
	return { result, hints };
}
