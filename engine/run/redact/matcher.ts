import type { Steps } from '../pacing/turns';

const { imul } = Math;

/** Shorter texts occur in too many words, so they only count as whole words. */
const SHORT = 8;
/** Up to this many texts are searched for one by one: the engine's own search is the fastest. */
const FEW = 12;
/** Of a longer text, a window of one of these widths is looked up; then the whole text is compared. */
const WIDTHS = [16, 8, 4];
/** Base of the rolling hash (Rabin-Karp). */
const BASE = 0x01000193;

/** Mask for the bits of a hash that index the filter, which rules out most windows at once. */
const FILTER = 0xffff;

/** The windows of one width, with their rolling hashes. */
interface Window {
	width: number;
	/** Factor of the character that leaves the window. */
	leaving: number;
	filter: Uint8Array;
	/** By hash of a window: the texts with such a window, and its offset in each. */
	entries: Map<number, Array<[text: string, offset: number]>>;
}

export type Match = [from: number, to: number];

/** Finds any of many texts. The cost depends on the searched text, not on how many texts there are. */
export class Matcher {
	private constructor(
		private readonly texts: string[],
		private readonly windows: Window[],
		private readonly shortest: number,
	) {}

	/**
	 * Prepares the search.
	 * @param texts of at least four characters each
	 */
	static *of(texts: Iterable<string>): Steps<Matcher> {
		const all = [...new Set(texts)];
		const shortest = all.reduce((least, { length }) => Math.min(least, length), Infinity);
		return new Matcher(all, all.length <= FEW ? [] : yield* windowsOf(all), shortest);
	}

	/** Whether there is nothing to search for. */
	get isEmpty(): boolean {
		return this.texts.length === 0;
	}

	/** Whether any of the texts occurs. */
	isIn(text: string): boolean {
		return this.find(text, 1).length > 0;
	}

	/** The positions of the texts; stops at `limit` matches or soon after. */
	find(text: string, limit = Infinity): Match[] {
		const matches: Match[] = [];
		if (text.length < this.shortest) return matches;
		if (this.windows.length === 0) for (const one of this.texts) findOne(text, one, matches, limit);
		else for (const window of this.windows) findInWindow(text, window, matches, limit);
		return matches;
	}
}

function findOne(text: string, wanted: string, matches: Match[], limit: number): void {
	for (let from = text.indexOf(wanted); from !== -1 && matches.length < limit;) {
		const found = counts(text, from, wanted);
		if (found) matches.push([from, from + wanted.length]);
		from = text.indexOf(wanted, from + (found ? wanted.length : 1));
	}
}

function findInWindow(text: string, { width, leaving, filter, entries }: Window, matches: Match[], limit: number): void {
	let sum = 0;
	for (let index = 0; index < text.length && matches.length < limit; index++) {
		if (index >= width) sum = (sum - imul(text.charCodeAt(index - width), leaving)) | 0;
		sum = (imul(sum, BASE) + text.charCodeAt(index)) | 0;
		if (index < width - 1 || filter[sum & FILTER] === 0) continue;
		for (const [wanted, offset] of entries.get(sum) ?? []) {
			const from = index - width + 1 - offset;
			if (from >= 0 && text.startsWith(wanted, from) && counts(text, from, wanted)) matches.push([from, from + wanted.length]);
		}
	}
}

function counts(text: string, from: number, wanted: string): boolean {
	return wanted.length >= SHORT || !(isWord(text, from - 1) || isWord(text, from + wanted.length));
}

function isWord(text: string, index: number): boolean {
	return /[\p{L}\p{N}]/u.test(text.charAt(index));
}

function* windowsOf(texts: string[]): Steps<Window[]> {
	const windows: Window[] = [];
	for (const [index, width] of WIDTHS.entries()) {
		const fitting = texts.filter(({ length }) => length >= width && (index === 0 || length < WIDTHS[index - 1]));
		if (fitting.length > 0) windows.push(yield* windowOf(fitting, width));
	}
	return windows;
}

function* windowOf(texts: string[], width: number): Steps<Window> {
	const entries: Window['entries'] = new Map();
	for (const text of texts) {
		yield;
		// Many keys begin alike: of a few windows, take the one that the fewest other texts share.
		let best: { sum: number; offset: number; others: number } | undefined;
		const steps = Math.min(8, text.length - width + 1);
		for (let step = 0; step < steps && best?.others !== 0; step++) {
			const offset = steps === 1 ? 0 : Math.floor(((text.length - width) * step) / (steps - 1));
			const sum = sumOf(text, offset, width);
			const others = entries.get(sum)?.length ?? 0;
			if (!best || others < best.others) best = { sum, offset, others };
		}
		const { sum, offset } = best as NonNullable<typeof best>;
		const list = entries.get(sum);
		if (list) list.push([text, offset]);
		else entries.set(sum, [[text, offset]]);
	}
	let leaving = 1;
	for (let times = 1; times < width; times++) leaving = imul(leaving, BASE);
	const filter = new Uint8Array(FILTER + 1);
	for (const sum of entries.keys()) filter[sum & FILTER] = 1;
	return { width, leaving, filter, entries };
}

function sumOf(text: string, from: number, width: number): number {
	let sum = 0;
	for (let index = from; index < from + width; index++) sum = (imul(sum, BASE) + text.charCodeAt(index)) | 0;
	return sum;
}
