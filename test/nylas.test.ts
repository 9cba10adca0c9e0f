import { stopEngine } from './harness/engine';
import { create } from './harness/vendors';
import { startStandin, type Standin } from './standin';

let standin: Standin;
beforeAll(async () => {
	standin = await startStandin();
});
beforeEach(() => standin.reset());
afterAll(async () => {
	await standin.close();
	await stopEngine();
});

const connector = { provider: 'google', credentialType: 'connector', name: "Acme's app", credentialDataClientId: 'id-1', credentialDataClientSecret: 'canary-secret-1' };

describe('Nylas: Create credential', () => {
	it('stores a connector override from its fields', async () => {
		const { items, error } = await create('nylas', standin.url, connector);
		expect(error).toBeUndefined();
		expect(standin.requests.map(({ method, path, rawBody }) => ({ method, path, body: JSON.parse(rawBody) as unknown }))).toEqual([
			{
				method: 'POST',
				path: '/v3/connectors/google/creds',
				body: { name: "Acme's app", credential_type: 'connector', credential_data: { client_id: 'id-1', client_secret: 'canary-secret-1' } },
			},
		]);
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({ name: "Acme's app", credentialId: standin.credentials[0].id, vendor: 'Nylas', outcome: 'created' });
		expect(items[0].pairedItem).toEqual({ item: 0 });
	});
});
