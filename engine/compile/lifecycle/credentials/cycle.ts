import { words } from '../../../model/names';
import type { Lifecycle } from '../all';
import type { ApiOperation } from '../facts';
import { highest } from '../highest';
import { collectionOf, commonWords, lastWord, nounOf, shapeOf } from '../paths';
import type { RoleGuess } from '../roles';

/** The operations of a resource's life cycle, each with a reason and a confidence from 0 to 1. */
export interface Cycle {
	create: ApiOperation;
	get?: ApiOperation;
	list?: ApiOperation;
	update?: ApiOperation;
	delete?: ApiOperation;
	others: Array<{ operation: ApiOperation; what: string }>;
	/** An operation whose path takes the id. */
	item?: ApiOperation;
	why: { [field: string]: string };
	sure: { [field: string]: number };
}

/** What an operation other than the five usual ones does, judging by the words of its path and name. */
const DOES: Array<[what: string, words: RegExp]> = [
	['rotate', /\b(rotate|roll|regenerate|renew|reset)\b/],
	['revoke', /\b(revoke|expire|invalidate|deactivate)\b/],
	['validate', /\b(verify|validate|validations?|introspect)\b/],
	['test', /\b(test|ping|check|probe)\b/],
	['enable', /\b(enable|activate|resume)\b/],
	['disable', /\b(disable|suspend|pause)\b/],
	['authorize', /\b(authorize|auth|oauth|connect|callback|token)\b/],
	['reveal', /\b(secret|reveal|plaintext|decrypt)\b/],
	['import', /\bimport\b/],
	['count', /\bcount\b/],
];

/** Collects the operations of the resource that an operation creates. */
export function cycleOf(lifecycle: Lifecycle, create: ApiOperation): Cycle {
	const { api, roles } = lifecycle;
	const collection = shapeOf(collectionOf(create.path));
	const own = api.operations.filter((one) => one.path.custom === undefined && shapeOf(collectionOf(one.path)) === collection);
	const direct = own.filter((one) => one.path.isItem && isBelow(one, create));
	const {
		items,
		why: itemWhy,
		sure: itemSure,
	} = direct.length > 0 ? { items: direct, why: `stands at ${direct[0].path.text}`, sure: 0.96 } : elsewhere(lifecycle, create);
	const why: Cycle['why'] = {};
	const sure: Cycle['sure'] = {};
	const cycle: Cycle = { create, others: [], why, sure };
	const take = (field: 'get' | 'list' | 'update' | 'delete', found: ApiOperation | undefined, reason: string, certain: number) => {
		if (found) cycle[field] = found;
		why[field] = found ? reason : `nothing ${DOING[field]} it`;
		sure[field] = found ? certain : items.length > 0 || field === 'list' ? 0.85 : 0.6;
	};
	const byMethod = (...methods: string[]) =>
		methods.flatMap((method) =>
			items
				.filter((one) => one.method === method && !one.deprecated)
				.concat(items.filter((one) => one.method === method && one.deprecated)),
		)[0];
	take('get', byMethod('GET'), itemWhy, itemSure);
	take('delete', byMethod('DELETE'), itemWhy, itemSure);
	const update = updateIn(lifecycle, items, create);
	take('update', update, itemWhy, items.filter(({ method }) => method === 'PUT' || method === 'PATCH').length > 1 ? 0.8 : itemSure);
	const list = listOf(lifecycle, create, own);
	take('list', list?.operation, list?.why ?? '', list?.sure ?? 0);
	cycle.item = cycle.get ?? cycle.delete ?? cycle.update ?? items[0];
	cycle.others = othersOf(api.operations, cycle, roles, collection);
	why.others = cycle.others.length > 0 ? 'they stand below the item or the list' : 'nothing else stands below the item or the list';
	sure.others = cycle.others.length === 0 ? 0.85 : 0.7;
	return cycle;
}

const DOING = { get: 'reads', list: 'lists', update: 'changes', delete: 'deletes' };

/** Whether a path is an item path of the create's collection, or the create's own path if that names the item. */
function isBelow({ path }: ApiOperation, create: ApiOperation): boolean {
	return create.path.isItem ? path.shape === create.path.shape : path.segments.length > create.path.segments.length;
}

/** Items outside the collection's path: `POST /organizations/{id}/api_keys`, but `DELETE /api_keys/{id}`. */
function elsewhere(lifecycle: Lifecycle, create: ApiOperation): { items: ApiOperation[]; why: string; sure: number } {
	const { operations } = lifecycle.api;
	const word = lastWord(create.path.segments);
	const ends = operations.filter(
		({ path }) =>
			path.isItem &&
			path.custom === undefined &&
			lastWord(path.segments) === word &&
			path.segments[path.segments.length - 2]?.variable === undefined,
	);
	const singular = operations.filter(
		({ path }) => path.isItem && nounOf(lastWord(path.segments)) === nounOf(word) && path.custom === undefined,
	);
	const found = ends.length > 0 ? ends : singular.filter(({ path }) => path.segments.length <= create.path.segments.length + 1);
	// The path that shares the most words with the create's.
	const best = highest(found, ({ path }) => commonWords(path, create.path) * 10 - path.segments.length);
	const items = best ? found.filter(({ path }) => path.shape === best.path.shape) : [];
	return { items, why: best ? `"${word}" stands at ${best.path.text}` : '', sure: 0.8 };
}

