import { lifecycleOf, lifecycleOfAll, type Line } from '../../../../engine/compile/lifecycle';

const text = (type = 'string') => ({ type });
const record = { type: 'object', properties: { id: text(), name: text(), team_id: text() } };
const answer = (schema: object) => ({ responses: { '200': { description: '', content: { 'application/json': { schema } } } } });
const body = (schema: object) => ({ requestBody: { content: { 'application/json': { schema } } } });
const query = (...names: string[]) => names.map((name) => ({ name, in: 'query', schema: text(name === 'limit' ? 'integer' : 'string') }));
const id = { name: 'key_id', in: 'path', required: true, schema: text() };
const list = (name: string, of: object) => ({ type: 'object', properties: { [name]: { type: 'array', items: of }, next_cursor: text() } });

const paths = {
	'/keys': {
		get: { parameters: query('cursor', 'limit'), ...answer(list('data', record)) },
		post: {
			...body({ type: 'object', required: ['name'], properties: { name: text(), team_id: text() } }),
			...answer({ type: 'object', properties: { id: text(), name: text(), secret: text() } }),
		},
	},
	'/keys/{key_id}': {
		parameters: [id],
		get: answer(record),
		patch: { ...body(record), ...answer(record) },
		delete: { responses: { '204': { description: '' } } },
	},
	'/keys/{key_id}/rotate': { parameters: [id], post: answer(record) },
	'/teams': { get: answer({ type: 'array', items: { type: 'object', properties: { id: text(), name: text() } } }) },
	'/me': { get: answer({ type: 'object', properties: { id: text(), email: text() } }) },
};
const DOCUMENT = JSON.stringify({ openapi: '3.1.0', info: { title: 'Made Up', version: '1' }, paths });
const lines = lifecycleOfAll(DOCUMENT, 'made.json', 'made');
const find = (set: Line['set'], operation: string) => lines.find((line) => line.set === set && line.operation === operation);

test.each([
	['POST /keys', 'create'],
	['GET /keys', 'list'],
	['GET /keys/{key_id}', 'get'],
	['PATCH /keys/{key_id}', 'update'],
	['DELETE /keys/{key_id}', 'delete'],
	['POST /keys/{key_id}/rotate', 'other'],
])('%s is %s, without any operationId', (operation, role) => {
	expect(find('roles', operation)).toMatchObject({ document: 'made', role, why: { role: expect.stringMatching(/./) } });
});

test('what is done to an item belongs to its entity, and another collection does not', () => {
	const entity = (operation: string) => find('roles', operation)?.entity;
	expect(entity('POST /keys/{key_id}/rotate')).toBe(entity('GET /keys'));
	expect(entity('GET /teams')).not.toBe(entity('GET /keys'));
});

test('the cursor that a request takes is paired with the one that the answer gives', () => {
	expect(find('pagination', 'GET /keys')).toMatchObject({
		style: 'cursor',
		request: { cursor: 'cursor', limit: 'limit' },
		response: { next: '/next_cursor', records: '/data' },
	});
	expect(find('pagination', 'GET /teams')).toMatchObject({ style: 'none', response: { records: '' } });
});

test('a list fills the input that is called after its records', () => {
	expect(
		lines.find((line) => line.set === 'lookups' && line.operation === 'POST /keys' && line.parameter === 'body:/team_id'),
	).toMatchObject({ list: 'GET /teams', value: '/id', title: '/name', collection: '' });
});

test('the whole life of what is like a credential, and of nothing else', () => {
	const all = lifecycleOf(DOCUMENT, 'made.json', 'made', []);
	expect(all.map(({ create }) => create)).toEqual(['POST /keys']);
	expect(all[0]).toMatchObject({
		get: 'GET /keys/{key_id}',
		list: 'GET /keys',
		update: 'PATCH /keys/{key_id}',
		delete: 'DELETE /keys/{key_id}',
		others: [{ operation: 'POST /keys/{key_id}/rotate', what: 'rotate' }],
		paging: { style: 'cursor', request: { cursor: 'cursor', size: 'limit' } },
		records: '/data',
		id: { created: '/id', listed: '/id', path: 'key_id' },
		secretInAnswer: ['/secret'],
		identity: ['/name'],
		lookups: [{ in: 'body', name: '/team_id', list: 'GET /teams' }],
		updateReplaces: false,
		test: 'GET /me',
	});
});

test('an operation that there is not is answered with the nearest ones', () => {
	expect(() => lifecycleOf(DOCUMENT, 'made.json', 'made', ['POST /key'])).toThrow(/no operation "POST \/key".*POST \/keys/);
});
