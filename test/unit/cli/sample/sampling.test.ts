import * as fs from 'node:fs';
import * as path from 'node:path';

import fc from 'fast-check';

import { describe as describeDocument } from '../../../../engine/compile/describe';
import { Document } from '../../../../engine/compile/document/document';
import { findOperations } from '../../../../engine/compile/document/find';
import { chooseOperations } from '../../../../cli/scaffold/choose';
import { rehearse } from '../../../../cli/scaffold/rehearse';
import { resultOf } from '../../../../cli/scaffold/result';
import { corpus, fixture, ROOT } from '../call';

/** A document with one operation, its body described by a schema. */
function documentOf(schema: object, more: { path?: string; responses?: object } = {}): string {
	const post = { requestBody: { required: true, content: { 'application/json': { schema } } }, responses: more.responses ?? {} };
	return JSON.stringify({ openapi: '3.1.0', info: { title: 'Acme' }, paths: { [more.path ?? '/credentials']: { post } } });
}

describe('A request that was made up', () => {
	const files = [
		...corpus(),
		fixture('keys.json'),
		...fs.readdirSync(path.join(ROOT, 'test/support/fixtures')).map((file) => path.join(ROOT, 'test/support/fixtures', file)),
	];

	it.each(files)('is one that the engine sends: %s', (file) => {
		const text = fs.readFileSync(file, 'utf8');
		const [{ method, path: where }] = findOperations(Document.read(text, 'document'));
		expect(rehearse(describeDocument(text, 'document', `${method} ${where}`))).toMatchObject({
			parameters: { resource: 'credential' },
			sent: { path: expect.stringMatching(/^\//) },
		});
	});

	it.each<[object, unknown]>([
		[{ type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' }, expect.stringMatching(/^[A-Z]{3}-\d{4}$/)],
		[{ type: 'string', pattern: '^\\w+$', minLength: 30, maxLength: 32 }, expect.stringMatching(/^\w{30,32}$/)],
		[{ type: 'string', format: 'email' }, 'someone@example.com'],
		[{ type: 'string', example: 'as the vendor says', maxLength: 40 }, 'as the vendor says'],
		[{ type: 'integer', exclusiveMinimum: 10, multipleOf: 4 }, 12],
		[{ type: 'number', minimum: 5, maximum: 5.5 }, 5],
		[{ type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 2, uniqueItems: true }, ['a', 'b']],
		[{ type: 'array', items: { type: 'string' }, minItems: 2, uniqueItems: true }, ['example-value', 'example-value2']],
		[
			{ type: 'object', additionalProperties: { type: 'string' }, propertyNames: { pattern: '^x-' }, minProperties: 1 },
			expect.objectContaining({}) as object,
		],
		[
			{
				oneOf: [
					{ title: 'A', type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: 9, maxLength: 3 } } },
					{ title: 'B', type: 'object', required: ['b'], properties: { b: { const: 1 } } },
				],
			},
			{ b: 1 },
		],
	])('honours %j', (schema, expected) => {
		const rehearsed = rehearse(
			describeDocument(documentOf({ type: 'object', required: ['value'], properties: { value: schema } }), 'document'),
		);
		expect(rehearsed).toMatchObject({ sent: { body: { json: { value: expected } } } });
	});

	it('has optional fields where a rule asks for some', () => {
		const text = documentOf({
			type: 'object',
			properties: { a: { type: 'integer' }, b: { type: 'boolean' } },
			required: [],
			minProperties: 2,
		});
		expect(rehearse(describeDocument(text, 'document'))).toMatchObject({ sent: { body: { json: { a: 1, b: true } } } });
	});

	it('says so where nothing is allowed', () => {
		const text = documentOf({ type: 'object', required: ['a'], properties: { a: { type: 'string', pattern: '^a$', minLength: 5 } } });
		expect(rehearse(describeDocument(text, 'document'))).toBe('no example was found for the body');
	});

	it('fits any pattern that can be drawn from', () => {
		const pattern = fc
			.array(fc.constantFrom('[a-z]', '\\d', 'x', '[A-F0-9]'), { minLength: 1, maxLength: 6 })
			.map((parts) => `^${parts.join('')}{2,4}$`);
		fc.assert(
			fc.property(pattern, (drawn) => {
				const text = documentOf({ type: 'object', required: ['a'], properties: { a: { type: 'string', pattern: drawn } } });
				expect(rehearse(describeDocument(text, 'document'))).toMatchObject({
					sent: { body: { json: { a: expect.stringMatching(new RegExp(drawn)) } } },
				});
			}),
			{ numRuns: 30 },
		);
	});
});

describe('Where an answer holds the record', () => {
	const text = { type: 'string' };
	const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });

	it.each<[string, object, object | undefined]>([
		['in the answer itself', object({ id: text, name: text }), { record: '', id: '/id' }],
		['in its envelope', object({ request_id: text, data: object({ uuid: text }) }), { record: '/data', id: '/uuid' }],
		['in an envelope named after it', object({ api_key: object({ keyId: text }), meta: object({}) }), { record: '/api_key', id: '/keyId' }],
		['in two envelopes', object({ result: object({ data: object({ id: { type: 'integer' } }) }) }), { record: '/result/data', id: '/id' }],
		['named after what is created', object({ apiKeyId: text, accountId: text }), { record: '', id: '/apiKeyId' }],
		[
			'beside what only happens to be an object',
			object({ value: text, session: object({ id: text }, ['id']) }),
			{ record: '', id: '/session/id' },
		],
		['with a link', object({ id: text, oauthUrl: text, logo_url: text }), { record: '', id: '/id', link: '/oauthUrl' }],
		[
			'as a link that is always there',
			object({ authorization_url: text }, ['authorization_url']),
			{ record: '', link: '/authorization_url' },
		],
		['in one branch', { oneOf: [object({ error: text }), object({ id: text })] }, { record: '', id: '/id' }],
		['not: a link that may be missing', object({ authorization_url: text }), undefined],
		['not: the id of something else', object({ request_id: text, user_id: text, projectId: text }), undefined],
		['not: an id that is an object', object({ id: object({ value: text }) }), undefined],
		['not: nothing', {}, undefined],
	])('%s', (_what, schema, plan) => {
		const given = documentOf(
			{},
			{ path: '/projects/{projectId}/api-keys', responses: { 201: { content: { 'application/vnd.acme+json': { schema } } } } },
		);
		const document = Document.read(given, 'document');
		expect(resultOf(document, findOperations(document)[0], 'credential')).toEqual(plan && { status: '201', plan });
	});

	it('as the document says, where it does', () => {
		const given = documentOf(
			{},
			{ responses: { 200: { 'x-n8n-result': { record: '/x' }, content: { 'application/json': { schema: object({ id: text }) } } } } },
		);
		const document = Document.read(given, 'document');
		expect(resultOf(document, findOperations(document)[0], 'credential')).toBeUndefined();
	});
});

