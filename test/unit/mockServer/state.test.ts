import axios, { type AxiosResponse } from 'axios';

import { KEYS, type MockServer, startMockServer } from '../../support/mockServer';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const alloyHeaders = { ...bearer(KEYS.alloy), 'x-api-version': '2025-09' };
const ACME = '5eba51a03fe9631316668514';
const GLOBEX = '5eba51a03fe9631316668515';

let mockServer: MockServer;
beforeAll(async () => {
	mockServer = await startMockServer();
});
afterEach(() => mockServer.reset());
afterAll(() => mockServer.close());

type Caller = (method: string, url: string, data?: unknown, more?: Record<string, string>) => Promise<AxiosResponse>;

const caller =
	(headers: Record<string, string>): Caller =>
	(method, url, data, more) =>
		axios.request({
			baseURL: mockServer.url,
			validateStatus: () => true,
			maxRedirects: 0,
			method,
			url,
			data,
			headers: { ...headers, ...more },
		});

const alloy = caller(alloyHeaders);
const nobody = caller({});

describe('Nylas', () => {
	const call = caller(bearer(KEYS.nylas));
	const path = '/v3/connectors/google/creds';
	const bodyOf = (name: string, client_secret = 'secret-1') => ({
		name,
		credential_type: 'connector',
		credential_data: { client_id: 'id', client_secret },
	});
	const create = async (name: string) => (await call('POST', path, bodyOf(name))).data.data;

	test('the same parameters once more lead to the credential that exists', async () => {
		const first = await create('Acme');
		const again = await call('POST', path, bodyOf('Acme'));
		expect([again.status, again.data.data]).toEqual([201, first]);
		expect(mockServer.credentials).toHaveLength(1);
	});

	test('a name is taken within its connector', async () => {
		await create('Acme');
		const other = await call('POST', path, bodyOf('Acme', 'secret-2'));
		expect([other.status, other.data.error.type]).toEqual([400, 'api.invalid_request_error']);
		expect(other.data.error.message).toBe('There is another credential with the name Acme');
		expect((await call('POST', path.replace('google', 'microsoft'), bodyOf('Acme'))).status).toBe(201);
		expect(mockServer.credentials).toHaveLength(2);
	});

	test('lists ten at a time, the newest first, unless told otherwise', async () => {
		for (let i = 1; i <= 12; i++) await create(`n${i}`);
		const names = async (query: string) => (await call('GET', `${path}${query}`)).data.data.map(({ name }: { name: string }) => name);
		expect(await names('')).toEqual(['n12', 'n11', 'n10', 'n9', 'n8', 'n7', 'n6', 'n5', 'n4', 'n3']);
		expect(await names('?offset=10')).toEqual(['n2', 'n1']);
		expect(await names('?order_by=asc&limit=2&offset=1')).toEqual(['n2', 'n3']);
		await call('PATCH', `${path}/${mockServer.credentials[4].id}`, { name: 'changed' });
		expect(await names('?sort_by=updated_at&limit=2')).toEqual(['changed', 'n12']);
		expect((await call('GET', `${path}?sort_by=createdAt`)).status).toBe(400);
		expect((await call('GET', '/v3/connectors/zoom/creds')).status).toBe(404);
	});

	test.each([0, 1, 4, 5, 11, 12, 13])(
		'the newest change comes first, also where the second turns, or the clock goes back, after %i creations',
		async (turn) => {
			const now = Date.now();
			const clock = jest.spyOn(Date, 'now');
			try {
				for (const step of [1000, -1000]) {
					mockServer.reset();
					for (let i = 1; i <= 12; i++) {
						clock.mockReturnValue(i > turn ? now + step : now);
						await create(`n${i}`);
					}
					const names = async (query: string) => (await call('GET', `${path}${query}`)).data.data.map(({ name }: { name: string }) => name);
					await call('PATCH', `${path}/${mockServer.credentials[4].id}`, { name: 'changed' });
					expect(await names('?limit=2')).toEqual(['n12', 'n11']);
					expect(await names('?sort_by=updated_at&limit=3')).toEqual(['changed', 'n12', 'n11']);
					await create('n13');
					expect(await names('?sort_by=updated_at&limit=2')).toEqual(['n13', 'changed']);
				}
			} finally {
				clock.mockRestore();
			}
		},
	);

	test('gets, changes and deletes one', async () => {
		const { id, updated_at: created } = await create('Acme');
		expect((await call('GET', `${path}/${id}`)).data.data).toMatchObject({ id, name: 'Acme' });

		const changed = await call('PATCH', `${path}/${id}`, { credential_data: { client_id: 'new', client_secret: 'secret-2' } });
		expect(changed.data.data).toMatchObject({ id, name: 'Acme' });
		expect(changed.data.data.updated_at).toBeGreaterThan(created);
		expect(mockServer.credentials[0].body).toMatchObject({
			name: 'Acme',
			credential_type: 'connector',
			credential_data: { client_id: 'new' },
		});

		await create('Other');
		expect((await call('PATCH', `${path}/${id}`, { name: 'Other' })).status).toBe(400);
		expect((await call('PATCH', `${path}/${id}`, {})).status).toBe(400);
		expect((await call('GET', `/v3/connectors/imap/creds/${id}`)).status).toBe(404);

		const gone = await call('DELETE', `${path}/${id}`);
		expect([gone.status, gone.data]).toEqual([200, { request_id: expect.any(String) }]);
		expect(mockServer.credentials.map(({ record }) => record)).toEqual([expect.objectContaining({ name: 'Other' })]);
		for (const method of ['GET', 'DELETE']) expect((await call(method, `${path}/${id}`)).status).toBe(404);
	});

	test('keeps the credential that is the active one of its connector', async () => {
		const { id } = await create('Acme');
		await nobody('PATCH', '/__mock-server/connectors/google', { active_credential_id: id });
		expect((await call('GET', '/v3/connectors/google')).data.data).toMatchObject({ provider: 'google', active_credential_id: id });
		const refused = await call('DELETE', `${path}/${id}`);
		expect([refused.status, refused.data.error.message]).toEqual([400, 'The active credential of a connector cannot be deleted']);
		mockServer.connectors[0].record.active_credential_id = null;
		expect((await call('DELETE', `${path}/${id}`)).status).toBe(200);
	});

	test('has connectors', async () => {
		const { data } = await call('GET', '/v3/connectors?limit=2');
		expect(data).toMatchObject({ limit: 2, offset: 0, data: [{ provider: 'google' }, { provider: 'microsoft' }] });
		expect((await call('GET', '/v3/connectors/zoom')).status).toBe(404);
	});
});

