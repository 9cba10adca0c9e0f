import fc from 'fast-check';

import { longestText } from '../../../engine/model/patterns';
import { matchable } from '../../../engine/run/validate/matchable';
import { Checker } from '../../../engine/run/validate/check';
import { parseExactly } from '../../../engine/run/request/json';
import { textOf } from '../../../engine/run/problems/sentences';
import type { Field, JsonSchema } from '../../../engine/model';
import { growth, LINEAR } from '../../support/growth';
import { share } from '../../support/share';

const checked = (schema: JsonSchema, value: unknown) => {
	const checker = new Checker();
	checker.check(
		{ kind: 'json', name: 'a', label: 'A', required: true, nullable: true, secret: false, schema, key: 'a' } as Field,
		value,
		'/body/a',
	);
	return checker.problems.map((one) => textOf(one));
};
/** Milliseconds of the processor: others work on the machine, too. */
const timed = (work: () => void) => {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
};

describe('How long a text may be for a pattern', () => {
	it.each([
		'^(\\w+\\s?)*$',
		'^(a+)+$',
		'^(a|a)*$',
		'(a*)*',
		'^(([a-z])+.)+[A-Z]([a-z])+$',
		'(a?){30}a{30}',
		'(a|a)'.repeat(20),
		'^(\\w+)\\1$',
		'(?<=a+b*)c',
		'^(x+x+)+y$',
		'^([a-z]{1,30}){1,30}!$',
		'^([^\\p{L}]|[^\\p{L}])*$',
		'^([^\\P{N}a]+)+$',
	])('%s: none is short enough', (pattern) => {
		expect(longestText(pattern)).toBe(0);
	});

	it('is not looked for in patterns that are longer than anybody writes', () => {
		for (const pattern of ['a'.repeat(3000), '[a-z]'.repeat(300), '(?:a?b?c?)'.repeat(60)]) expect(longestText(pattern)).toBe(0);
	});

	it.each([
		'^[a-z]+$',
		'^sk_(live|test)_[A-Za-z0-9]{24,}$',
		'^\\d{4}-\\d{2}-\\d{2}$',
		'^(?:[a-z0-9]+)(?:-[a-z0-9]+)*$',
		'^arn:aws:iam::\\d{12}:role/[\\w+=,.@/-]+$',
		'',
		'^https://',
		'^\\S+$',
		'^[\\u{1F600}-\\u{1F64F}\\uD83D\\uDE00]+$',
		'^[a-z0-9]([a-z0-9-]*[a-z0-9])?$',
	])('%s: a million characters', (pattern) => {
		expect(longestText(pattern)).toBeGreaterThanOrEqual(1_000_000);
	});

	it.each([
		'^[^@]+@[^@]+\\.[^@]+$',
		'^(?=.*[A-Z])(?=.*\\d).{8,}$',
		'[A-Z]+',
		'\\s+$',
		'^\\d{4}\\d{2}\\d{2}$',
		'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
	])('%s: as long as people write', (pattern) => {
		expect(longestText(pattern)).toBeGreaterThan(100);
		expect(longestText(pattern)).toBeLessThan(10_000);
	});

	it('is never so long that a match takes long: patterns of all kinds, and the texts that are worst for them', () => {
		const atom = fc.constantFrom('a', 'b', '[ab]', '[a-c]', '[^a]', '.', '\\w', '\\d', '\\s', '(?:)', 'ab', '\\b', '\\p{L}', '[^\\p{L}]');
		const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
			pattern: fc.oneof(
				{ maxDepth: 4 },
				atom,
				fc
					.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '+?'))
					.map(([inner, times]) => `(?:${inner})${times}`),
				fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('')),
				fc.tuple(tie('pattern'), tie('pattern')).map((parts) => `(${parts.join('|')})`),
				tie('pattern').map((inner) => `(?=${inner})`),
			),
		}));
		let harmless = 0;
		fc.assert(
			fc.property(pattern, fc.boolean(), fc.boolean(), fc.constantFrom('a', 'b', 'ab', 'aab', '1a', ' a'), (inner, start, end, pump) => {
				const text = `${start ? '^' : ''}(?:${inner})${end ? '$' : ''}`;
				const most = Math.min(longestText(text), 100_000);
				if (most === 0) return;
				harmless++;
				const expression = new RegExp(text, 'u');
				const longest = `${pump.repeat(most)}`.slice(0, most - 1);
				for (const last of ['!', 'a', ' ']) expect(timed(() => expression.test(longest + last))).toBeLessThan(2000);
			}),
			{ numRuns: share(1000, 250), seed: 12 },
		);
		expect(harmless).toBeGreaterThan(share(300, 75));
	});
});

