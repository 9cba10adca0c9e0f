import type { Json } from '../model';

/** Deeper than this, nobody means it; and what walks a value would run out of stack. */
export const MAX_DEPTH = 500;

/**
 * Reads JSON without losing digits: a whole number that JavaScript cannot hold exactly (beyond 2^53, as some ids are)
 * becomes a text.
 * @returns undefined where it is no JSON, or nested beyond reason
 */
export function parseExactly(text: string): Json | undefined {
	if (depthOf(text) > MAX_DEPTH) return undefined;
	try {
		const value = JSON.parse(text) as Json;
		return /\d{16}/.test(text) ? (JSON.parse(withTexts(text)) as Json) : value;
	} catch {
		return undefined;
	}
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Valid JSON with its inexact numbers as texts. Each character is looked at once. */
function withTexts(text: string): string {
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
		if (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))) {
			parts.push(text.slice(done, index), `"${token}"`);
			done = index + token.length;
		}
		index += token.length - 1;
	}
	return [...parts, text.slice(done)].join('');
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
