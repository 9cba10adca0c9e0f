import type { Field, Operation, Pointers } from '../../model';
import { fieldsWithin } from '../../model/children';
import { partsOf } from '../../model/pointer';

const known = new WeakMap<Operation['result'], ReadonlySet<string>>();

/** The names that the document uses in requests and responses of an operation. */
export function namesIn({ inputs, result }: Operation): ReadonlySet<string> {
	const names = known.get(result);
	if (names) return names;
	const { record, records, id, link, errors, changed, simple = [], declared = [] } = result;
	const inPlaces = [record, records, id, link, errors, changed].flatMap((place) => namesAt(place));
	const all = new Set([...inputs.flatMap(({ field }) => namesOf(field)), ...inPlaces, ...simple, ...declared]);
	known.set(result, all);
	return all;
}

function namesAt(place: Pointers | undefined): string[] {
	return place === undefined ? [] : [place].flat().flatMap(partsOf);
}

function namesOf(given: Field): string[] {
	return fieldsWithin(given).flatMap((field) => [field.name, ...(field.kind === 'record' ? Object.keys(field.suggestions ?? {}) : [])]);
}
