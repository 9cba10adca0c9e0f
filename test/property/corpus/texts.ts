import { fullFormats } from 'ajv-formats/dist/formats';
import fc from 'fast-check';
import type { Random } from './random';

/** Texts that have caused trouble: expressions, quotes, line breaks, names that have a meaning elsewhere. */
const AWKWARD = [
	...[
		'=1+1',
		'={{ $json.x }}',
		'=',
		'==',
		'{{ $json.x }}',
		'{{',
		'}}',
		'={{ "',
		"it's",
		'say "hi"',
		'back\\slash',
		'\\n',
		'line\nbreak',
		'win\r\nline',
	],
	...[
		' leading',
		'trailing ',
		'tab\there',
		' ',
		'ünï çödé',
		'日本語',
		'😀 emoji',
		'e\u0301',
		'\u202Ertl',
		'a\u2028b',
		'[1,2]',
		'{"a":1}',
		'null',
		'true',
		'false',
		'0',
		'-1',
		'1e3',
	],
	...[
		'undefined',
		'NaN',
		'__proto__',
		'__other',
		'[object Object]',
		'$',
		'$&',
		'${x}',
		'<b>x</b>',
		'&amp;',
		'a&b=c',
		'a=b',
		'%20',
		'%',
		'../x',
		'a/b',
		'?q#f',
		'a,b',
		';',
		'|',
		'`',
	],
	...['2026-01-31T09:30:00', '12:30', '"quoted"', "'", '//', '#', 'value', 'items', 'json', 'fields'],
];
const PLAIN = [
	'alpha',
	'Acme production',
	'x',
	'some-value',
	'a.b_c',
	'Nathan',
	'abc123',
	'https://example.com',
	'gpt-5',
	'eu-west-1',
	'u1@example.com',
];

/** The rules of a text's place. */
export interface TextPlace {
	/** Share of awkward texts. */
	awkward: number;
	/** An empty text is a valid value here. */
	empty: boolean;
	/** The text is sent in a header or path, so it has no line breaks, and nothing that a reader would trim. */
	line: 'header' | 'path' | undefined;
}

/** A random text within length limits, counted in code points as in JSON Schema. */
export function textOf(random: Random, place: TextPlace, min: number, max: number): string {
	if (min === 0 && place.empty && random.chance(place.awkward / 4)) return '';
	for (let attempt = 0; attempt < 20; attempt++) {
		const text = fitted(
			random,
			random.chance(place.awkward) ? random.pick(AWKWARD) : `${random.pick(PLAIN)}${random.chance(0.5) ? random.int(0, 999) : ''}`,
			min,
			max,
		);
		if (text !== '' && fits(text, place.line)) return text;
	}
	return fitted(random, 'a', min, max) || 'a';
}

/** Whether a text is possible in its place. */
export function fits(text: string, line: TextPlace['line']): boolean {
	if (/\p{Cs}/u.test(text)) return false;
	if (line === 'path') return text !== '' && text !== '.' && text !== '..';
	return line !== 'header' || (/^[\x20-\x7e\xa0-\xff]*$/.test(text) && text.trim() === text && !text.includes(','));
}

function fitted(random: Random, text: string, min: number, max: number): string {
	let points = [...text];
	while (points.length < min) points = [...points, ...`x${random.int(0, 9)}`].slice(0, Math.max(min, points.length + 2));
	return points.slice(0, Math.min(max, Math.max(points.length, min))).join('');
}

/** A random text of a format, or undefined if any text will do. */
export function formatted(random: Random, format: string): string | undefined {
	const hex = (length: number) => Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
	const two = (from: number, to: number) => String(random.int(from, to)).padStart(2, '0');
	const date = () => `${random.int(1971, 2037)}-${two(1, 12)}-${two(1, 28)}`;
	const time = () => `${two(0, 23)}:${two(0, 59)}:${two(0, 59)}`;
	switch (format.toLowerCase()) {
		case 'url':
			return `https://example.com/${random.int(0, 999)}?b=c&d=%20e#f`;
		case 'uri':
		case 'iri':
			return random.pick([
				`https://example.com/${random.int(0, 999)}`,
				'http://localhost:8080/a?b=c&d=%20e#f',
				'https://user:p%40ss@host.example.com/x',
				'postgres://db.example.com:5432/name',
			]);
		case 'uri-reference':
		case 'iri-reference':
			return random.pick(['/a/b?c=d', 'https://example.com/', 'relative']);
		case 'uri-template':
			return 'https://example.com/{id}';
		case 'uuid':
		case 'guid': {
			const uuid = `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
			return random.chance(0.2) ? uuid.toUpperCase() : uuid;
		}
		case 'email':
		case 'idn-email':
			return random.pick(['nathan@example.com', 'a.b+c@mail.example.org', `user${random.int(0, 99)}@example.com`]);
		case 'date-time':
			return `${date()}T${time()}${random.pick(['', '.5', '.123456'])}${random.pick(['Z', '+02:00', '-05:30', '+00:00'])}`;
		case 'date':
			return date();
		case 'time':
			return `${time()}${random.pick(['Z', '+02:00'])}`;
		case 'duration':
			return random.pick(['P3D', 'PT1H30M', 'P1Y2M']);
		case 'hostname':
		case 'idn-hostname':
			return random.pick(['api.example.com', 'localhost']);
		case 'ipv4':
			return `192.0.2.${random.int(1, 254)}`;
		case 'ipv6':
			return random.pick(['2001:db8::1', '::1']);
		case 'byte':
			return Buffer.from(`bytes ${random.int(0, 9999)}`).toString('base64');
		case 'regex':
			return '^a+$';
		case 'json-pointer':
			return '/a/b~1c';
		case 'relative-json-pointer':
			return '0/a';
		default:
			return undefined;
	}
}

/** Whether a text is valid for a format; any text is, for a format that the validator does not know. */
export function isOf(format: string, text: string): boolean {
	const known = (fullFormats as { [name: string]: unknown })[format];
	if (known instanceof RegExp) return known.test(text);
	if (typeof known === 'function') return known(text) as boolean;
	const { validate, type } = (typeof known === 'object' && known !== null ? known : {}) as { validate?: unknown; type?: string };
	if (type === 'number') return true;
	if (validate instanceof RegExp) return validate.test(text);
	return typeof validate === 'function' ? (validate(text) as boolean) : true;
}

const pools = new Map<string, string[]>();

/** Some texts that match a pattern; none if the generator cannot handle it. */
export function matching(pattern: string): string[] {
	let pool = pools.get(pattern);
	if (!pool) {
		pool = generated(pattern);
		pools.set(pattern, pool);
	}
	return pool;
}

/** Generates texts for a pattern, or else for the pattern without look-arounds, and keeps those that match all of it. */
function generated(pattern: string): string[] {
	const wanted = new RegExp(pattern, 'u');
	for (const source of [pattern, pattern.replace(/\(\?<?[=!](?:[^()]|\([^()]*\))*\)/g, '')]) {
		try {
			const all = fc.sample(fc.stringMatching(new RegExp(source, 'u'), { size: 'small' }), { seed: 1, numRuns: 200 });
			const usable = [...new Set(all)].filter((text) => !/\p{Cs}/u.test(text) && wanted.test(text));
			if (usable.length > 0) return usable;
		} catch {
			// Try the next source, if any.
		}
	}
	return [];
}
