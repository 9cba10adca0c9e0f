import axios from 'axios';

import { ACME, operate, seedAlloy } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

/** The two APIs of Alloy: how each makes a link, and how each waits. */
const WAYS: {
	[vendor: string]: {
		name: string;
		link(): ReturnType<typeof operate>;
		wait(parameters?: object, more?: object): ReturnType<typeof operate>;
	};
} = {
	alloyEmbedded: {
		name: 'Alloy Embedded',
		link: async () => await operate('alloyEmbedded', mockServer.url, 'credential.getLink', { app: 'slack', userId: ACME }),
		wait: async (parameters = {}, more = {}) =>
			await operate('alloyEmbedded', mockServer.url, 'credential.waitUntilLinked', { userId: ACME, maxWaitTime: 30, ...parameters }, more),
	},
	alloyConnectivity: {
		name: 'Alloy Connectivity',
		link: async () =>
			await operate('alloyConnectivity', mockServer.url, 'credential.create', {
				connectorId: 'slack',
				userId: ACME,
				authenticationType: 'oauth2',
			}),
		wait: async (parameters = {}, more = {}) =>
			await operate(
				'alloyConnectivity',
				mockServer.url,
				'credential.waitUntilLinked',
				{ connectorId: 'slack', xAlloyUserid: ACME, maxWaitTime: 30, ...parameters },
				more,
			),
	},
};

/** The customer signs in. */
const open = async (link: unknown) => await axios.get(String(link), { maxRedirects: 0, validateStatus: () => true });