describe('The operations of a node', () => {
	const paths = {
		'/v1/api-keys': { get: { operationId: 'list' }, post: { operationId: 'add' }, put: { operationId: 'replace all' } },
		'/v1/api-keys/{id}': {
			get: {},
			put: {},
			patch: {},
			delete: {},
			post: { operationId: 'api_keys.rotate' },
			parameters: [{ name: 'id', in: 'path', schema: { type: 'string' } }],
		},
		'/v1/policies': { post: {} },
	};
	const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'Acme' }, paths });
	const marks = (...wanted: string[]) =>
		chooseOperations(Document.read(text, 'document'), { text, name: 'document' }, wanted).map(
			({ mark }) => `${mark.resource} ${mark.operation}${mark.name ? ` "${mark.name}"` : ''}`,
		);

	it('is "create credential" where there is one that writes', () => {
		expect(marks('POST /v1/api-keys')).toEqual(['credential create']);
		expect(marks('PATCH /v1/api-keys/{id}')).toEqual(['credential create']);
		expect(marks('DELETE /v1/api-keys/{id}')).toEqual(['apiKey delete']);
	});

	it('are told apart by method and path, and else by their own names', () => {
		expect(
			marks(
				'POST /v1/api-keys',
				'GET /v1/api-keys',
				'get  /v1/api-keys/{id}',
				'PATCH /v1/api-keys/{id}',
				'DELETE /v1/api-keys/{id}',
				'POST /v1/api-keys/{id}',
				'POST /v1/policies',
			),
		).toEqual([
			'apiKey create',
			'apiKey getAll "Get Many"',
			'apiKey get',
			'apiKey update',
			'apiKey delete',
			'apiKey apiKeysRotate "API Keys Rotate"',
			'policy create',
		]);
		expect(marks('POST /v1/api-keys', 'PUT /v1/api-keys', 'POST /v1/api-keys')).toEqual([
			'apiKey create',
			'apiKey replaceAll "Replace All"',
		]);
		expect(marks('PATCH /v1/api-keys/{id}', 'PUT /v1/api-keys/{id}')).toEqual([
			'apiKey update',
			'apiKey putV1ApiKeysId "Put V1 API Keys ID"',
		]);
	});
});
