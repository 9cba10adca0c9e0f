import type { Json } from '../../model';
import { ExactNumber, type BodyValue } from './bodyValue';

/** Deeper nesting is never intended, and recursive functions would overflow the stack. */
export const MAX_DEPTH = 500;

/**
 * Parses JSON without losing digits: an integer that JavaScript cannot represent exactly (beyond 2^53, as some ids are)
 * becomes a text.
 * @returns undefined if the text is not JSON, or nested deeper than `MAX_DEPTH`
 */
export function parseExactly(text: string): Json | undefined {
	if (depthOf(text) > MAX_DEPTH) return undefined;
	try {
		const value = JSON.parse(text) as Json;
		return /\d{16}/.test(text) ? (JSON.parse(withNumbers(text, asText)) as Json) : value;
	} catch {
		return undefined;
	}
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Rewrites each number in valid JSON, in linear time. */
function withNumbers(text: string, write: (token: string) => string): string {
	const parts: string[] = [];
	let done = 0;
	for (let index = 0; index < text.length; index++) {
		const character = text[index];
		if (character === '"') {
			while (text[++index] !== '"') if (text[index] === '\\') index++;
			continue;
		}
		if (character !== '-' && !(character >= '0' && character <= '9')) continue;
		NUMBER.lastIndex = index;
		const [token] = NUMBER.exec(text) as RegExpExecArray;
		parts.push(text.slice(done, index), write(token));
		done = index + token.length;
		index = done - 1;
	}
	return [...parts, text.slice(done)].join('');
}

/** Quotes an integer that JavaScript cannot represent exactly. */
function asText(token: string): string {
	return isUnsafe(token) ? `"${token}"` : token;
}

/** Whether a text is an integer that JavaScript cannot represent exactly. */
function isUnsafe(text: string): boolean {
	return /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text));
}

/** The number that a text in JSON's number syntax represents; undefined for any other text. */
export function numberOf(text: string): number | ExactNumber | undefined {
	const digits = digitsOf(text);
	if (digits === undefined) return undefined;
	const number = Number(text);
	return digits === digitsOf(String(number)) ? number : new ExactNumber(text);
}

/**
 * Whether an entered number equals the one in a response, although JavaScript cannot represent it exactly: in the
 * response, such an integer is a text (see `parseExactly`), and any other number is rounded.
 */
export function isSameNumber(entered: unknown, found: unknown): boolean {
	if (found instanceof ExactNumber) return isSameNumber(entered, isUnsafe(found.text) ? found.text : found.rounded);
	if (!(entered instanceof ExactNumber) && !(typeof entered === 'number' && !Number.isSafeInteger(entered))) return false;
	if (typeof found === 'number') return found === Number(String(entered));
	return typeof found === 'string' && isUnsafe(found) && digitsOf(found) === digitsOf(String(entered));
}

/** Significant digits and exponent of a number in canonical form: equal for `1.50` and `15e-1`. */
function digitsOf(text: string): string | undefined {
	const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
	if (!match) return undefined;
	const [, sign, whole, fraction = '', exponent = '0'] = match;
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	let end = digits.length;
	while (digits[end - 1] === '0') end--;
	const significant = digits.slice(0, end);
	if (significant === '') return '0';
	return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/**
 * Parses JSON that an operator entered; numbers keep all their digits.
 * @throws SyntaxError as JSON.parse does
 */
export function parseEntered(text: string): BodyValue {
	const value = JSON.parse(text) as Json;
	// A number always has room for fifteen digits, so shorter ones need no second look.
	if (!/[\d.]{16}|\d[eE]/.test(text)) return value;
	let isExact = true;
	withNumbers(text, (token) => {
		isExact &&= typeof numberOf(token) === 'number';
		return token;
	});
	if (isExact) return value;
	const plain = JSON.stringify(value);
	let mark = 'number ';
	while (plain.includes(mark)) mark += '#';
	const marked = withNumbers(text, (token) => (typeof numberOf(token) === 'number' ? token : `"${mark}${token}"`));
	return JSON.parse(marked, (_name, one: unknown) =>
		typeof one === 'string' && one.startsWith(mark) ? new ExactNumber(one.slice(mark.length)) : one,
	) as Json;
}

/** Serializes a value as JSON; numbers keep the digits they were entered with. */
export function stringify(value: unknown, indent?: string): string {
	const exact: string[] = [];
	const collect = (one: unknown): void => {
		if (one instanceof ExactNumber) exact.push(one.text);
		else if (typeof one === 'object' && one !== null) Object.values(one).forEach(collect);
	};
	collect(value);
	if (exact.length === 0) return JSON.stringify(value, null, indent);
	const plain = JSON.stringify(value);
	let mark = 'number ';
	while (plain.includes(mark)) mark += '#';
	const marked = JSON.stringify(
		value,
		function (this: { [name: string]: unknown }, name, one: unknown) {
			return this[name] instanceof ExactNumber ? `${mark}${String(one)}` : one;
		},
		indent,
	);
	return marked.replaceAll(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1');
}

function depthOf(text: string): number {
	let depth = 0;
	let deepest = 0;
	let quoted = false;
	for (let index = 0; index < text.length; index++) {
		const character = text[index];
		if (character === '"') quoted = !quoted;
		else if (quoted) {
			if (character === '\\') index++;
		} else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
		else if (character === '}' || character === ']') depth--;
	}
	return deepest;
}
