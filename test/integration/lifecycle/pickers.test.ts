import { listSearch, methodBehind } from '../../support/editor';
import { ACME, lineOf, opened, openedTrigger, seedAlloy, seedMielto, seedMieltoRecord, seedNylas } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const lines = () => mockServer.current.requests.map(lineOf);

/** What a list shows for a field of the form. */
const pick = async (
	vendor: string,
	which: string,
	field: string,
	parameters: object = {},
	filter?: string,
	token?: string,
	credential = {},
) => {
	const [resource, operation] = which.split('.');
	const form = opened(vendor, mockServer.url, { resource, operation, ...parameters }, credential);
	return await listSearch(form, methodBehind(form.node, field, resource, operation), filter, token);
};

describe('What can be picked from a list', () => {
	it("is Nylas's connectors, by their names", async () => {
		const { results, paginationToken } = await pick('nylas', 'credential.create', 'provider');
		expect(lines()).toEqual(['GET /v3/connectors?limit=10&offset=0']);
		expect(mockServer.current.requests[0].headers.authorization).toBe('Bearer nylas-demo-key');
		expect(results).toEqual([
			{ name: 'Google', value: 'google' },
			{ name: 'Microsoft', value: 'microsoft' },
			{ name: 'IMAP', value: 'imap' },
		]);
		// A vendor may cap its pages: the next one is empty if that was all.
		expect((await pick('nylas', 'credential.create', 'provider', {}, undefined, paginationToken as string)).results).toEqual([]);
	});

	it("is Nylas's credentials of the chosen connector, page after page", async () => {
		seedNylas(mockServer.current, 12);
		const provider = { __rl: true, mode: 'list', value: 'google', cachedResultName: 'Google' };
		const first = await pick('nylas', 'credential.update', 'id', { provider });
		expect(first.results.map(({ name }) => name)).toEqual(['n12', 'n11', 'n10', 'n9', 'n8', 'n7', 'n6', 'n5', 'n4', 'n3']);
		expect(first.results[0].value).toBe('id-12');
		const second = await pick('nylas', 'credential.update', 'id', { provider }, undefined, first.paginationToken as string);
		expect(second.results).toEqual([
			{ name: 'n2', value: 'id-2' },
			{ name: 'n1', value: 'id-1' },
		]);
		// A vendor may cap its pages, so that only an empty one is the end.
		expect(await pick('nylas', 'credential.update', 'id', { provider }, undefined, second.paginationToken as string)).toEqual({
			results: [],
		});
		expect(lines().slice(0, 2)).toEqual([
			'GET /v3/connectors/google/creds?limit=10&offset=0',
			'GET /v3/connectors/google/creds?limit=10&offset=10',
		]);
	});

	it('is looked through on all pages where the vendor cannot search', async () => {
		seedNylas(mockServer.current, 12);
		const { results, paginationToken } = await pick('nylas', 'credential.get', 'id', { provider: 'google' }, ' N1 ');
		expect(results.map(({ name }) => name)).toEqual(['n1', 'n10', 'n11', 'n12']);
		expect(paginationToken).toBeUndefined();
		expect((await pick('nylas', 'credential.get', 'id', { provider: 'google' }, 'id-7')).results).toEqual([{ name: 'n7', value: 'id-7' }]);
		expect((await pick('nylas', 'credential.get', 'id', { provider: 'google' }, 'nothing')).results).toEqual([]);
	});

	it('is no expression, whatever the vendor calls it', async () => {
		seedMieltoRecord(mockServer.current, { id: '={{ $env.KEY }}', label: '={{ 1 }}' });
		expect((await pick('mielto', 'credential.update', 'credentialId')).results).toEqual([
			{ name: '={{ 1 }}', value: '={{ "={\\u007b $env.KEY }\\u007d" }}' },
		]);
	});

	it("is Mielto's credentials, a hundred at a time", async () => {
		seedMielto(mockServer.current, 101);
		const first = await pick('mielto', 'credential.update', 'credentialId');
		expect([first.results.length, first.paginationToken]).toEqual([100, '{"offset":100}']);
		expect((await pick('mielto', 'credential.update', 'credentialId', {}, '', first.paginationToken as string)).results).toEqual([
			{ name: 'm101', value: 'id-101' },
		]);
	});

	it("is Arklow's organizations", async () => {
		expect((await pick('arklow', 'credential.create', 'orgId')).results.map(({ value }) => value)).toEqual(['1024', '2048']);
	});

	it.each([
		['alloyEmbedded', 'credential.create', 'userId'],
		['alloyEmbedded', 'credential.getAll', 'userId'],
		['alloyEmbedded', 'credential.getLink', 'userId'],
		['alloyEmbedded', 'user.update', 'userId'],
		['alloyConnectivity', 'credential.create', 'userId'],
		['alloyConnectivity', 'credential.getAll', 'xAlloyUserid'],
		['alloyConnectivity', 'user.get', 'userId'],
	])("is Alloy's users, in alphabetical order (%s, %s)", async (vendor, which, field) => {
		const { results } = await pick(vendor, which, field);
		expect(results).toEqual([
			{ name: 'acme', value: ACME },
			{ name: 'globex', value: expect.any(String) as string },
		]);
		expect(lines()).toEqual(['GET /users']);
		expect((await pick(vendor, which, field, {}, 'GLO')).results.map(({ name }) => name)).toEqual(['globex']);
	});

	it('shows of the connectors for a link those alone that sign in with OAuth', async () => {
		expect((await pick('alloyEmbedded', 'credential.getLink', 'app')).results.map(({ value }) => value)).toEqual(['slack', 'zohoCrm']);
		expect((await pick('alloyEmbedded', 'credential.create', 'credentialType')).results).toHaveLength(5);
	});

	it('is what the chosen connector offers for the sign-in', async () => {
		const { results } = await pick('alloyConnectivity', 'credential.create', 'authenticationType', { connectorId: 'slack' });
		expect(results.map(({ value }) => value)).toEqual(['apiKey', 'oauth2']);
		expect(lines()).toEqual(['GET /connectors/slack/credentials/metadata']);
	});

	it('is the credentials of the chosen user and connector', async () => {
		seedAlloy(mockServer.current, 'alloyConnectivity', 'c-1', { userId: ACME, name: 'Main' });
		const { results } = await pick('alloyConnectivity', 'credential.delete', 'credentialId', { connectorId: 'slack', xAlloyUserid: ACME });
		expect(results).toEqual([{ name: 'Main', value: 'c-1' }]);
		expect(mockServer.current.requests[0].headers['x-alloy-userid']).toBe(ACME);
	});
});

