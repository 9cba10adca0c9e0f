import type { Json } from '../../model';
import { append } from '../../model/values';
import { ExactNumber, type BodyValue } from '../request/bodyValue';
import { readingsOf } from './decode';
import { folded, foldedAscii, foldedText, packed, packedText } from './fold';
import { formsOf, type Forms } from './forms';
import type { Matcher } from './matcher';
import { allFromBase64, base64Runs, fromBase64, fromHex, hexRuns, type Read, type Run } from './runs';
import { atOnce, inTurns, type Steps } from '../pacing/turns';
import type { View } from './view';

/** Replaces a secret. */
export const HIDDEN = '[hidden]';

/** Base64 nested this deep is still decoded. */
const MAX_DEPTH = 4;
/** Shorter runs of Base64 are decoded together. */
const SHORT_RUN = 64;
/** Up to this many runs are searched one by one instead of being halved again. */
const FEW_RUNS = 16;
/** Number of spans that are remembered, so as not to search inside them again. */
const ENOUGH = 8;
/** Most characters that can encode one character of a secret: `&#x0000e9;`, `%252525e9`, and so on. */
const MAX_WIDTH = 16;
/** The beginning of a text is taken from at most about this many characters, even if most of them are one hidden token. */
const LONG = 20_000;
/** A longer text cannot be just a short secret. */
const WHOLE = 64;

/** A set of property names. */
export interface Names {
	has(name: string): boolean;
}

/** All names: used where names were entered or come from the document, so that none of them is a secret. */
export const EVERY_NAME: Names = { has: () => true };

/** The position of a secret in a text; `isKey` if it may have been wrapped. */
type Span = [from: number, to: number, isKey?: boolean];

/**
 * Hides secrets wherever they occur. It compares texts in canonical form: decoded until nothing changes, regardless of
 * case and line breaks. The whole token that contains a secret is hidden.
 */
export class Redactor {
	private forms?: Forms;
	private readonly secrets: string[];

	constructor(secrets: Iterable<string>) {
		this.secrets = [...secrets];
	}

	/** Adds secrets that become known later, such as the content of a file. */
	add(secrets: Iterable<string>): void {
		append(this.secrets, secrets);
		this.forms = undefined;
	}

	/** Prepares the search in turns of the event loop; otherwise the first use does it at once. */
	async prepare(): Promise<void> {
		if (!this.isEmpty) await inTurns(this.find());
	}

	/** Hides the secrets in a short text from the vendor, at once. */
	text(text: string): string {
		return atOnce(this.textSteps(text));
	}

	/**
	 * The first characters of a vendor's text with its secrets hidden. It looks at no more of a long text than necessary,
	 * and cuts only after hiding: a truncated secret would not be recognized.
	 * @param count number of characters
	 */
	beginning(text: string, count: number): string {
		if (this.isEmpty) return text.slice(0, count);
		const margin = MAX_WIDTH * this.known.longest;
		for (let sure = 4 * count; sure + margin < text.length; sure *= 4) {
			const part = text.slice(0, sure + margin);
			const clean = cleaned(part, atOnce(this.spansIn(part)), sure);
			if (clean.length >= count || sure > LONG) return clean.slice(0, count);
		}
		return this.text(text).slice(0, count);
	}

	/**
	 * Hides the secrets in a short value from the vendor, at once.
	 * @param declared names that the vendor's document declares: they are kept, even if equal to a secret
	 */
	json<T extends Json>(value: T, declared?: Names): T;
	json(value: BodyValue, declared?: Names): Json;
	json(value: BodyValue, declared?: Names): BodyValue {
		return this.isEmpty ? value : atOnce(this.jsonSteps(value, declared));
	}

	/** The same for a value of any length, in turns of the event loop. */
	jsonInTurns<T extends Json>(value: T, declared?: Names): Promise<T>;
	jsonInTurns(value: BodyValue, declared?: Names): Promise<Json>;
	async jsonInTurns(value: BodyValue, declared?: Names): Promise<BodyValue> {
		if (this.isEmpty) return value;
		await this.prepare();
		return await inTurns(this.jsonSteps(value, declared));
	}

	/** Whether a text contains a secret in any form. */
	holds(text: string): boolean {
		return this.isWhole(text) || atOnce(this.anywhere(text, 0));
	}

	private get isEmpty(): boolean {
		return this.secrets.length === 0;
	}

