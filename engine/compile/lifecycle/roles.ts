import { words } from '../../model/names';
import type { Api, ApiOperation } from './facts';
import { isPlural, isPrefix, lastWord, shapeOf, type ApiPath } from './paths';
import { isListAnswer, recordsIn, type Records } from './records';
import { ACTIONS, VERBS, verbOf, type Role, type Verb } from './verbs';
import { append } from '../../model/values';

export type { Role } from './verbs';

/** What an operation does, and why. */
export interface RoleGuess {
	role: Role;
	why: string;
	/** 0 to 1. */
	sure: number;
	records?: Records;
	/** The response is a list; undefined if the document does not tell. */
	answersList?: boolean;
}

const ROLES: Role[] = ['create', 'get', 'list', 'update', 'delete', 'other'];

/** Evidence for a role, and its weight. */
type Clue = [role: Role, weight: number, why: string];

/** The operations of a document, indexed by the shape of their paths. */
export class Neighbours {
	private readonly byShape = new Map<string, Set<string>>();
	/** Methods of item paths, by the shape without its last variable. */
	private readonly items = new Map<string, Set<string>>();
	/** The shapes of all paths below a path, by that path's shape. */
	private readonly parents = new Map<string, Set<string>>();
	/** Operations are named by resource and verb (`buckets.list`). */
	readonly styled: boolean;
	/** Paths are names of procedures (`POST /KeyService/CreateKey`). */
	readonly procedures: boolean;

	constructor({ operations }: Api) {
		for (const { path, method } of operations) {
			if (path.custom !== undefined) continue;
			note(this.byShape, path.shape, method);
			if (path.isItem) note(this.items, path.shape.replace(/\/\{\}$/, ''), method);
			for (let count = 1; count < path.segments.length; count++) note(this.parents, shapeOf(path.segments.slice(0, count)), path.shape);
		}
		const called = operations.filter(({ method, path }) => method === 'POST' && isCall(lastWord(path.segments)));
		this.procedures = called.length > 2 && called.length >= operations.length * 0.4;
		const named = operations.filter(({ operationId }) => operationId !== '');
		const pure = named.filter(({ operationId }) => {
			const last = operationId.split('.').pop() ?? '';
			return operationId.includes('.') && VERBS.has(last.toLowerCase());
		});
		this.styled = pure.length > 2 && pure.length >= named.length * 0.3;
	}

	at(shape: string): Set<string> {
		return this.byShape.get(shape) ?? new Set();
	}

	itemsOf(shape: string): Set<string> {
		return this.items.get(shape) ?? new Set();
	}

	/** Whether there is no other operation at an operation's path or below it. */
	isAlone({ path }: ApiOperation): boolean {
		return !path.isItem && this.at(path.shape).size === 1 && !this.parents.has(path.shape);
	}

	/** How many paths with a single method and nothing below them differ from this one in the last word only, including itself. */
	leavesBeside({ segments }: ApiPath): number {
		const below = this.parents.get(shapeOf(segments.slice(0, -1))) ?? new Set<string>();
		return [...below].filter(
			(shape) =>
				shape.split('/').length === segments.length + 1 && !shape.endsWith('{}') && this.at(shape).size === 1 && !this.parents.has(shape),
		).length;
	}
}

/** Whether a segment of a path consists of a verb and its object: `CreateKey`. */
function isCall(text: string): boolean {
	const all = words(text);
	return all.length > 1 && VERBS.has(all[0]);
}

function note(map: Map<string, Set<string>>, key: string, value: string): void {
	const set = map.get(key) ?? new Set();
	map.set(key, set.add(value));
}

/** The role of each operation, in the document's order. */
export function readRoles(api: Api, neighbours: Neighbours): Map<ApiOperation, RoleGuess> {
	return new Map(api.operations.map((operation) => [operation, roleOf(api, operation, neighbours)]));
}

function roleOf(api: Api, operation: ApiOperation, neighbours: Neighbours): RoleGuess {
	const records = recordsIn(api.view, operation);
	const answersList = isListAnswer(api.view, operation, records);
	const clues = [...structure(operation, neighbours, answersList), ...name(operation, neighbours, answersList)];
	const score = new Map<Role, number>(ROLES.map((role) => [role, 0]));
	for (const [role, weight] of clues) score.set(role, (score.get(role) as number) + weight);
	const ranked = [...score].sort((one, other) => other[1] - one[1]);
	const [[role, best], [, second]] = ranked;
	const why = clues
		.filter(([one, weight]) => one === role && weight > 0)
		.sort((one, other) => other[1] - one[1])
		.map(([, , reason]) => reason)
		.slice(0, 2)
		.join('; ');
	// A path alone is weaker evidence than it seems.
	const most = operation.operationId === '' && operation.answer.length === 0 ? 0.88 : 1;
	const sure = Math.min(most, 1 / (1 + Math.exp(-(best - second) * 0.9)));
	return {
		role,
		why: why === '' ? 'nothing else fits' : why,
		sure: Math.round(sure * 100) / 100,
		...(records ? { records } : {}),
		...(answersList === undefined ? {} : { answersList }),
	};
}

