import type { Json } from '../model';
import { butIs } from './problems';

const TYPES: { [type: string]: string } = {
	string: 'a text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'a JSON object',
	array: 'a list',
	null: 'null',
};

const FORMATS: { [format: string]: [what: string, example: string] } = {
	'date-time': ['a date with time and time zone', '2026-01-31T09:30:00Z'],
	date: ['a date', '2026-01-31'],
	time: ['a time of day', '09:30:00Z'],
	email: ['an email address', 'nathan@example.com'],
	hostname: ['a host name', 'api.example.com'],
	ipv4: ['an IPv4 address', '192.0.2.1'],
	ipv6: ['an IPv6 address', '2001:db8::1'],
	uri: ['a complete URL', 'https://example.com/path'],
	uuid: ['a UUID', '123e4567-e89b-12d3-a456-426614174000'],
};

/**
 * Why a value is refused, in words.
 * @param keyword the JSON Schema keyword that it does not satisfy
 * @param limit the keyword's value
 * @param given the value, where it may be shown
 */
export function refusal(
	keyword: string,
	limit: Json | undefined,
	given: { value: Json | undefined; label: string },
): { text: string; hint: string } {
	const count = (what: string) => `${String(limit)} ${what}${limit === 1 ? '' : what.endsWith('y') ? '' : 's'}`;
	const shown = butIs(given.value);
	const correct = `Correct '${given.label}', or the expression that gives it`;
	if (keyword === 'not' && typeof limit === 'object' && limit !== null && 'enum' in limit && Array.isArray(limit.enum)) {
		return { text: `must not be one of: ${limit.enum.map(String).join(', ')}${shown}`, hint: correct };
	}
	switch (keyword) {
		case 'type': {
			const types = (Array.isArray(limit) ? limit : [limit]).map((type) => TYPES[String(type)] ?? String(type));
			return { text: `must be ${types.join(' or ')}${shown}`, hint: correct };
		}
		case 'minLength':
			return limit === 1
				? { text: 'must not be empty', hint: `Fill in '${given.label}', or remove it` }
				: { text: `must have at least ${count('character')}`, hint: `Lengthen '${given.label}'` };
		case 'maxLength':
			return { text: `must have at most ${count('character')}`, hint: `Shorten '${given.label}'` };
		case 'pattern':
			return limit === '^[0-9]+$'
				? { text: `must have digits only${shown}`, hint: correct }
				: { text: `must match the pattern ${String(limit)}${shown}`, hint: correct };
		case 'format': {
			const [what, example] = FORMATS[String(limit)] ?? [`of the format ${String(limit)}`, ''];
			return { text: `must be ${what}${example ? `, such as ${example}` : ''}${shown}`, hint: correct };
		}
		case 'enum':
			if (!Array.isArray(limit)) return { text: `must be one of the values that the vendor knows${shown}`, hint: correct };
			return {
				text: `must be one of: ${limit.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ')}${shown}`,
				hint: `Choose one of them in '${given.label}'`,
			};
		case 'const':
			return { text: `must be ${JSON.stringify(limit)}`, hint: correct };
		case 'minimum':
			return { text: `must be at least ${String(limit)}${shown}`, hint: correct };
		case 'maximum':
			return { text: `must be at most ${String(limit)}${shown}`, hint: correct };
		case 'exclusiveMinimum':
			return { text: `must be more than ${String(limit)}${shown}`, hint: correct };
		case 'exclusiveMaximum':
			return { text: `must be less than ${String(limit)}${shown}`, hint: correct };
		case 'multipleOf':
			return { text: `must be a multiple of ${String(limit)}${shown}`, hint: correct };
		case 'minItems':
			return { text: `must have at least ${limit === 1 ? 'one entry' : `${String(limit)} entries`}`, hint: `Add to '${given.label}'` };
		case 'maxItems':
			return {
				text: `must have at most ${limit === 1 ? 'one entry' : `${String(limit)} entries`}`,
				hint: `Remove some of '${given.label}'`,
			};
		case 'uniqueItems':
			return { text: 'must not have the same entry twice', hint: `Remove one of them from '${given.label}'` };
		case 'minProperties':
			return {
				text: `must have at least ${limit === 1 ? 'one name with a value' : `${String(limit)} names with values`}`,
				hint: `Add a value to '${given.label}'`,
			};
		case 'maxProperties':
			return {
				text: `must have at most ${limit === 1 ? 'one name with a value' : `${String(limit)} names with values`}`,
				hint: `Remove some of '${given.label}'`,
			};
		case 'required':
		case 'dependentRequired':
			return { text: 'lacks a value that has to be given together with the others', hint: `Complete '${given.label}'` };
		case 'false':
			return { text: 'is not accepted here', hint: 'Remove it' };
		default:
			return { text: `does not fit what the vendor accepts (${keyword})`, hint: correct };
	}
}
