import { ACME, lineOf, operate, seedAlloy } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();
const lines = () => mockServer.current.requests.map(lineOf);

describe('Alloy Embedded: Create or Reuse a credential', () => {
	const fields = {
		userId: ACME,
		credentialType: 'openAi',
		credentialConnectorFields: 'anyConnector',
		credentialDataAnyConnector: { items: [{ name: 'apiKey', value: 'canary-key' }] },
	};
	const reuse = async (parameters = {}, more = {}) =>
		await operate('alloyEmbedded', mockServer.url, 'credential.createOrReuse', { ...fields, ...parameters }, more);

	it('creates where the user has none for the connector', async () => {
		seedAlloy(mockServer.current, 'alloyEmbedded', 'c-1', { userId: ACME, type: 'slack' });
		const { items, error } = await reuse();
		expect(error).toBeUndefined();
		expect(lines()).toEqual([`GET /credentials/users/${ACME}`, 'POST /headless/credentials']);
		expect(items[0].json).toMatchObject({
			outcome: 'created',
			credentialId: mockServer.current.credentials[1].id,
			vendor: 'Alloy Embedded',
		});
	});

	it('uses the one that is there as it is', async () => {
		seedAlloy(mockServer.current, 'alloyEmbedded', 'c-1', { userId: ACME });
		const { items } = await reuse();
		expect(lines()).toEqual([`GET /credentials/users/${ACME}`]);
		expect(items[0]).toMatchObject({
			json: { outcome: 'reused', credentialId: 'c-1', type: 'openAi', vendor: 'Alloy Embedded' },
			pairedItem: { item: 0 },
		});
	});

	it('does not choose among several, unless one is named', async () => {
		seedAlloy(mockServer.current, 'alloyEmbedded', 'c-1', { userId: ACME, name: 'First' });
		seedAlloy(mockServer.current, 'alloyEmbedded', 'c-2', { userId: ACME, name: 'Second' });
		const { error } = await reuse();
		expect(error?.message).toBe('Alloy Embedded has 2 records that fit (type "openAi"), so it is not clear which one is meant [item 0]');
		expect((await reuse({ existingName: 'Second' })).items[0].json).toMatchObject({ outcome: 'reused', credentialId: 'c-2' });
		expect(mockServer.current.credentials).toHaveLength(2);
	});

	it('creates where none has the name', async () => {
		seedAlloy(mockServer.current, 'alloyEmbedded', 'c-1', { userId: ACME, name: 'First' });
		expect((await reuse({ existingName: 'Other' })).items[0].json.outcome).toBe('created');
	});

	it('makes one credential of two items that mean the same', async () => {
		const { items } = await reuse({}, { items: [{}, {}] });
		expect(items.map(({ json }) => json.outcome)).toEqual(['created', 'reused']);
		expect(items[0].json.credentialId).toBe(items[1].json.credentialId);
		expect(lines()).toEqual([`GET /credentials/users/${ACME}`, 'POST /headless/credentials']);
	});
});

describe('Alloy Connectivity: Create or Reuse a credential', () => {
	const reuse = async (parameters = {}, more = {}) =>
		await operate(
			'alloyConnectivity',
			mockServer.url,
			'credential.createOrReuse',
			{ connectorId: 'slack', userId: ACME, authenticationType: 'oauth2', ...parameters },
			more,
		);

	it('uses the one that the user has for the connector, and makes no link', async () => {
		seedAlloy(mockServer.current, 'alloyConnectivity', 'c-1', { userId: ACME, type: 'slack-oauth2' });
		const { items } = await reuse();
		expect(lines()).toEqual(['GET /connectors/slack/credentials/metadata', 'GET /connectors/slack/credentials']);
		expect(mockServer.current.requests[1].headers['x-alloy-userid']).toBe(ACME);
		expect(items[0].json).toMatchObject({ outcome: 'reused', credentialId: 'c-1' });
		expect(items[0].json).not.toHaveProperty('link');
	});

	it('makes a link where there is none', async () => {
		seedAlloy(mockServer.current, 'alloyConnectivity', 'c-1', { userId: ACME, connectorId: 'zohoCrm' });
		const { items } = await reuse();
		expect(items[0].json).toMatchObject({ outcome: 'linkCreated', link: mockServer.current.links[0].url, knownCredentialIds: [] });
	});

	it('gives two items of one customer the same link', async () => {
		const { items } = await reuse({}, { items: [{}, {}] });
		expect(mockServer.current.links).toHaveLength(1);
		expect(items.map(({ json }) => [json.link, json.outcome])).toEqual(
			Array.from({ length: 2 }, () => [mockServer.current.links[0].url, 'linkCreated']),
		);
	});
});

describe.each(['alloyEmbedded', 'alloyConnectivity'])('%s: Create or Reuse a user', (vendor) => {
	const reuse = async (username: string, more = {}) => await operate(vendor, mockServer.url, 'user.createOrReuse', { username }, more);

	it('creates one where Alloy knows none of the name', async () => {
		const { items, error } = await reuse('initech');
		expect(error).toBeUndefined();
		expect(lines()).toEqual(['GET /users/initech', 'POST /users']);
		expect(items[0].json).toMatchObject({ outcome: 'created', userId: mockServer.current.users[2].id });
	});

	it('uses the one that there is', async () => {
		const { items } = await reuse('acme');
		expect(lines()).toEqual(['GET /users/acme']);
		expect(items[0].json).toMatchObject({ outcome: 'reused', userId: ACME, username: 'acme', fullName: 'Acme Inc.' });
	});

	it('uses the one that somebody else created after it had looked', async () => {
		mockServer.current.fault({ method: 'GET', status: 404 });
		const { items, error } = await reuse('acme');
		expect(error).toBeUndefined();
		expect(lines()).toEqual(['GET /users/acme', 'POST /users', 'GET /users/acme']);
		expect(items[0].json).toMatchObject({ outcome: 'reused', userId: ACME });
	});

	it('looks once for several items of one name', async () => {
		const { items } = await reuse('initech', { items: [{}, {}, {}] });
		expect(lines()).toEqual(['GET /users/initech', 'POST /users']);
		expect(items.map(({ json }) => json.outcome)).toEqual(['created', 'reused', 'reused']);
		expect(new Set(items.map(({ json }) => json.userId)).size).toBe(1);
	});
});