describe('Mielto', () => {
	const call = caller(bearer(KEYS.mielto));
	const path = '/api/v1/credentials';
	const create = async (more: object = {}) =>
		(
			await call('POST', path, {
				label: 'Acme',
				auth_type: 'api_key',
				credential_scope: 'workspace',
				credentials: { api_key: 'k' },
				...more,
			})
		).data;

	test('lists by type, by way to sign in and by status, and counts what fits', async () => {
		await create({ credential_type: 'llm' });
		await create({ credential_type: 'llm', auth_type: 'custom' });
		await create({ credential_type: 'storage' });
		const total = async (query: string) => (await call('GET', `${path}?${query}`)).data.total;
		expect(await total('credential_type=llm')).toBe(2);
		expect(await total('credential_type=llm&auth_type=custom')).toBe(1);
		expect(await total('status=active')).toBe(3);
		expect(await total('status=expired')).toBe(0);
		expect((await call('GET', `${path}?auth_type=magic`)).status).toBe(422);
	});

	test('changes what it was given, within the workspace', async () => {
		const { id, updated_at: created } = await create();
		const changed = await call('PUT', `${path}/${id}`, { label: 'New', credentials: { api_key: 'k2' } });
		expect(changed.data).toMatchObject({ id, label: 'New', auth_type: 'api_key', credential_scope: 'workspace' });
		expect(changed.data.updated_at > created).toBe(true);
		expect(JSON.stringify(changed.data)).not.toContain('k2');
		expect(mockServer.credentials[0].body).toMatchObject({ label: 'New', credentials: { api_key: 'k2' } });

		expect((await call('PUT', `${path}/${id}`, {})).status).toBe(422);
		const other = await call('PUT', `${path}/${id}`, { label: 'X' }, { 'X-Workspace-Id': 'other' });
		expect([other.status, other.data]).toEqual([404, { detail: 'Credential not found' }]);
		expect((await call('PUT', `${path}/nothing`, { label: 'X' })).status).toBe(404);
	});
});

