import { ACME, GLOBEX, lineOf, operate } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const lines = () => mockServer.current.requests.map(lineOf);
const run = async (which: string, parameters = {}, more = {}) => await operate('alloyEmbedded', mockServer.url, which, parameters, more);

const existing = async (userId: string, type: string) => {
	const { items } = await run('credential.create', {
		userId,
		credentialType: type,
		credentialConnectorFields: 'anyConnector',
		credentialDataAnyConnector: { items: [{ name: 'apiKey', value: 'canary-key' }] },
	});
	mockServer.current.requests.length = 0;
	return String(items[0].json.credentialId);
};

const date = expect.stringMatching(/^\d{4}-/) as string;

describe('Alloy Embedded: what becomes of a credential', () => {
	it('lists the credentials of a user', async () => {
		const id = await existing(ACME, 'openAi');
		await existing(GLOBEX, 'openAi');
		const { items, error } = await run('credential.getAll', { userId: ACME });
		expect(error).toBeUndefined();
		expect(lines()).toEqual([`GET /credentials/users/${ACME}`]);
		expect(mockServer.current.requests[0].headers).toMatchObject({ authorization: 'Bearer alloy-demo-key', 'x-api-version': '2025-09' });
		expect(items).toEqual([
			{
				json: { credentialId: id, type: 'openAi', name: 'openAi 1', createdAt: date, updatedAt: date, vendor: 'Alloy Embedded' },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('deletes one, and says which', async () => {
		const id = await existing(ACME, 'openAi');
		const { items } = await run('credential.delete', { userId: ACME, credentialId: id });
		expect(lines()).toEqual([`DELETE /users/${ACME}/credentials/${id}`]);
		expect(items).toEqual([
			{ json: { deleted: true, credentialId: id, vendor: 'Alloy Embedded', outcome: 'deleted' }, pairedItem: { item: 0 } },
		]);
		expect(mockServer.current.credentials).toEqual([]);
	});

	it("does not delete another user's", async () => {
		const id = await existing(ACME, 'openAi');
		const { error } = await run('credential.delete', { userId: GLOBEX, credentialId: id });
		expect(error?.message).toMatch(/^Alloy Embedded did not find what the request names: There is no credential .* \[item 0\]$/);
		expect(error?.description).toContain('that the credential belongs to this user');
	});

	it('tells the fields that a connector needs', async () => {
		const { items } = await run('credential.getRequiredFields', { credentialName: 'shopify' });
		expect(lines()).toEqual(['GET /metadata/credentials/shopify']);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ connector: 'shopify', isOauth: false, vendor: 'Alloy Embedded' }) as object,
				pairedItem: { item: 0 },
			},
		]);
		expect(items[0].json.properties).toMatchObject([{ name: 'shopName' }, { name: 'apiKey' }]);
		expect(items[0].json).not.toHaveProperty('outcome');
	});

	it('gets a link, with what the connector asks for before the sign-in', async () => {
		const properties = { value: { specifyProperties: 'fields', properties: { items: [{ name: 'region', value: 'eu' }] } } };
		const { items, error } = await run('credential.getLink', { app: 'zohoCrm', userId: ACME, additionalFields: { properties } });
		expect(error).toBeUndefined();
		const [link] = lines().filter((line) => line.startsWith('GET /headless'));
		expect(link).toBe(`GET /headless/oauthUrl?app=zohoCrm&userId=${ACME}&region=eu`);
		expect(items).toEqual([
			{
				json: expect.objectContaining({
					link: mockServer.current.links[0].url,
					knownCredentialIds: [],
					vendor: 'Alloy Embedded',
					outcome: 'linkCreated',
				}) as object,
				pairedItem: { item: 0 },
			},
		]);
		expect(items[0].json).not.toHaveProperty('credentialId');
	});
});

describe.each(['alloyEmbedded', 'alloyConnectivity'])('%s: users', (vendor) => {
	const name = vendor === 'alloyEmbedded' ? 'Alloy Embedded' : 'Alloy Connectivity';
	const users = async (which: string, parameters = {}) => await operate(vendor, mockServer.url, which, parameters);

	it('lists them', async () => {
		const { items } = await users('user.getAll');
		expect(lines()).toEqual(['GET /users']);
		expect(items[0]).toEqual({ json: { userId: ACME, username: 'acme', fullName: 'Acme Inc.', vendor: name }, pairedItem: { item: 0 } });
		expect(items).toHaveLength(2);
	});

	it.each([ACME, 'acme'])('gets one by %s', async (userId) => {
		const { items } = await users('user.get', { userId });
		expect(lines()).toEqual([`GET /users/${userId}`]);
		expect(items[0].json).toEqual({ userId: ACME, username: 'acme', fullName: 'Acme Inc.', vendor: name });
	});

	it('creates one', async () => {
		const { items } = await users('user.create', { username: 'initech', additionalFields: { fullName: 'Initech' } });
		expect(lines()).toEqual(['POST /users']);
		expect(mockServer.bodies()).toEqual([{ username: 'initech', fullName: 'Initech' }]);
		expect(items[0].json).toEqual({ userId: mockServer.current.users[2].id, vendor: name, outcome: 'created' });
	});

	it('refuses a name that is taken, in words', async () => {
		const { error } = await users('user.create', { username: 'acme' });
		expect(error?.message).toBe(`${name} has a record already that conflicts with this one: The username acme is taken [item 0]`);
	});

	it('changes one, though the answer is empty', async () => {
		const { items, error } = await users('user.update', { userId: ACME, updateFields: { fullName: 'Acme Corporation' } });
		expect(error).toBeUndefined();
		expect(lines()).toEqual([`PUT /users/${ACME}`]);
		expect(items).toEqual([{ json: { userId: ACME, vendor: name, outcome: 'updated' }, pairedItem: { item: 0 } }]);
	});

	it('deletes one, and says which', async () => {
		const { items } = await users('user.delete', { userId: ACME });
		expect(lines()).toEqual([`DELETE /users/${ACME}`]);
		expect(items).toEqual([{ json: { deleted: true, userId: ACME, vendor: name, outcome: 'deleted' }, pairedItem: { item: 0 } }]);
	});
});
