import { call, fixture } from '../call';

describe('vendor list', () => {
	it('shows the operations by resource, with their roles', async () => {
		const { code, out, err } = await call(['list', fixture('acme.yaml')]);
		expect({ code, err }).toEqual({ code: 0, err: '' });
		const lines = out.split('\n');
		const entries = lines.slice(lines.indexOf('/v1/vault/entries') + 1, lines.indexOf('/v1/vault/entries') + 6);
		expect(entries).toEqual([
			'  create  POST /v1/vault/entries  creates something like a credential',
			'  get     GET /v1/vault/entries/{entry_id}',
			'  update  PATCH /v1/vault/entries/{entry_id}',
			'  delete  DELETE /v1/vault/entries/{entry_id}',
			'  other   POST /v1/vault/entries/{entry_id}/rotation',
		]);
	});

	it('names what creates something like a credential, and gives the reason of a guess', async () => {
		const document = {
			openapi: '3.1.0',
			info: { title: 'Keys', version: '1' },
			paths: {
				'/api-keys': {
					get: { operationId: 'listApiKeys', responses: { 200: { description: 'All' } } },
					post: { operationId: 'createApiKey', responses: { 201: { description: 'The new one' } } },
				},
				'/api-keys/{id}/dance': { post: { responses: { 200: { description: 'Danced' } } } },
			},
		};
		const { out } = await call(['list', '-'], { stdin: JSON.stringify(document) });
		expect(out).toMatch(/^ {2}create {2}POST \/api-keys {2}creates something like a credential$/m);
		expect(out).toMatch(/^ {2}other {3}POST \/api-keys\/\{id\}\/dance {2}\(a guess: .+\)$/m);
	});

	it('says that a document has no operations', async () => {
		const { code, err } = await call(['list', '-'], { stdin: '{"openapi":"3.1.0","info":{"title":"None","version":"1"},"paths":{}}' });
		expect({ code, err }).toEqual({ code: 0, err: 'standard input has no operations.\n' });
	});
});
