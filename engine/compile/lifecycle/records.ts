import { words } from '../../model/names';
import { escapePart, lastPartOf } from '../../model/pointer';
import { highest } from './highest';
import { isPlural, lastWord, nounOf } from './paths';
import type { ApiOperation } from './facts';
import type { View } from './view';

/** Where a list's records are in its response. */
export interface Records {
	/** JSON Pointer; `''` for an array at the root. */
	pointer: string;
	/** Schemas of one record. */
	record: unknown[];
	/** Records are objects. */
	ofObjects: boolean;
}

/** Arrays that report on the request and never hold records. */
const NEVER = new Set(['error', 'errors', 'warning', 'warnings', 'meta', 'unreachable']);
/** Arrays that usually accompany the records. */
const BESIDE = new Set([
	'messages',
	'tags',
	'scopes',
	'required',
	'link',
	'links',
	'included',
	'facets',
	'aggregations',
	'schema',
	'columns',
	'fields',
	'default reminders',
]);
const USUAL = [
	'data',
	'items',
	'item',
	'results',
	'result',
	'records',
	'rows',
	'values',
	'value',
	'list',
	'entries',
	'content',
	'collection',
	'resources',
];
/** Names of envelopes that hold the records one level down. */
const WRAPPER = /^(data|result|results|response|payload|body|page|pagination|content|embedded|details|d)$/;

interface Candidate extends Records {
	name: string;
	depth: number;
}

/** Finds a response's records: an array at the root, or the main array of an envelope. */
export function recordsIn(view: View, { answer, path }: Pick<ApiOperation, 'answer' | 'path'>): Records | undefined {
	const root = view.shape(answer);
	if (root.kinds.has('array') && !root.kinds.has('object'))
		return { pointer: '', record: root.items, ofObjects: isObject(view, root.items) };
	const all = [...candidates(view, answer, '', 0)];
	const noun = nounOf(lastWord(path.segments));
	const around = new Set(path.segments.filter(({ variable }) => variable === undefined).map(({ text }) => nounOf(text)));
	const rank = (one: Candidate): number => {
		const own = words(one.name).join(' ');
		const named = nounOf(one.name) === noun || words(noun).slice(-1)[0] === words(nounOf(one.name)).slice(-1)[0];
		const usual = USUAL.indexOf(own);
		return (
			(named && noun !== '' ? 50 : around.has(nounOf(one.name)) ? 45 : 0) +
			(usual >= 0 ? 40 - usual : 0) +
			(one.ofObjects ? 30 : 0) -
			(BESIDE.has(own) && !(named && noun !== '') ? 60 : 0) -
			one.depth * 15
		);
	};
	const best = highest(all, rank);
	return best && { pointer: best.pointer, record: best.record, ofObjects: best.ofObjects };
}

function* candidates(view: View, schemas: unknown[], pointer: string, depth: number): Generator<Candidate> {
	for (const [name, property] of view.shape(schemas).properties) {
		const shape = view.shape(property);
		const own = words(name).join(' ');
		const place = `${pointer}/${escapePart(name)}`;
		if (shape.kinds.has('array')) {
			if (!NEVER.has(own)) yield { pointer: place, name, record: shape.items, ofObjects: isObject(view, shape.items), depth };
		} else if (depth < 2 && WRAPPER.test(own) && shape.properties.size > 0) {
			yield* candidates(view, property, place, depth + 1);
		}
	}
}

/** Names of properties that records have, but envelopes do not. */
const OWN = /^(id|uuid|guid|name|slug|created at|updated at|created|create time|update time|display name|etag|self link)$/;

/**
 * Whether a response is a list, that is an array or a mere envelope, rather than a record that contains an array.
 * @returns undefined if the document does not tell
 */
export function isListAnswer(
	view: View,
	operation: Pick<ApiOperation, 'answer' | 'path'>,
	records: Records | undefined,
): boolean | undefined {
	const { answer } = operation;
	if (answer.length === 0) return undefined;
	if (!records) return view.shape(answer).properties.size > 0 ? false : undefined;
	if (records.pointer === '') return true;
	const { properties } = view.shape(answer);
	const names = [...properties.keys()].map((name) => words(name).join(' '));
	const own = names.filter((name) => OWN.test(name)).length;
	if (own >= 2 || (own === 1 && names.includes('id'))) return false;
	const arrays = [...properties.values()].filter((property) => view.shape(property).kinds.has('array')).length;
	if (names.length === 1) return true;
	const name = lastPartOf(records.pointer);
	const about = names.filter((one) => ABOUT_LIST.test(one)).length;
	if (about > 0) return true;
	return arrays === 1 && names.length <= 4 && (USUAL.includes(words(name).join(' ')) || isPlural(name));
}

const ABOUT_LIST =
	/^((next|previous|prev)( |$).*|.*(cursor|page token|has more|total|count|page|paging|pagination|page info|limit|offset)( .*)?|kind|meta|metadata|links|has more|object|first id|last id|nextlink|pager|.*next link)$/;

function isObject(view: View, schemas: unknown[]): boolean {
	const { kinds, properties } = view.shape(schemas);
	return kinds.has('object') || properties.size > 0 || kinds.size === 0;
}
