import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { create, VENDORS } from '../../support/vendors';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const mielto = {
	label: '={{ $json.label }}',
	authType: 'api_key',
	credentials: { items: [{ name: 'api_key', value: 'canary-secret-value' }] },
};
const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ label: `Row ${index}` }));
const labels = () => mockServer.current.credentials.map(({ record }) => (record as { label: string }).label);

describe('Many items', () => {
	it('are sent several at once, as many as the operator allows', async () => {
		mockServer.current.fault({ gather: 7, times: Infinity });
		const { items } = await create('mielto', mockServer.url, { ...mielto, options: { concurrent: 7 } }, { items: rows(42) });
		expect(items).toHaveLength(42);
		expect(mockServer.current.load.peak).toBe(7);
	});

	it('are summed up in an execution hint where there are many', async () => {
		const hintsOf = async (count: number) => {
			const { run } = await create('mielto', mockServer.url, mielto, { items: rows(count), onError: 'continueRegularOutput' });
			return run.data.resultData.runData.Node[0].hints?.map(({ message }) => message);
		};
		mockServer.current.fault({ status: 429, headers: { 'retry-after': '0' }, times: 1 });
		mockServer.current.fault({ status: 400, every: 5, times: 2 });
		expect(await hintsOf(25)).toEqual([expect.stringMatching(/^23 created, 2 failed; 25 items in \d+ s, 1 pause that Mielto asked for$/)]);
		expect(await hintsOf(3)).toEqual([]);
	});

	it('of a dry run are summed up where some are wrong', async () => {
		const hintsOf = async (items: Array<{ [name: string]: unknown }>) => {
			const parameters = { ...mielto, options: { dryRun: true } };
			const { run } = await create('mielto', mockServer.url, parameters, { items, onError: 'continueRegularOutput' });
			return run.data.resultData.runData.Node[0].hints?.map(({ message }) => message);
		};
		expect(await hintsOf([...rows(23), {}, {}])).toEqual([expect.stringMatching(/^23 checked, 2 failed; 25 items in \d+ s$/)]);
		expect(await hintsOf(rows(25))).toEqual([]);
	});

	it('begin no more often than the vendor allows: 50 in a second at Nylas', async () => {
		const nylas = {
			provider: 'google',
			credentialType: 'connector',
			name: '={{ $json.label }}',
			credentialDataClientId: 'id-1',
			credentialDataClientSecret: 'canary-secret-value',
			options: { concurrent: 100 },
		};
		const begun = Date.now();
		const { items, error } = await create('nylas', mockServer.url, nylas, { items: rows(51) });
		expect([items.length, error]).toEqual([51, undefined]);
		expect(Date.now() - begun).toBeGreaterThanOrEqual(1000);
	});

	it('come out in the order of the input, whichever is answered first', async () => {
		mockServer.current.fault({ delayMs: 60, every: 5, times: Infinity });
		const { items } = await create('mielto', mockServer.url, mielto, { items: rows(30) });
		expect(items.map(({ json }) => json.label)).toEqual(rows(30).map(({ label }) => label));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows(30).map((_row, item) => ({ item })));
	});

	it('are neither read nor sent any more when the execution is stopped while they are checked', async () => {
		const stopping = new AbortController();
		// An n8n credential that differs is read for each item; it is stopped in the middle of that.
		const credentialData: ICredentialDataDecryptedObject = {
			...VENDORS.mielto.credentialData(mockServer.url),
			workspaceId: '={{ $json.label }}',
		};
		const { apiKey } = credentialData;
		let reads = 0;
		const read = () => {
			if (++reads === 50) stopping.abort();
			return apiKey;
		};
		Object.defineProperty(credentialData, 'apiKey', { enumerable: true, get: read });
		await create('mielto', mockServer.url, mielto, { items: rows(200), credentialData, signal: stopping.signal });
		// What it would have sent comes before what is begun now.
		await create('mielto', mockServer.url, mielto, { items: [{ label: 'Later' }] });
		expect(labels()).toEqual(['Later']);
		expect(reads).toBeGreaterThanOrEqual(50);
		expect(reads).toBeLessThan(100);
	});

	it('are not held up by one that never answers', async () => {
		mockServer.current.fault({ hang: true, after: 3, times: 1 });
		const { items, errorItems } = await create(
			'mielto',
			mockServer.url,
			{ ...mielto, options: { concurrent: 2, timeout: 3000 } },
			{ items: rows(20), onError: 'continueErrorOutput' },
		);
		expect(items).toHaveLength(19);
		expect(errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }]);
		expect(errorItems[0].json.error).toMatchObject({
			message: 'Mielto did not answer within 3 seconds [item 3]',
			code: 'uncertain',
			retryable: false,
		});
		expect(labels()).toHaveLength(19);
	});

	it('stop at once when the execution is stopped', async () => {
		mockServer.current.fault({ hang: true, after: 5, times: Infinity });
		const stopping = new AbortController();
		const running = create(
			'mielto',
			mockServer.url,
			{ ...mielto, options: { concurrent: 5 } },
			{ items: rows(50), signal: stopping.signal },
		);
		while (mockServer.current.requests.length < 10) await new Promise((resolve) => setImmediate(resolve));
		stopping.abort();
		await running;
		expect(mockServer.current.requests).toHaveLength(10);
		expect(labels()).toHaveLength(5);
	});
});

describe('A dry run', () => {
	it('checks everything, shows the request without its secrets, and sends nothing', async () => {
		const { items, error } = await create('mielto', mockServer.url, { ...mielto, options: { dryRun: true } }, { items: rows(2) });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual(
			rows(2).map(({ label }) => ({
				dryRun: true,
				vendor: 'Mielto',
				request: {
					method: 'POST',
					url: `${mockServer.url}/api/v1/credentials`,
					headers: { accept: 'application/json' },
					body: { label, auth_type: 'api_key', credential_scope: 'workspace', credentials: { api_key: '[hidden]' } },
				},
			})),
		);
		expect(mockServer.current.requests).toEqual([]);
	});

	it('says what is wrong', async () => {
		const { error } = await create(
			'mielto',
			mockServer.url,
			{ ...mielto, options: { dryRun: true } },
			{ items: [{ label: 'a'.repeat(101) }] },
		);
		expect(error?.message).toBe('Label (label) must have at most 100 characters [item 0]');
	});
});