function structure(operation: ApiOperation, neighbours: Neighbours, answersList: boolean | undefined): Clue[] {
	const { method, path } = operation;
	if (path.custom !== undefined) return [['other', 5, `":${path.custom}" is a method of its own`], ...customRole(path.custom)];
	switch (method) {
		case 'GET':
			return reading(operation, neighbours, answersList);
		case 'POST':
			return posting(operation, neighbours, answersList);
		case 'PUT':
			return [['update', path.isItem ? 3 : 2, 'PUT replaces'], ...alone(operation, neighbours, 2.2), ...action(operation, neighbours, 2.5)];
		case 'PATCH':
			return [['update', 3, 'PATCH changes'], ...action(operation, neighbours, 1.5)];
		case 'DELETE':
			return [['delete', 3, 'DELETE deletes'], ...bulk(operation, neighbours), ...action(operation, neighbours, 1.5)];
		default:
			return [['other', 3, `${method} is no part of a life cycle`]];
	}
}

/** Clues from a custom method: `:list` and `:query` may list; others, such as `:batchGet`, are the vendor's own. */
function customRole(custom: string): Clue[] {
	return /^(list|query)$/i.test(custom) ? [['list', 2, 'its method is called so']] : [];
}

function reading(operation: ApiOperation, neighbours: Neighbours, answersList: boolean | undefined): Clue[] {
	const { path, inputs } = operation;
	const clues: Clue[] = [];
	const last = lastWord(path.segments);
	if (path.isItem) {
		clues.push(['get', 3, 'GET of one item'], ['list', answersList === true ? 1 : 0, 'the answer is a list']);
		return clues;
	}
	const paged = inputs.some(
		(input) =>
			input.in === 'query' &&
			/^(limit|page|page ?size|per page|offset|cursor|max results|page token|after)$/.test(words(input.name).join(' ')),
	);
	if (paged) clues.push(['list', 2, 'it takes the size or number of a page']);
	if (answersList === true) clues.push(['list', 3, 'the answer is a list']);
	if (answersList === false) clues.push(['get', 2.5, 'the answer is one record']);
	if (neighbours.itemsOf(path.shape).size > 0) clues.push(['list', 2, 'items stand below it']);
	const beside = neighbours.at(path.shape);
	const changes = beside.has('PUT') || beside.has('PATCH');
	if (changes && neighbours.itemsOf(path.shape).size === 0) clues.push(['get', 1.5, 'the same path can be changed']);
	if (isPlural(last)) clues.push(['list', answersList === undefined ? 1.5 : 0.5, `"${last}" is a plural`]);
	else clues.push(['get', 1, `"${last}" is one thing`]);
	append(clues, [...action(operation, neighbours, 3), ...alone(operation, neighbours, 1.5)]);
	return clues;
}

function posting(operation: ApiOperation, neighbours: Neighbours, answersList: boolean | undefined): Clue[] {
	const { path, inputs, body } = operation;
	const clues: Clue[] = [];
	const beside = neighbours.at(path.shape);
	if (path.isItem) {
		const changes = beside.has('PUT') || beside.has('PATCH');
		clues.push(
			['update', changes ? 0.5 : 2.5, 'POST to one item, which nothing else changes'],
			['create', beside.has('DELETE') && changes ? 2 : 1, 'POST'],
		);
		return clues;
	}
	clues.push(['create', 1.5, 'POST']);
	if (neighbours.itemsOf(path.shape).size > 0) clues.push(['create', 2.5, 'items stand below it']);
	if (beside.has('GET')) clues.push(['create', 1.5, 'a list stands at the same path']);
	const last = lastWord(path.segments);
	if (isPlural(last)) clues.push(['create', 1, `"${last}" is a plural`]);
	else if (path.segments.length > 1 && path.segments[path.segments.length - 2].variable !== undefined && beside.size === 1)
		clues.push(['other', 2.5, `"${last}" is done to one item`]);
	else if (beside.size === 1) clues.push(['other', 1, `"${last}" is no collection`]);
	else if (
		answersList !== true &&
		beside.has('GET') &&
		!beside.has('PUT') &&
		!beside.has('PATCH') &&
		neighbours.itemsOf(path.shape).size === 0
	)
		clues.push(['update', 3.5, `"${last}" is one thing, which nothing else changes`]);
	if (answersList === true && inputs.length + body.length > 0) clues.push(['list', 1, 'the answer is a list']);
	append(clues, [...alone(operation, neighbours, 1.5), ...action(operation, neighbours, 3)]);
	return clues;
}

