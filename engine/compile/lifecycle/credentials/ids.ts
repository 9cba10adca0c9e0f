import { words } from '../../../model/names';
import { escapePart, lastPartOf } from '../../../model/pointer';
import { singular } from '../../text/plural';
import type { ApiOperation } from '../facts';
import { highest } from '../highest';
import { collectionOf, lastWord, nounOf } from '../paths';
import type { View } from '../view';
import type { Cycle } from './cycle';

/** Where a record's id is. */
export interface Ids {
	/** Pointer into the create's response; null if that does not contain it. */
	created: string | null;
	/** Pointer into a record of the list. */
	listed: string | null;
	/** The path variable that takes it, or a pointer if the body takes it. */
	path: string | null;
	composite?: Array<{ created: string | null; listed: string | null; path: string }>;
}

/** Finds the id that an item's path takes. */
export function idsOf(view: View, cycle: Cycle, record: unknown[]): { id: Ids; why: string; sure: number } {
	const variables = trailing(cycle.item);
	const last = variables[variables.length - 1];
	if (last === undefined) {
		const created = idIn(view, cycle.create.answer, '', 'id', nounOf(lastWord(cycle.create.path.segments)));
		const listed = idIn(view, record, '', 'id', '');
		return { id: { created, listed, path: null }, why: 'no path takes an id', sure: 0.6 };
	}
	const noun = nounOf(lastWord((cycle.item as ApiOperation).path.segments));
	const find = (name: string) => ({ created: createdId(view, cycle, name, noun), listed: idIn(view, record, '', name, noun), path: name });
	const id = find(last);
	const composite = variables.length > 1 ? { composite: variables.map(find) } : {};
	const isExact = [id.created, id.listed].every((pointer) => pointer !== null && isSameName(pointer, last));
	return {
		id: { ...id, ...composite },
		why: `${(cycle.item as ApiOperation).path.text} takes it as "${last}"`,
		sure: isExact ? 0.95 : id.created !== null && id.listed !== null ? 0.92 : 0.7,
	};
}

/** The variables at the end of an item's path. */
export function trailing(item: ApiOperation | undefined): string[] {
	if (!item) return [];
	const { segments } = item.path;
	return segments.slice(collectionOf(item.path).length).map(({ variable }) => variable as string);
}

/** The id in the create's response: at the root or in the record that an envelope holds. */
function createdId(view: View, { create }: Cycle, variable: string, noun: string): string | null {
	return (
		recordPlaces(view, create.answer)
			.map((place) => idIn(view, view.lead(create.answer, place), place, variable, noun))
			.find((found) => found !== null) ?? null
	);
}

/** Pointers to where a response may hold the record: at the root, or in an envelope. */
export function recordPlaces(view: View, answer: unknown[]): string[] {
	const { properties, kinds } = view.shape(answer);
	if (kinds.has('array') && properties.size === 0) return ['/0'];
	const inner = [...properties].flatMap(([name, schemas]) => {
		const shape = view.shape(schemas);
		const place = `/${escapePart(name)}`;
		if (shape.kinds.has('array')) return /^(items|data|results|records)$/.test(name) ? [`${place}/0`] : [];
		return shape.properties.size > 2 && /^(data|result|response|item|record)$/i.test(name) ? [place] : [];
	});
	// If an envelope contains a single object, that is the record.
	const objects = [...properties].filter(([, schemas]) => view.shape(schemas).properties.size > 1);
	const only = objects.length === 1 && properties.size <= 3 ? [`/${escapePart(objects[0][0])}`] : [];
	const isRecord = [...properties.keys()].some((name) => words(name).join(' ') === 'id');
	return isRecord ? ['', ...inner] : [...new Set([...inner, ...only, ''])];
}

/** The property of a record that a path variable takes. */
function idIn(view: View, record: unknown[], place: string, variable: string, noun: string): string | null {
	const names = [...view.shape(record).properties].filter(([, schemas]) => {
		const { kinds } = view.shape(schemas);
		return !kinds.has('object') && !kinds.has('array');
	});
	const wanted = words(variable.slice(variable.lastIndexOf('.') + 1)).join(' ');
	const own = new Set([noun, ...noun.split(' ').map((_, index, all) => all.slice(index).join(' '))]);
	const short = wanted.replace(/^(.*) (id|uuid|guid|key|name|slug|identifier)$/, (whole, first: string, last: string) =>
		own.has(singular(first)) || own.has(first) ? last : whole,
	);
	const rank = (name: string): number => {
		const is = words(name).join(' ');
		if (is === wanted) return 5;
		if (is === short) return 4;
		if (is === 'id') return 3;
		if (is === `${noun} id` || is === `${noun.split(' ').pop()} id`) return 2.5;
		if (/^(uuid|guid|identifier)$/.test(is) || is === `${noun} ${short}`) return 2;
		if (is === noun || is === short.split(' ').pop()) return 1;
		return 0;
	};
	const [best] = highest(names, ([name]) => rank(name)) ?? [];
	return best !== undefined && rank(best) > 0 ? `${place}/${escapePart(best)}` : null;
}

function isSameName(pointer: string, variable: string): boolean {
	return words(lastPartOf(pointer)).join(' ') === words(variable).join(' ');
}
