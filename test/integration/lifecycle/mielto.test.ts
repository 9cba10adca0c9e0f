import { lineOf, operate } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const lines = () => mockServer.current.requests.map(lineOf);
const run = async (which: string, parameters = {}, more = {}) => await operate('mielto', mockServer.url, which, parameters, more);

const existing = async (more: { [name: string]: unknown } = {}, additionalFields = {}) => {
	const { items } = await run('credential.create', {
		label: 'Acme',
		authType: 'api_key',
		credentials: { items: [{ name: 'api_key', value: 'canary-key' }] },
		...more,
		additionalFields,
	});
	mockServer.current.requests.length = 0;
	return String(items[0].json.credentialId);
};

const SIMPLE = [
	'auth_type',
	'credentialId',
	'credential_scope',
	'credential_type',
	'description',
	'id',
	'label',
	'provider',
	'status',
	'updated_at',
	'user_id',
	'vendor',
];

describe('Mielto: what becomes of a credential', () => {
	it('lists the credentials of the workspace, ten telling fields of each', async () => {
		const id = await existing();
		const { items, error } = await run('credential.getAll');
		expect(error).toBeUndefined();
		expect(lines()).toEqual(['GET /api/v1/credentials?limit=50&skip=0', 'GET /api/v1/credentials?limit=50&skip=1']);
		expect(mockServer.current.requests[0].headers).toMatchObject({ authorization: 'Bearer mielto-demo-key' });
		expect(mockServer.current.requests[0].headers).not.toHaveProperty('x-workspace-id');
		expect(Object.keys(items[0].json).sort()).toEqual(SIMPLE);
		expect(items[0]).toMatchObject({ json: { credentialId: id, label: 'Acme', vendor: 'Mielto' }, pairedItem: { item: 0 } });
	});

	it('gives all that Mielto says where Simplify is off', async () => {
		await existing();
		const { items } = await run('credential.getAll', { simplify: false });
		expect(items[0].json).toMatchObject({ workspace_id: 'workspace_demo', created_by: 'user_demo', expires_at: null, vendor: 'Mielto' });
	});

	it('lists only what fits the filters', async () => {
		await existing({ label: 'One' }, { credentialType: 'llm' });
		await existing({ label: 'Two', authType: 'custom' }, { credentialType: 'llm' });
		const { items } = await run('credential.getAll', { filters: { credentialType: 'llm', authType: 'custom', status: 'active' } });
		expect(mockServer.current.requests[0].query).toEqual({
			credential_type: 'llm',
			auth_type: 'custom',
			status: 'active',
			limit: '50',
			skip: '0',
		});
		expect(items.map(({ json }) => json.label)).toEqual(['Two']);
	});

	it('looks into another workspace', async () => {
		await existing();
		const { items } = await run('credential.getAll', { filters: { xWorkspaceId: 'other' } });
		expect(mockServer.current.requests[0].headers['x-workspace-id']).toBe('other');
		expect(items).toEqual([]);
	});

	it('changes what was added to the update, and nothing else', async () => {
		const id = await existing();
		const updateFields = {
			description: 'For tests',
			credentials: { value: { specifyCredentials: 'fields', credentials: { items: [{ name: 'api_key', value: 'canary-new-key' }] } } },
		};
		const { items, error } = await run('credential.update', { credentialId: id, updateFields });
		expect(error).toBeUndefined();
		expect(lines()).toEqual([`PUT /api/v1/credentials/${id}`]);
		expect(mockServer.bodies()).toEqual([{ description: 'For tests', credentials: { api_key: 'canary-new-key' } }]);
		expect(items[0]).toMatchObject({
			json: { credentialId: id, description: 'For tests', label: 'Acme', vendor: 'Mielto', outcome: 'updated' },
			pairedItem: { item: 0 },
		});
		expect(JSON.stringify(items)).not.toContain('canary');
	});

	it('gives a credential a scope that is not in the list', async () => {
		const id = await existing();
		await run('credential.update', {
			credentialId: id,
			updateFields: { credentialScope: { value: { credentialScope: '__other', credentialScopeOther: 'team' } } },
		});
		expect(mockServer.bodies()).toEqual([{ credential_scope: 'team' }]);
	});

	it('says where to look when there is no such credential', async () => {
		const { error } = await run('credential.update', { credentialId: 'c-1', updateFields: { label: 'New' } });
		expect(error?.message).toBe('Mielto did not find what the request names: Credential not found [item 0]');
		expect(error?.description).toBe('Check the credential ID and the workspace. (Mielto, Update credential, status 404)');
	});
});
