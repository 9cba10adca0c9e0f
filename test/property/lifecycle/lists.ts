import { Count, Share, SURE, type Figures } from './figures';
import type { Pair } from './roles';
import { plainOperation } from './truth';

type Words = { [name: string]: unknown };

/** Scores pagination: the style, and the names and pointers in the labels. */
export function scorePagination(pairs: Pair[]): Figures {
	const style = new Share();
	const sure = new Share();
	const parts = { request: new Share(), next: new Share(), records: new Share() };
	for (const { truth, guess } of pairs) {
		const isRight = ((guess?.style as string | undefined) ?? 'none') === truth.style;
		style.add(isRight);
		if (((guess?.sure as Words | undefined)?.style as number) >= SURE) sure.add(isRight);
		for (const [name, value] of Object.entries((truth.request as Words | undefined) ?? {}))
			parts.request.add(inputName((guess?.request as Words | undefined)?.[name]) === inputName(value));
		for (const name of ['next', 'records'] as const) {
			const wanted = (truth.response as Words | undefined)?.[name];
			if (wanted !== undefined) parts[name].add(pointerOf((guess?.response as Words | undefined)?.[name]) === pointerOf(wanted));
		}
	}
	const { request, next, records } = parts;
	return { n: pairs.length, values: { style: style.value, request: request.value, next: next.value, records: records.value }, sure };
}

/** Scores lookups: the list that fills an input, and if that is right, the details. */
export function scoreLookups(pairs: Pair[]): Figures {
	const list = new Count();
	const sure = new Share();
	const parts = { value: new Share(), title: new Share(), collection: new Share(), parameters: new Share() };
	for (const { truth, guess } of pairs) {
		const isRight = guess !== undefined && plainOperation(guess.list) === plainOperation(truth.list);
		if (isRight) list.right++;
		else {
			list.missed++;
			if (guess) list.extra++;
		}
		if (guess && ((guess.sure as Words | undefined)?.list as number) >= SURE) sure.add(isRight);
		if (!isRight) continue;
		for (const name of ['value', 'title', 'collection'] as const) {
			const wanted = truth[name];
			if (wanted !== undefined && wanted !== null) parts[name].add(pointerOf(guess[name]) === pointerOf(wanted));
		}
		for (const [name, wanted] of Object.entries((truth.parameters as { [name: string]: Words | null } | undefined) ?? {}))
			if (wanted) parts.parameters.add(isSameSource((guess.parameters as { [name: string]: Words } | undefined)?.[name], wanted));
	}
	const { value, title, collection, parameters } = parts;
	return {
		n: pairs.length,
		values: {
			precision: list.precision,
			recall: list.recall,
			value: value.value,
			title: title.value,
			collection: collection.value,
			parameters: parameters.value,
		},
		sure,
	};
}

function isSameSource(given: Words | undefined, wanted: Words): boolean {
	if (!given) return false;
	return wanted.parameter !== undefined ? given.parameter === wanted.parameter : String(given.value) === String(wanted.value);
}

/** An input's name, with `body:/x` and `body:x` treated as equal. */
function inputName(value: unknown): string {
	return String(value ?? '').replace(/^body:\/?/, 'body:');
}

function pointerOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	const pointer = String(value);
	if (/^header:/i.test(pointer)) return pointer.toLowerCase();
	return pointer === '/' ? '' : pointer;
}