	/** Computed on first use, since thousands of items may be waiting to be sent. */
	private get known(): Forms {
		return this.forms ?? atOnce(this.find());
	}

	/** Computes the forms in steps; starts again if secrets are added meanwhile. */
	private *find(): Steps<Forms> {
		while (!this.forms) {
			const count = this.secrets.length;
			const forms = yield* formsOf(this.secrets);
			if (count === this.secrets.length) this.forms = forms;
		}
		return this.forms;
	}

	private *textSteps(text: string): Steps<string> {
		if (text === '' || this.isEmpty) return text;
		if (this.isWhole(text)) return HIDDEN;
		return cleaned(text, yield* this.spansIn(text));
	}

	private *jsonSteps(value: BodyValue, declared?: Names): Steps<BodyValue> {
		if (typeof value === 'string' || value instanceof ExactNumber) return yield* this.textSteps(String(value));
		if (typeof value === 'number') return this.text(String(value)) === String(value) ? value : HIDDEN;
		if (typeof value !== 'object' || value === null) return value;
		yield;
		if (Array.isArray(value)) {
			if (this.isBytes(value)) return HIDDEN;
			const all: BodyValue[] = [];
			for (const one of value) all.push(yield* this.jsonSteps(one, declared));
			return all;
		}
		const entries: Array<[string, BodyValue]> = [];
		for (const [name, one] of Object.entries(value))
			entries.push([declared?.has(name) ? name : this.text(name), yield* this.jsonSteps(one as BodyValue, declared)]);
		return Object.fromEntries(entries);
	}

	/** Whether an array is the bytes of a text that contains a secret, as JSON represents a buffer. */
	private isBytes(value: BodyValue[]): boolean {
		const { shortest } = this.known;
		return (
			value.length >= shortest &&
			value.every((one) => typeof one === 'number' && Number.isInteger(one) && one >= 0 && one < 256) &&
			atOnce(this.anywhere(Buffer.from(value as number[]).toString('utf8'), 0))
		);
	}

	/** Whether a text consists only of a short secret. */
	private isWhole(text: string): boolean {
		const { whole } = this.known;
		if (whole.size === 0 || text.length > WHOLE) return false;
		const readings = (one: string) => [
			one,
			...base64Runs(one, 1).flatMap((run) => (isAll(run, one) ? [[...fromBase64(run)][0]] : [])),
			...hexRuns(one, 1).flatMap((run) => (isAll(run, one) ? [[...fromHex(run)][0]] : [])),
		];
		for (const view of readingsOf(text))
			if (readings(view.text.trim()).some((reading) => whole.has(foldedText(reading).trim()))) return true;
		return false;
	}

	/** Whether a secret is anywhere in a text. */
	private *anywhere(given: string, depth: number): Steps<boolean> {
		const { shortest, isAscii, alphabet, texts, packed: unspaced } = this.known;
		const text = depth > 0 ? alphabet.stretches(given, shortest) : given;
		if (text.length < shortest) return false;
		for (const view of readingsOf(text)) {
			yield;
			const plain = depth > 0 && isAscii ? foldedAscii(view.text) : foldedText(view.text);
			if (texts.isIn(plain) || (!unspaced.isEmpty && unspaced.isIn(packedText(plain)))) return true;
			if ((yield* this.runsIn(view.text, depth)).length > 0) return true;
		}
		return false;
	}

	/** The positions of secrets in a text. */
	private *spansIn(text: string): Steps<Span[]> {
		const { shortest, texts, packed: unspaced } = this.known;
		const spans: Span[] = [];
		if (text.length < shortest) return spans;
		/** Base64 known to contain no secret; most of it recurs in every reading. */
		const nothing = new Set<string>();
		for (const view of readingsOf(text)) {
			yield;
			const plain = folded(view);
			append(spans, placesOf(plain, texts));
			yield;
			if (!unspaced.isEmpty) for (const [from, to] of placesOf(packed(plain), unspaced)) spans.push([from, to, true]);
			const seen = spans.slice(0, ENOUGH);
			const isOpen = ({ from, to }: Run) => {
				if (seen.length === 0) return true;
				const [start, end] = view.sourceOf(from, to);
				return !seen.some((span) => span[0] <= start && end <= span[1]);
			};
			yield;
			for (const { from, to } of yield* this.runsIn(view.text, 0, isOpen, nothing)) spans.push(view.sourceOf(from, to));
		}
		return spans;
	}