/** Prefers PATCH to PUT, unless PATCH takes a list of changes (RFC 6902), which no form can ask for. */
function updateIn({ api, roles }: Lifecycle, items: ApiOperation[], create: ApiOperation): ApiOperation | undefined {
	const patch = items.find(({ method }) => method === 'PATCH');
	const put = items.find(({ method }) => method === 'PUT');
	const isJsonPatch = patch && api.view.shape(patch.body).kinds.has('array');
	if (patch && !(isJsonPatch && put)) return patch;
	if (put) return put;
	return items.find((one) => one !== create && one.method === 'POST' && roles.get(one)?.role === 'update');
}

/** The list of what is created: at the create's collection, or a search below it, or the closest list elsewhere. */
function listOf(
	{ api, roles }: Lifecycle,
	create: ApiOperation,
	own: ApiOperation[],
): { operation: ApiOperation; why: string; sure: number } | undefined {
	const role = (one: ApiOperation) => roles.get(one)?.role;
	const collection = shapeOf(collectionOf(create.path));
	const plain = own.find((one) => one.method === 'GET' && one.path.shape === collection);
	if (plain)
		return {
			operation: plain,
			why: `GET ${plain.path.text}${role(plain) === 'list' ? ' is a list' : ''}`,
			sure: role(plain) === 'list' ? 0.96 : 0.7,
		};
	const search = api.operations.find(({ path, method }) => {
		const last = path.segments[path.segments.length - 1];
		const isSearch =
			path.custom !== undefined
				? /^(list|search|query)$/.test(path.custom) && path.shape === collection
				: /^(filter|search|list|query|all)$/i.test(last?.text ?? '') && shapeOf(path.segments.slice(0, -1)) === collection;
		return isSearch && (method === 'POST' || method === 'GET');
	});
	if (search) return { operation: search, why: `${search.key} searches them`, sure: 0.85 };
	// If the create's path names the item, the list is at a path above it.
	const above = create.path.isItem
		? [...prefixes(create)]
				.reverse()
				.map((shape) => api.operations.find((one) => one.method === 'GET' && one.path.shape === shape && role(one) === 'list'))
				.find(Boolean)
		: undefined;
	if (above) return { operation: above, why: `it lists what stands at ${create.path.text}`, sure: 0.85 };
	const noun = nounOf(lastWord(create.path.segments));
	const named = api.operations.filter(
		(one) => role(one) === 'list' && one.method === 'GET' && !one.path.isItem && nounOf(lastWord(one.path.segments)) === noun,
	);
	return named.length === 1 ? { operation: named[0], why: `it is the only list of "${noun}"`, sure: 0.7 } : undefined;
}

function prefixes({ path }: ApiOperation): string[] {
	return path.segments.map((_, index) => shapeOf(path.segments.slice(0, index)));
}

/** Other actions on an item or on the collection, without operations on resources of their own. */
function othersOf(operations: ApiOperation[], cycle: Cycle, roles: Map<ApiOperation, RoleGuess>, collection: string): Cycle['others'] {
	const taken = new Set([cycle.create, cycle.get, cycle.list, cycle.update, cycle.delete]);
	const items = new Set([cycle.get, cycle.update, cycle.delete].flatMap((one) => (one ? [one.path.shape] : [])));
	const collections = new Set([collection, ...[...items].map((shape) => shape.replace(/(\/\{\})+$/, ''))]);
	return operations.flatMap((operation) => {
		const { path, method } = operation;
		if (taken.has(operation)) return [];
		if (path.custom !== undefined)
			return items.has(path.shape) || collections.has(path.shape) ? [{ operation, what: doing(operation) }] : [];
		if (items.has(path.shape))
			return method === 'PUT' || method === 'PATCH' || method === 'POST'
				? [{ operation, what: method === 'PATCH' ? 'patch' : 'update' }]
				: [];
		if (path.isItem || path.segments.length === 0) return [];
		const above = shapeOf(path.segments.slice(0, -1));
		const what = doing(operation);
		// A path with items of its own is a resource, not an action.
		if (operations.some((one) => one.path.isItem && one.path.shape === `${path.shape}/{}`)) return [];
		const isAction = roles.get(operation)?.role === 'other' || (method === 'POST' && what !== '');
		const isKnown = DOES.some(([, expression]) => expression.test(words(path.segments[path.segments.length - 1].text).join(' ')));
		if (items.has(above)) return isAction || isKnown ? [{ operation, what }] : [];
		return collections.has(above) && method === 'POST' && (isAction || isKnown) ? [{ operation, what }] : [];
	});
}

function doing({ path, operationId }: ApiOperation): string {
	const last = words(path.custom ?? path.segments[path.segments.length - 1]?.text ?? '').join(' ');
	const found =
		DOES.find(([, expression]) => expression.test(last)) ?? DOES.find(([, expression]) => expression.test(words(operationId).join(' ')));
	return found?.[0] ?? last;
}