describe('A value that a schema cannot be matched on at once', () => {
	const letters = `${'a'.repeat(34)}!`;

	it.each<[string, JsonSchema, unknown]>([
		['a pattern without end', { type: 'string', pattern: '^(\\w+\\s?)*$' }, letters],
		[
			'one for names',
			{ type: 'object', patternProperties: { '^(a+)+$': { type: 'string' } }, additionalProperties: false },
			{ [letters]: 1 },
		],
		[
			'one deep within',
			{ type: 'object', properties: { pattern: { items: { allOf: [{ pattern: '^(a+)+$' }] } } } },
			{ pattern: [letters] },
		],
		['one that is turned round', { not: { pattern: '^(a+)+!?$' } }, letters],
		['one in a choice', { oneOf: [{ pattern: '^(a+)+$' }, { type: 'string' }] }, letters],
		['a condition', { if: { pattern: '^(a+)+$' }, then: { minLength: 99 }, else: { minLength: 99 } }, letters],
		['one where a reference leads', { not: { $ref: '#/$defs/A' }, $defs: { A: { pattern: '^(a+)+!?$' } } }, letters],
		['one for short texts only', { type: 'string', pattern: '^[^@]+@[^@]+\\.[^@]+$' }, `${'.'.repeat(1_000_000)}`],
	])('is left to the vendor: %s', (_what, schema, value) => {
		expect(timed(() => expect(checked(schema, value)).toEqual([]))).toBeLessThan(2000);
	});

	it('is checked by the rest of it', () => {
		expect(checked({ type: 'string', pattern: '^(a+)+$', maxLength: 5 }, letters)).toEqual([expect.stringContaining('5')]);
		expect(checked({ type: 'string', pattern: '^[^@]+@[^@]+\\.[^@]+$' }, 'a.b.c')).toHaveLength(1);
		expect(checked({ type: 'string', pattern: '^[a-z]+$' }, 'a'.repeat(1_000_000))).toEqual([]);
		expect(checked({ type: 'string', pattern: '^[a-z]+$' }, `${'a'.repeat(1_000_000)}!`)).toHaveLength(1);
		// A property that is called so is no keyword.
		const schema = { type: 'object', properties: { pattern: { type: 'string' } } } as const;
		expect(matchable(schema, { pattern: 'x' })).toBe(schema);
	});

	it('has long lists compared in one go', () => {
		const itemsOf = (count: number) => Array.from({ length: count }, (_one, index) => ({ b: index, a: 1 }));
		const inOneGo = (schema: JsonSchema, value: (count: number) => unknown, problems: number) =>
			growth(20_000, (count) => {
				const made = value(count);
				return () => expect(checked(schema, made)).toHaveLength(problems);
			});
		expect(inOneGo({ type: 'array', uniqueItems: true }, itemsOf, 0)).toBeLessThan(LINEAR);
		expect(inOneGo({ type: 'array', uniqueItems: true }, (count) => [...itemsOf(count), { a: 1, b: 7 }], 1)).toBeLessThan(LINEAR);
		expect(inOneGo({ properties: { list: { uniqueItems: true } } }, (count) => ({ list: itemsOf(count) }), 0)).toBeLessThan(LINEAR);
	});

	it('is named where it is nested without end', () => {
		let deep: unknown = 'x';
		for (let level = 0; level < 100_000; level++) deep = [deep];
		expect(checked({}, deep)).toEqual(['is nested too deeply to be checked']);
		expect(checked({ type: 'string' }, deep)).toEqual(['is nested too deeply to be checked']);
	});
});

describe('JSON without losing digits', () => {
	it('is read in one go, whatever is cut off or nested', () => {
		const texts = [
			`{"a":[${'"\\"'.repeat(30_000)}1234567890123456789`,
			`"${'\\"'.repeat(500_000)}`,
			`[${'"a'.repeat(300_000)}12345678901234567`,
			`${'9'.repeat(1_000_000)}`,
			`-${'9'.repeat(500_000)}x`,
			'['.repeat(500_000),
			`{"a":${'[1234567890123456789,'.repeat(40_000)}`,
			`["${'x'.repeat(1_000_000)}", 1234567890123456789]`,
		];
		for (const text of texts) expect(timed(() => parseExactly(text))).toBeLessThan(1000);
	});

	it('means the same as JSON does, with inexact numbers as texts', () => {
		fc.assert(
			fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }), (value, big) => {
				const text = `[${JSON.stringify(value)}, ${big}, "${big}", -${big}, ${big}.5, {"\\"${big}\\\\": 1e3}]`;
				const [first, ...rest] = parseExactly(text) as unknown[];
				const small = JSON.stringify(value).match(/\d{16}/) === null;
				if (small) expect(first).toEqual(JSON.parse(JSON.stringify(value)));
				expect(rest).toEqual([String(big), String(big), `-${big}`, Number(`${big}.5`), { [`"${big}\\`]: 1000 }]);
			}),
			{ seed: 12 },
		);
	});
});
