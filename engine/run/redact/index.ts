import type { Json } from '../../model';
import { append } from '../../model/values';
import { ExactNumber, type BodyValue } from '../request/bodyValue';
import { readingsOf, viewOf } from './decode';
import { folded, foldedAscii, foldedView, packed, packedView } from './fold';
import { formsOf, type Forms } from './forms';
import type { Matcher } from './matcher';
import { allFromBase64, base64Runs, fromBase64, fromHex, hexRuns, type Read, type Run } from './runs';
import { sourceOf, type View } from './view';

/** What stands where a secret stood. */
export const HIDDEN = '[hidden]';

/** Base64 of Base64 of Base64, and so on, is read so often. */
const MAX_DEPTH = 4;
/** Runs of Base64 that are shorter are read together. */
const SHORT_RUN = 64;
/** So many runs are not read together once more. */
const FEW_RUNS = 16;
/** So many places are remembered, so as not to look there again. */
const ENOUGH = 8;
/** A longer text is not one of few characters. */
const WHOLE = 64;

/** Names that are no secret. */
export interface Names {
	has(name: string): boolean;
}

/** Of what was entered, no name is a secret. */
export const EVERY_NAME: Names = { has: () => true };

/** Where a secret stands; `isKey` where it can have been wrapped. */
type Span = [from: number, to: number, isKey?: boolean];

/**
 * Hides secrets wherever they turn up. A text is compared in canonical form: decoded until nothing changes, without
 * regard to case and line breaks. What holds a secret there is hidden as a whole token.
 */
export class Redactor {
	private forms?: Forms;
	private readonly secrets: string[];

	constructor(secrets: Iterable<string>) {
		this.secrets = [...secrets];
	}

	/** Adds what turns out to be secret later, such as what a file holds. */
	add(secrets: Iterable<string>): void {
		append(this.secrets, secrets);
		this.forms = undefined;
	}

	/** A text of the vendor without the secrets. */
	text(text: string): string {
		if (text === '' || this.isEmpty) return text;
		if (this.isWhole(text)) return HIDDEN;
		const spans = this.spansIn(text);
		if (spans.length === 0) return text;
		let clean = '';
		let end = 0;
		for (const [from, to] of merged(text, spans)) {
			clean += text.slice(end, from) + HIDDEN;
			end = to;
		}
		return clean + text.slice(end);
	}

	/**
	 * A value of the vendor without the secrets.
	 * @param declared names that the vendor's document declares: they are no secret, whatever a secret says
	 */
	json<T extends Json>(value: T, declared?: Names): T;
	json(value: BodyValue, declared?: Names): Json;
	json(value: BodyValue, declared?: Names): BodyValue {
		if (this.isEmpty) return value;
		if (typeof value === 'string' || value instanceof ExactNumber) return this.text(String(value));
		if (typeof value === 'number') return this.text(String(value)) === String(value) ? value : HIDDEN;
		if (Array.isArray(value)) return this.isBytes(value) ? HIDDEN : value.map((one) => this.json(one, declared));
		if (typeof value !== 'object' || value === null) return value;
		const entries = Object.entries(value).map(([name, one]) => [
			declared?.has(name) ? name : this.text(name),
			this.json(one as BodyValue, declared),
		]);
		return Object.fromEntries(entries) as BodyValue;
	}

	/** Whether a secret stands in a text, in any form. */
	holds(text: string): boolean {
		return this.isWhole(text) || this.anywhere(text, 0);
	}

	private get isEmpty(): boolean {
		return this.secrets.length === 0;
	}

	/** Found when they are first needed: thousands of items wait to be sent. */
	private get known(): Forms {
		return (this.forms ??= formsOf(this.secrets));
	}

	/** Bytes as JSON has them. */
	private isBytes(value: BodyValue[]): boolean {
		const { shortest } = this.known;
		return (
			value.length >= shortest &&
			value.every((one) => typeof one === 'number' && Number.isInteger(one) && one >= 0 && one < 256) &&
			this.anywhere(Buffer.from(value as number[]).toString('utf8'), 0)
		);
	}

	/** A secret of few characters is one only where nothing else stands. */
	private isWhole(text: string): boolean {
		const { whole } = this.known;
		if (whole.size === 0 || text.length > WHOLE) return false;
		const readings = (one: string) => [
			one,
			...base64Runs(one, 1).flatMap((run) => (isAll(run, one) ? [[...fromBase64(run)][0]] : [])),
			...hexRuns(one, 1).flatMap((run) => (isAll(run, one) ? [[...fromHex(run)][0]] : [])),
		];
		return readingsOf(text).some((one) => readings(one.text.trim()).some((reading) => whole.has(folded(reading).trim())));
	}

