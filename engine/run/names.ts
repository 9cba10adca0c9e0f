import type { Field, Operation, Place } from '../model';
import { partsOf } from '../pointer';

const known = new WeakMap<Operation['result'], ReadonlySet<string>>();

/** The names that the document has in requests and answers of an operation. */
export function namesIn({ inputs, result }: Operation): ReadonlySet<string> {
	const names = known.get(result);
	if (names) return names;
	const { record, records, id, link, errors, changed, simple = [], declared = [] } = result;
	const inPlaces = [record, records, id, link, errors, changed].flatMap((place) => namesAt(place));
	const all = new Set([...inputs.flatMap(({ field }) => namesOf(field)), ...inPlaces, ...simple, ...declared]);
	known.set(result, all);
	return all;
}

function namesAt(place: Place | undefined): string[] {
	return place === undefined ? [] : [place].flat().flatMap(partsOf);
}

function namesOf(field: Field): string[] {
	switch (field.kind) {
		case 'group':
			return [field.name, ...field.fields.flatMap(namesOf), ...(field.extra ? namesOf(field.extra) : [])];
		case 'map':
			return [field.name, ...namesOf(field.value), ...Object.keys(field.suggestions ?? {})];
		case 'list':
			return [field.name, ...namesOf(field.item)];
		case 'variant':
			return [field.name, ...field.branches.flatMap((branch) => namesOf(branch.field))];
		default:
			return [field.name];
	}
}
