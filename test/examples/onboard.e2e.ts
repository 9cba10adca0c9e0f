import axios from 'axios';

import { startStandin, type Standin } from '../standin';
import { CALLER, example, instanceAt, itemsOf, soon, type Instance } from './n8n';
import { startServer, type Server } from './server';

const CUSTOMER = { username: 'initech', fullName: 'Initech LLC', email: 'it@initech.example' };

describe('onboard-a-customer.json', () => {
	let standin: Standin;
	let messages: Server;
	let n8n: Instance;

	beforeAll(async () => {
		standin = await startStandin();
		messages = await startServer(() => ({ sent: true }));
		n8n = await instanceAt(process.env.E2E_URL as string, standin);
	});

	beforeEach(() => {
		standin.reset();
		messages.received.length = 0;
	});

	afterAll(async () => {
		await messages?.close();
		await standin?.close();
	});

	const signUp = async (webhook: string) => await axios.post<{ userId: string; link: string }>(webhook, CUSTOMER, { headers: CALLER, proxy: false });
	const use = async (link: string) => await axios.get(link, { proxy: false, maxRedirects: 0, validateStatus: (status) => status === 302 });

	test('the customer uses the link while n8n has put the workflow aside', async () => {
		// From 65 seconds on n8n keeps what waits in its database and forgets it otherwise.
		const { id, webhook } = await n8n.listen(example('onboard-a-customer'), { messageUrl: messages.url, secondsPerLook: 1, secondsBetweenLooks: 66 });
		const { data } = await signUp(webhook);
		expect(messages.received.map(({ rawBody }) => JSON.parse(rawBody))).toEqual([{ to: CUSTOMER.email, subject: 'Connect your account', text: expect.stringContaining(data.link) }]);
		const user = standin.users.find(({ record }) => record.username === CUSTOMER.username);
		expect(user).toMatchObject({ id: data.userId, record: { fullName: CUSTOMER.fullName } });

		const execution = await soon('the workflow waits', async () => {
			const newest = await n8n.newest(id);
			return newest?.status === 'waiting' && newest;
		});
		expect(standin.credentials).toEqual([]);
		expect((await use(data.link)).headers.location).toBe('https://app.example.com/connected');

		const run = await n8n.ended(execution.id);
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const [{ id: credentialId }] = standin.credentials;
		expect(itemsOf(run, 'Done')).toEqual([{ username: CUSTOMER.username, userId: data.userId, connector: 'slack', credentialId, linked: true }]);
		expect(run.nodes['Wait Until Linked'].map(({ data }) => data?.main[0]?.map(({ json }) => json.linked))).toEqual([[false], [true]]);
		expect(run.nodes['Not Linked']).toBeUndefined();
	});

	test('a customer who signs up again is the same user, and only a new credential counts', async () => {
		const settings = { messageUrl: messages.url, secondsPerLook: 1, secondsBetweenLooks: 1, looksAtMost: 100 };
		const { id, webhook } = await n8n.listen(example('onboard-a-customer'), settings);
		const first = await signUp(webhook);
		await use(first.data.link);
		const one = (await n8n.newest(id)) as { id: string };
		expect((await n8n.ended(one.id)).status).toBe('success');

		const second = await signUp(webhook);
		expect(second.data.userId).toBe(first.data.userId);
		const other = await soon('the second run', async () => {
			const newest = await n8n.newest(id);
			return newest?.id !== one.id && newest;
		});
		await soon('a look that finds nothing new', async () => standin.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/slack/credentials')).length >= 5);
		expect((await n8n.newest(id))?.status).not.toBe('success');
		await use(second.data.link);
		const run = await n8n.ended(other.id);
		expect(standin.credentials).toHaveLength(2);
		expect(itemsOf(run, 'Done')).toEqual([expect.objectContaining({ credentialId: standin.credentials[1].id, linked: true })]);
		expect(standin.users.filter(({ record }) => record.username === CUSTOMER.username)).toHaveLength(1);
	});

	test('a customer who never uses the link ends as not linked', async () => {
		const settings = { messageUrl: messages.url, secondsPerLook: 1, secondsBetweenLooks: 1, looksAtMost: 2 };
		const { id, webhook } = await n8n.listen(example('onboard-a-customer'), settings);
		const { data } = await signUp(webhook);
		const { id: execution } = (await n8n.newest(id)) as { id: string };
		const run = await n8n.ended(execution);
		expect(run.status).toBe('success');
		expect(itemsOf(run, 'Not Linked')).toEqual([{ username: CUSTOMER.username, userId: data.userId, connector: 'slack', linked: false }]);
		expect(run.nodes['Wait Until Linked']).toHaveLength(2);
	});

	test('the webhook asks for its header', async () => {
		const { webhook } = await n8n.listen(example('onboard-a-customer'), { messageUrl: messages.url });
		const { status } = await axios.post(webhook, CUSTOMER, { proxy: false, validateStatus: () => true });
		expect(status).toBe(403);
		expect(standin.requests).toEqual([]);
	});
});
