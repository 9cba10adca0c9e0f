import { Pace, retryAfter } from '../../../engine/run/pacing/pace';
import * as sleeping from '../../../engine/run/pacing/sleepUntilAborted';
import { freePorts } from '../../../scripts/n8n/ports';
import { create } from '../../support/vendors';
import { startMockServer } from '../../support/mockServer';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const mielto = {
	label: '={{ $json.label }}',
	authType: 'api_key',
	credentials: { items: [{ name: 'api_key', value: 'canary-secret-value' }] },
};
const nylas = {
	provider: 'google',
	credentialType: 'connector',
	name: 'Acme',
	credentialDataClientId: 'id-1',
	credentialDataClientSecret: 'canary-secret-value',
};
const row = { items: [{ label: 'Acme' }] };

describe('A request that was refused for a while', () => {
	it.each([
		['429', { status: 429, times: 3 }],
		['503 with a pause', { status: 503, retryAfter: 0.05, times: 2 }],
		['429 with a pause in seconds', { status: 429, retryAfter: 0.05 }],
		['429 with the time of the next try', { status: 429, retryAfter: new Date(Date.now() - 1000).toUTCString() }],
	])('is sent again: %s', async (_what, fault) => {
		mockServer.current.fault(fault);
		const { items, error } = await create('mielto', mockServer.url, mielto, row);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(mockServer.current.credentials).toHaveLength(1);
		expect(mockServer.current.requests).toHaveLength(('times' in fault ? fault.times : 1) + 1);
	});

	it('is sent when the vendor can be reached again', async () => {
		const [port] = await freePorts(0);
		const running = create('mielto', `http://127.0.0.1:${port}`, mielto, row);
		// The first try finds nobody; the second one comes a quarter of a second later at the earliest.
		await new Promise((resolve) => setTimeout(resolve, 100));
		const late = await startMockServer({ port });
		const { items, error } = await running;
		expect([items.length, error]).toEqual([1, undefined]);
		expect(late.requests).toHaveLength(1);
		await late.close();
	});

	it('is given up when the vendor stays so, and the error says what to do', async () => {
		mockServer.current.fault({ status: 429, times: Infinity });
		const { error } = await create('mielto', mockServer.url, { ...mielto, options: { retries: 1 } }, row);
		expect(error?.message).toBe('Mielto is getting too many requests: Too Many Requests [item 0]');
		expect(mockServer.current.requests).toHaveLength(2);
	});

	it('is not kept waiting for an hour', async () => {
		mockServer.current.fault({ status: 429, retryAfter: 3600 });
		const { error } = await create('mielto', mockServer.url, mielto, row);
		expect(error?.message).toContain('too many requests');
		expect(mockServer.current.requests).toHaveLength(1);
	});

	it('was not begun, where the vendor asks for a pause: nobody has to look', async () => {
		mockServer.current.fault({ status: 503, retryAfter: 3600 });
		const { errorItems } = await create('mielto', mockServer.url, mielto, { ...row, onError: 'continueErrorOutput' });
		expect(errorItems[0].json.error).toMatchObject({
			message: 'Mielto takes no requests at the moment: Service Unavailable [item 0]',
			description: expect.stringMatching(/^It was not begun\. Run it again in a while\./),
			retryable: true,
		});
		expect(errorItems[0].json.error).not.toHaveProperty('code');
	});
});

test('pauses grow, up to half a minute, and are spread', async () => {
	const slept = jest.spyOn(sleeping, 'sleepUntilAborted').mockResolvedValue();
	const pauses = async () => {
		const pace = new Pace({ retries: 8 });
		slept.mockClear();
		for (let attempt = 1; attempt <= 8; attempt++) expect(await pace.again(attempt)).toBe(true);
		expect(await pace.again(9)).toBe(false);
		return slept.mock.calls.map(([milliseconds]) => milliseconds);
	};
	const [one, other] = [await pauses(), await pauses()];
	slept.mockRestore();
	for (const all of [one, other]) {
		expect(
			all.map((pause, index) => pause >= Math.min(500 * 2 ** index, 30_000) / 2 && pause <= Math.min(500 * 2 ** index, 30_000)),
		).toEqual(Array(8).fill(true));
	}
	expect(one).not.toEqual(other);
});

describe('A creation that may have done its work', () => {
	it.each([
		['500', { status: 500 }],
		['a connection that breaks', { reset: true }],
		['a connection that breaks afterwards', { reset: true, done: true }],
	])('is not sent again where that could make a second one: %s', async (_what, fault) => {
		mockServer.current.fault(fault);
		const { error } = await create('mielto', mockServer.url, mielto, row);
		expect(error?.description).toContain('whether the credential was created');
		expect(mockServer.current.requests).toHaveLength(1);
	});

	it('is sent again where the vendor makes that harmless', async () => {
		mockServer.current.fault({ reset: true, done: true });
		const { items, error } = await create('nylas', mockServer.url, nylas);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(mockServer.current.requests).toHaveLength(2);
		expect(mockServer.current.credentials).toHaveLength(1);
	});

	it.each([
		['done', true],
		['not done', false],
	])('is looked up first where an identity is known: it was %s', async (_what, done) => {
		mockServer.current.fault({ method: 'POST', reset: true, done });
		const { items, error } = await create('mielto', mockServer.url, { ...mielto, operation: 'upsert' }, row);
		expect(error).toBeUndefined();
		// What is found then may be somebody else's, so it is updated; what is not there is looked for once more.
		expect(items[0].json).toMatchObject({ label: 'Acme', outcome: done ? 'updated' : 'created' });
		expect(mockServer.current.credentials).toHaveLength(1);
		expect(mockServer.current.requests.map(({ method }) => method)).toEqual(
			done ? ['GET', 'POST', 'GET', 'GET', 'PUT'] : ['GET', 'POST', 'GET', 'GET', 'POST'],
		);
	});
});

test('a deletion whose answer was lost is found to be done', async () => {
	await create('nylas', mockServer.url, nylas);
	const [{ id }] = mockServer.current.credentials;
	mockServer.current.fault({ method: 'DELETE', reset: true, done: true });
	const { items, error } = await create('nylas', mockServer.url, { operation: 'delete', provider: 'google', id });
	expect(error).toBeUndefined();
	expect(items[0].json).toEqual({ deleted: true, credentialId: id, vendor: 'Nylas', outcome: 'deleted' });
	expect(mockServer.current.credentials).toEqual([]);
});

test.each<[unknown, number | undefined]>([
	['120', 120_000],
	[5, 5000],
	['0.5', 500],
	['Thu, 01 Jan 1970 00:00:30 GMT', 20_000],
	['Thu, 01 Jan 1970 00:00:01 GMT', 0],
	['soon', undefined],
	['-1', undefined],
	['5 6', undefined],
	[undefined, undefined],
])('Retry-After: %s', (header, milliseconds) => expect(retryAfter(header, 10_000)).toBe(milliseconds));
