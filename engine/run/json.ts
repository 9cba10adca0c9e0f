import type { Json } from '../model';

/** Deeper than this, nobody means it; and what walks a value would run out of stack. */
const MAX_DEPTH = 500;

/**
 * Reads JSON without losing digits: a whole number that JavaScript cannot hold exactly (beyond 2^53, as some ids are)
 * becomes a text.
 * @returns undefined where it is no JSON, or nested beyond reason
 */
export function parseExactly(text: string): Json | undefined {
	if (depthOf(text) > MAX_DEPTH) return undefined;
	try {
		return JSON.parse(/\d{16}/.test(text) ? text.replace(TOKENS, exact) : text) as Json;
	} catch {
		return undefined;
	}
}

/** Texts, which are left alone, and numbers. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function exact(token: string): string {
	return /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
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
