import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { call, ROOT } from '../call';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diff-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

type Changes = { breaks: boolean; changes: Array<{ operation: string; place?: string; change: string; breaks: boolean }> };

function document(properties: object, required: string[] = [], paths: object = {}): string {
	const body = { required: true, content: { 'application/json': { schema: { type: 'object', properties, required } } } };
	const file = path.join(folder, `${fs.readdirSync(folder).length}.json`);
	fs.writeFileSync(
		file,
		JSON.stringify({
			openapi: '3.1.0',
			info: { title: 'Acme', version: '1' },
			paths: {
				'/keys': {
					post: {
						'x-n8n-operation': { resource: 'key', operation: 'create' },
						requestBody: body,
						responses: { 200: { description: 'ok' } },
					},
				},
				...paths,
			},
		}),
	);
	return file;
}

async function changed(theirs: string, ours: string): Promise<{ code: number | null } & Changes> {
	const { code, out } = await call(['diff', theirs, ours]);
	return { code, ...(JSON.parse(out) as Changes) };
}

const text = { type: 'string' };

test.each<
	[
		what: string,
		before: [object, string[]?],
		now: [object, string[]?],
		changes: Array<[place: string | undefined, change: string, breaks: boolean]>,
	]
>([
	['nothing', [{ a: text }], [{ a: text }], []],
	['a new field', [{ a: text }], [{ a: text, b: text }], [['body.b', 'is new', false]]],
	['a new required field', [{ a: text }], [{ a: text, b: text }, ['b']], [['body.b', 'is new and required', true]]],
	['a field that is gone', [{ a: text, b: text }], [{ a: text }], [['body.b', 'is not there any more', true]]],
	['a field that became required', [{ a: text }], [{ a: text }, ['a']], [['body.a', 'is required now', true]]],
	['a field that is left to the caller', [{ a: text }, ['a']], [{ a: text }], [['body.a', 'is not required any more', false]]],
	[
		'a divisor that does not divide the old one',
		[{ a: { type: 'integer', multipleOf: 4 }, b: { type: 'integer', multipleOf: 4 } }],
		[{ a: { type: 'integer', multipleOf: 3 }, b: { type: 'integer', multipleOf: 2 } }],
		[
			['body.a', 'has multipleOf 3, and had 4', true],
			['body.b', 'has multipleOf 2, and had 4', false],
		],
	],
	[
		'elements that have to differ',
		[{ a: { type: 'array', items: text } }],
		[{ a: { type: 'array', items: text, uniqueItems: true } }],
		[['body.a', 'has uniqueItems true, and had none', true]],
	],
	['another type', [{ a: text }], [{ a: { type: 'integer' } }], [['body.a', 'is a number now, and was a string', true]]],
	[
		'choices',
		[{ a: { enum: ['x', 'y'] } }],
		[{ a: { enum: ['y', 'z'] } }],
		[
			['body.a', 'does not take "x" any more', true],
			['body.a', 'takes "z" as well', false],
		],
	],
	[
		'a choice that any text may be now',
		[{ a: { type: 'string', enum: ['x'] } }, ['a']],
		[{ a: text }, ['a']],
		[['body.a', 'is a string now, and was an enum', false]],
	],
	[
		'a tighter limit',
		[{ a: { type: 'string', maxLength: 9 } }],
		[{ a: { type: 'string', maxLength: 5 } }],
		[['body.a', 'has maxLength 5, and had 9', true]],
	],
	[
		'a wider limit',
		[{ a: { type: 'string', minLength: 9 } }],
		[{ a: { type: 'string', minLength: 5 } }],
		[['body.a', 'has minLength 5, and had 9', false]],
	],
	[
		'names that are told where any were taken',
		[{ a: { type: 'object', additionalProperties: true } }],
		[{ a: { type: 'object', properties: { b: text } } }],
		[['body.a', 'is an object now, and was a record', false]],
	],
	[
		'names beside which no other is taken any more',
		[{ a: { type: 'object', additionalProperties: true } }],
		[{ a: { type: 'object', properties: { b: text }, additionalProperties: false } }],
		[['body.a', 'is an object now, and was a record', true]],
	],
	[
		'a limit of what may stand beside known texts',
		[
			{
				a: {
					anyOf: [
						{ type: 'string', enum: ['x'] },
						{ type: 'string', maxLength: 9 },
					],
				},
			},
		],
		[{ a: { type: 'string', maxLength: 5 } }],
		[['body.a', 'has maxLength 5, and had 9', true]],
	],
	[
		'a union whose branches have other names',
		[
			{
				a: {
					oneOf: [
						{ title: 'One', ...text },
						{ title: 'Two', type: 'object', additionalProperties: text },
					],
				},
			},
		],
		[
			{
				a: {
					oneOf: [
						{ title: 'Three', type: 'object', additionalProperties: text },
						{ title: 'Four', ...text },
					],
				},
			},
		],
		[],
	],
	[
		'a branch that is gone',
		[
			{
				a: {
					oneOf: [
						{ title: 'One', ...text },
						{ title: 'Two', type: 'boolean' },
					],
				},
			},
		],
		[
			{
				a: {
					oneOf: [
						{ title: 'One', ...text },
						{ title: 'Three', type: 'integer' },
					],
				},
			},
		],
		[
			['body.a.(Two)', 'is not there any more', true],
			['body.a.(Three)', 'is new', false],
		],
	],
	[
		'null that is not taken any more',
		[{ a: { type: ['string', 'null'] } }],
		[{ a: text }],
		[['body.a', 'must not be null any more', true]],
	],
	[
		'a group, said once',
		[{ a: text }],
		[{ a: text, b: { type: 'object', properties: { c: text, d: text } } }],
		[['body.b', 'is new', false]],
	],
])('vendor diff tells %s', async (_what, before, now, changes) => {
	const { code, breaks, changes: told } = await changed(document(...now), document(...before));
	expect(told).toEqual(changes.map(([place, change, breaking]) => ({ operation: 'POST /keys', place, change, breaks: breaking })));
	expect(breaks).toBe(changes.some(([, , breaking]) => breaking));
	expect(code).toBe(breaks ? 1 : 0);
});

