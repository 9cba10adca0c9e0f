/** A part of a text that can be Base64 or hex. */
export interface Run {
	from: number;
	to: number;
	/** Its characters, without what is written between them. */
	digits: string;
}

/** A line of Base64 that goes on in the next one has so many characters. */
const LINE = 16;

/** What is left for a last line. */
const LAST_LINE = /[ \t]*\r?\n[ \t]*([A-Za-z0-9+/_-]{1,15})(?![A-Za-z0-9+/_-])/y;

/** A table of characters, which are ASCII. */
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
 * Where so many characters of a table begin, or -1. Looks at the last one of them first: if it is none of the table, all
 * before it are passed over.
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

/** So many characters of Base64 without another one between them. A regular expression keeps a place for each of millions. */
function* stretches(text: string, least: number): Generator<{ match: string; index: number }> {
	for (let from = begin(text, BASE64, 0, least); from !== -1;) {
		let to = from + least;
		while (isIn(BASE64, text, to)) to++;
		yield { match: text.slice(from, to), index: from };
		from = begin(text, BASE64, to, least);
	}
}

/** The parts of a text that can be Base64 of something that is long enough, over line breaks. */
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

/** How bytes are read: as they are where nothing but ASCII is looked for, which takes less time. */
export type Read = (bytes: Buffer) => string;

const utf8: Read = (bytes) => bytes.toString('utf8');

/** What Base64 reads as, wherever its text begins: something else can stand before it, `key/c2VjcmV0`. */
export function* fromBase64({ digits }: Pick<Run, 'digits'>, read: Read = utf8): Generator<string> {
	for (let cut = 0; cut < 4 && cut < digits.length; cut++) yield read(Buffer.from(digits.slice(cut), 'base64'));
}

/** What many runs read as, each in a place of its own: one search for all of them. */
export function* allFromBase64(runs: Run[], read: Read): Generator<string> {
	for (let cut = 0; cut < 4; cut++) {
		const all = runs.map(({ digits }) => {
			const own = digits.slice(cut);
			return `${own}${'A'.repeat((4 - (own.length % 4)) % 4)}AAAA`;
		});
		yield read(Buffer.from(all.join(''), 'base64'));
	}
}

/** As many pairs are enough to look closer. */
const PAIRS = 32;

/** The parts of a text that can be hex of something that is long enough, also with something between the pairs. */
export function hexRuns(text: string, bytes: number): Run[] {
	const least = Math.min(bytes, PAIRS);
	const isPair = (at: number) => isIn(HEX, text, at) && isIn(HEX, text, at + 1);
	const runs: Run[] = [];
	/** Up to here all is known to be of hex. */
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

/** What hex reads as, wherever its text begins. */
export function* fromHex({ digits }: Pick<Run, 'digits'>, read: Read = utf8): Generator<string> {
	for (const cut of [0, 1]) yield read(Buffer.from(digits.slice(cut), 'hex'));
}