/** A path that is alone, with nothing below it, is likely an action or a view rather than a resource. */
function alone(operation: ApiOperation, neighbours: Neighbours, weight: number): Clue[] {
	const { path, method } = operation;
	if (!neighbours.isAlone(operation) || path.segments.filter(({ text }) => !isPrefix(text)).length < 2) return [];
	const last = lastWord(path.segments);
	const views = method === 'GET' && neighbours.leavesBeside(path) > 3;
	if (views) return [['other', weight + 1.5, `"${last}" is one of several views`]];
	return isPlural(last) ? [] : [['other', weight, `"${last}" stands alone`]];
}

/** Deleting a whole collection is not part of an item's life cycle. */
function bulk({ path }: ApiOperation, neighbours: Neighbours): Clue[] {
	const isCollection = !path.isItem && ['GET', 'PUT', 'PATCH', 'DELETE'].some((method) => neighbours.itemsOf(path.shape).has(method));
	return isCollection ? [['other', 3.5, 'it deletes a whole collection']] : [];
}

/** Clues from a verb at the end of the path. */
function action({ path }: ApiOperation, neighbours: Neighbours, weight: number): Clue[] {
	const { segments } = path;
	const last = segments[segments.length - 1];
	if (!last || last.variable !== undefined || segments.length < 2 || isPrefix(last.text)) return [];
	const [first = '', ...rest] = words(last.text);
	const role = VERBS.get(first);
	const why = `the path ends in "${last.text}"`;
	if (/^(bulk|batch)$/.test(first)) return [['other', weight, `"${last.text}" is about many at once`]];
	if (role !== undefined && rest.length > 0 && neighbours.itemsOf(path.shape).size === 0) {
		if (!neighbours.procedures) return [['other', weight, `"${last.text}" is an action`]];
		return [role === 'read' ? ['get', weight + 2, why] : [role, weight + 2, why]];
	}
	if (role !== undefined && role !== 'read' && rest.length === 0) return [[role, weight + 1, why]];
	if (neighbours.itemsOf(path.shape).size > 0) return [];
	if (ACTIONS.has(first) && !isPlural(last.text)) return [['other', weight, `"${last.text}" is an action`]];
	return [];
}

function name(operation: ApiOperation, neighbours: Neighbours, answersList: boolean | undefined): Clue[] {
	const fromId = verbOf(operation.operationId);
	const verb = fromId?.role === undefined ? summaryVerb(operation) : fromId;
	const label = verb === fromId ? operation.operationId : operation.summary;
	const weight = verb === fromId ? 1 : 0.7;
	if (neighbours.styled && operation.operationId.includes('.')) return styledName(operation, answersList);
	if (verb?.role === undefined) return fromId ? [['other', 1, `"${operation.operationId}" has no verb of a life cycle`]] : [];
	return verbClues(operation, verb, `"${label}"`, weight, answersList);
}

/** If a document names operations by resource and verb, any other verb is an action of the resource. */
function styledName({ operationId }: ApiOperation, answersList: boolean | undefined): Clue[] {
	const last = operationId.slice(operationId.lastIndexOf('.') + 1);
	const role = VERBS.get(last.toLowerCase());
	const why = `"${operationId}" ends in "${last}"`;
	if (role === 'read')
		return [
			['get', 6, why],
			['list', answersList ? 1 : 0, why],
		];
	return role === undefined ? [['other', 6, why]] : [[role, 6, why]];
}

function verbClues({ method, path }: ApiOperation, verb: Verb, label: string, weight: number, answersList: boolean | undefined): Clue[] {
	const why = `${label} says ${verb.word}`;
	if (verb.role === 'read') {
		const object = verb.rest.join(' ');
		const plural = !verb.alone && isPlural(object);
		return path.isItem && !plural
			? [['get', 3 * weight, why]]
			: [
					['get', (plural ? 0.5 : 2) * weight, why],
					['list', (plural || answersList ? 2 : 0.5) * weight, why],
				];
	}
	if (verb.role === 'other') return [['other', (method === 'PUT' || method === 'PATCH' || method === 'DELETE' ? 2 : 3) * weight, why]];
	return verb.role === undefined ? [] : [[verb.role, 3 * weight, why]];
}

function summaryVerb({ summary }: ApiOperation): Verb | undefined {
	const all = words(summary);
	const [first = ''] = all;
	for (const form of [first, first.replace(/ies$/, 'y'), first.replace(/es$/, ''), first.replace(/s$/, '')]) {
		const role = VERBS.get(form) ?? (ACTIONS.has(form) && all.length > 1 ? 'other' : undefined);
		if (role !== undefined) return { role, word: form, rest: all.slice(1), alone: all.length === 1 };
	}
	return undefined;
}