	/** Whether a secret stands in a text. */
	private anywhere(given: string, depth: number): boolean {
		const { shortest, isAscii, alphabet, texts, packed: unspaced } = this.known;
		const text = depth > 0 ? alphabet.stretches(given, shortest) : given;
		if (text.length < shortest) return false;
		return readingsOf(text).some((reading) => {
			const plain = depth > 0 && isAscii ? foldedAscii(reading.text) : folded(reading.text);
			return texts.isIn(plain) || (!unspaced.isEmpty && unspaced.isIn(packed(plain))) || this.runsIn(reading.text, depth).length > 0;
		});
	}

	/** Where secrets stand in a text. */
	private spansIn(text: string): Span[] {
		const { shortest, texts, packed: unspaced } = this.known;
		const spans: Span[] = [];
		if (text.length < shortest) return spans;
		for (const reading of readingsOf(text)) {
			let view: View | undefined;
			const places = () => (view ??= viewOf(text, reading));
			const plain = folded(reading.text);
			if (texts.isIn(plain)) append(spans, placesOf(foldedView(places()), texts, text));
			if (!unspaced.isEmpty && unspaced.isIn(packed(plain)))
				for (const [from, to] of placesOf(packedView(foldedView(places())), unspaced, text)) spans.push([from, to, true]);
			const seen = spans.slice(0, ENOUGH);
			const isOpen = ({ from, to }: Run) => {
				if (seen.length === 0) return true;
				const [start, end] = sourceOf(places(), from, to);
				return !seen.some((span) => span[0] <= start && end <= span[1]);
			};
			for (const { from, to } of this.runsIn(reading.text, 0, isOpen)) spans.push(sourceOf(places(), from, to));
		}
		return spans;
	}

	/** Those of many runs of Base64 that have to be looked at one by one: what is nothing together is nothing alone. */
	private closer(runs: Run[], read: Read, depth: number): Run[] {
		if (runs.length < 2) return runs;
		let isAny = false;
		for (const reading of allFromBase64(runs, read)) if ((isAny = this.anywhere(reading, depth + 1))) break;
		if (!isAny || runs.length <= FEW_RUNS) return isAny ? runs : [];
		const half = runs.length >> 1;
		return [...this.closer(runs.slice(0, half), read, depth), ...this.closer(runs.slice(half), read, depth)];
	}

	/** Base64 and hex of secrets. Looks no further than the first one within what was decoded. */
	private runsIn(text: string, depth: number, isOpen: (run: Run) => boolean = () => true): Run[] {
		if (depth >= MAX_DEPTH) return [];
		const { shortest, isAscii, alphabet } = this.known;
		const read: Read = (bytes) => (isAscii ? bytes.toString('latin1') : alphabet.readUtf8(bytes, shortest));
		const found: Run[] = [];
		const look = (runs: Run[], decode: (run: Run, read: Read) => Iterable<string>) => {
			for (const run of runs) {
				if (depth > 0 && found.length > 0) return;
				for (const reading of decode(run, read)) {
					if (!this.anywhere(reading, depth + 1)) continue;
					found.push(run);
					break;
				}
			}
		};
		const runs = base64Runs(text, shortest).filter(isOpen);
		const short = runs.filter(({ digits }) => digits.length < SHORT_RUN);
		look([...runs.filter(({ digits }) => digits.length >= SHORT_RUN), ...this.closer(short, read, depth)], fromBase64);
		look(hexRuns(text, shortest).filter(isOpen), fromHex);
		return found;
	}
}

function isAll({ from, to }: Run, text: string): boolean {
	return from === 0 && to === text.length;
}

function placesOf(view: View, matcher: Matcher, text: string): Span[] {
	const matches = matcher.find(view.text);
	// Seen, but not where: all of it goes.
	return matches.length === 0 ? [[0, text.length]] : matches.map(([from, to]) => sourceOf(view, from, to));
}

/** What belongs to the token that a secret stands in. */
const TOKEN = /[A-Za-z0-9_%+-]/;
/** The same of a key, which can begin or end within a line. */
const KEY_TOKEN = /[A-Za-z0-9_%+/-]/;
/** Between two parts of a secret that was wrapped. */
const GAP = /^(?:\s|\\[nr]|[+/=])*$/;

/** In order, as whole tokens, those that touch as one. */
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
