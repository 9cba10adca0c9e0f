import { ACME, lineOf, operate, seedAlloy, seedMielto, seedNylas } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const lines = () => mockServer.current.requests.map(lineOf);
const nylas = async (parameters = {}, more = {}) =>
	await operate('nylas', mockServer.url, 'credential.getAll', { provider: 'google', ...parameters }, more);
const mielto = async (parameters = {}) => await operate('mielto', mockServer.url, 'credential.getAll', parameters);
const path = '/v3/connectors/google/creds';

describe('A list in pages without a total (Nylas)', () => {
	it('is read until a page adds nothing', async () => {
		seedNylas(mockServer.current, 23);
		const { items } = await nylas({ returnAll: true });
		// Each page begins with the last record of the one before it. One that is not full may be followed by others.
		expect(lines()).toEqual([
			`GET ${path}?limit=10&offset=0`,
			`GET ${path}?limit=10&offset=9`,
			`GET ${path}?limit=10&offset=18`,
			`GET ${path}?limit=10&offset=22`,
		]);
		expect(items.map(({ json }) => json.name)).toEqual(Array.from({ length: 23 }, (_one, index) => `n${23 - index}`));
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	});

	it('is read to the page that adds nothing after a last one that is full', async () => {
		seedNylas(mockServer.current, 20);
		expect((await nylas({ returnAll: true })).items).toHaveLength(20);
		expect(lines()).toHaveLength(4);
	});

	it('asks for no more than is wanted where that is less than a page', async () => {
		seedNylas(mockServer.current, 23);
		expect((await nylas({ limit: 3 })).items).toHaveLength(3);
		expect(lines()).toEqual([`GET ${path}?limit=3&offset=0`]);
	});

	it('asks for the rest alone on the last page', async () => {
		seedNylas(mockServer.current, 23);
		expect((await nylas({ limit: 12 })).items).toHaveLength(12);
		expect(lines()).toEqual([`GET ${path}?limit=10&offset=0`, `GET ${path}?limit=3&offset=9`]);
	});

	it('comes in the order that was chosen', async () => {
		seedNylas(mockServer.current, 3);
		const { items } = await nylas({ sort: { sortBy: 'updated_at', orderBy: 'asc' } });
		expect(mockServer.current.requests[0].query).toEqual({ sort_by: 'updated_at', order_by: 'asc', limit: '10', offset: '0' });
		expect(items.map(({ json }) => json.name)).toEqual(['n1', 'n2', 'n3']);
	});

	it('is one list for each input item, in their order', async () => {
		seedNylas(mockServer.current, 2);
		seedNylas(mockServer.current, 1, 'microsoft');
		const { items } = await nylas(
			{ provider: '={{ $json.provider }}' },
			{ items: [{ provider: 'microsoft' }, { provider: 'imap' }, { provider: 'google' }] },
		);
		expect(items.map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
			['n1', { item: 0 }],
			['n2', { item: 2 }],
			['n1', { item: 2 }],
		]);
	});

	it('ends with the error of the page that failed, and gives no half of a list', async () => {
		seedNylas(mockServer.current, 23);
		mockServer.current.fault({ vendor: 'nylas', status: 403, after: 1 });
		const { items, error } = await nylas({ returnAll: true });
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/^Nylas does not allow this with the API key/);
	});

	it('outlives a page that fails for a moment', async () => {
		seedNylas(mockServer.current, 23);
		mockServer.current.fault({ vendor: 'nylas', status: 503, after: 1 });
		expect((await nylas({ returnAll: true })).items).toHaveLength(23);
	});

	it.each([
		['a word', 'many'],
		['0', 0],
		['less than 0', -1],
	])('refuses a limit that an expression makes %s', async (_what, limit) => {
		seedNylas(mockServer.current, 3);
		const { error } = await nylas({ limit: '={{ $json.limit }}' }, { items: [{ limit }] });
		expect(error?.message).toBe('Limit must be a whole number of at least 1 [item 0]');
		expect(mockServer.current.requests).toEqual([]);
	});
});

describe('A list in pages with a total (Mielto)', () => {
	it('is read until the total is reached, without one request more', async () => {
		seedMielto(mockServer.current, 200);
		const { items } = await mielto({ returnAll: true });
		expect(lines()).toEqual([
			'GET /api/v1/credentials?limit=100&skip=0',
			'GET /api/v1/credentials?limit=100&skip=99',
			'GET /api/v1/credentials?limit=100&skip=198',
		]);
		expect(items).toHaveLength(200);
		expect(new Set(items.map(({ json }) => json.credentialId)).size).toBe(200);
	});

	it('is an error where the vendor promises more than it gives', async () => {
		mockServer.current.fault({ vendor: 'mielto', body: { credentials: [], total: 9, page: 1, size: 100 }, times: Infinity });
		const { items, error } = await mielto({ returnAll: true });
		expect(items).toEqual([]);
		expect(error?.message).toBe('The list of credentials could not be read as a whole: Mielto says that there are 9, but gave 0 [item 0]');
		expect(lines()).toHaveLength(1);
	});
});

describe('A list that comes whole (Alloy)', () => {
	it('is cut to the limit', async () => {
		for (let number = 1; number <= 60; number++) seedAlloy(mockServer.current, 'alloyEmbedded', `c-${number}`, { userId: ACME });
		const list = async (parameters: object) =>
			(await operate('alloyEmbedded', mockServer.url, 'credential.getAll', { userId: ACME, ...parameters })).items;
		expect(await list({})).toHaveLength(50);
		expect(await list({ limit: 7 })).toHaveLength(7);
		expect(await list({ returnAll: true })).toHaveLength(60);
		expect(lines()).toHaveLength(3);
	});

	it('says so when an answer holds no list', async () => {
		mockServer.current.fault({ vendor: 'alloyEmbedded', body: { message: 'odd' } });
		const { error } = await operate('alloyEmbedded', mockServer.url, 'user.getAll');
		expect(error?.message).toBe('Alloy Embedded answered without what was asked for: odd [item 0]');
	});
});
