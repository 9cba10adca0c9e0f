import { create, VENDORS } from '../support/vendors';
import { runNode } from '../support/engine';
import { useMockServer } from '../support/vendorTest';

const mockServer = useMockServer();

const VALID: { [vendor: string]: { [name: string]: unknown } } = {
	nylas: {
		provider: 'google',
		credentialType: 'connector',
		name: 'Acme',
		credentialDataClientId: 'id-1',
		credentialDataClientSecret: 'canary-secret-value',
	},
	arklow: { orgId: '1024', type: 'aws', secretAwsAccessKeyId: 'canary-id-value', secretAwsSecretAccessKey: 'canary-secret-value' },
	mielto: { label: 'Acme key', authType: 'api_key', credentials: { items: [{ name: 'api_key', value: 'canary-secret-value' }] } },
	alloyEmbedded: {
		userId: 'u-1',
		credentialType: 'acme',
		credentialConnectorFields: 'anyConnector',
		credentialDataAnyConnector: { items: [{ name: 'apiKey', value: 'canary-secret-value' }] },
	},
	alloyConnectivity: {
		connectorId: 'slack',
		userId: 'u-1',
		authenticationType: 'apiKey',
		additionalFields: { data: { value: { specifyData: 'json', dataJson: '{ "apiKey": "canary-secret-value" }' } } },
	},
};
const NAMES: { [vendor: string]: string } = {
	nylas: 'Nylas',
	arklow: 'Arklow',
	mielto: 'Mielto',
	alloyEmbedded: 'Alloy Embedded',
	alloyConnectivity: 'Alloy Connectivity',
};
const vendors = Object.keys(VALID);

describe.each(vendors)('What %s answers', (vendor) => {
	// One try, one after the other: what each answer means. test/integration/bulk has the repetitions.
	const run = async (more = {}) => await create(vendor, mockServer.url, { ...VALID[vendor], options: { retries: 0, concurrent: 1 } }, more);
	const name = NAMES[vendor];

	it('tells a wrong API key in one request', async () => {
		const { node, credential, credentialData } = VENDORS[vendor];
		const { error } = await runNode({
			node: new node(),
			credential: new credential(),
			credentialData: { ...credentialData(mockServer.url), apiKey: 'canary-wrong-api-key' },
			parameters: { resource: 'credential', operation: 'create', ...VALID[vendor] },
		});
		expect(error?.message).toMatch(new RegExp(`^${name} refused the API key.* \\[item 0\\]$`));
		expect(error?.description).toMatch(/n8n credential/);
		expect(JSON.stringify(error)).not.toContain('canary');
		expect(mockServer.current.requests).toHaveLength(1);
	});

	it.each([
		[404, /did not find what the request names/],
		[409, /has a record already/],
		[422, /refused the request/],
		[429, /is getting too many requests/],
		[500, /could not answer/],
		[503, /could not answer/],
	])('says what status %d means, once, with the operation', async (status, what) => {
		mockServer.current.fault({ status, ...(status === 429 ? { retryAfter: 7 } : {}) });
		const { error, items } = await run();
		expect(items).toEqual([]);
		expect(error?.message).toMatch(new RegExp(`^${name} `));
		expect(error?.message).toMatch(what);
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(error?.description).toContain(`(${name}, Create credential, status ${status}`);
		expect(error?.httpCode).toBe(String(status));
		expect(mockServer.current.requests).toHaveLength(1);
	});

	it('never repeats a secret that the vendor echoes, in an error', async () => {
		mockServer.current.fault({ status: 422, echo: true });
		const { error, run: execution } = await run();
		expect(error).toBeDefined();
		const { resultData } = execution.data;
		expect(JSON.stringify([resultData.error, resultData.runData.Node.map(({ error: saved, data }) => [saved, data])])).not.toMatch(
			/canary|demo-key/,
		);
	});

	it('never repeats a secret that the vendor echoes, in an item', async () => {
		const secrets = { text: 'took canary-secret-value', 'canary-secret-value': [1] };
		const record = { id: 'c-1', credentialId: 'c-1', name: 'Acme', ...secrets };
		mockServer.current.fault({ status: 200, body: { ...record, data: record } });
		const { items, error } = await run();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ credentialId: 'c-1' });
		expect(JSON.stringify(items)).toContain('[hidden]');
		expect(JSON.stringify(items)).not.toMatch(/canary-secret/);
	});

	it('never repeats a secret that the vendor echoes, in an item of the error output', async () => {
		mockServer.current.fault({ status: 422, echo: true });
		const { errorItems } = await run({ onError: 'continueErrorOutput' });
		expect(errorItems).toHaveLength(1);
		expect(JSON.stringify(errorItems)).not.toMatch(/canary|demo-key/);
		expect(errorItems[0].json.error).toMatchObject({ status: 422, retryable: false });
	});

	it.each([
		[
			'a page of HTML',
			{ status: 502, body: '<html><body>Bad gateway</body></html>', contentType: 'text/html' },
			/could not answer \[item 0\]$/,
		],
		[
			'a success without a credential',
			{ status: 200, body: {} },
			/answered without the credential: The answer holds no credential \[item 0\]$/,
		],
		['a success that is no JSON', { status: 200, body: 'OK', contentType: 'text/plain' }, /answered without the credential: OK/],
		[
			'a redirect to another host',
			{ status: 302, headers: { location: 'http://127.0.0.1:9/steal' } },
			/pointed to another address \[item 0\]$/,
		],
	])('takes %s for what it is', async (_what, fault, message) => {
		mockServer.current.fault(fault);
		const { error } = await run();
		expect(error?.message).toMatch(message);
		expect(mockServer.current.requests).toHaveLength(1);
	});

	it('says so when the connection breaks', async () => {
		mockServer.current.fault({ reset: true });
		const { error } = await run();
		expect(error?.message).toBe(`${name} did not answer [item 0]`);
		expect(error?.description).toMatch(/whether the credential was created/);
	});

	it('stops waiting for a vendor that never answers', async () => {
		mockServer.current.fault({ hang: true });
		const { error } = await create(vendor, mockServer.url, { ...VALID[vendor], options: { timeout: 200, retries: 0 } });
		expect(error?.message).toBe(`${name} did not answer within 0.2 seconds [item 0]`);
	});

	it('waits for a vendor that is slow', async () => {
		mockServer.current.fault({ delayMs: 300 });
		const { items } = await run();
		expect(items[0].json).toMatchObject({ vendor: name });
	});

	it('says that a vendor cannot be reached', async () => {
		const { error } = await create(vendor, 'http://127.0.0.1:1', { ...VALID[vendor], options: { retries: 0 } });
		expect(error?.message).toBe(`${name} cannot be reached [item 0]`);
		expect(error?.description).toMatch(/Nothing was sent\. Check the base URL/);
	});

	it('accounts for what was created before a run ended', async () => {
		mockServer.current.fault({ status: 500, after: 2 });
		const { error } = await run({ items: [{}, {}, {}, {}, {}] });
		expect(error?.message).toMatch(/\[item 2\]$/);
		expect(error?.description).toContain('Finished: items 0 and 1. Not finished: items 3 and 4.');
		const data = error?.context?.data as { created: Array<{ item: number }>; notCreated: number[]; uncertain?: number[] };
		expect(data.created.map(({ item }) => item)).toEqual([0, 1]);
		// Whether the vendor stored before it failed is not known, unless a repetition makes nothing twice there.
		expect([data.notCreated, data.uncertain]).toEqual(vendor === 'nylas' ? [[2, 3, 4], undefined] : [[3, 4], [2]]);
	});

	it('goes on with the other items where the node is set to continue', async () => {
		mockServer.current.fault({ status: 500, after: 1 });
		const { items, errorItems } = await run({ items: [{}, {}, {}], onError: 'continueErrorOutput' });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(errorItems[0].json.error).toMatchObject(
			vendor === 'nylas' ? { status: 500, retryable: true } : { status: 500, retryable: false, code: 'uncertain' },
		);
	});
});

