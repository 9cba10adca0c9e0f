import { http } from '../support/http';

import { KEYS, startMockServer, type MockServer } from '../support/mockServer';
import { example, instanceAt, itemsOf, type Instance } from './n8n';

const SECRET = 'GOCSPX-rotated-5d1e8c0b7a2f';

describe('rotate-a-secret.json', () => {
	let mockServer: MockServer;
	let n8n: Instance;

	beforeAll(async () => {
		mockServer = await startMockServer();
		n8n = await instanceAt(process.env.E2E_URL as string, mockServer, [
			{
				name: 'Credential Secrets account',
				type: 'credentialSecretsApi',
				data: {
					entries: {
						items: [
							{ name: 'other', value: 'not-this-one' },
							{ name: 'newClientSecret', value: SECRET },
						],
					},
				},
			},
		]);
	});

	afterAll(async () => {
		await mockServer?.close();
	});

	/** Makes a credential at the vendor, without n8n. */
	const create = async (name: string) => {
		const body = { name, credential_type: 'connector', credential_data: { client_id: 'an-id', client_secret: 'the-old-secret' } };
		const { data } = await http.post(`${mockServer.url}/v3/connectors/google/creds`, body, {
			headers: { authorization: `Bearer ${KEYS.nylas}` },
		});
		return data.data.id as string;
	};

	test('one credential of many gets the new secret, and the report says so', async () => {
		// More than a page of Nylas'.
		for (let number = 0; number < 6; number++) await create(`Before ${number}`);
		const id = await create("Acme's Google app");
		for (let number = 0; number < 6; number++) await create(`After ${number}`);
		const run = await n8n.run(example('rotate-a-secret'));
		expect([run.status, run.error]).toEqual(['success', undefined]);
		expect(itemsOf(run, 'Report')).toEqual([
			{ name: "Acme's Google app", credentialId: id, rotated: true, before: expect.any(String), now: expect.any(String) },
		]);
		const data = (each: { body: unknown }) => (each.body as { credential_data: object }).credential_data;
		const found = mockServer.credentials.find((each) => each.id === id);
		expect(found && data(found)).toEqual({ client_id: '1234567890-abc.apps.googleusercontent.com', client_secret: SECRET });
		for (const each of mockServer.credentials.filter((other) => other !== found))
			expect(data(each)).toEqual({ client_id: 'an-id', client_secret: 'the-old-secret' });
		expect(JSON.stringify(run)).not.toContain(SECRET);
	});

	test('a name that is not there is reported, and nothing is changed', async () => {
		mockServer.requests.length = 0;
		const run = await n8n.run(example('rotate-a-secret'), { name: 'Nobody' });
		expect(itemsOf(run, 'Not Found')).toEqual([
			{
				name: 'Nobody',
				rotated: false,
				problem: 'The connector google has no credential of this name',
				names: expect.arrayContaining(mockServer.credentials.map(({ body }) => (body as { name: string }).name)),
			},
		]);
		expect(mockServer.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('it can be done twice at once, and blanks around the name do not matter', async () => {
		for (let time = 0; time < 2; time++) {
			const run = await n8n.run(example('rotate-a-secret'), { name: " Acme's Google app " });
			expect(itemsOf(run, 'Report')).toEqual([expect.objectContaining({ name: "Acme's Google app", rotated: true })]);
		}
	});

	test('an empty name is no name of a credential', async () => {
		mockServer.requests.length = 0;
		const run = await n8n.run(example('rotate-a-secret'), { name: '' });
		expect(itemsOf(run, 'Not Found')).toHaveLength(1);
		expect(mockServer.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test.each([
		['a connector that is not there', { provider: 'nobody' }, /Nylas/],
		['no client ID', { clientId: '' }, /Client ID/],
	])('%s is said in words, and nothing is changed', async (_name, settings, expected) => {
		mockServer.requests.length = 0;
		const run = await n8n.run(example('rotate-a-secret'), settings);
		expect([run.status, run.error?.message]).toEqual(['error', expect.stringMatching(expected)]);
		expect(mockServer.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('a connector without credentials is no error', async () => {
		mockServer.reset();
		const run = await n8n.run(example('rotate-a-secret'));
		expect([run.status, run.error]).toEqual(['success', undefined]);
		expect(itemsOf(run, 'Not Found')).toHaveLength(1);
	});
});
