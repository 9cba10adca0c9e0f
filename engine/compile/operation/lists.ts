import type { ResultPlan } from '../../model';
import { words } from '../../model/names';
import { escapePart } from '../../model/pointer';
import { ifReadable, isPart, type Document } from '../document/document';
import type { Found } from '../document/find';
import { Schemas } from '../schema/flatten';
import { Shapes, type Spot } from '../schema/shapes';
import { answerOf } from './signature';

/** Lists that report problems, and lists that usually accompany the records. */
const NEVER = new Set(['error', 'errors', 'warning', 'warnings', 'meta']);
const BESIDE = new Set(['message', 'messages', 'link', 'links', 'included']);
/** Usual names of the list of records, by priority, for responses with several lists. */
const USUAL = ['data', 'items', 'results', 'records', 'values', 'value', 'list', 'entries', 'content'];

/** A list inside a response. */
interface Candidate {
	pointer: string;
	name: string;
	ofObjects: boolean;
}

/**
 * Infers the place of a list's records from the response schema: an array at the top, or the only array of objects in
 * an envelope. Only for reading operations, since a creation may respond with an array too.
 * @param said what `x-n8n-result` already says
 * @returns undefined if the response is a single record, or does not tell
 */
export function recordsOf(document: Document, found: Found, said: Partial<ResultPlan>): string | undefined {
	return ifReadable(() => inferred(document, found, said));
}

function inferred(document: Document, found: Found, said: Partial<ResultPlan>): string | undefined {
	const isNamed = isNamedList(found);
	if (said.record !== undefined || said.deleted || (found.method !== 'GET' && !isNamed)) return undefined;
	const shapes = new Shapes(new Schemas(document));
	const body = answerOf(document, found)?.body ?? [];
	if (body.length === 0) return undefined;
	const kinds = shapes.kinds(body);
	if (kinds.has('array') && !kinds.has('object')) return '';
	const marked = isPart(found.node['x-n8n-operation']) ? found.node['x-n8n-operation'].operation : undefined;
	if (!isNamed && (/\}\/?$/.test(found.path) || marked === 'get')) return undefined;
	// If the response itself has the id or link, the response is the record.
	const isRecord = [said.id, said.link].flatMap((place) => place ?? []).some((place) => exists(shapes, body, place));
	return isRecord ? undefined : listIn(shapes, body, found, isNamed);
}

function isNamedList({ node }: Found): boolean {
	const marked = isPart(node['x-n8n-operation']) ? node['x-n8n-operation'].operation : undefined;
	if (typeof marked === 'string') return marked === 'getAll' || marked === 'list';
	const [first, second] = words(typeof node.operationId === 'string' ? node.operationId : '');
	return first === 'list' || (first === 'get' && second === 'all');
}

function listIn(shapes: Shapes, body: Spot[], { path }: Found, isNamed: boolean): string | undefined {
	const topic =
		path
			.split('/')
			.reverse()
			.find((part) => part !== '' && !part.startsWith('{')) ?? '';
	const usual = [...USUAL, words(topic).join(' ')];
	let level: Array<[pointer: string, spots: Spot[]]> = [['', body]];
	let beside: Candidate[] = [];
	// An envelope can contain another envelope.
	for (let depth = 0; depth < 2; depth++) {
		// An object with an id of its own is not an envelope, but a record that contains a list.
		const envelopes = level.filter(([, spots]) => !shapes.names(spots).some((name) => words(name).join('_') === 'id'));
		const inner = envelopes.flatMap(([pointer, spots]) =>
			shapes.names(spots).map((name) => {
				const step = `/${escapePart(name)}`;
				return { pointer: `${pointer}${step}`, name, spots: shapes.lead(spots, step).spots };
			}),
		);
		const lists = inner.flatMap(({ pointer, name, spots }): Candidate[] => {
			const kinds = shapes.kinds(spots);
			if (!kinds.has('array') || NEVER.has(words(name).join(' '))) return [];
			const elements = shapes.kinds(shapes.elements(spots).spots);
			return [{ pointer, name, ofObjects: elements.size === 0 || elements.has('object') || elements.has('any') }];
		});
		const isBeside = ({ name }: Candidate) => BESIDE.has(words(name).join(' '));
		beside = [...beside, ...lists.filter((one) => one.ofObjects && isBeside(one))];
		const records = lists.filter((one) => one.ofObjects && !isBeside(one));
		const all = records.length === 0 && isNamed ? lists : records;
		const named = all.length > 1 ? usual.map((name) => all.find((one) => words(one.name).join(' ') === name)).find(Boolean) : all[0];
		if (named) return named.pointer;
		if (all.length > 0) return undefined;
		level = inner.filter(({ spots }) => shapes.kinds(spots).has('object')).map(({ pointer, spots }) => [pointer, spots]);
	}
	return beside.length === 1 ? beside[0].pointer : undefined;
}

function exists(shapes: Shapes, body: Spot[], pointer: string): boolean {
	return pointer !== '' && shapes.lead(body, pointer).spots.length > 0;
}
