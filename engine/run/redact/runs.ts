/** A part of a text that can be Base64 or hex. */
export interface Run {
	from: number;
	to: number;
	/** Its characters, without what is written between them. */
	digits: string;
}

/** A line of Base64 that goes on in the next one has so many characters. */
const LINE = 16;
const BASE64 = /[A-Za-z0-9+/_-]+/g;

/** The parts of a text that can be Base64 of something that is long enough, over line breaks. */
export function base64Runs(text: string, bytes: number): Run[] {
	const least = Math.floor((bytes * 4) / 3);
	const runs: Run[] = [];
	let open: (Run & { line: number }) | undefined;
	const close = () => {
		if (open && open.digits.length >= least) runs.push({ ...open, to: open.to + padding(text, open.to) });
	};
	for (const { 0: digits, index } of text.matchAll(BASE64)) {
		const to = index + digits.length;
		if (open && open.line >= LINE && isLineBreak(text, open.to, index)) {
			open = { from: open.from, to, digits: open.digits + digits, line: digits.length };
			continue;
		}
		close();
		open = { from: index, to, digits, line: digits.length };
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

/** What Base64 reads as, wherever its text begins: something else can stand before it, `key/c2VjcmV0`. */
export function* fromBase64({ digits }: Pick<Run, 'digits'>): Generator<string> {
	for (let cut = 0; cut < 4 && cut < digits.length; cut++) yield Buffer.from(digits.slice(cut), 'base64').toString('utf8');
}

/** What many runs read as, each in a place of its own: one search for all of them. */
export function* allFromBase64(runs: Run[]): Generator<string> {
	for (let cut = 0; cut < 4; cut++) {
		const all = runs.map(({ digits }) => {
			const own = digits.slice(cut);
			return `${own}${'A'.repeat((4 - (own.length % 4)) % 4)}AAAA`;
		});
		yield Buffer.from(all.join(''), 'base64').toString('utf8');
	}
}

/** As many pairs are enough to look closer. */
const PAIRS = 32;

/** The parts of a text that can be hex of something that is long enough, also with something between the pairs. */
export function hexRuns(text: string, bytes: number): Run[] {
	return [...text.matchAll(pairsOf(Math.min(bytes, PAIRS)))].map(({ 0: match, index }) => ({
		from: index,
		to: index + match.length,
		digits: match.replace(/[ :-]/g, ''),
	}));
}

const patterns = new Map<number, RegExp>();

function pairsOf(count: number): RegExp {
	const known = patterns.get(count) ?? new RegExp(`[0-9a-fA-F]{2}(?:[ :-]?[0-9a-fA-F]{2}){${count - 1},}[0-9a-fA-F]?`, 'g');
	patterns.set(count, known);
	return known;
}

/** What hex reads as, wherever its text begins. */
export function* fromHex({ digits }: Pick<Run, 'digits'>): Generator<string> {
	for (const cut of [0, 1]) yield Buffer.from(digits.slice(cut), 'hex').toString('utf8');
}