describe('What can be picked in a trigger', () => {
	it('is what the list needs that it watches', async () => {
		const { node } = openedTrigger('alloyConnectivity', mockServer.url);
		const list = async (name: string) =>
			await listSearch(
				{ ...openedTrigger('alloyConnectivity', mockServer.url), parameters: {} },
				node.description.properties.find((one) => one.name === name)?.modes?.[0].typeOptions?.searchListMethod as string,
			);
		expect((await list('xAlloyUserid')).results.map(({ name }) => name)).toEqual(['acme', 'globex']);
		expect((await list('connectorId')).results).toHaveLength(5);
	});
});

describe('Where a list cannot be shown', () => {
	it.each([
		['nylas', 'credential.get', 'id', {}, "Fill in 'Provider' first"],
		['alloyEmbedded', 'credential.delete', 'credentialId', {}, "Fill in 'User' first"],
		['alloyConnectivity', 'credential.delete', 'credentialId', {}, "Fill in 'Connector' and 'User' first"],
		['alloyConnectivity', 'credential.create', 'authenticationType', {}, "Fill in 'Connector' first"],
		['alloyConnectivity', 'credential.delete', 'credentialId', { connectorId: 'slack' }, "Fill in 'User' first"],
	])('says what has to be filled in first (%s, %s)', async (vendor, which, field, parameters, message) => {
		await expect(pick(vendor, which, field, parameters)).rejects.toThrow(message);
		expect(mockServer.current.requests).toEqual([]);
	});

	it.each([
		['typed as an expression', '={{ $json.provider }}'],
		['an expression in the field that can be picked', { __rl: true, mode: 'id', value: '={{ $json.provider }}' }],
	])('does not ask the vendor for what is %s', async (_what, provider) => {
		await expect(pick('nylas', 'credential.get', 'id', { provider })).rejects.toMatchObject({
			message: "Fill in 'Provider' first",
			description: expect.stringContaining('Where it is an expression') as string,
		});
		expect(mockServer.current.requests).toEqual([]);
	});

	it('leaves out what was added as an expression, and keeps what is fixed', async () => {
		const workspace = async (xWorkspaceId: string) => {
			await pick('mielto', 'credential.update', 'credentialId', { updateFields: { label: '={{ $json.label }}', xWorkspaceId } });
			return mockServer.current.requests.at(-1)?.headers['x-workspace-id'];
		};
		expect(await workspace('={{ $json.workspace }}')).toBeUndefined();
		expect(await workspace('other')).toBe('other');
	});

	it('says in words that the key was refused', async () => {
		const wrong = pick('nylas', 'credential.create', 'provider', {}, undefined, undefined, { apiKey: 'canary-wrong-key' });
		await expect(wrong).rejects.toMatchObject({
			message: expect.stringMatching(/^Nylas refused the API key: [^[]*$/) as string,
			description: expect.stringContaining('check the key and the region') as string,
		});
		await wrong.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain('canary'));
	});

	it('says that the vendor cannot be reached', async () => {
		await expect(
			pick('mielto', 'credential.update', 'credentialId', {}, undefined, undefined, { baseUrl: 'http://127.0.0.1:1' }),
		).rejects.toThrow('Mielto cannot be reached');
	});

	it('says what is wrong with the base URL', async () => {
		await expect(
			pick('mielto', 'credential.update', 'credentialId', {}, undefined, undefined, { baseUrl: 'api.mielto.com' }),
		).rejects.toThrow('Base URL in the n8n credential must be a complete URL');
	});
});
