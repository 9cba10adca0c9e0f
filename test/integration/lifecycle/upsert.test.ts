import { lineOf, operate, seedMieltoRecord, seedNylas } from '../../support/lifecycle';
import { VENDORS } from '../../support/vendors';
import { skipPauses } from '../../support/pauses';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();
skipPauses();

const methods = () => mockServer.current.requests.map(({ method }) => method);
const lines = () => mockServer.current.requests.map(lineOf);
const path = '/v3/connectors/google/creds';

describe('Nylas: Create or Update', () => {
	const fields = {
		provider: 'google',
		credentialType: 'connector',
		name: '={{ $json.name ?? "Acme" }}',
		credentialDataClientId: 'id-1',
		credentialDataClientSecret: '={{ $json.secret ?? "canary-secret" }}',
	};
	const upsert = async (items?: object[], more = {}) =>
		await operate('nylas', mockServer.url, 'credential.upsert', fields, { ...(items ? { items: items as never } : {}), ...more });

	it('creates what does not exist', async () => {
		const { items, error } = await upsert();
		expect(error).toBeUndefined();
		expect(lines()).toEqual([`GET ${path}?limit=10&offset=0`, `POST ${path}`]);
		expect(mockServer.bodies()[1]).toEqual({
			name: 'Acme',
			credential_type: 'connector',
			credential_data: { client_id: 'id-1', client_secret: 'canary-secret' },
		});
		expect(items[0]).toMatchObject({
			json: { credentialId: mockServer.current.credentials[0].id, name: 'Acme', vendor: 'Nylas', outcome: 'created' },
			pairedItem: { item: 0 },
		});
	});

	it('updates what exists, on whichever page, with what an update knows', async () => {
		seedNylas(mockServer.current, 15);
		const { items } = await upsert([{ name: 'n2', secret: 'canary-new-secret' }]);
		expect(lines()).toEqual([
			`GET ${path}?limit=10&offset=0`,
			`GET ${path}?limit=10&offset=9`,
			`GET ${path}?limit=10&offset=14`,
			`PATCH ${path}/id-2`,
		]);
		expect(mockServer.bodies()[3]).toEqual({ name: 'n2', credential_data: { client_id: 'id-1', client_secret: 'canary-new-secret' } });
		expect(items[0].json).toMatchObject({ credentialId: 'id-2', name: 'n2', outcome: 'updated', vendor: 'Nylas' });
		expect(mockServer.current.credentials).toHaveLength(15);
	});

	it('makes one credential of two items that mean the same, the later values last', async () => {
		const { items } = await upsert([{ secret: 'canary-first' }, { secret: 'canary-second' }]);
		expect(methods()).toEqual(['GET', 'POST', 'PATCH']);
		expect(items.map(({ json }) => json.outcome)).toEqual(['created', 'updated']);
		expect(items[0].json.credentialId).toBe(items[1].json.credentialId);
		expect(mockServer.current.credentials).toHaveLength(1);
		expect(mockServer.current.credentials[0].body).toMatchObject({ credential_data: { client_secret: 'canary-second' } });
	});

	it('looks once for hundreds of items', async () => {
		const wanted = Array.from({ length: 150 }, (_one, index) => ({ name: `name ${index}` }));
		const { items, error } = await upsert(wanted);
		expect(error).toBeUndefined();
		expect(methods().filter((method) => method === 'GET')).toHaveLength(1);
		expect(methods().filter((method) => method === 'POST')).toHaveLength(150);
		expect(items.map(({ json }) => json.name)).toEqual(wanted.map(({ name }) => name));
	});

	it('looks once for each connector', async () => {
		await operate(
			'nylas',
			mockServer.url,
			'credential.upsert',
			{ ...fields, provider: '={{ $json.provider }}' },
			{ items: [{ provider: 'google' }, { provider: 'microsoft' }, { provider: 'google' }] },
		);
		expect(
			lines()
				.filter((line) => line.startsWith('GET'))
				.sort(),
		).toEqual([`GET ${path}?limit=10&offset=0`, 'GET /v3/connectors/microsoft/creds?limit=10&offset=0']);
		expect(mockServer.current.credentials).toHaveLength(2);
	});

	it('touches neither of two that fit, and says so', async () => {
		seedNylas(mockServer.current, 2);
		for (const { record } of mockServer.current.credentials) (record as { name: string }).name = 'Acme';
		const { error } = await upsert();
		expect(error?.message).toBe('Nylas has 2 records that fit (name "Acme"), so it is not clear which one is meant [item 0]');
		expect(error?.description).toContain('None was changed and none was created. The IDs are id-2, id-1.');
		expect(methods()).toEqual(['GET', 'GET']);
	});

	it('updates what somebody else created after it had looked', async () => {
		// The list is from before, and the creation meets what came in between.
		seedNylas(mockServer.current, 1);
		mockServer.current.fault({ vendor: 'nylas', method: 'GET', body: { request_id: 'r', data: [] } });
		const { items, error } = await upsert([{ name: 'n1' }]);
		expect(error).toBeUndefined();
		expect(methods()).toEqual(['GET', 'POST', 'GET', 'GET', 'PATCH']);
		expect(items[0].json).toMatchObject({ credentialId: 'id-1', outcome: 'updated' });
		expect(mockServer.current.credentials).toHaveLength(1);
	});

	it('passes on a refusal that has another reason', async () => {
		mockServer.current.fault({ vendor: 'nylas', method: 'POST', status: 400 });
		const { error } = await upsert();
		expect(error?.message).toMatch(/^Nylas refused the request/);
		expect(methods()).toEqual(['GET', 'POST', 'GET']);
		expect(JSON.stringify(error)).not.toContain('canary');
	});

	it('creates nothing where it could not look', async () => {
		mockServer.current.fault({ vendor: 'nylas', method: 'GET', status: 403 });
		const { error } = await upsert();
		expect(error?.message).toMatch(/^Nylas does not allow this with the API key/);
		expect(methods()).toEqual(['GET']);
	});

	it('makes no second credential when the answer to a creation was lost', async () => {
		mockServer.current.fault({ vendor: 'nylas', method: 'POST', reset: true, done: true, times: 1 });
		const { items, error } = await upsert();
		expect(error).toBeUndefined();
		expect(mockServer.current.credentials).toHaveLength(1);
		expect(items[0].json).toMatchObject({ credentialId: mockServer.current.credentials[0].id, outcome: 'created' });
	});
});

