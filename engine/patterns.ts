/**
 * Whether a regular expression of a document can be matched without end. JavaScript's engine tries one way after the other,
 * and a pattern with many ways to read one text (`^(\w+\s?)*$`) keeps all of n8n waiting. What is proved here is an upper
 * bound of the ways: the pattern becomes an automaton of the characters in it, and
 * - two ways within a loop that read the same text multiply with each turn: such a pattern is never matched;
 * - a loop that can be left at any time multiplies the ways by the length of the text, so the text has to be short enough;
 * - what has one way only takes as many steps as the text has characters.
 * What the proof does not cover (references back, looking behind) counts as the first kind.
 */

/** Code points, from and to. */
type CharacterSet = Array<readonly [number, number]>;

type Node =
	| { kind: 'empty' }
	/** `^` */
	| { kind: 'start' }
	| { kind: 'set'; set: CharacterSet }
	| { kind: 'sequence' | 'choice'; parts: Node[] }
	| { kind: 'repeat'; body: Node; min: number; max: number }
	| { kind: 'lookahead'; body: Node };

/** Steps that a match may take at most: well below the time that anybody notices. */
const MOST_STEPS = 2_000_000;
/** Longer patterns, and such of more characters, are not looked into: that has to be quick as well. */
const MOST_LETTERS = 2000;
const MOST_CHARACTERS = 200;
/** Alternatives beside the loops that are worth following. */
const MOST_ALTERNATIVES = 1000;
const MOST_REMEMBERED = 1000;

const remembered = new Map<string, number>();

/**
 * How long a text may be for a pattern to be matched on it at once.
 * @param pattern a regular expression as JSON Schema has it, with the flag `u`
 * @returns 0 where no text is short enough, or that cannot be told
 */
export function longestText(pattern: string): number {
	const known = remembered.get(pattern);
	if (known !== undefined) return known;
	const found = lengthFor(pattern);
	if (remembered.size >= MOST_REMEMBERED) remembered.clear();
	remembered.set(pattern, found);
	return found;
}

function lengthFor(pattern: string): number {
	if (pattern.length > MOST_LETTERS) return 0;
	try {
		const root = new Parser(pattern).parse();
		const { degree, factor } = costOf(isAnchored(root) ? root : { kind: 'sequence', parts: [ANYWHERE, root] });
		return Math.floor((MOST_STEPS / factor) ** (1 / degree));
	} catch {
		// What is thrown here says that nothing was proved.
		return 0;
	}
}

/** The pattern may have too many ways. */
class Unproved extends Error {}

const ALL: CharacterSet = [[0, 0x10ffff]];
/** Without `^`, a match is tried from each character on. */
const ANYWHERE: Node = { kind: 'repeat', body: { kind: 'set', set: ALL }, min: 0, max: Infinity };
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