test('vendor diff tells operations that came and went', async () => {
	const get = { get: { responses: { 200: { description: 'ok' } } } };
	const marked = { get: { ...get.get, 'x-n8n-operation': { resource: 'key', operation: 'getAll' } } };
	const { changes } = await changed(document({}, [], { '/new': get }), document({}, [], { '/gone': get, '/used': marked }));
	expect(changes).toEqual([
		{ operation: 'GET /gone', change: 'is not in their document any more', breaks: false },
		{ operation: 'GET /used', change: 'is not in their document any more', breaks: true },
		{ operation: 'GET /new', change: 'is new in their document', breaks: false },
	]);
});

test('vendor diff does not ask for what the n8n credential sends', async () => {
	const parameter = { name: 'X-Version', in: 'header', required: true, schema: text };
	const withHeader = (more: object) =>
		document({}, [], { '/keys': { post: { parameters: [{ ...parameter, ...more }], responses: { 200: { description: 'ok' } } } } });
	expect(await changed(withHeader({}), withHeader({ 'x-n8n-credential': true }))).toEqual({ code: 0, breaks: false, changes: [] });
	const [change] = (await changed(withHeader({}), withHeader({ name: 'X-Other', 'x-n8n-credential': true }))).changes;
	expect(change).toEqual({ operation: 'POST /keys', place: 'header.x-version', change: 'is new and required', breaks: true });
});

test('a page about one operation says nothing of the others', async () => {
	const used = { get: { 'x-n8n-operation': { resource: 'key', operation: 'getAll' }, responses: { 200: { description: 'ok' } } } };
	expect(await changed(document({ a: text }), document({ a: text }, [], { '/used': used }))).toEqual({
		code: 0,
		breaks: false,
		changes: [],
	});
});

test('our documents are the same as themselves', async () => {
	for (const file of ['nodes/Nylas/nylas.openapi.yaml', 'nodes/Arklow/arklow.openapi.yaml']) {
		expect(await changed(path.join(ROOT, file), path.join(ROOT, file))).toEqual({ code: 0, breaks: false, changes: [] });
	}
});

test('vendor diff needs two documents', async () => {
	expect(await call(['diff', 'one.yaml'])).toEqual({
		code: 2,
		out: '',
		err: 'Name two documents: vendor diff <their new document> <our document>.\n',
	});
});
