import { isSecretName } from '../../model/names';
import { isObject } from '../../model/values';

const BEGIN = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/g;
const END = /-----END [A-Z0-9 ]*-----/g;

/**
 * Secrets that a text reveals by itself: private keys in PEM format (RFC 7468), and JSON values whose names mark them as
 * secret, even in JSON within a string of other JSON.
 */
export function secretsWithin(text: string): string[] {
	return [...keysIn(text), ...(leavesOf(text) ?? [])];
}

/**
 * The values in a JSON text whose names mark them as secret; such a file contains public values too.
 * @returns undefined if the text is not JSON, or too deep to walk
 */
export function leavesOf(text: string): string[] | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return leavesIn(JSON.parse(text), false);
	} catch {
		return undefined;
	}
}

function leavesIn(value: unknown, isNamed: boolean): string[] {
	if (typeof value === 'string') return [...(isNamed ? [value] : []), ...(leavesOf(value) ?? [])];
	if (typeof value === 'number') return isNamed ? [String(value)] : [];
	if (Array.isArray(value)) return value.flatMap((one) => leavesIn(one, isNamed));
	return isObject(value) ? Object.entries(value).flatMap(([name, one]) => leavesIn(one, isNamed || isSecretName(name))) : [];
}

/** The private keys in a text, even with escaped line breaks; a key without an end extends to the end of the text. */
function keysIn(text: string): string[] {
	const keys: string[] = [];
	BEGIN.lastIndex = 0;
	for (let begin = BEGIN.exec(text); begin; begin = BEGIN.exec(text)) {
		END.lastIndex = BEGIN.lastIndex;
		const end = END.exec(text);
		keys.push(text.slice(begin.index, end ? END.lastIndex : undefined));
		if (!end) break;
		BEGIN.lastIndex = END.lastIndex;
	}
	return keys;
}
