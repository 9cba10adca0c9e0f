import { answerOf, type Document, type Files, findOperations, type Found, recordsOf, singular } from '../../engine/compile';
import { describe } from '../../engine/tools';
import { keyOf, labelOf } from '../../engine/model/names';

/** An operation of the document that the node will offer. */
export interface Chosen {
	found: Found;
	/** Value of `x-n8n-operation`: the operation's place in the form. */
	mark: { resource: string; operation: string; name?: string };
}

/**
 * The requested operations, or else those that the document marks, or else its only one.
 * @param wanted each as 'POST /path'
 * @throws DocumentError if an operation does not exist or cannot be described
 */
export function chooseOperations(document: Document, { text, name: file, overlay }: Files, wanted: string[]): Chosen[] {
	const all = findOperations(document);
	const marked = all.filter(({ node }) => node['x-n8n-operation'] !== undefined);
	const names = wanted.length > 0 ? wanted : marked.map(({ method, path }) => `${method} ${path}`);
	const described = (names.length > 0 ? names : [undefined]).map((name) => describe(text, file, name, overlay).operation);
	const chosen = [
		...new Set(described.map(({ method, path }) => all.find((found) => found.method === method && found.path === path) as Found)),
	];
	return distinct(chosen.map((found) => ({ found, mark: markOf(document, found, chosen.length === 1) })));
}

function markOf(document: Document, found: Found, alone: boolean): Chosen['mark'] {
	const said = found.node['x-n8n-operation'];
	if (typeof said === 'object' && said !== null) return said as Chosen['mark'];
	const operation = operationOf(document, found);
	// This package is about creating credentials, so a single operation that writes is taken for "create credential".
	if (alone && !['get', 'getAll', 'delete'].includes(operation)) return { resource: 'credential', operation: 'create' };
	return named(resourceOf(found.path), operation);
}

/** n8n's operation value for what the operation does. */
function operationOf(document: Document, found: Found): string {
	const { method, path, node } = found;
	const item = /\}\/?$/.test(path);
	if (method === 'DELETE') return 'delete';
	if (method === 'GET') return isList(document, found, !item) ? 'getAll' : 'get';
	if (method === 'PATCH') return 'update';
	if (method === 'PUT') return item ? 'update' : 'create';
	return item ? ownName(path, method, node.operationId) : 'create';
}

/** Judges by the response, or by the path if the document does not describe the response. */
function isList(document: Document, found: Found, byPath: boolean): boolean {
	const isKnown = (answerOf(document, found)?.body ?? []).length > 0;
	return recordsOf(document, found, {}) !== undefined || (byPath && !isKnown);
}

function ownName(path: string, method: string, operationId: unknown): string {
	return typeof operationId === 'string' && /[A-Za-z]/.test(operationId) ? keyOf([operationId]) : keyOf([method, ...path.split('/')]);
}

/** `/v2/spaces/keys/{id}` → `key`. */
function resourceOf(path: string): string {
	const fixed = path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
	const last = fixed[fixed.length - 1] ?? 'credential';
	return keyOf([singular(last)]);
}

function named(resource: string, operation: string): Chosen['mark'] {
	if (operation === 'getAll') return { resource, operation, name: 'Get Many' };
	const name = labelOf(operation);
	return name.includes(' ') ? { resource, operation, name } : { resource, operation };
}

/** Gives operations with the same resource and operation different names: the operationId, or else a number. */
function distinct(all: Chosen[]): Chosen[] {
	const taken = new Set<string>();
	return all.map(({ found, mark }) => {
		const id = (operation: string) => `${mark.resource} ${operation}`;
		const own = ownName(found.path, found.method, found.node.operationId);
		const options = [mark.operation, own, ...Array.from({ length: all.length }, (_, index) => `${own}${index + 2}`)];
		const operation = options.find((one) => !taken.has(id(one))) as string;
		taken.add(id(operation));
		return { found, mark: operation === mark.operation ? mark : named(mark.resource, operation) };
	});
}
