import { lineOf, operate } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const credentials = '/v3/connectors/google/creds';
const lines = () => mockServer.current.requests.map(lineOf);
const run = async (which: string, parameters = {}, more = {}) => await operate('nylas', mockServer.url, which, parameters, more);
const fields = (name: string, secret = 'canary-secret-1') => ({
	provider: 'google',
	credentialType: 'connector',
	name,
	credentialDataClientId: 'id-1',
	credentialDataClientSecret: secret,
});

/** Creates a credential, and forgets the request. */
const existing = async (name: string) => {
	const { items } = await run('credential.create', fields(name));
	mockServer.current.requests.length = 0;
	return String(items[0].json.credentialId);
};

describe('Nylas: what becomes of a credential', () => {
	it('lists the credentials of a connector, with the names that every vendor has', async () => {
		const id = await existing('Acme');
		const { items, error } = await run('credential.getAll', { provider: 'google' });
		expect(error).toBeUndefined();
		expect(lines()).toEqual([`GET ${credentials}?limit=10&offset=0`, `GET ${credentials}?limit=10&offset=1`]);
		expect(mockServer.current.requests[0].rawBody).toBe('');
		expect(mockServer.current.requests[0].headers).toMatchObject({ authorization: 'Bearer nylas-demo-key', accept: 'application/json' });
		const time = expect.any(Number) as number;
		expect(items).toEqual([
			{ json: { id, name: 'Acme', created_at: time, updated_at: time, credentialId: id, vendor: 'Nylas' }, pairedItem: { item: 0 } },
		]);
	});

	it('gets one', async () => {
		const id = await existing('Acme');
		const { items } = await run('credential.get', { provider: 'google', id });
		expect(lines()).toEqual([`GET ${credentials}/${id}`]);
		expect(items[0].json).toMatchObject({ credentialId: id, name: 'Acme', vendor: 'Nylas' });
		expect(items[0].json).not.toHaveProperty('outcome');
	});

	it('renames one, and touches nothing else', async () => {
		const id = await existing('Acme');
		const { items } = await run('credential.update', { provider: 'google', id, updateFields: { name: 'Acme Ltd.' } });
		expect(lines()).toEqual([`PATCH ${credentials}/${id}`]);
		expect(mockServer.bodies()).toEqual([{ name: 'Acme Ltd.' }]);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ credentialId: id, name: 'Acme Ltd.', vendor: 'Nylas', outcome: 'updated' }) as object,
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives one a new secret', async () => {
		const id = await existing('Acme');
		const credentialData = {
			value: {
				credentialDataType: 'connectorOverride',
				specifyCredentialData: 'fields',
				credentialDataClientId: 'id-2',
				credentialDataClientSecret: 'canary-secret-2',
			},
		};
		const { items, error } = await run('credential.update', { provider: 'google', id, updateFields: { credentialData } });
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([{ credential_data: { client_id: 'id-2', client_secret: 'canary-secret-2' } }]);
		expect(JSON.stringify(items)).not.toContain('canary');
	});

	it('asks for something to update before it sends anything', async () => {
		const { error } = await run('credential.update', { provider: 'google', id: 'c-1' });
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(mockServer.current.requests).toEqual([]);
	});

	it('deletes one, and says which', async () => {
		const id = await existing('Acme');
		const { items } = await run('credential.delete', { provider: 'google', id });
		expect(lines()).toEqual([`DELETE ${credentials}/${id}`]);
		expect(items).toEqual([{ json: { deleted: true, credentialId: id, vendor: 'Nylas', outcome: 'deleted' }, pairedItem: { item: 0 } }]);
		expect(mockServer.current.credentials).toEqual([]);
	});

	it('does not delete the active one, and says how to', async () => {
		const id = await existing('Acme');
		mockServer.current.connectors[0].record.active_credential_id = id;
		const { error } = await run('credential.delete', { provider: 'google', id });
		expect(error?.message).toBe('Nylas refused the request: The active credential of a connector cannot be deleted [item 0]');
		expect(error?.description).toContain('Make another one the default in Nylas first');
		expect(error?.description).toContain('(Nylas, Delete credential, status 400');
	});

	it('keeps IDs within their place in the path', async () => {
		await run('credential.get', { provider: 'google', id: '../../applications' });
		expect(lines()).toEqual([`GET ${credentials}/..%2F..%2Fapplications`]);
	});

	it('does each item by its own expressions, and pairs what comes of it', async () => {
		const ids = [await existing('One'), await existing('Two')];
		const { items } = await run(
			'credential.get',
			{ provider: 'google', id: '={{ $json.id }}' },
			{ items: [{ id: ids[1] }, { id: ids[0] }] },
		);
		expect(items.map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
			['Two', { item: 0 }],
			['One', { item: 1 }],
		]);
	});
});

describe('Nylas: connectors', () => {
	it('lists them', async () => {
		const { items } = await run('connector.getAll');
		expect(lines()).toEqual(['GET /v3/connectors?limit=10&offset=0', 'GET /v3/connectors?limit=10&offset=2']);
		expect(items.map(({ json }) => json.connectorId)).toEqual(['google', 'microsoft', 'imap']);
		expect(items[0].json).toEqual({
			provider: 'google',
			name: 'Google',
			settings: { topic_name: 'demo' },
			scope: expect.any(Array) as unknown[],
			connectorId: 'google',
			vendor: 'Nylas',
		});
	});

	it('gets one', async () => {
		const { items } = await run('connector.get', { provider: 'microsoft' });
		expect(lines()).toEqual(['GET /v3/connectors/microsoft']);
		expect(items[0].json).toMatchObject({ connectorId: 'microsoft', name: 'Microsoft', vendor: 'Nylas' });
	});

	it('says where to look for the right name', async () => {
		const { error } = await run('connector.get', { provider: 'zoom' });
		expect(error?.message).toBe('Nylas did not find what the request names: There is no connector zoom [item 0]');
		expect(error?.description).toContain("'Get Many' of the resource Connector lists the connectors");
	});
});