describe('Alloy: users', () => {
	test('are there by ID and by username, and a username once', async () => {
		const { data } = await alloy('POST', '/users', { username: 'initech', fullName: 'Initech' });
		expect(data).toEqual({ userId: expect.stringMatching(/^[0-9a-f]{24}$/) });
		const user = { userId: data.userId, username: 'initech', fullName: 'Initech' };
		expect((await alloy('GET', `/users/${data.userId}`)).data).toEqual(user);
		expect((await alloy('GET', '/users/initech')).data).toEqual(user);
		expect((await alloy('GET', '/users')).data.data).toHaveLength(3);

		const again = await alloy('POST', '/users', { username: 'initech' });
		expect([again.status, again.data]).toEqual([409, { message: 'The username initech is taken' }]);
		expect((await alloy('POST', '/users', { fullName: 'Nobody' })).status).toBe(400);
	});

	test('can be changed and deleted, with their credentials', async () => {
		expect((await alloy('PUT', `/users/${ACME}`, { username: 'globex' })).status).toBe(409);
		expect((await alloy('PUT', `/users/${ACME}`, { username: 'acme', fullName: 'Acme Ltd.' })).status).toBe(200);
		expect(mockServer.users[0].record).toEqual({ userId: ACME, username: 'acme', fullName: 'Acme Ltd.' });

		await alloy('POST', '/headless/credentials', { userId: ACME, credential: { type: 'openAi', data: { apiKey: 'k' } } });
		await alloy('POST', '/headless/credentials', { userId: GLOBEX, credential: { type: 'openAi', data: { apiKey: 'k' } } });
		expect((await alloy('DELETE', `/users/${ACME}`)).status).toBe(200);
		expect(mockServer.credentials).toHaveLength(1);
		for (const method of ['GET', 'DELETE']) expect((await alloy(method, `/users/${ACME}`)).status).toBe(404);
		expect((await alloy('PUT', `/users/${ACME}`, { fullName: 'X' })).status).toBe(404);
	});

	test('a fault of either API hits what both have', async () => {
		for (const vendor of ['alloyEmbedded', 'alloyConnectivity']) {
			mockServer.fault({ vendor, path: '/users', status: 500 });
			expect((await alloy('GET', '/users')).status).toBe(500);
		}
		expect((await alloy('DELETE', '/users')).headers.allow).toBe('GET, POST');
	});
});

describe('Alloy Embedded', () => {
	const create = async (userId: string, type: string) =>
		(await alloy('POST', '/headless/credentials', { userId, credential: { type, data: { apiKey: 'k' } } })).data.credentialId;

	test('lists and deletes the credentials of a user', async () => {
		const first = await create(ACME, 'openAi');
		const second = await create(ACME, 'openAi');
		await create(GLOBEX, 'openAi');
		const date = expect.stringMatching(/^\d{4}-/);
		expect((await alloy('GET', `/credentials/users/${ACME}`)).data).toEqual({
			data: [
				{ credentialId: first, type: 'openAi', name: 'openAi 1', createdAt: date, updatedAt: date },
				{ credentialId: second, type: 'openAi', name: 'openAi 2', createdAt: date, updatedAt: date },
			],
		});
		expect((await alloy('GET', '/credentials/users/nobody')).data).toEqual({ data: [] });

		expect((await alloy('DELETE', `/users/${GLOBEX}/credentials/${first}`)).status).toBe(404);
		expect((await alloy('DELETE', `/users/${ACME}/credentials/${first}`)).data).toEqual({ success: true });
		expect(mockServer.credentials).toHaveLength(2);
	});

	test('tells what a connector needs', async () => {
		const { data } = (await alloy('GET', '/metadata/credentials/netsuite')).data;
		expect(data).toMatchObject({
			connector: 'netsuite',
			isOauth: false,
			properties: [{ name: 'realm' }, { name: 'consumerKey' }, { name: 'tokenId' }, { name: 'tokenSecret' }],
		});
		const all = (await alloy('GET', '/metadata/credentials')).data.data;
		expect(all.map(({ connector }: { connector: string }) => connector)).toEqual(['slack', 'shopify', 'netsuite', 'openAi', 'zohoCrm']);
		expect(all).toContainEqual(data);
		expect((await alloy('GET', '/metadata/credentials/nothing')).status).toBe(404);
	});

	test('gives a link that makes the credential once it is opened', async () => {
		const { oauthUrl } = (await alloy('GET', `/headless/oauthUrl?app=zohoCrm&userId=${ACME}&region=eu`)).data;
		expect(new URL(oauthUrl).origin).toBe(mockServer.url);
		expect(mockServer.links).toMatchObject([
			{ vendor: 'alloyEmbedded', opened: false, url: oauthUrl, params: { app: 'zohoCrm', properties: { region: 'eu' } } },
		]);
		expect((await alloy('GET', `/credentials/users/${ACME}`)).data.data).toEqual([]);

		const before = mockServer.requests.length;
		for (let i = 0; i < 2; i++) expect((await nobody('GET', oauthUrl)).data).toMatch('You are signed in');
		expect(mockServer.requests).toHaveLength(before);
		expect((await alloy('GET', `/credentials/users/${ACME}`)).data.data).toMatchObject([
			{ type: 'zohoCrm', credentialId: mockServer.credentials[0].id },
		]);
		expect((await nobody('GET', '/oauth/authorize?state=nothing')).status).toBe(404);
	});

	test('gives no link for a connector without OAuth', async () => {
		expect((await alloy('GET', `/headless/oauthUrl?app=netsuite&userId=${ACME}`)).status).toBe(400);
		expect((await alloy('GET', `/headless/oauthUrl?app=nothing&userId=${ACME}`)).status).toBe(404);
		expect((await alloy('GET', '/headless/oauthUrl?app=slack')).data.message).toBe('query.userId is required');
	});
});

