import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { equal, isObject } from './json';
import { at, partsOf } from './roundTrip';

/** A stored parameter with a value, and the form's parameters that it may belong to. */
export interface Entry {
	path: string[];
	value: unknown;
	candidates: INodeProperties[];
	/** It is in a collection, so the operator added it. */
	added: boolean;
}

/** The stored values, by parameter of the form. */
export function entriesOf(properties: INodeProperties[], parameters: unknown, path: string[] = [], added = false): Entry[] {
	if (!isObject(parameters)) return [];
	return Object.entries(parameters).flatMap(([name, value]): Entry[] => {
		const candidates = properties.filter((property) => property.name === name);
		const here = [...path, name];
		const rows = candidates.filter((one) => one.type === 'fixedCollection');
		if (rows.length > 0 && isObject(value)) {
			const options = rows.flatMap((one) => (one.options ?? []) as INodePropertyCollection[]);
			return Object.entries(value).flatMap(([option, row]) => {
				const values = options.filter((one) => one.name === option).flatMap((one) => one.values);
				return (Array.isArray(row) ? row : [row]).flatMap((one, index) => entriesOf(values, one, [...here, option, String(index)], added));
			});
		}
		const collections = candidates.filter((one) => one.type === 'collection');
		if (collections.length > 0 && isObject(value))
			return entriesOf(
				collections.flatMap((one) => (one.options ?? []) as INodeProperties[]),
				value,
				here,
				true,
			);
		return [{ path: here, value, candidates, added }];
	});
}

/** The JSON that a parameter holds as text; undefined if it holds none. */
export function jsonIn({ value, candidates }: Entry): unknown {
	if (typeof value !== 'string') return undefined;
	try {
		const parsed = JSON.parse(value) as unknown;
		return candidates.some((one) => one.type === 'json') || (typeof parsed === 'object' && parsed !== null) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The parameter whose JSON text swallows a value of the request: it contains the value together with its surroundings.
 * @param self whether the value alone, as JSON, counts as well
 */
export function swallowedBy(entries: Entry[], request: unknown, pointer: string, self: boolean): Entry | undefined {
	const parts = partsOf(pointer);
	const above = parts
		.map(
			(_part, index) =>
				`/${parts
					.slice(0, index + 1)
					.map(escaped)
					.join('/')}`,
		)
		.filter((one) => self || one !== pointer);
	return entries.find((entry) => {
		const json = jsonIn(entry);
		return json !== undefined && above.some((one) => partsOf(one).length > 0 && equal(at(request, one), json));
	});
}

export function isMasked({ candidates }: Entry): boolean {
	return candidates.length > 0 && candidates.every((one) => one.typeOptions?.password === true);
}

/** The parameters that hold the given text. */
export function holding(entries: Entry[], text: string): Entry[] {
	// A field with a list of records is stored together with the mode in which it was filled.
	const isPicked = (value: unknown) => isObject(value) && value.__rl === true && value.value === text;
	return entries.filter(
		(entry) =>
			entry.value === text || isPicked(entry.value) || (Array.isArray(entry.value) && entry.value.includes(text)) || jsonIn(entry) === text,
	);
}

function escaped(part: string): string {
	return part.replace(/~/g, '~0').replace(/\//g, '~1');
}
