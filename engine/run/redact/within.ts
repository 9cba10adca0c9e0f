import { isSecretName } from '../../model/names';
import { isObject } from '../../model/values';

const BEGIN = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/g;
const END = /-----END [A-Z0-9 ]*-----/g;

/**
 * What is secret by itself within a text, whatever stands around it: private keys in PEM form (RFC 7468), and in JSON the
 * values whose names say that they are secret, also where the JSON stands in a string of other JSON.
 */
export function secretsWithin(text: string): string[] {
	return [...keysIn(text), ...(leavesOf(text) ?? [])];
}

/**
 * The values in a JSON text whose names say that they are secret: such a file holds public ones, too.
 * @returns undefined where the text is no JSON, or too deep to be walked
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

/** The private keys in a text, also where their line breaks are escaped; one that does not end goes to the end of the text. */
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
