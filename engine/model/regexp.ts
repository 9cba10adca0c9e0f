/** Parses ECMAScript regular expressions (flag `u`) into a tree, as far as `patterns.ts` can analyse them. */

/** Ranges of code points, both ends included. */
export type CharacterSet = Array<readonly [number, number]>;

export type Node =
	| { kind: 'empty' }
	/** `^` */
	| { kind: 'start' }
	| { kind: 'set'; set: CharacterSet }
	| { kind: 'sequence' | 'choice'; parts: Node[] }
	| { kind: 'repeat'; body: Node; min: number; max: number }
	| { kind: 'lookahead'; body: Node };

/** The pattern may have too many ways to match, or is not covered by the analysis. */
export class Unproved extends Error {}

export const ALL: CharacterSet = [[0, 0x10ffff]];
const DIGITS: CharacterSet = [[0x30, 0x39]];
const WORD: CharacterSet = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACES: CharacterSet = [
	[0x09, 0x0d],
	[0x20, 0x20],
	[0xa0, 0xa0],
	[0x1680, 0x1680],
	[0x2000, 0x200a],
	[0x2028, 0x2029],
	[0x202f, 0x202f],
	[0x205f, 0x205f],
	[0x3000, 0x3000],
	[0xfeff, 0xfeff],
];
const LINE_ENDS: CharacterSet = [
	[0x0a, 0x0a],
	[0x0d, 0x0d],
	[0x2028, 0x2029],
];

function complement(set: CharacterSet): CharacterSet {
	const others: Array<[number, number]> = [];
	let next = 0;
	for (const [from, to] of [...set].sort(([a], [b]) => a - b)) {
		if (from > next) others.push([next, from - 1]);
		next = Math.max(next, to + 1);
	}
	if (next <= 0x10ffff) others.push([next, 0x10ffff]);
	return others;
}

/** Whether two sets have a character in common. */
export function overlap(one: CharacterSet, other: CharacterSet): boolean {
	return one.some(([from, to]) => other.some(([start, end]) => from <= end && start <= to));
}

const CLASSES: { [letter: string]: CharacterSet } = {
	d: DIGITS,
	D: complement(DIGITS),
	w: WORD,
	W: complement(WORD),
	s: SPACES,
	S: complement(SPACES),
};
const CONTROLS: { [letter: string]: number } = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/** Parses a pattern that is valid in JavaScript with the flag `u`. */
export class Parser {
	private readonly letters: string[];
	private at = 0;

	constructor(pattern: string) {
		this.letters = [...pattern];
	}

	parse(): Node {
		const root = this.choice();
		if (this.at < this.letters.length) throw new Unproved();
		return root;
	}

	private eat(text: string): boolean {
		const found = this.letters.slice(this.at, this.at + text.length).join('') === text;
		if (found) this.at += text.length;
		return found;
	}

	private next(): string {
		const letter = this.letters[this.at++];
		if (letter === undefined) throw new Unproved();
		return letter;
	}

	private choice(): Node {
		const parts = [this.sequence()];
		while (this.eat('|')) parts.push(this.sequence());
		return parts.length === 1 ? parts[0] : { kind: 'choice', parts };
	}

	private sequence(): Node {
		const parts: Node[] = [];
		while (this.at < this.letters.length && this.letters[this.at] !== '|' && this.letters[this.at] !== ')') parts.push(this.repeated());
		return { kind: 'sequence', parts };
	}

	private repeated(): Node {
		const body = this.atom();
		const times = this.times();
		if (!times) return body;
		this.eat('?');
		return { kind: 'repeat', body, ...times };
	}

	private times(): { min: number; max: number } | undefined {
		if (this.eat('*')) return { min: 0, max: Infinity };
		if (this.eat('+')) return { min: 1, max: Infinity };
		if (this.eat('?')) return { min: 0, max: 1 };
		if (!this.eat('{')) return undefined;
		const [least, most] = this.until('}').split(',');
		return { min: Number(least), max: most === undefined ? Number(least) : most === '' ? Infinity : Number(most) };
	}

