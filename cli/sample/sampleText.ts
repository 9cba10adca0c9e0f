import fc from 'fast-check';

import type { StringField } from '../../engine/model';
import { words } from '../../engine/model/names';
import { longestText } from '../../engine/model/patterns';

/** An example for each format that is validated. */
const FORMATS: { [format: string]: string } = {
	'date-time': '2030-01-31T09:30:00Z',
	date: '2030-01-31',
	time: '09:30:00Z',
	email: 'someone@example.com',
	hostname: 'api.example.com',
	ipv4: '192.0.2.1',
	ipv6: '2001:db8::1',
	uri: 'https://example.com',
	uuid: '123e4567-e89b-12d3-a456-426614174000',
};

/** Examples by field name; the first match counts. */
const BY_NAME: Array<[RegExp, string]> = [
	[/\bemail\b/, 'someone@example.com'],
	[/\b(url|uri|endpoint|website)\b/, 'https://example.com'],
	[/\b(host|hostname|domain|server)\b/, 'api.example.com'],
	[/\b(description|comment|notes?)\b/, 'An example'],
	[/\b(name|title|label)$/, 'Acme'],
];

/** A fixed seed, so that a pattern always gives the same texts and generated files do not change from run to run. */
const SEED = 20300131;

/**
 * Texts that a field may accept, the most telling first. The caller validates them.
 * @param variant a different number gives a different text, for lists with unique items
 */
export function* textsFor(field: StringField, variant = 0): Iterable<string> {
	const schema = typeof field.schema === 'object' ? field.schema : {};
	const {
		minLength = 0,
		maxLength = Infinity,
		pattern,
		format,
	} = schema as { minLength?: number; maxLength?: number; pattern?: string; format?: string };
	const fitted = (text: string) => text.padEnd(Number(minLength), '0').slice(0, Number(maxLength));
	const numbered = (text: string) => (variant === 0 ? text : `${text}${variant + 1}`);
	if (variant === 0 && !field.secret)
		for (const given of [field.example, field.default]) if (typeof given === 'string' && given !== '') yield given;
	if (format !== undefined && FORMATS[format] !== undefined)
		yield variant === 0 ? FORMATS[format] : numbered(FORMATS[format]).replace(/^(.*@|\w+:\/\/)(.*?)(\d+)$/, '$1v$3.$2');
	const natural = naturalText(field);
	yield fitted(numbered(natural));
	yield fitted(numbered(`example-${words(field.name).join('-') || 'value'}`));
	yield fitted(numbered('example'));
	// A vendor's example of a secret looks real, so it comes last.
	if (typeof field.example === 'string' && field.example !== '') yield field.example;
	if (pattern !== undefined) yield* matching(pattern, Number(minLength), Number(maxLength), variant);
	yield fitted(numbered('1'));
}

function naturalText(field: StringField): string {
	const name = words(field.name || field.label).join(' ');
	if (!field.secret) for (const [fits, text] of BY_NAME) if (fits.test(name)) return text;
	return `example-${name.replace(/ /g, '-') || 'value'}`;
}

function* matching(pattern: string, minLength: number, maxLength: number, variant: number): Iterable<string> {
	// A pattern that requires thousands of characters, or cannot be matched safely, gives no useful example.
	if (longestText(pattern) === 0 || /\{\d*,?\d{4,}/.test(pattern)) return;
	let texts: string[];
	try {
		texts = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { seed: SEED + variant, numRuns: 200 });
	} catch {
		// The pattern uses syntax that fast-check or JavaScript does not support.
		return;
	}
	const plain = (text: string) => /^[\w.:/@-]+$/.test(text);
	const readable = texts
		.filter((text) => /^[\x20-\x7e]*$/.test(text) && text.trim() !== '')
		.sort((a, b) => Number(plain(b)) - Number(plain(a)) || a.length - b.length);
	for (const text of [...readable, ...texts]) if (text.length >= minLength && text.length <= maxLength) yield text;
	// The pattern leaves the length open, but the schema limits it.
	for (const text of readable) if (text.length < minLength) yield text.repeat(Math.ceil(minLength / text.length)).slice(0, minLength);
}
