/** A part of a text that may be Base64 or hex. */
export interface Run {
	from: number;
	to: number;
	/** Its digits, without separators. */
	digits: string;
}

/** A line of Base64 that continues on the next line has at least this many characters. */
const LINE = 16;

/** A shorter last line. */
const LAST_LINE = /[ \t]*\r?\n[ \t]*([A-Za-z0-9+/_-]{1,15})(?![A-Za-z0-9+/_-])/y;

/** A lookup table of ASCII characters. */
function tableOf(characters: string): Uint8Array {
	const table = new Uint8Array(128);
	for (const character of characters) table[character.charCodeAt(0)] = 1;
	return table;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE64 = tableOf(`${LETTERS}${LETTERS.toLowerCase()}0123456789+/_-`);
const HEX = tableOf('0123456789abcdefABCDEF');
const BETWEEN = tableOf(' :-');
const HEX_LINE = tableOf('0123456789abcdefABCDEF :-');

function isIn(table: Uint8Array, text: string, index: number): boolean {
	return table[text.charCodeAt(index)] === 1;
}

/**
 * The next position from which `least` characters in a row are in a table, or -1. Each window is checked from its end:
 * a character that is not in the table rules out all starts before it.
 */
function begin(text: string, table: Uint8Array, start: number, least: number): number {
	let from = start;
	while (from + least <= text.length) {
		let last = from + least - 1;
		while (last >= from && isIn(table, text, last)) last--;
		if (last < from) return from;
		from = last + 1;
	}
	return -1;
}

/** Stretches of at least `least` Base64 characters. A regular expression would keep state for each of millions of characters. */
function* stretches(text: string, least: number): Generator<{ match: string; index: number }> {
	for (let from = begin(text, BASE64, 0, least); from !== -1;) {
		let to = from + least;
		while (isIn(BASE64, text, to)) to++;
		yield { match: text.slice(from, to), index: from };
		from = begin(text, BASE64, to, least);
	}
}

/** The parts of a text that may be Base64 of at least `bytes` bytes; they may continue across line breaks. */
export function base64Runs(text: string, bytes: number): Run[] {
	const least = Math.floor((bytes * 4) / 3);
	const runs: Run[] = [];
	let open: (Run & { line: number }) | undefined;
	const close = () => {
		if (open && open.digits.length >= least) runs.push({ ...open, to: open.to + padding(text, open.to) });
	};
	for (const { match, index } of stretches(text, Math.max(1, Math.min(LINE, least)))) {
		LAST_LINE.lastIndex = index + match.length;
		const [behind, last] = (match.length >= LINE && LAST_LINE.exec(text)) || ['', ''];
		const to = index + match.length + behind.length;
		const digits = match + last;
		const line = last === '' ? match.length : last.length;
		if (open && open.line >= LINE && isLineBreak(text, open.to, index)) {
			open = { from: open.from, to, digits: open.digits + digits, line };
			continue;
		}
		close();
		open = { from: index, to, digits, line };
	}
	close();
	return runs;
}

function padding(text: string, at: number): number {
	return /^={1,2}/.exec(text.slice(at, at + 2))?.[0].length ?? 0;
}

function isLineBreak(text: string, from: number, to: number): boolean {
	return to - from <= 8 && /^[ \t]*\r?\n[ \t]*$/.test(text.slice(from, to));
}

/** Decodes bytes to text; Latin-1 suffices, and is faster, if all that is searched for is ASCII. */
export type Read = (bytes: Buffer) => string;

const utf8: Read = (bytes) => bytes.toString('utf8');

/** Decodes Base64 from each of four offsets, since other text may precede it: `key/c2VjcmV0`. */
export function* fromBase64({ digits }: Pick<Run, 'digits'>, read: Read = utf8): Generator<string> {
	for (let cut = 0; cut < 4 && cut < digits.length; cut++) yield read(Buffer.from(digits.slice(cut), 'base64'));
}

/** Decodes many runs into one text, so that a single search covers them; padding keeps them apart. */
export function* allFromBase64(runs: Run[], read: Read): Generator<string> {
	for (let cut = 0; cut < 4; cut++) {
		const all = runs.map(({ digits }) => {
			const own = digits.slice(cut);
			return `${own}${'A'.repeat((4 - (own.length % 4)) % 4)}AAAA`;
		});
		yield read(Buffer.from(all.join(''), 'base64'));
	}
}

/** This many pairs suffice for a closer look. */
const PAIRS = 32;

/** The parts of a text that may be hex of at least `bytes` bytes, possibly with separators between the pairs. */
export function hexRuns(text: string, bytes: number): Run[] {
	const least = Math.min(bytes, PAIRS);
	const isPair = (at: number) => isIn(HEX, text, at) && isIn(HEX, text, at + 1);
	const runs: Run[] = [];
	/** All characters from the current position to here are known to be hex digits or separators. */
	let end = 0;
	for (let from = 0; from < text.length - 1; from++) {
		if (from + 2 * least > end) {
			from = begin(text, HEX_LINE, from, 2 * least);
			if (from === -1) break;
			end = from + 2 * least;
			while (isIn(HEX_LINE, text, end)) end++;
		}
		if (!isPair(from)) continue;
		let to = from + 2;
		let pairs = 1;
		for (let next = to; ; next = to) {
			if (isIn(BETWEEN, text, next)) next++;
			if (!isPair(next)) break;
			to = next + 2;
			pairs++;
		}
		if (pairs < least) continue;
		if (isIn(HEX, text, to)) to++;
		runs.push({ from, to, digits: text.slice(from, to).replace(/[ :-]/g, '') });
		from = to - 1;
	}
	return runs;
}

/** Decodes hex from each of two offsets, since another hex digit may precede it. */
export function* fromHex({ digits }: Pick<Run, 'digits'>, read: Read = utf8): Generator<string> {
	for (const cut of [0, 1]) yield read(Buffer.from(digits.slice(cut), 'hex'));
}
