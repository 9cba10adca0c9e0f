import { operate, seedMielto, seedMieltoRecord, watching } from '../support/lifecycle';
import { create } from '../support/vendors';
import { useMockServer } from '../support/vendorTest';
import { KEYS } from '../support/mockServer';

const mockServer = useMockServer();

const mielto = {
	label: '={{ $json.label }}',
	authType: 'api_key',
	credentials: { items: [{ name: 'api_key', value: '={{ $json.key }}' }] },
};
const rows = [0, 1, 2].map((index) => ({ label: `Row ${index}`, key: `canary-key-of-row-${index}` }));

describe("What n8n cannot resolve for one item is that item's failure", () => {
	/** Row 1 asks for a node that is not there. */
	const label = "={{ $json.label === 'Row 1' ? $('Nowhere').item.json.label : $json.label }}";

	it('the others are sent, and it goes to the error output', async () => {
		const { items, errorItems } = await create(
			'mielto',
			mockServer.url,
			{ ...mielto, label },
			{ items: rows, onError: 'continueErrorOutput' },
		);
		expect(items.map(({ json }) => json.label)).toEqual(['Row 0', 'Row 2']);
		const error = {
			message: "Label: Referenced node doesn't exist [item 1]",
			description: "Correct the expression in 'Label'",
			retryable: false,
		};
		expect(errorItems.map(({ json }) => json)).toEqual([{ ...rows[1], error }]);
	});

	it('nothing is sent where the run is to stop', async () => {
		const { items, error } = await create('mielto', mockServer.url, { ...mielto, label }, { items: rows });
		expect([items, mockServer.current.requests]).toEqual([[], []]);
		expect(error?.message).toBe("Label: Referenced node doesn't exist [item 1]");
		expect(error?.description).toContain("Correct the expression in 'Label'. Nothing was sent");
	});

	it('no typed secret is saved with the error', async () => {
		const { error } = await create(
			'mielto',
			mockServer.url,
			{ ...mielto, label, credentials: { items: [{ name: 'api_key', value: 'canary-typed' }] } },
			{ items: rows },
		);
		expect(JSON.stringify(error)).not.toContain('canary');
	});
});

describe('Options that an expression gives', () => {
	it.each([
		['Max Concurrent Requests', { concurrent: '={{ "many" }}' }, 'Max Concurrent Requests must be a whole number of at least 1'],
		['Max Concurrent Requests', { concurrent: '={{ 0 }}' }, 'Max Concurrent Requests must be a whole number of at least 1'],
		['Max Retries', { retries: '={{ "often" }}' }, 'Max Retries must be a whole number of at least 0'],
		['Timeout', { timeout: '={{ "" }}' }, 'Timeout must be a whole number of at least 1'],
	])('%s %j is refused before anything is sent', async (label, options, message) => {
		const { error } = await create('mielto', mockServer.url, { ...mielto, options }, { items: rows });
		expect(error?.message).toBe(`${message} [item 0]`);
		expect(error?.description).toContain(`Correct '${label}' in the options`);
		expect(mockServer.current.requests).toEqual([]);
	});

	it('numbers as texts are numbers, and a dry run that is not plainly off sends nothing', async () => {
		const { items } = await create(
			'mielto',
			mockServer.url,
			{ ...mielto, options: { concurrent: '={{ "2" }}', dryRun: '={{ "false" }}' } },
			{ items: rows },
		);
		expect(items).toHaveLength(3);
		mockServer.current.reset();
		const dry = await create('mielto', mockServer.url, { ...mielto, options: { dryRun: '={{ "yes" }}' } }, { items: rows });
		expect(dry.items.map(({ json }) => json.dryRun)).toEqual([true, true, true]);
		expect(mockServer.current.requests).toEqual([]);
	});
});

describe("A secret of one item is not in another item's output", () => {
	it("where both are one credential, and the vendor repeats the first one's secret", async () => {
		mockServer.current.fault({
			vendor: 'mielto',
			method: 'POST',
			status: 200,
			body: {
				id: 'id-1',
				label: 'Same',
				auth_type: 'api_key',
				credential_scope: 'workspace',
				provider: 'custom',
				note: 'you sent canary-first',
			},
		});
		mockServer.current.fault({ vendor: 'mielto', method: 'PUT', status: 200, body: { id: 'id-1', label: 'Same' } });
		const items = [
			{ label: 'Same', key: 'canary-first' },
			{ label: 'Same', key: 'canary-second' },
		];
		const ran = await operate('mielto', mockServer.url, 'credential.upsert', mielto, { items });
		expect(ran.items.map(({ json }) => json.outcome)).toEqual(['created', 'updated']);
		expect(JSON.stringify(ran.items)).not.toContain('canary');
	});
});

it('a secret within values that no field describes is known by its name', async () => {
	const extra = { client_id: 'id-1', client_secret: 'canary-secret', extra: { refresh_token: 'canary-token', region: 'eu' } };
	const { items } = await create('nylas', mockServer.url, {
		provider: 'google',
		credentialType: 'connector',
		name: 'Acme',
		specifyCredentialData: 'json',
		credentialDataJson: JSON.stringify(extra),
		options: { dryRun: true },
	});
	expect(items[0].json).toMatchObject({
		dryRun: true,
		request: { body: { credential_data: { client_secret: '[hidden]', extra: { refresh_token: '[hidden]', region: 'eu' } } } },
	});
});

it('a trigger hides the API key where the vendor repeats it', async () => {
	const workflow = watching('mielto', mockServer.url, {});
	await workflow.activate();
	seedMieltoRecord(mockServer.current, { id: 'id-1', label: 'm1', description: `made with ${KEYS.mielto}` });
	expect(await workflow.poll()).toEqual([expect.objectContaining({ event: 'created', description: 'made with [hidden]' })]);
});

it('a list whose total is null goes on to its end', async () => {
	seedMielto(mockServer.current, 150);
	const first = mockServer.current.credentials.slice(0, 100).map(({ record }) => record);
	mockServer.current.fault({ vendor: 'mielto', method: 'GET', status: 200, body: { credentials: first, total: null, page: 1, size: 100 } });
	const { items } = await operate('mielto', mockServer.url, 'credential.getAll', { returnAll: true });
	expect(items).toHaveLength(150);
});