describe('Alloy Connectivity', () => {
	const path = '/connectors/slack/credentials';
	const as = (userId: string) => ({ 'x-alloy-userid': userId });

	test('lists and deletes by connector and user', async () => {
		const create = async (connector: string, userId: string) =>
			(await alloy('POST', `/connectors/${connector}/credentials`, { userId, authenticationType: 'apiKey', data: { apiKey: 'k' } })).data
				.credentialId;
		const id = await create('slack', ACME);
		await create('openAi', ACME);
		await create('slack', GLOBEX);
		expect((await alloy('GET', path, undefined, as(ACME))).data).toMatchObject({
			credentials: [{ credentialId: id, type: 'slack-apiKey', name: 'slack-apiKey 1' }],
		});
		expect((await alloy('GET', path)).data.message).toBe('header.x-alloy-userid is required');

		expect((await alloy('DELETE', `${path}/${id}`, undefined, as(GLOBEX))).status).toBe(404);
		const gone = await alloy('DELETE', `${path}/${id}`, undefined, as(ACME));
		expect([gone.status, gone.data]).toEqual([200, '']);
		expect(mockServer.credentials).toHaveLength(2);
	});

	test('a link leads back to the redirect URI when it is opened', async () => {
		const { oauthUrl } = (
			await alloy('POST', path, { userId: ACME, authenticationType: 'oauth2', redirectUri: 'https://app.example.com/done' })
		).data;
		const opened = await nobody('GET', oauthUrl);
		expect([opened.status, opened.headers.location]).toEqual([302, 'https://app.example.com/done']);
		expect((await alloy('GET', path, undefined, as(ACME))).data.credentials).toMatchObject([{ type: 'slack-oauth2' }]);
		expect(mockServer.links[0].opened).toBe(true);
	});

	test('tells the ways to sign in, each with a schema of its body', async () => {
		const { metadata } = (await alloy('GET', '/connectors/shopify/credentials/metadata')).data;
		expect(metadata).toEqual([expect.objectContaining({ authenticationType: 'apiKey', authConfigRequired: false })]);
		expect(metadata[0].inputSchema.properties.data).toMatchObject({
			required: ['shopName', 'apiKey'],
			properties: { shopName: { type: 'string' } },
		});
		expect((await alloy('GET', '/connectors/nothing/credentials/metadata')).status).toBe(404);
	});

	test('refuses a way to sign in that the connector does not have', async () => {
		const { status, data } = await alloy('POST', path, { userId: ACME, authenticationType: 'magic' });
		expect([status, data.code]).toEqual([404, 'AUTHENTICATION_NOT_FOUND']);
	});
});

test('Arklow tells the organizations of the key', async () => {
	const { data } = await caller({ 'x-arklow-auth': KEYS.arklow })('GET', '/v1/self/');
	expect(data).toMatchObject({ errors: null, data: { memberships: [{ org_id: '1024' }, { org_id: '2048' }] } });
});

describe('the state in the hands of a test', () => {
	test('can be read, changed and deleted over HTTP', async () => {
		await alloy('POST', '/headless/credentials', { userId: ACME, credential: { type: 'acme/1', data: { a: 'b' } } });
		const [{ id }] = mockServer.credentials;
		const changed = await nobody('PATCH', `/__mock-server/credentials/${id}`, { name: 'By hand' });
		expect(changed.data).toMatchObject({ id, record: { type: 'acme/1', name: 'By hand' } });
		expect((await alloy('GET', `/credentials/users/${ACME}`)).data.data).toMatchObject([{ name: 'By hand' }]);
		expect((await nobody('GET', '/__mock-server/users')).data).toEqual(mockServer.users);

		expect((await nobody('DELETE', `/__mock-server/credentials/${id}`)).status).toBe(204);
		expect(mockServer.credentials).toEqual([]);
		expect((await nobody('DELETE', `/__mock-server/credentials/${id}`)).status).toBe(404);
		expect((await nobody('PATCH', `/__mock-server/users/${ACME}`, '{')).status).toBe(400);
		expect((await nobody('DELETE', '/__mock-server/users')).status).toBe(404);
	});

	test('is as at the start after a reset, in the same arrays', async () => {
		const { users, connectors } = mockServer;
		users.length = 0;
		connectors[0].record.name = 'Changed';
		await alloy('GET', `/headless/oauthUrl?app=slack&userId=${ACME}`);
		mockServer.reset();
		expect(mockServer.users).toBe(users);
		expect(users.map(({ id }) => id)).toEqual([ACME, GLOBEX]);
		expect(connectors[0].record.name).toBe('Google');
		expect(mockServer.links).toEqual([]);
	});
});
