const { imul } = Math;

/** Texts of fewer characters are part of too many words: they count only where they stand alone. */
const SHORT = 8;
/** As many texts are looked for one by one: nothing is faster than the engine's own search. */
const FEW = 12;
/** Of a longer text a window of one of these widths is looked up, and then compared. */
const WIDTHS = [16, 8, 4];
const BASE = 0x01000193;

/** How many bits of a window's sum tell at once that no text has such a window. */
const FILTER = 0xffff;

interface Window {
	width: number;
	/** What is taken out of the sum when a character leaves the window. */
	leaving: number;
	filter: Uint8Array;
	/** By the sum of a window: the texts that have such a window, and where in them. */
	entries: Map<number, Array<[text: string, offset: number]>>;
}

export type Match = [from: number, to: number];

/** Finds any of many texts. The cost is that of the text that is searched, however many there are. */
export class Matcher {
	readonly shortest: number;
	private readonly texts: string[];
	private readonly windows: Window[];

	/** @param texts of four characters or more */
	constructor(texts: Iterable<string>) {
		this.texts = [...new Set(texts)];
		this.shortest = this.texts.reduce((least, { length }) => Math.min(least, length), Infinity);
		this.windows = this.texts.length <= FEW ? [] : windowsOf(this.texts);
	}

	/** Whether nothing is looked for. */
	get isEmpty(): boolean {
		return this.texts.length === 0;
	}

	/** Whether any of the texts stands there. */
	isIn(text: string): boolean {
		return this.find(text, 1).length > 0;
	}

	/** Where the texts stand. */
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

function windowsOf(texts: string[]): Window[] {
	return WIDTHS.flatMap((width, index) => {
		const fitting = texts.filter(({ length }) => length >= width && (index === 0 || length < WIDTHS[index - 1]));
		if (fitting.length === 0) return [];
		const entries: Window['entries'] = new Map();
		for (const text of fitting) {
			// Keys begin alike: of a few windows the one that fewest have tells most.
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
		return [{ width, leaving, filter, entries }];
	});
}

function sumOf(text: string, from: number, width: number): number {
	let sum = 0;
	for (let index = from; index < from + width; index++) sum = (imul(sum, BASE) + text.charCodeAt(index)) | 0;
	return sum;
}
