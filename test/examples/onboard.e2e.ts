import { http } from '../support/http';

import { startMockServer, type MockServer } from '../support/mockServer';
import { CALLER, example, instanceAt, itemsOf, soon, type Instance } from './n8n';
import { startServer, type Server } from './server';

/** The example, so that its runs are saved and can be looked at. */
const onboarding = () => ({ ...example('onboard-a-customer'), settings: { executionOrder: 'v1' } });

const CUSTOMER = { username: 'initech', fullName: 'Initech LLC', email: 'it@initech.example' };

describe('onboard-a-customer.json', () => {
	let mockServer: MockServer;
	let messages: Server;
	let n8n: Instance;

	beforeAll(async () => {
		mockServer = await startMockServer();
		messages = await startServer(() => ({ sent: true }));
		n8n = await instanceAt(process.env.E2E_URL as string, mockServer);
	});

	beforeEach(() => {
		mockServer.reset();
		messages.received.length = 0;
	});

	afterAll(async () => {
		await messages?.close();
		await mockServer?.close();
	});

	interface Answer {
		userId: string;
		link: string;
		linked: boolean;
		sent?: boolean;
		credentialId?: string;
		message?: string;
	}
	const post = async (webhook: string, body: unknown, headers: object = {}) =>
		await http.post<Answer>(webhook, body, { headers: { ...CALLER, ...headers }, validateStatus: () => true });
	const signUp = async (webhook: string, more: object = {}) => {
		const answer = await post(webhook, { ...CUSTOMER, ...more });
		expect([answer.status, answer.data.message]).toEqual([200, undefined]);
		return answer;
	};
	const use = async (link: string) => await http.get(link, { maxRedirects: 0, validateStatus: (status) => status === 302 });

	test('the customer uses the link while n8n has put the workflow aside', async () => {
		// From 65 seconds on n8n keeps what waits in its database and forgets it otherwise.
		const { id, webhook } = await n8n.listen(onboarding(), { messageUrl: messages.url, secondsPerLook: 1, secondsBetweenLooks: 66 });
		const { data } = await signUp(webhook);
		expect(messages.received.map(({ rawBody }) => JSON.parse(rawBody))).toEqual([
			{ to: CUSTOMER.email, subject: 'Connect your account', text: expect.stringContaining(data.link) },
		]);
		const user = mockServer.users.find(({ record }) => record.username === CUSTOMER.username);
		expect(user).toMatchObject({ id: data.userId, record: { fullName: CUSTOMER.fullName } });

		const execution = await soon('the workflow waits', async () => {
			const newest = await n8n.newest(id);
			return newest?.status === 'waiting' && newest;
		});
		expect(mockServer.credentials).toEqual([]);
		expect((await use(data.link)).headers.location).toBe('https://app.example.com/connected');

		const run = await n8n.ended(execution.id);
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const [{ id: credentialId }] = mockServer.credentials;
		expect(itemsOf(run, 'Done')).toEqual([
			{ username: CUSTOMER.username, userId: data.userId, connector: 'slack', credentialId, linked: true },
		]);
		expect(run.nodes['Wait Until Linked'].map(({ data }) => data?.main[0]?.map(({ json }) => json.linked))).toEqual([[false], [true]]);
		expect(run.nodes['Not Linked']).toBeUndefined();
	});

	const QUICK = { secondsPerLook: 1, secondsBetweenLooks: 1, looksAtMost: 100 };

	test('a customer who is linked already is told so, and gets no link', async () => {
		const { id, webhook } = await n8n.listen(onboarding(), { ...QUICK, messageUrl: messages.url });
		const first = await signUp(webhook);
		expect(first.data).toEqual({ userId: expect.any(String), linked: false, link: expect.stringMatching(/^http/), sent: true });
		await use(first.data.link);
		const one = (await n8n.newest(id)) as { id: string };
		expect((await n8n.ended(one.id)).status).toBe('success');

		mockServer.requests.length = 0;
		const second = await post(webhook, CUSTOMER);
		expect([second.status, second.data]).toEqual([
			200,
			{
				userId: first.data.userId,
				linked: true,
				credentialId: mockServer.credentials[0].id,
				message: expect.stringMatching(/linked already/),
			},
		]);
		expect(mockServer.requests.filter(({ method, path }) => method !== 'GET' && path.includes('credentials'))).toEqual([]);
		expect(messages.received).toHaveLength(1);
		const other = await soon('the second run', async () => {
			const newest = await n8n.newest(id);
			return newest?.id !== one.id && newest;
		});
		expect((await n8n.ended(other.id)).status).toBe('success');
	});

	test('without a user name it is refused in words, and nothing is done', async () => {
		const { webhook } = await n8n.listen(onboarding(), { messageUrl: messages.url });
		const bodies: Array<[unknown, object?]> = [
			[{ fullName: 'Initech LLC' }],
			[{ username: '  ' }],
			[{ username: { name: 'initech' } }],
			[{ username: null }],
			[undefined],
			[[{ username: 'initech' }]],
			['username=initech', { 'content-type': 'text/plain' }],
		];
		for (const [body, headers] of bodies) {
			const { status, data } = await post(webhook, body, headers);
			expect([body, status, data]).toEqual([body, 400, { message: expect.stringMatching(/^The body has no username\. Send JSON/) }]);
		}
		expect([mockServer.requests, messages.received]).toEqual([[], []]);
	});

	test('a user name alone is enough: the app gets the link, and no message is sent', async () => {
		const { webhook } = await n8n.listen(onboarding(), { ...QUICK, looksAtMost: 1, messageUrl: messages.url });
		const { status, data } = await post(webhook, { username: 4711 });
		expect([status, data]).toEqual([200, { userId: expect.any(String), linked: false, link: expect.any(String), sent: false }]);
		expect(messages.received).toEqual([]);
		const record = mockServer.users.find(({ id }) => id === data.userId)?.record;
		expect(record).toMatchObject({ username: '4711' });
		expect(record?.fullName).not.toBe('');
	});

	test('a message that cannot be sent does not keep the app from its link', async () => {
		const { webhook } = await n8n.listen(onboarding(), { ...QUICK, looksAtMost: 1, messageUrl: 'http://127.0.0.1:9/' });
		expect((await signUp(webhook)).data).toMatchObject({ linked: false, link: expect.any(String), sent: false });
	});

	test('where Alloy refuses, the app is told why and the run shows as failed', async () => {
		const { id, webhook } = await n8n.listen(onboarding(), { ...QUICK, messageUrl: messages.url });
		const all = [
			{ path: '/users' },
			{ method: 'GET', path: '/connectors/slack/credentials' },
			{ method: 'POST', path: '/connectors/slack/credentials' },
		];
		for (const where of all) {
			mockServer.reset();
			mockServer.fault({ vendor: 'alloyConnectivity', ...where, status: 403, body: { error: 'The plan has ended' }, times: null });
			const before = await n8n.newest(id);
			const { status, data } = await post(webhook, CUSTOMER);
			expect([where, status, data]).toEqual([where, 502, { message: expect.stringMatching(/Alloy Connectivity/), retryable: false }]);
			const next = await soon('the run is saved', async () => {
				const newest = await n8n.newest(id);
				return newest?.id !== before?.id && newest;
			});
			expect((await n8n.ended(next.id)).status).toBe('error');
		}
	});

	test('a look that fails is not the end of waiting', async () => {
		const { id, webhook } = await n8n.listen(onboarding(), { ...QUICK, messageUrl: messages.url });
		const { data } = await signUp(webhook);
		mockServer.fault({
			vendor: 'alloyConnectivity',
			method: 'GET',
			path: '/connectors/slack/credentials',
			status: 403,
			body: { error: 'Not now' },
		});
		const reads = () => mockServer.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/slack/credentials'));
		await soon('a look that fails', async () => reads().some(({ status }) => status === 403));
		await use(data.link);
		const { id: execution } = (await n8n.newest(id)) as { id: string };
		const run = await n8n.ended(execution);
		expect(itemsOf(run, 'Done')).toEqual([expect.objectContaining({ credentialId: mockServer.credentials[0].id, linked: true })]);
	});

	test('a customer who wants one more is the same user, and only a new credential counts', async () => {
		const settings = { messageUrl: messages.url, secondsPerLook: 1, secondsBetweenLooks: 1, looksAtMost: 100 };
		const { id, webhook } = await n8n.listen(onboarding(), settings);
		const first = await signUp(webhook);
		await use(first.data.link);
		const one = (await n8n.newest(id)) as { id: string };
		expect((await n8n.ended(one.id)).status).toBe('success');

		const second = await signUp(webhook, { again: true });
		expect(second.data.userId).toBe(first.data.userId);
		const other = await soon('the second run', async () => {
			const newest = await n8n.newest(id);
			return newest?.id !== one.id && newest;
		});
		await soon(
			'a look that finds nothing new',
			async () => mockServer.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/slack/credentials')).length >= 5,
		);
		expect((await n8n.newest(id))?.status).not.toBe('success');
		await use(second.data.link);
		const run = await n8n.ended(other.id);
		expect(mockServer.credentials).toHaveLength(2);
		expect(itemsOf(run, 'Done')).toEqual([expect.objectContaining({ credentialId: mockServer.credentials[1].id, linked: true })]);
		expect(mockServer.users.filter(({ record }) => record.username === CUSTOMER.username)).toHaveLength(1);
	});

	test('a customer who never uses the link ends as not linked', async () => {
		const settings = { messageUrl: messages.url, secondsPerLook: 1, secondsBetweenLooks: 1, looksAtMost: 2 };
		const { id, webhook } = await n8n.listen(onboarding(), settings);
		const { data } = await signUp(webhook);
		const { id: execution } = (await n8n.newest(id)) as { id: string };
		const run = await n8n.ended(execution);
		expect(run.status).toBe('success');
		expect(itemsOf(run, 'Not Linked')).toEqual([{ username: CUSTOMER.username, userId: data.userId, connector: 'slack', linked: false }]);
		expect(run.nodes['Wait Until Linked']).toHaveLength(2);
	});

	test('the webhook asks for its header', async () => {
		const { webhook } = await n8n.listen(onboarding(), { messageUrl: messages.url });
		const { status } = await http.post(webhook, CUSTOMER, { validateStatus: () => true });
		expect(status).toBe(403);
		expect(mockServer.requests).toEqual([]);
	});
});
