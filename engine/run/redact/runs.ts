/** A part of a text that can be Base64 or hex. */
export interface Run {
	from: number;
	to: number;
	/** Its characters, without what is written between them. */
	digits: string;
}

/** A line of Base64 that goes on in the next one has so many characters. */
const LINE = 16;

const base64Patterns = new Map<number, RegExp>();

/** What is left for a last line. */
const LAST_LINE = /[ \t]*\r?\n[ \t]*([A-Za-z0-9+/_-]{1,15})(?![A-Za-z0-9+/_-])/y;

/** So many characters of Base64. */
function base64Pattern(least: number): RegExp {
	const known = base64Patterns.get(least) ?? new RegExp(`[A-Za-z0-9+/_-]{${least - 1}}[A-Za-z0-9+/_-]+`, 'g');
	base64Patterns.set(least, known);
	return known;
}

/** The parts of a text that can be Base64 of something that is long enough, over line breaks. */
export function base64Runs(text: string, bytes: number): Run[] {
	const least = Math.floor((bytes * 4) / 3);
	const runs: Run[] = [];
	let open: (Run & { line: number }) | undefined;
	const close = () => {
		if (open && open.digits.length >= least) runs.push({ ...open, to: open.to + padding(text, open.to) });
	};
	for (const { 0: match, index } of text.matchAll(base64Pattern(Math.max(1, Math.min(LINE, least))))) {
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
export type Charset = 'utf8' | 'latin1';

/** What Base64 reads as, wherever its text begins: something else can stand before it, `key/c2VjcmV0`. */
export function* fromBase64({ digits }: Pick<Run, 'digits'>, charset: Charset = 'utf8'): Generator<string> {
	for (let cut = 0; cut < 4 && cut < digits.length; cut++) yield Buffer.from(digits.slice(cut), 'base64').toString(charset);
}

/** What many runs read as, each in a place of its own: one search for all of them. */
export function* allFromBase64(runs: Run[], charset: Charset): Generator<string> {
	for (let cut = 0; cut < 4; cut++) {
		const all = runs.map(({ digits }) => {
			const own = digits.slice(cut);
			return `${own}${'A'.repeat((4 - (own.length % 4)) % 4)}AAAA`;
		});
		yield Buffer.from(all.join(''), 'base64').toString(charset);
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
export function* fromHex({ digits }: Pick<Run, 'digits'>, charset: Charset = 'utf8'): Generator<string> {
	for (const cut of [0, 1]) yield Buffer.from(digits.slice(cut), 'hex').toString(charset);
}