describe('The words of each vendor', () => {
	it("Mielto's 422 names the field by its label", async () => {
		mockServer.current.fault({
			status: 422,
			body: { detail: [{ loc: ['body', 'label'], msg: 'Value is taken', type: 'value_error', input: 'canary' }] },
		});
		const { error } = await create('mielto', mockServer.url, VALID.mielto as never);
		expect(error?.message).toBe('Mielto refused the request: Label (label): Value is taken [item 0]');
	});

	it("Nylas's error comes with its code and request ID, and the region as the way out", async () => {
		const body = { request_id: 'req-1', error: { type: 'api.authentication_error', message: 'Unauthorized' } };
		mockServer.current.fault({ status: 401, body });
		const { error } = await create('nylas', mockServer.url, VALID.nylas as never);
		expect(error?.message).toBe('Nylas refused the API key: Unauthorized [item 0]');
		expect(error?.description).toBe(
			'Nylas refuses a key that is used in another region, so check the key and the region in the n8n credential. (Nylas, ' +
				'Create credential, status 401, code api.authentication_error, request ID req-1)',
		);
	});

	it("Arklow's 200 with errors and no data is a refusal", async () => {
		mockServer.current.fault({ status: 200, body: { data: null, errors: [{ code: 'org_limit', message: 'The organization is full.' }] } });
		const { error } = await create('arklow', mockServer.url, VALID.arklow as never);
		expect(error?.message).toBe('Arklow created no credential: The organization is full [item 0]');
		expect(error?.description).toContain('code org_limit');
	});

	it("Arklow's 200 with a record is a success, whatever stands in errors", async () => {
		const record = { id: '7', org_id: '1024', type: 'aws', provider: 'aws', updated_at: '2026-01-01T00:00:00Z' };
		mockServer.current.fault({ status: 200, body: { data: record, errors: [{ code: 'x', message: 'y' }] } });
		const { items } = await create('arklow', mockServer.url, VALID.arklow as never);
		expect(items[0].json).toEqual({ ...record, credentialId: '7', vendor: 'Arklow', outcome: 'created' });
	});

	it("Alloy's message is repeated", async () => {
		mockServer.current.fault({ status: 400, body: { error: 'Bad Request', message: 'Unknown connector' } });
		const { error } = await create('alloyEmbedded', mockServer.url, VALID.alloyEmbedded as never);
		expect(error?.message).toBe('Alloy Embedded refused the request: Unknown connector [item 0]');
	});
});
