import { decodedWhole } from './decode';
import { foldedText, NOT_ASCII, packedText } from './fold';
import { Matcher } from './matcher';
import { Alphabet } from './plausible';
import { base64Runs, fromBase64, fromHex, hexRuns } from './runs';
import type { Steps } from '../pacing/turns';
import { leavesOf, secretsWithin } from './within';

/** Secrets with fewer characters are hidden only where they are the whole value. */
const LEAST = 4;
/** From this length on, a line of a longer secret is secret too; so is each part of a key of this length. */
const LINE = 16;
/** Most parts into which a key is divided. */
const PARTS = 4096;

const ARMOR = /-----(?:BEGIN|END) [A-Z0-9 ]+-----/g;

/** What a redactor searches for: the secrets in canonical form (see `folded`), prepared for the search. */
export interface Forms {
	/** Searched for in canonical texts. */
	texts: Matcher;
	/** Searched for in canonical texts without spaces: secrets of several lines can be wrapped differently. */
	packed: Matcher;
	/** Secrets too short to search for: hidden only as a whole value. */
	whole: ReadonlySet<string>;
	/** A lower bound for the length in bytes of any of the texts, as it may be written. */
	shortest: number;
	/** Length of the longest secret as given. */
	longest: number;
	/** The characters that any notation of the secrets can use. */
	alphabet: Alphabet;
	/** Whether all texts are ASCII. */
	isAscii: boolean;
}

/** Computes the canonical forms of secrets. */
export function* formsOf(secrets: Iterable<string>): Steps<Forms> {
	const texts = new Set<string>();
	const unspaced = new Set<string>();
	const whole = new Set<string>();
	let shortest = Infinity;
	const add = (text: string) => {
		for (const one of [text, decodedWhole(text)].map((given) => given.trim())) {
			const form = foldedText(one);
			if (form.trim() === '') continue;
			(form.length < LEAST ? whole : texts).add(form);
			if (form.length >= LEAST) shortest = Math.min(shortest, leastLength(one, form));
		}
	};
	let longest = 0;
	for (const secret of new Set(secrets)) {
		yield;
		longest = Math.max(longest, secret.length);
		for (const given of [secret, ...encodedIn(secret)]) {
			yield;
			for (const text of new Set([given, ...secretsWithin(given)])) {
				yield;
				add(text);
				for (const line of linesOf(text)) {
					yield;
					add(line);
				}
				yield;
				for (const part of packedParts(text)) unspaced.add(part);
			}
		}
	}
	const all = { texts: yield* Matcher.of(texts), packed: yield* Matcher.of(unspaced) };
	const isAscii = !NOT_ASCII.test([...texts].join(''));
	const alphabet = new Alphabet([...texts, ...unspaced]);
	for (const text of unspaced) shortest = Math.min(shortest, leastLength(text, text));
	return { ...all, whole, alphabet, shortest, longest, isAscii };
}

/** The least length that a text can be written with: composing makes one character of up to three, ﬁ and ß the other way round. */
function leastLength(text: string, form: string): number {
	if (!NOT_ASCII.test(text) && !NOT_ASCII.test(form)) return form.length;
	return Math.ceil(Math.min(text.length, form.length) / 3);
}

/** The text inside a secret that is itself Base64 or hex. */
function encodedIn(secret: string): string[] {
	const text = secret.trim();
	if (text.length < 2 * LEAST || text.length > 10_000) return [];
	const readings = [
		...base64Runs(text, LEAST).map((run) => ({ run, reading: [...fromBase64(run)][0] })),
		...hexRuns(text, LEAST).map((run) => ({ run, reading: [...fromHex(run)][0] })),
	];
	return readings.flatMap(({ run, reading }) =>
		run.to - run.from === text.length && /^[\x20-\x7e\s]{8,}$/.test(reading) ? [reading] : [],
	);
}

/** The lines of a multi-line secret. JSON and keys have none: their secret parts are found in other ways. */
function linesOf(text: string): string[] {
	if (isKey(text) || leavesOf(text)) return [];
	const lines = text.split(/\r?\n|\\n/).map((line) => line.trim());
	return lines.length === 1 ? [] : lines.filter((line) => line.length >= LINE);
}

function isKey(text: string): boolean {
	return text.search(ARMOR) !== -1;
}

/** A multi-line secret without spaces; and, for a key, which may have lost its line breaks, each part of its content. */
function packedParts(text: string): string[] {
	if (!isKey(text) && !/[\r\n]|\\n/.test(text.trim())) return [];
	const whole = packedText(foldedText(decodedWhole(text)));
	const parts = whole.length >= LINE ? [whole] : [];
	if (!isKey(text) || leavesOf(text)) return parts;
	const content = packedText(foldedText(decodedWhole(text).replace(ARMOR, ' ')));
	if (content.length < LINE) return parts;
	const width = Math.max(LINE, Math.ceil(content.length / PARTS));
	for (let from = 0; from + width <= content.length; from += width) parts.push(content.slice(from, from + width));
	parts.push(content.slice(-width));
	return parts;
}