/** Waits for a condition of the mock server. */
async function until(condition: () => boolean): Promise<void> {
	for (let tries = 0; !condition() && tries < 500; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
	expect(condition()).toBe(true);
}

describe.each(['alloyEmbedded', 'alloyConnectivity'] as const)('%s: from a link to a credential', (vendor) => {
	const { name, link, wait } = WAYS[vendor];
	const seed = (id: string) => seedAlloy(mockServer.current, vendor, id, { userId: ACME });

	it('notes beside the link what exists already', async () => {
		seed('c-1');
		const { items, error } = await link();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			link: mockServer.current.links[0].url,
			knownCredentialIds: ['c-1'],
			outcome: 'linkCreated',
			vendor: name,
		});
		expect(items[0].json).not.toHaveProperty('credentialId');
	});

	it('gives the link all the same where it cannot note that', async () => {
		const path = vendor === 'alloyEmbedded' ? '/credentials/users/{userId}' : '/connectors/{connectorId}/credentials';
		mockServer.current.fault({ vendor, method: 'GET', path, status: 403 });
		const { items, error } = await link();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ link: mockServer.current.links[0].url });
		expect(items[0].json).not.toHaveProperty('knownCredentialIds');
	});

	it('sees a link that was used before the waiting began', async () => {
		seed('c-1');
		const [{ json }] = (await link()).items;
		await open(json.link);
		const { items, error } = await wait({ knownCredentialIds: '={{ $json.knownCredentialIds }}' }, { items: [json] });
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: expect.objectContaining({ linked: true, credentialId: mockServer.current.credentials[1].id, vendor: name }) as object,
				pairedItem: { item: 0 },
			},
		]);
	});

	it('sees it too where nothing existed before', async () => {
		const [{ json }] = (await link()).items;
		await open(json.link);
		const { items } = await wait({ knownCredentialIds: '={{ $json.knownCredentialIds }}' }, { items: [json] });
		expect(items[0].json).toMatchObject({ linked: true, credentialId: mockServer.current.credentials[0].id });
	});

	it('waits until the customer has used the link', async () => {
		seed('c-1');
		const [{ json }] = (await link()).items;
		const before = mockServer.current.requests.length;
		const waiting = wait({ knownCredentialIds: '={{ $json.knownCredentialIds }}' }, { items: [json] });
		await until(() => mockServer.current.requests.length > before);
		await open(json.link);
		const { items } = await waiting;
		expect(items.map(({ json: item }) => item.credentialId)).toEqual([mockServer.current.credentials[1].id]);
		expect(mockServer.current.requests.length - before).toBeGreaterThanOrEqual(2);
	});

	it('takes what is there at the first look for known where no IDs are given', async () => {
		seed('c-1');
		const waiting = wait();
		await until(() => mockServer.current.requests.some(({ status }) => status === 200));
		seed('c-2');
		expect((await waiting).items.map(({ json }) => json.credentialId)).toEqual(['c-2']);
	});

	it.each([
		['as JSON', '["c-1","c-2"]'],
		['with commas between', 'c-1, c-2'],
	])('knows IDs that are given %s', async (_how, knownCredentialIds) => {
		for (const id of ['c-1', 'c-2', 'c-3', 'c-4']) seed(id);
		expect((await wait({ knownCredentialIds })).items.map(({ json }) => json.credentialId)).toEqual(['c-3', 'c-4']);
	});

	it('fails when the time is over, and says how to go on', async () => {
		seed('c-1');
		const { error, items } = await wait({ maxWaitTime: 0, knownCredentialIds: 'c-1' });
		expect(items).toEqual([]);
		expect(error?.message).toBe('The customer has not used the link within 0 seconds [item 0]');
		expect(error?.description).toContain("set 'If Not Linked' to return an item");
		expect(mockServer.current.requests).toHaveLength(1);
	});

	it('or gives an item that says so', async () => {
		const { items, error } = await wait({ maxWaitTime: 0, ifNotLinked: 'answer' });
		expect(error).toBeUndefined();
		expect(items).toEqual([{ json: { linked: false, vendor: name }, pairedItem: { item: 0 } }]);
	});

	it('refuses a time that is none', async () => {
		const { error } = await wait({ maxWaitTime: '={{ "soon" }}' });
		expect(error?.message).toBe('Max Wait Time must be a number of seconds [item 0]');
		expect(mockServer.current.requests).toEqual([]);
	});

	it('ends at once where the vendor will never answer otherwise', async () => {
		mockServer.current.fault({ vendor, status: 404 });
		const { error } = await wait();
		expect(error?.message).toMatch(new RegExp(`^${name} did not find what the request names`));
		expect(mockServer.current.requests).toHaveLength(1);
	});

	it('outlives a vendor that fails for a moment', async () => {
		seed('c-1');
		mockServer.current.fault({ vendor, status: 500 });
		expect((await wait({ knownCredentialIds: '[]' })).items[0].json).toMatchObject({ linked: true, credentialId: 'c-1' });
	});

	it('does not call a link unused where it could not look', async () => {
		mockServer.current.fault({ vendor, status: 500, times: Infinity });
		const { error } = await wait({ maxWaitTime: 0, ifNotLinked: 'answer', options: { retries: 0 } });
		expect(error?.message).toMatch(new RegExp(`^${name} could not answer`));
	});

	it('stops when the execution is stopped', async () => {
		const stop = new AbortController();
		const waiting = wait({ maxWaitTime: 600 }, { signal: stop.signal });
		await until(() => mockServer.current.requests.some(({ status }) => status === 200));
		stop.abort();
		const { run, items } = await waiting;
		expect(run.status).toBe('canceled');
		expect(items).toEqual([]);
	});
});

test('Alloy Embedded lists all connectors of a user: a credential of another one is not the one that is waited for', async () => {
	const [{ json }] = (await WAYS.alloyEmbedded.link()).items;
	seedAlloy(mockServer.current, 'alloyEmbedded', 'c-other', { userId: ACME, type: 'shopify' });
	const parameters = { knownCredentialIds: '={{ $json.knownCredentialIds }}', ifNotLinked: 'answer', maxWaitTime: 0 };
	const wait = async (waitFor: string) =>
		(await WAYS.alloyEmbedded.wait({ ...parameters, waitFor }, { items: [json] })).items.map(({ json: item }) => item);
	expect(await wait('slack')).toEqual([{ linked: false, vendor: 'Alloy Embedded' }]);
	expect(await wait('')).toEqual([expect.objectContaining({ linked: true, credentialId: 'c-other' })]);
	await open(json.link);
	expect(await wait(' slack ')).toEqual([expect.objectContaining({ linked: true, type: 'slack' })]);
});