describe('Mielto: Create or Update', () => {
	const fields = { label: 'Acme', authType: 'api_key', credentials: { items: [{ name: 'api_key', value: 'canary-key' }] } };
	const upsert = async (parameters = {}) => await operate('mielto', mockServer.url, 'credential.upsert', { ...fields, ...parameters });

	it('creates what does not exist', async () => {
		const { items } = await upsert();
		expect(lines()).toEqual(['GET /api/v1/credentials?limit=100&skip=0', 'POST /api/v1/credentials']);
		expect(items[0].json).toMatchObject({ outcome: 'created', credentialId: mockServer.current.credentials[0].id });
	});

	it('counts what is equal in label, scope, provider and user', async () => {
		seedMieltoRecord(mockServer.current, { id: 'other-scope', label: 'Acme', credential_scope: 'user' });
		seedMieltoRecord(mockServer.current, { id: 'other-provider', label: 'Acme', provider: 'openai' });
		seedMieltoRecord(mockServer.current, { id: 'other-user', label: 'Acme', user_id: 'u-1' });
		seedMieltoRecord(mockServer.current, { id: 'same', label: 'Acme' });
		const { items } = await upsert();
		expect(lines()[2]).toBe('PUT /api/v1/credentials/same');
		expect(mockServer.bodies()[2]).toEqual({ label: 'Acme', credential_scope: 'workspace', credentials: { api_key: 'canary-key' } });
		expect(items[0].json).toMatchObject({ outcome: 'updated', credentialId: 'same' });
	});

	it('lets the operator leave out of Match On what does not always count', () => {
		const matchOn = new VENDORS.mielto.node().description.properties.find(({ name }) => name === 'matchOn');
		expect(matchOn).toMatchObject({
			displayName: 'Match On',
			default: ['credential_scope', 'provider', 'user_id'],
			description: 'What has to be equal, beside Label, for a credential to count as existing',
		});
		expect(matchOn?.options?.map(({ name }) => name)).toEqual(['Credential Scope', 'Provider', 'User ID']);
	});

	it('counts what Match On names beside the label, and nothing else', async () => {
		seedMieltoRecord(mockServer.current, { id: 'other', label: 'Acme', provider: 'openai', user_id: 'u-1', credential_scope: 'user' });
		expect((await upsert({ matchOn: ['credential_scope', 'provider', 'user_id'] })).items[0].json.outcome).toBe('created');
		mockServer.current.credentials.pop();
		expect((await upsert({ matchOn: [] })).items[0].json).toMatchObject({ outcome: 'updated', credentialId: 'other' });
		expect((await upsert({ matchOn: ['provider'], additionalFields: { provider: 'openai' } })).items[0].json).toMatchObject({
			outcome: 'updated',
			credentialId: 'other',
		});
	});

	it('says by what two are equal', async () => {
		seedMieltoRecord(mockServer.current, { id: 'one', label: 'Acme', provider: 'openai' });
		seedMieltoRecord(mockServer.current, { id: 'two', label: 'Acme' });
		const { error } = await upsert({ matchOn: [] });
		expect(error?.message).toBe('Mielto has 2 records that fit (label "Acme"), so it is not clear which one is meant [item 0]');
		expect(error?.description).toContain('one, two');
		expect(methods()).toEqual(['GET', 'GET']);
	});

	it('makes one credential of two items, also when another item had to look again meanwhile', async () => {
		const path = '/api/v1/credentials';
		mockServer.current.fault({ vendor: 'mielto', method: 'POST', path, delayMs: 300 });
		// The second item is refused at once, and looks at a list that is from before the first one's creation.
		mockServer.current.fault({ vendor: 'mielto', method: 'POST', path, after: 1, status: 422 });
		mockServer.current.fault({ vendor: 'mielto', method: 'GET', path, after: 1, body: { credentials: [], total: 0, page: 1, size: 100 } });
		const { items } = await operate(
			'mielto',
			mockServer.url,
			'credential.upsert',
			{ ...fields, label: '={{ $json.label }}' },
			{ items: [{ label: 'One' }, { label: 'Two' }, { label: 'One' }], onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json }) => json.outcome ?? 'failed')).toEqual(['created', 'failed', 'updated']);
		expect(mockServer.current.credentials).toHaveLength(1);
	});

	it('looks and writes in the workspace that is named', async () => {
		await upsert({ additionalFields: { xWorkspaceId: 'other' } });
		expect(mockServer.current.requests.map(({ headers }) => headers['x-workspace-id'])).toEqual(['other', 'other']);
		const { items } = await upsert({ additionalFields: { xWorkspaceId: 'other' } });
		expect(items[0].json.outcome).toBe('updated');
		expect(mockServer.current.requests.every(({ headers }) => headers['x-workspace-id'] === 'other')).toBe(true);
	});
});
