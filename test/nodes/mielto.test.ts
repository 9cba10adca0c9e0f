import { create, VENDORS } from '../support/vendors';
import { runNode } from '../support/engine';
import { useMockServer } from '../support/vendorTest';

const mockServer = useMockServer();

const base = {
	label: 'Acme key',
	authType: 'api_key',
	credentialScope: 'workspace',
	credentials: { items: [{ name: 'api_key', value: 'canary-key' }] },
};

describe('Mielto: Create credential', () => {
	it('sends only what was entered', async () => {
		const { items, error } = await create('mielto', mockServer.url, base);
		expect(error).toBeUndefined();
		const [request] = mockServer.current.requests;
		expect(`${request.method} ${request.path}`).toBe('POST /api/v1/credentials');
		expect(request.headers.authorization).toBe('Bearer mielto-demo-key');
		expect(request.headers).not.toHaveProperty('x-workspace-id');
		expect(mockServer.bodies()).toEqual([
			{ label: 'Acme key', auth_type: 'api_key', credential_scope: 'workspace', credentials: { api_key: 'canary-key' } },
		]);
		expect(items[0].json).toMatchObject({
			label: 'Acme key',
			credentialId: mockServer.current.credentials[0].id,
			vendor: 'Mielto',
			outcome: 'created',
		});
	});

	it('sends all nine fields and the workspace', async () => {
		const parameters = {
			...base,
			additionalFields: { credentialType: 'llm', description: 'For Acme', provider: 'openai', userId: 'u-1', xWorkspaceId: 'w-1' },
			credentialScope: '__other',
			credentialScopeOther: 'team',
			specifyCredentials: 'json',
			credentialsJson: '{"username":"acme","nested":{"password":"canary-password"}}',
			authType: 'basic_auth',
		};
		const { error } = await create('mielto', mockServer.url, parameters);
		expect(error).toBeUndefined();
		expect(mockServer.current.requests[0].headers['x-workspace-id']).toBe('w-1');
		expect(mockServer.bodies()).toEqual([
			{
				label: 'Acme key',
				auth_type: 'basic_auth',
				credential_scope: 'team',
				credentials: { username: 'acme', nested: { password: 'canary-password' } },
				credential_type: 'llm',
				description: 'For Acme',
				provider: 'openai',
				user_id: 'u-1',
			},
		]);
	});

	it.each([
		'api_key',
		'oauth_token',
		'oauth_token_refresh',
		'oauth_token_refresh_rotation',
		'basic_auth',
		'access_token',
		'access_token_refresh',
		'public_key_secret',
		'connection_string',
		'custom',
	])('takes the authentication type %s', async (authType) => {
		const names: { [type: string]: string } = {
			oauth_token: 'access_token',
			oauth_token_refresh: 'refresh_token',
			oauth_token_refresh_rotation: 'refresh_token',
			basic_auth: 'password',
			access_token: 'access_token',
			access_token_refresh: 'access_token',
			public_key_secret: 'secret_key',
			connection_string: 'connection_string',
		};
		const credentials = { items: [{ name: names[authType] ?? 'api_key', value: 'canary-key' }] };
		const { error } = await create('mielto', mockServer.url, { ...base, authType, credentials });
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toMatchObject([{ auth_type: authType }]);
	});

	it('stores no values where JSON says so', async () => {
		const { error } = await create('mielto', mockServer.url, { ...base, specifyCredentials: 'json', credentialsJson: '{}' });
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toMatchObject([{ credentials: {} }]);
	});

	it('sends null where an expression gives null, and nothing where it gives nothing', async () => {
		const parameters = {
			...base,
			additionalFields: { description: '={{ null }}', credentialType: '={{ null }}', userId: '={{ $json.nobody }}' },
		};
		await create('mielto', mockServer.url, parameters);
		expect(mockServer.bodies()).toEqual([
			{
				label: 'Acme key',
				auth_type: 'api_key',
				credential_scope: 'workspace',
				credentials: { api_key: 'canary-key' },
				description: null,
				credential_type: null,
			},
		]);
	});

	it('uses the workspace of the n8n credential, unless the node names another one', async () => {
		const { node, credential, credentialData } = VENDORS.mielto;
		const run = async (parameters: object) =>
			await runNode({
				node: new node(),
				credential: new credential(),
				credentialData: { ...credentialData(mockServer.url), workspaceId: 'w-credential' },
				parameters: { resource: 'credential', operation: 'create', ...base, ...parameters },
			});
		await run({});
		await run({ additionalFields: { xWorkspaceId: 'w-node' } });
		expect(mockServer.current.requests.map(({ headers }) => headers['x-workspace-id'])).toEqual(['w-credential', 'w-node']);
	});
});
