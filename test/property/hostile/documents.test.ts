import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import fc from 'fast-check';

import { describe as describeDocument } from '../../../engine/compile/describe';
import { hostileDocuments } from './documents';
import { share } from '../../support/share';
import { wrongWith } from './files';
import { tryDocument, type Tried } from './try';

/** How many documents are tried here; `npm run hostile` tries more. */
const COUNT = share(12, 3);

it(`of ${COUNT} hostile documents come files that say nothing of their own`, async () => {
	const canary = path.join(os.tmpdir(), `canary-${process.pid}`);
	const all: Tried[] = [];
	for (const document of fc.sample(hostileDocuments(canary), { seed: 7, numRuns: COUNT }))
		all.push(await tryDocument(document, `Hostile ${all.length}`));
	expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
	expect(all.filter(({ files }) => files).length).toBeGreaterThan(COUNT / 4);
	for (const { longest } of all) expect(longest).toBeLessThan(10_000);
	expect(fs.existsSync(canary)).toBe(false);
}, 120_000);

/** Median processor time of all rounds, in milliseconds. */
function costOf(work: () => void, rounds = 3): number {
	const taken = numbers(rounds).map(() => {
		const before = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	});
	return taken.sort((a, b) => a - b)[rounds >> 1];
}

const numbers = (count: number) => Array.from({ length: count }, (_one, index) => index);
const named = (count: number, name: (index: number) => string, schema: (index: number) => object) =>
	Object.fromEntries(numbers(count).map((index) => [name(index), schema(index)]));
const text = () => ({ type: 'string' });
const field = (index: number) => `field_${index}`;
const document = (schema: object, more: object = {}, parameters: object[] = []) =>
	JSON.stringify({
		openapi: '3.1.0',
		info: { title: 'Acme', version: '1' },
		servers: [{ url: 'https://api.acme.test' }],
		paths: {
			'/credentials': {
				post: {
					parameters,
					requestBody: { required: true, content: { 'application/json': { schema } } },
					responses: { 200: { description: 'ok' } },
				},
			},
		},
		...more,
	});
const yaml = (top: string, properties: string) =>
	`openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\nservers: [{url: 'https://api.acme.test'}]\n${top}paths:\n  /c:\n    ` +
	`post:\n      requestBody:\n        content:\n          application/json:\n            schema:\n              type: ` +
	`object\n              properties:\n${properties}      responses: {'200': {description: ok}}\n`;
const branch = (index: number) => ({ type: 'object', properties: { [field(index)]: text() }, required: [field(index)] });

const LARGE: { [kind: string]: (count: number) => string } = {
	'optional fields': (count) => document({ type: 'object', properties: named(count, field, text) }),
	'required fields': (count) => document({ type: 'object', properties: named(count, field, text), required: numbers(count).map(field) }),
	'fields whose names are the same but for signs': (count) =>
		document({ type: 'object', properties: named(count, (index) => `${'_'.repeat(index % 50)}a${'-'.repeat(index / 50)}`, text) }),
	'header parameters': (count) =>
		document(
			{ type: 'object' },
			{},
			numbers(count).map((index) => ({ name: `X-Header-${index}`, in: 'header', required: true, schema: text() })),
		),
	'security schemes': (count) => {
		const securitySchemes = named(count, field, (index) => ({ type: 'apiKey', in: 'header', name: `X-Key-${index}` }));
		return document({ type: 'object' }, { components: { securitySchemes }, security: [named(count, field, () => [])] });
	},
	'branches of oneOf': (count) => document({ oneOf: numbers(count).map(branch) }),
	'schemas that build on one': (count) =>
		document(
			{ $ref: '#/components/schemas/Base' },
			{
				components: {
					schemas: {
						Base: { type: 'object', properties: { type: text() }, discriminator: { propertyName: 'type' } },
						...named(
							count,
							(index) => `S${index}`,
							(index) => ({ allOf: [{ $ref: '#/components/schemas/Base' }, branch(index)] }),
						),
					},
				},
			},
		),
	'keys in YAML': (count) =>
		yaml(
			'',
			numbers(count)
				.map((index) => `                ${field(index)}:\n                  type: string\n`)
				.join(''),
		),
};

