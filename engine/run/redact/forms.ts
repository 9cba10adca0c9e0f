import { isSecretName } from '../../model/names';
import { isObject } from '../../model/values';
import { decodedWhole } from './decode';
import { folded, packed } from './fold';
import { Matcher } from './matcher';
import { base64Runs, fromBase64, fromHex, hexRuns } from './runs';

/** Shorter secrets are hidden only where they are the whole value. */
const LEAST = 4;
/** A line of a longer secret is secret too, from this length on; so is each such part of a key. */
const LINE = 16;
/** A key is looked for in at most so many parts. */
const PARTS = 4096;

const NOT_ASCII = /[^\0-\x7f]/;
const ARMOR = /-----(?:BEGIN|END) [A-Z0-9 ]+-----/g;

/** What is looked for, in canonical form. */
export interface Forms {
	/** In texts as they are. */
	texts: Matcher;
	/** In texts without spaces: what has several lines can be wrapped otherwise. */
	packed: Matcher;
	/** As a whole value only. */
	whole: ReadonlySet<string>;
	/** Length of the shortest text, in bytes or fewer. */
	shortest: number;
	/** No text has other than ASCII characters. */
	isAscii: boolean;
}

/** The canonical forms of secrets. */
export function formsOf(secrets: Iterable<string>): Forms {
	const texts = new Set<string>();
	const unspaced = new Set<string>();
	const whole = new Set<string>();
	const add = (text: string) => {
		for (const form of [text, decodedWhole(text)].map((one) => folded(one.trim()))) {
			if (form.trim() !== '') (form.length < LEAST ? whole : texts).add(form);
		}
	};
	for (const secret of new Set(secrets)) {
		for (const text of [secret, ...encodedIn(secret)]) {
			add(text);
			for (const part of partsOf(text)) add(part);
			for (const part of packedParts(text)) unspaced.add(part);
		}
	}
	const all = { texts: new Matcher(texts), packed: new Matcher(unspaced) };
	const isAscii = !NOT_ASCII.test([...texts].join(''));
	const shortest = Math.min(all.texts.shortest, all.packed.shortest);
	// One character can be several in canonical form: ß, ﬁ.
	return { ...all, whole, shortest: isAscii ? shortest : Math.ceil(shortest / 3), isAscii };
}

/** What a secret says that is itself Base64 or hex of a text. */
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

/** What is secret by itself within a secret of several lines. */
function partsOf(text: string): string[] {
	const leaves = leavesOf(text);
	if (leaves) return leaves;
	if (isKey(text)) return [];
	const lines = text.split(/\r?\n|\\n/).map((line) => line.trim());
	return lines.length === 1 ? [] : lines.filter((line) => line.length >= LINE && line.replace(ARMOR, '') !== '');
}

/** The values in a JSON text whose names say that they are secret: such a file holds public ones, too. */
function leavesOf(text: string): string[] | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return namedLeaves(JSON.parse(text));
	} catch {
		return undefined;
	}
}

function namedLeaves(value: unknown, named = false): string[] {
	if (typeof value === 'string' || typeof value === 'number') return named ? [String(value)] : [];
	if (Array.isArray(value)) return value.flatMap((one) => namedLeaves(one, named));
	return isObject(value) ? Object.entries(value).flatMap(([name, one]) => namedLeaves(one, named || isSecretName(name))) : [];
}

function isKey(text: string): boolean {
	return text.search(ARMOR) !== -1;
}

/** What has several lines, without its spaces; of a key each part of its content. */
function packedParts(text: string): string[] {
	const leaves = leavesOf(text) ?? [];
	const parts = leaves.flatMap(packedParts);
	if (!/[\r\n]|\\n/.test(text.trim())) return parts;
	const whole = packed(folded(decodedWhole(text)));
	if (whole.length >= LINE) parts.push(whole);
	if (!isKey(text) || leaves.length > 0) return parts;
	const content = packed(folded(decodedWhole(text).replace(ARMOR, ' ')));
	if (content.length < LINE) return parts;
	const width = Math.max(LINE, Math.ceil(content.length / PARTS));
	for (let from = 0; from + width <= content.length; from += width) parts.push(content.slice(from, from + width));
	parts.push(content.slice(-width));
	return parts;
}