	private until(end: string): string {
		const from = this.at;
		while (this.next() !== end);
		return this.letters.slice(from, this.at - 1).join('');
	}

	private atom(): Node {
		const letter = this.next();
		if (letter === '(') return this.group();
		if (letter === '[') return { kind: 'set', set: this.set() };
		if (letter === '.') return { kind: 'set', set: complement(LINE_ENDS) };
		if (letter === '^') return { kind: 'start' };
		if (letter === '$') return { kind: 'empty' };
		if (letter !== '\\') return { kind: 'set', set: single(letter.codePointAt(0) as number) };
		if (this.eat('b') || this.eat('B')) return { kind: 'empty' };
		// A backreference can stand for any text.
		if (/[1-9k]/.test(this.letters[this.at] ?? '')) throw new Unproved();
		return { kind: 'set', set: this.escaped() };
	}

	private group(): Node {
		const lookahead = this.eat('?=') || this.eat('?!');
		if (!lookahead && this.eat('?')) {
			if (this.eat('<')) {
				if (this.letters[this.at] === '=' || this.letters[this.at] === '!') throw new Unproved();
				this.until('>');
			} else if (!this.eat(':')) throw new Unproved();
		}
		const body = this.choice();
		if (!this.eat(')')) throw new Unproved();
		return lookahead ? { kind: 'lookahead', body } : body;
	}

	/** The rest of a character class, after `[`. */
	private set(): CharacterSet {
		const negated = this.eat('^');
		const all: CharacterSet = [];
		let isExact = true;
		while (!this.eat(']')) {
			const from = this.member();
			if (from === ALL) isExact = false;
			const isRange = this.letters[this.at] === '-' && this.letters[this.at + 1] !== ']';
			if (isRange) this.at++;
			if (isRange) all.push([from[0][0], this.member()[0][1]]);
			else for (const one of from) all.push(one);
		}
		if (!negated) return all;
		// A property such as \p{L} is read as every character, and its complement may be every one as well.
		return isExact ? complement(all) : ALL;
	}

	private member(): CharacterSet {
		const letter = this.next();
		return letter !== '\\' ? single(letter.codePointAt(0) as number) : this.eat('b') ? single(8) : this.escaped();
	}

	/** The rest of an escape, after the backslash. */
	private escaped(): CharacterSet {
		const letter = this.next();
		if (CLASSES[letter]) return CLASSES[letter];
		if (CONTROLS[letter] !== undefined) return single(CONTROLS[letter]);
		if (letter === 'p' || letter === 'P') {
			this.until('}');
			return ALL;
		}
		if (letter === 'c') return single((this.next().codePointAt(0) as number) % 32);
		if (letter === 'x') return single(this.hexadecimal(2));
		if (letter !== 'u') return single(letter.codePointAt(0) as number);
		if (this.eat('{')) return single(parseInt(this.until('}'), 16));
		const unit = this.hexadecimal(4);
		// A surrogate pair, written as two escapes, is one character.
		const isFirst = unit >= 0xd800 && unit < 0xdc00 && this.letters[this.at] === '\\' && this.letters[this.at + 1] === 'u';
		const second = isFirst ? parseInt(this.letters.slice(this.at + 2, this.at + 6).join(''), 16) : NaN;
		if (!(second >= 0xdc00 && second < 0xe000)) return single(unit);
		this.at += 6;
		return single((unit - 0xd800) * 0x400 + (second - 0xdc00) + 0x10000);
	}

	private hexadecimal(length: number): number {
		const number = parseInt(this.letters.slice(this.at, this.at + length).join(''), 16);
		this.at += length;
		return number;
	}
}

function single(code: number): CharacterSet {
	return [[code, code]];
}
