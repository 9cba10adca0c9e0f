import { create } from '../support/vendors';
import { useMockServer } from '../support/vendorTest';

const mockServer = useMockServer();

const PEM =
	'-----BEGIN PRIVATE KEY-----\nTUlJRXZRSUJBREFOQmdrcWhraUc5dzBCQVFFRkFBU0NCS2N3Z2dTakFnRUFBb0lCQVFD\nQ2FuYXJ5\n-----END PRIVATE KEY-----\n';
const googleFile = {
	type: 'service_account',
	project_id: 'acme',
	private_key_id: '3f1c0d9e8b7a',
	private_key: PEM,
	client_email: 'sync@acme.iam.gserviceaccount.com',
	client_id: '1234567890',
	auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
};
const connector = {
	provider: 'google',
	credentialType: 'connector',
	name: "Acme's app",
	credentialDataClientId: 'id-1',
	credentialDataClientSecret: 'canary-secret-1',
};

describe('Nylas: Create credential', () => {
	it('stores a connector override from its fields', async () => {
		const { items, error } = await create('nylas', mockServer.url, connector);
		expect(error).toBeUndefined();
		const [request] = mockServer.current.requests;
		expect(`${request.method} ${request.path}`).toBe('POST /v3/connectors/google/creds');
		expect(request.headers.authorization).toBe('Bearer nylas-demo-key');
		expect(mockServer.bodies()).toEqual([
			{ name: "Acme's app", credential_type: 'connector', credential_data: { client_id: 'id-1', client_secret: 'canary-secret-1' } },
		]);
		expect(items).toEqual([
			{
				json: {
					id: mockServer.current.credentials[0].id,
					name: "Acme's app",
					created_at: expect.any(Number) as number,
					updated_at: expect.any(Number) as number,
					credentialId: mockServer.current.credentials[0].id,
					vendor: 'Nylas',
					outcome: 'created',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('stores a service account from the Google file, pasted whole', async () => {
		const parameters = {
			provider: 'google',
			credentialType: 'serviceaccount',
			name: 'Acme',
			specifyCredentialData: 'json',
			credentialDataJson: JSON.stringify(googleFile, null, 2),
		};
		const { error } = await create('nylas', mockServer.url, parameters);
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([{ name: 'Acme', credential_type: 'serviceaccount', credential_data: googleFile }]);
	});

	it('stores a service account from its fields, with further values of the file', async () => {
		const parameters = {
			provider: 'google',
			credentialType: 'serviceaccount',
			name: 'Acme',
			credentialDataPrivateKeyId: '3f1c',
			credentialDataPrivateKey: PEM,
			credentialDataClientEmail: 'sync@acme.iam.gserviceaccount.com',
			additionalFields: {
				credentialDataOtherValues: {
					value: {
						specifyCredentialDataOtherValues: 'fields',
						credentialDataOtherValues: { items: [{ name: 'project_id', value: 'acme' }] },
					},
				},
			},
		};
		const { error } = await create('nylas', mockServer.url, parameters);
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([
			{
				name: 'Acme',
				credential_type: 'serviceaccount',
				credential_data: {
					private_key_id: '3f1c',
					private_key: PEM,
					client_email: 'sync@acme.iam.gserviceaccount.com',
					project_id: 'acme',
				},
			},
		]);
	});

	it.each([
		['in one line', PEM.trim().replace(/\n/g, '')],
		['with spaces for line breaks', PEM.trim().replace(/\n/g, ' ')],
		['with \\n as it stands in the JSON file', PEM.replace(/\n/g, '\\n')],
	])('puts the line breaks back into a private key that was pasted %s', async (_how, pasted) => {
		const parameters = {
			provider: 'google',
			credentialType: 'serviceaccount',
			name: 'Acme',
			credentialDataPrivateKeyId: '3f1c',
			credentialDataPrivateKey: pasted,
			credentialDataClientEmail: 'a@b.c',
		};
		await create('nylas', mockServer.url, parameters);
		const [body] = mockServer.bodies() as Array<{ credential_data: { private_key: string } }>;
		expect(body.credential_data.private_key.split('\n')[0]).toBe('-----BEGIN PRIVATE KEY-----');
		expect(body.credential_data.private_key.replace(/\n/g, '')).toBe(PEM.replace(/\n/g, ''));
		expect(body.credential_data.private_key.split('\n').every((line) => line.length <= 64)).toBe(true);
	});

	it('stores an admin consent with the tenant alone', async () => {
		const { error } = await create('nylas', mockServer.url, {
			provider: 'microsoft',
			credentialType: 'adminconsent',
			name: 'Acme tenant',
			credentialDataTenant: 'tenant-1',
		});
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([
			{ name: 'Acme tenant', credential_type: 'adminconsent', credential_data: { tenant: 'tenant-1' } },
		]);
	});

	it('adds the Azure app to an admin consent where it was entered', async () => {
		const parameters = {
			provider: 'microsoft',
			credentialType: 'adminconsent',
			name: 'Acme tenant',
			credentialDataTenant: 'tenant-1',
			additionalFields: { credentialDataClientId: 'azure-1', credentialDataClientSecret: 'canary-azure' },
		};
		await create('nylas', mockServer.url, parameters);
		expect(mockServer.bodies()).toEqual([
			{
				name: 'Acme tenant',
				credential_type: 'adminconsent',
				credential_data: { tenant: 'tenant-1', client_id: 'azure-1', client_secret: 'canary-azure' },
			},
		]);
	});

	it('takes a provider that is not in the list', async () => {
		const { error } = await create('nylas', mockServer.url, { ...connector, provider: 'new/provider' });
		expect(error).toBeUndefined();
		expect(mockServer.current.requests[0].path).toBe('/v3/connectors/new%2Fprovider/creds');
	});

	it('takes the provider and the variant from expressions, one credential for each item', async () => {
		const parameters = {
			...connector,
			provider: '={{ $json.provider }}',
			credentialType: '={{ $json.type }}',
			name: '={{ $json.name }}',
			credentialDataTenant: '={{ $json.tenant }}',
		};
		const { items, error } = await create('nylas', mockServer.url, parameters, {
			items: [
				{ provider: 'google', type: 'connector', name: 'One' },
				{ provider: 'microsoft', type: 'adminconsent', name: 'Two', tenant: 't-2' },
			],
		});
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([
			{ name: 'One', credential_type: 'connector', credential_data: { client_id: 'id-1', client_secret: 'canary-secret-1' } },
			{ name: 'Two', credential_type: 'adminconsent', credential_data: { tenant: 't-2' } },
		]);
		expect(items.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('decrypts the n8n credential once for each item and sends one request for each', async () => {
		const { decrypts } = await create('nylas', mockServer.url, connector, { items: [{}, {}, {}] });
		expect(decrypts).toBe(3);
		expect(mockServer.current.requests).toHaveLength(3);
	});
});
