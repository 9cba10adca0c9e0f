/**
 * How long a text may be so that matching a document's regular expression ends quickly. JavaScript's engine backtracks:
 * it tries one way after another, and a pattern with many ways to read the same text (`^(\w+\s?)*$`) blocks all of n8n.
 * This module proves an upper bound on the number of ways. It turns the pattern into an automaton over its characters:
 * - two ways within a loop that read the same text multiply with each iteration: such a pattern is never matched;
 * - a loop that can be left at any point multiplies the ways by the length of the text, so the text must be short;
 * - a part with only one way takes as many steps as the text has characters.
 * Whatever the proof does not cover (backreferences, lookbehind) counts as the first kind.
 */

import { ALL, overlap, Parser, Unproved, type CharacterSet, type Node } from './regexp';

/** Most steps that a match may take: far below what anybody notices. */
const MOST_STEPS = 2_000_000;
/** Longer patterns, or patterns with more characters, are not analysed: the analysis must be quick too. */
const MOST_LETTERS = 2000;
const MOST_CHARACTERS = 200;
/** Most alternatives outside loops that are followed. */
const MOST_ALTERNATIVES = 1000;
const MOST_REMEMBERED = 1000;

const remembered = new Map<string, number>();

/**
 * The longest text on which a pattern can be matched quickly.
 * @param pattern a regular expression as in JSON Schema (ECMA-262, flag `u`)
 * @returns a length in UTF-16 code units; 0 if no text is short enough, or that cannot be told
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
		// Anything thrown here means that nothing was proved.
		return 0;
	}
}

/** Without `^`, the engine tries a match from every character. */
const ANYWHERE: Node = { kind: 'repeat', body: { kind: 'set', set: ALL }, min: 0, max: Infinity };
/** Whether every way through begins at the start of the text. */
function isAnchored(node: Node): boolean {
	if (node.kind === 'choice') return node.parts.every(isAnchored);
	if (node.kind !== 'sequence') return node.kind === 'start';
	const first = node.parts.find(({ kind }) => kind !== 'lookahead' && kind !== 'empty');
	return first !== undefined && isAnchored(first);
}

/** An upper bound: `factor * length ** degree` steps. */
interface Cost {
	degree: number;
	factor: number;
}

/** Characters (positions) of the pattern, each with the number of ways that lead to it. */
type Ways = Map<number, number>;

/** Which characters a part of the pattern can begin and end with, and in how many ways it can match nothing. */
interface Ends {
	empty: number;
	first: Ways;
	last: Ways;
}

const START = 0;

/** The automaton of a pattern's characters (Glushkov): which character can follow which, in how many ways. */
class Automaton {
	readonly sets: CharacterSet[] = [[]];
	readonly following: Ways[] = [new Map<number, number>()];
	/** Cost of the lookaheads, paid at each step. */
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
					// Iterations that match nothing could occur anywhere, any number of times.
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
	// Tarjan's order: a loop comes after everything it leads to, so the costs of what follows are known.
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
			for (const count of ways) alternatives = Math.max(alternatives, count);
			for (const [one] of outside) {
				const { degree, factor } = costs[loops.of[one]];
				after = { degree: Math.max(after.degree, degree), factor: Math.max(after.factor, factor) };
			}
		}
		// Ways that fork, but never meet again on the same text, number at most as many as the loop has characters.
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

/** Loops with more characters are not analysed pair by pair. */
const MOST_PAIRED = 60;

/**
 * Whether two ways that fork within a loop can meet again after the same text: then they multiply with each iteration
 * (exponential ambiguity; C. Allauzen, M. Mohri, A. Rastogi, "General algorithms for testing the ambiguity of finite
 * automata").
 */
function meetsAgain({ sets, following }: Automaton, members: number[]): boolean {
	if (members.length > MOST_PAIRED) return true;
	const number = new Map(members.map((position, index) => [position, index]));
	const inside = members.map((position) => [...following[position].keys()].filter((next) => number.has(next)));
	// Pairs of characters that can be reached on the same text.
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

/** The strongly connected components of a graph (Tarjan), each after everything it leads to. */
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