function overlap(one: CharacterSet, other: CharacterSet): boolean {
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

/** Reads a pattern that JavaScript can read with the flag `u`. */
class Parser {
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
		// What a group matched before can be anything.
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

	/** What stands in brackets. */
	private set(): CharacterSet {
		const negated = this.eat('^');
		const all: CharacterSet = [];
		while (!this.eat(']')) {
			const from = this.member();
			const isRange = this.letters[this.at] === '-' && this.letters[this.at + 1] !== ']';
			if (isRange) this.at++;
			all.push(...(isRange ? [[from[0][0], this.member()[0][1]] as const] : from));
		}
		return negated ? complement(all) : all;
	}

	private member(): CharacterSet {
		const letter = this.next();
		return letter !== '\\' ? single(letter.codePointAt(0) as number) : this.eat('b') ? single(8) : this.escaped();
	}

	/** What stands after a backslash. */
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
		// Two halves of one character.
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

/** Whether each way through begins at the start of the text. */
function isAnchored(node: Node): boolean {
	if (node.kind === 'choice') return node.parts.every(isAnchored);
	if (node.kind !== 'sequence') return node.kind === 'start';
	const first = node.parts.find(({ kind }) => kind !== 'lookahead' && kind !== 'empty');
	return first !== undefined && isAnchored(first);
}

/** At most `factor * length ** degree` steps. */
interface Cost {
	degree: number;
	factor: number;
}

/** Characters of the pattern, each with the number of ways that lead to it. */
type Ways = Map<number, number>;

/** What a part of the pattern can begin and end with, and in how many ways it can be empty. */
interface Ends {
	empty: number;
	first: Ways;
	last: Ways;
}

const START = 0;

/** The automaton of a pattern's characters (Glushkov): which can follow which, in how many ways. */
class Automaton {
	readonly sets: CharacterSet[] = [[]];
	readonly following: Ways[] = [new Map()];
	/** What looking ahead takes, at each step. */
	ahead: Cost = { degree: 0, factor: 1 };

	constructor(root: Node) {
		const { first } = this.build(root);
		this.following[START] = first;
	}

	private build(node: Node): Ends {
		switch (node.kind) {
			case 'empty':
			case 'start':
				return NOTHING;
			case 'lookahead': {
				const { degree, factor } = costOf(node.body);
				this.ahead = { degree: Math.max(this.ahead.degree, degree), factor: this.ahead.factor + factor };
				return NOTHING;
			}
			case 'set': {
				const position = this.sets.push(node.set) - 1;
				if (position > MOST_CHARACTERS) throw new Unproved();
				this.following.push(new Map());
				return { empty: 0, first: new Map([[position, 1]]), last: new Map([[position, 1]]) };
			}
			case 'choice':
				return node.parts
					.map((part) => this.build(part))
					.reduce((one, other) => ({
						empty: one.empty + other.empty,
						first: sum(one.first, other.first),
						last: sum(one.last, other.last),
					}));
			case 'sequence':
				return node.parts
					.map((part) => this.build(part))
					.reduce((one, other) => {
						this.join(one.last, other.first);
						return {
							empty: one.empty * other.empty,
							first: sum(one.first, other.first, one.empty),
							last: sum(other.last, one.last, other.empty),
						};
					}, NOTHING);
			case 'repeat': {
				const { empty, first, last } = this.build(node.body);
				if (node.max === 0) return NOTHING;
				if (node.max > 1) {
					// The turns that read nothing could stand anywhere.
					if (empty > 0) throw new Unproved();
					this.join(last, first);
				}
				return { empty: empty + (node.min === 0 ? 1 : 0), first, last };
			}
		}
	}

	private join(last: Ways, first: Ways): void {
		for (const [from, ways] of last) this.following[from] = sum(this.following[from], first, ways);
	}
}

const NOTHING: Ends = { empty: 1, first: new Map(), last: new Map() };

function sum(one: Ways, other: Ways, times = 1): Ways {
	if (times === 0) return one;
	const all = new Map(one);
	for (const [position, ways] of other) all.set(position, Math.min(MOST_ALTERNATIVES, (all.get(position) ?? 0) + ways * times));
	return all;
}

function costOf(root: Node): Cost {
	const automaton = new Automaton(root);
	const loops = loopsOf(automaton.following);
	// Each loop comes after all that it leads to.
	const costs: Cost[] = [];
	for (const members of loops.members) {
		const loop = loops.of[members[0]];
		const turns = members.some((position) => [...automaton.following[position].keys()].some((next) => loops.of[next] === loop));
		let leavable = false;
		let isForked = false;
		let alternatives = 1;
		let after: Cost = { degree: 0, factor: 1 };
		for (const position of members) {
			const next = [...automaton.following[position]];
			const inside = next.filter(([one]) => loops.of[one] === loop);
			const outside = next.filter(([one]) => loops.of[one] !== loop);
			const alike = (others: typeof next, [one]: (typeof next)[number]) =>
				others.filter(([other]) => other !== one && overlap(automaton.sets[one], automaton.sets[other]));
			if (inside.some(([, ways]) => ways > 1)) throw new Unproved();
			if (inside.some((one) => alike(inside, one).length > 0)) isForked = true;
			if (inside.some((one) => alike(outside, one).length > 0)) leavable = true;
			const ways = outside.map((one) => one[1] + alike(outside, one).reduce((all, [, more]) => all + more, 0));
			alternatives = Math.max(alternatives, ...ways);
			for (const [one] of outside) {
				const { degree, factor } = costs[loops.of[one]];
				after = { degree: Math.max(after.degree, degree), factor: Math.max(after.factor, factor) };
			}
		}
		// Ways that part and do not meet again on the same text are never more than there are places to be.
		if (isForked && meetsAgain(automaton, members)) throw new Unproved();
		const canLeave = members.some((position) => [...automaton.following[position].keys()].some((next) => loops.of[next] !== loop));
		if (isForked && canLeave) leavable = true;
		const factor = alternatives * after.factor * (isForked ? members.length : 1);
		if (factor > MOST_ALTERNATIVES) throw new Unproved();
		costs[loop] = { degree: leavable ? after.degree + 1 : turns ? Math.max(1, after.degree) : after.degree, factor };
	}
	const { degree, factor } = costs[loops.of[START]];
	return { degree: Math.max(1, degree) + automaton.ahead.degree, factor: factor * automaton.ahead.factor };
}

/** A loop of more characters is not looked into pair by pair. */
const MOST_PAIRED = 60;

/**
 * Whether two ways through a loop that part can be at one place again after the same text: then they multiply with each turn
 * (exponential ambiguity; C. Allauzen, M. Mohri, A. Rastogi, "General algorithms for testing the ambiguity of finite automata").
 */
function meetsAgain({ sets, following }: Automaton, members: number[]): boolean {
	if (members.length > MOST_PAIRED) return true;
	const number = new Map(members.map((position, index) => [position, index]));
	const inside = members.map((position) => [...following[position].keys()].filter((next) => number.has(next)));
	// Pairs of places that can be reached on the same text.
	const pairs = members.flatMap((_one, first) =>
		members.map((_other, second): Ways => {
			const next: Ways = new Map();
			for (const one of inside[first])
				for (const other of inside[second])
					if (overlap(sets[one], sets[other])) next.set((number.get(one) as number) * members.length + (number.get(other) as number), 1);
			return next;
		}),
	);
	const { members: loops } = loopsOf(pairs);
	const isSame = (pair: number) => Math.floor(pair / members.length) === pair % members.length;
	return loops.some((loop) => loop.some(isSame) && !loop.every(isSame));
}

/** The strongly connected parts of a graph (Tarjan), each after all that it leads to. */
function loopsOf(following: Ways[]): { members: number[][]; of: number[] } {
	const members: number[][] = [];
	const of: number[] = [];
	const order: number[] = [];
	const lowest: number[] = [];
	const open: number[] = [];
	let count = 0;
	const visit = (position: number): void => {
		order[position] = lowest[position] = count++;
		open.push(position);
		for (const next of following[position].keys()) {
			if (order[next] === undefined) visit(next);
			if (of[next] === undefined) lowest[position] = Math.min(lowest[position], lowest[next]);
		}
		if (lowest[position] !== order[position]) return;
		const found = open.splice(open.indexOf(position));
		for (const one of found) of[one] = members.length;
		members.push(found);
	};
	for (let position = 0; position < following.length; position++) if (order[position] === undefined) visit(position);
	return { members, of };
}