describe('A large document takes as long as it is large', () => {
	it.each(Object.keys(LARGE))(
		'%s',
		(kind) => {
			// Above the numbers of branches and groups at which JSON replaces the form.
			const sizes = [share(2_500, 1_250), share(10_000, 5_000)];
			const [few, many] = sizes.map((count) => LARGE[kind](count));
			const cost = (given: string) => costOf(() => void describeDocument(given, 'acme.yaml'), share(3, 1));
			cost(few);
			const ratio = cost(many) / cost(few);
			process.stderr.write(`Documents: ${sizes[1]} ${kind} take ${ratio.toFixed(1)} times as long as ${sizes[0]}\n`);
			expect(ratio).toBeLessThan(12);
		},
		120_000,
	);

	it('and the branches that a form still shows', () => {
		const [few, many, most] = [share(250, 125), share(1_000, 500), 1_000].map((count) => LARGE['branches of oneOf'](count));
		const cost = (given: string) => costOf(() => void describeDocument(given, 'acme.json'));
		cost(few);
		expect(cost(many) / cost(few)).toBeLessThan(12);
		expect(describeDocument(most, 'acme.json').operation.inputs[0].field.kind).toBe('union');
	}, 120_000);

	it.each([
		['branches of oneOf', LARGE['branches of oneOf']],
		['schemas that build on one', LARGE['schemas that build on one']],
	])('more than 1,000 %s are JSON', (_kind, make) =>
		expect(describeDocument(make(1_001), 'acme.json').operation.inputs[0].field.kind).toBe('json'),
	);

	it.each([
		[
			'members of allOf',
			document({ allOf: numbers(1_001).map(branch) }),
			'allOf: these are 1001 schemas in one, and 1000 at most are put together. Write what they say into fewer',
		],
		[
			'aliases',
			yaml(
				`x-s:\n${numbers(5_001)
					.map((index) => `  k${index}: &a${index} {type: string}\n`)
					.join('')}`,
				numbers(5_001)
					.map((index) => `                ${field(index)}: *a${index}\n`)
					.join(''),
			),
			'acme.yaml: there are 5001 aliases, and 5000 at most are read. Write "$ref" in place of aliases such as "*name", or ' +
				'save the document as JSON',
		],
		[
			'aliases of one anchor',
			yaml(
				'x-s: &s {type: string}\n',
				numbers(1_001)
					.map((index) => `                ${field(index)}: *s\n`)
					.join(''),
			),
			'acme.yaml: one anchor stands for more than 1000 values. Write "$ref" in place of aliases such as "*name", or save the document as JSON',
		],
	])('too many %s are refused, with the way out', (_kind, given, message) =>
		expect(() => describeDocument(given, 'acme.yaml')).toThrow(message),
	);
});

it.each([
	['a.ts', "const a = 'x';\nrequire('fs');", "expect('x').toBe('x');"],
	['a.ts', "const a = 'x", 'const a = 5;'],
	['a.json', '{"a":}', '{"a":1}'],
	['a.yaml', 'a: b: c', 'a: "b: c"'],
	['a.yaml', 'a: !!js/function b', 'a: b'],
	['a.svg', '<svg><script/></svg>', '<svg><path d="M0 0"/></svg>'],
	['a.svg', '<svg><g></svg></g>', '<svg><g></g></svg>'],
	['a.md', '<b>', '\\<b\\>'],
	['a.md', '[a](javascript:x)', '[a](https://x.test)'],
	['a.md', '| a | b | c |', '| a | b \\| c |'],
])('%s: %j is told from %j', (file, wrong, right) => {
	expect(wrongWith(file, wrong)).toEqual(expect.any(String));
	expect(wrongWith(file, right)).toBeUndefined();
});
