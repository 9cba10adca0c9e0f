import { create } from '../support/vendors';
import { useMockServer } from '../support/vendorTest';

const mockServer = useMockServer();

describe('Alloy Embedded: Create credential', () => {
	it('stores the values of a connector from rows', async () => {
		const parameters = {
			userId: 'u-1',
			credentialType: 'acme',
			credentialConnectorFields: 'anyConnector',
			credentialDataAnyConnector: { items: [{ name: 'apiKey', value: 'canary-key' }] },
		};
		const { items, error } = await create('alloyEmbedded', mockServer.url, parameters);
		expect(error).toBeUndefined();
		const [request] = mockServer.current.requests;
		expect(`${request.method} ${request.path}`).toBe('POST /headless/credentials');
		expect(request.headers.authorization).toBe('Bearer alloy-demo-key');
		expect(request.headers['x-api-version']).toBe('2025-09');
		expect(mockServer.bodies()).toEqual([{ userId: 'u-1', credential: { type: 'acme', data: { apiKey: 'canary-key' } } }]);
		expect(items[0].json).toEqual({
			success: true,
			credentialId: mockServer.current.credentials[0].id,
			vendor: 'Alloy Embedded',
			outcome: 'created',
		});
	});

	it('stores the values of a connector from JSON', async () => {
		const { error } = await create('alloyEmbedded', mockServer.url, {
			userId: 'u-1',
			credentialType: 'acme',
			specifyCredentialData: 'json',
			credentialDataJson: '{"port":443,"tls":true}',
		});
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([{ userId: 'u-1', credential: { type: 'acme', data: { port: 443, tls: true } } }]);
	});

	it('has the four fields of NetSuite', async () => {
		const parameters = {
			userId: 'u-1',
			credentialType: 'netsuite',
			credentialConnectorFields: 'netSuite',
			credentialDataRealm: '1234567_SB1',
			credentialDataConsumerKey: 'canary-consumer',
			credentialDataTokenId: 'canary-token-id',
			credentialDataTokenSecret: 'canary-token-secret',
		};
		const { error } = await create('alloyEmbedded', mockServer.url, parameters);
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([
			{
				userId: 'u-1',
				credential: {
					type: 'netsuite',
					data: { realm: '1234567_SB1', consumerKey: 'canary-consumer', tokenId: 'canary-token-id', tokenSecret: 'canary-token-secret' },
				},
			},
		]);
	});
});

describe('What Alloy Embedded does not insist on', () => {
	it.each([
		[
			'fields of NetSuite',
			{ credentialType: 'netsuite', credentialConnectorFields: 'netSuite', credentialDataRealm: 'r' },
			{ type: 'netsuite', data: { realm: 'r' } },
		],
		['the fields of the connector', { credentialType: 'acme', credentialConnectorFields: 'none' }, { type: 'acme' }],
		['the connector', { credentialConnectorFields: 'none' }, {}],
	])('can be left out: %s', async (_what, parameters, credential) => {
		const { error } = await create('alloyEmbedded', mockServer.url, { userId: 'u-1', ...parameters });
		expect(mockServer.bodies().at(-1)).toEqual({ userId: 'u-1', credential });
		// What the mock server says of it is its own matter.
		expect(error?.message ?? '').not.toContain('is missing');
	});

	it.each(['={{ $json.nothing }}', '={{ "" }}'])('is not left out by an expression (%s)', async (credentialDataTokenSecret) => {
		const { error } = await create('alloyEmbedded', mockServer.url, {
			userId: 'u-1',
			credentialType: 'netsuite',
			credentialConnectorFields: 'netSuite',
			credentialDataRealm: 'r',
			credentialDataTokenSecret,
		});
		expect(error?.message).toBe('Token Secret (credential.data.tokenSecret) is missing [item 0]');
		expect(mockServer.current.requests).toEqual([]);
	});
});

describe('Alloy Connectivity: Create credential', () => {
	const base = { connectorId: 'slack', userId: 'u-1', authenticationType: 'oauth2' };

	it('gives the link that the customer has to open', async () => {
		const { items, error } = await create('alloyConnectivity', mockServer.url, {
			...base,
			additionalFields: { redirectUri: 'https://app.example.com/done' },
		});
		expect(error).toBeUndefined();
		// Alloy is asked what it needs, also where nothing was entered.
		const [, request] = mockServer.current.requests;
		expect(`${request.method} ${request.path}`).toBe('POST /connectors/slack/credentials');
		expect(request.headers['x-api-version']).toBe('2025-09');
		expect(mockServer.bodies()[1]).toEqual({ userId: 'u-1', authenticationType: 'oauth2', redirectUri: 'https://app.example.com/done' });
		expect(items[0].json).toMatchObject({
			link: expect.stringMatching(/^https?:/) as string,
			vendor: 'Alloy Connectivity',
			outcome: 'linkCreated',
		});
		expect(items[0].json).not.toHaveProperty('credentialId');
	});

	it('gives the credential where no link is needed', async () => {
		const parameters = {
			...base,
			authenticationType: 'apiKey',
			additionalFields: { authConfigId: 'cfg-1', data: { value: { specifyData: 'json', dataJson: '{ "apiKey": "canary-key" }' } } },
		};
		const { items, error } = await create('alloyConnectivity', mockServer.url, parameters);
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([
			{ userId: 'u-1', authenticationType: 'apiKey', authConfigId: 'cfg-1', data: { apiKey: 'canary-key' } },
		]);
		expect(items[0].json).toMatchObject({ credentialId: mockServer.current.credentials[0].id, outcome: 'created' });
		expect(items[0].json).not.toHaveProperty('link');
	});

	it('keeps a connector ID with a path in it within its place', async () => {
		await create('alloyConnectivity', mockServer.url, { ...base, connectorId: '../users' });
		expect(mockServer.current.requests.map(({ path }) => path)).toContain('/connectors/..%2Fusers/credentials');
		for (const { path } of mockServer.current.requests) expect(path).toMatch(/^\/connectors\/..%2Fusers\/credentials(\/metadata)?$/);
	});
});