	/** Of many short runs of Base64, those to search one by one. Runs are decoded together; if that finds no secret, none has one. */
	private *closer(runs: Run[], read: Read, depth: number): Steps<Run[]> {
		if (runs.length < 2) return runs;
		let isAny = false;
		for (const reading of allFromBase64(runs, read)) {
			yield;
			if ((isAny = yield* this.anywhere(reading, depth + 1))) break;
		}
		if (!isAny || runs.length <= FEW_RUNS) return isAny ? runs : [];
		const half = runs.length >> 1;
		return [...(yield* this.closer(runs.slice(0, half), read, depth)), ...(yield* this.closer(runs.slice(half), read, depth))];
	}

	/**
	 * The runs of Base64 and hex that contain secrets. Inside decoded text, it stops at the first one.
	 * @param isOpen whether a run still has to be searched
	 * @param nothing Base64 known to contain no secret; this method adds to it
	 */
	private *runsIn(text: string, depth: number, isOpen: (run: Run) => boolean = () => true, nothing = new Set<string>()): Steps<Run[]> {
		if (depth >= MAX_DEPTH) return [];
		const { shortest, isAscii, alphabet } = this.known;
		const read: Read = (bytes) => (isAscii ? bytes.toString('latin1') : alphabet.readUtf8(bytes, shortest));
		const found: Run[] = [];
		const base64 = base64Runs(text, shortest).filter((run) => !nothing.has(run.digits) && isOpen(run));
		yield;
		const long = base64.filter(({ digits }) => digits.length >= SHORT_RUN);
		const short = yield* this.closer(
			base64.filter(({ digits }) => digits.length < SHORT_RUN),
			read,
			depth,
		);
		const hex = hexRuns(text, shortest).filter(isOpen);
		yield;
		for (const { runs, decode } of [
			{ runs: [...long, ...short], decode: fromBase64 },
			{ runs: hex, decode: fromHex },
		]) {
			for (const run of runs) {
				if (depth > 0 && found.length > 0) return found;
				for (const reading of decode(run, read)) {
					if (!(yield* this.anywhere(reading, depth + 1))) continue;
					found.push(run);
					break;
				}
			}
		}
		for (const { digits } of base64) nothing.add(digits);
		for (const { digits } of found) nothing.delete(digits);
		return found;
	}
}

/** A text up to `until`, with `HIDDEN` in place of the spans. */
function cleaned(text: string, spans: Span[], until = text.length): string {
	let clean = '';
	let end = 0;
	for (const [from, to] of merged(text, spans)) {
		if (from >= until) break;
		clean += text.slice(end, from) + HIDDEN;
		end = to;
	}
	return clean + text.slice(end, until);
}

function isAll({ from, to }: Run, text: string): boolean {
	return from === 0 && to === text.length;
}

function placesOf(view: View, matcher: Matcher): Span[] {
	return matcher.find(view.text).map(([from, to]) => view.sourceOf(from, to));
}

/** Characters of the token around a secret. */
const TOKEN = /[A-Za-z0-9_%+-]/;
/** The same for a key, which can begin or end within a line. */
const KEY_TOKEN = /[A-Za-z0-9_%+/-]/;
/** Allowed between two parts of a wrapped secret. */
const GAP = /^(?:\s|\\[nr]|[+/=])*$/;

/** The spans in order, extended to whole tokens; those that touch are joined. */
function merged(text: string, spans: Span[]): Span[] {
	const result: Span[] = [];
	let last: Span | undefined;
	for (const [from, to, isKey] of spans.sort(([a], [b]) => a - b)) {
		if (last && to <= last[1]) continue;
		let start = from;
		let end = to;
		const token = isKey ? KEY_TOKEN : TOKEN;
		while (start > (last?.[1] ?? 0) && token.test(text[start - 1])) start--;
		while (end < text.length && (token.test(text[end]) || (isKey && text[end] === '='))) end++;
		if (last && (start <= last[1] || isGap(text, last[1], start))) last[1] = end;
		else result.push((last = [start, end]));
	}
	return result;
}

function isGap(text: string, from: number, to: number): boolean {
	return to - from <= 8 && /[\r\n+/=]|\\[nr]/.test(text.slice(from, to)) && GAP.test(text.slice(from, to));
}
