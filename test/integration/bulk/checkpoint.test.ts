import type { IRun } from 'n8n-workflow';

import { create } from '../../support/vendors';
import { skipPauses } from '../../support/pauses';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();
skipPauses();

const mielto = {
	label: '={{ $json.label }}',
	authType: 'api_key',
	credentials: { items: [{ name: 'api_key', value: 'canary-secret-value' }] },
	options: { concurrent: 1, retries: 0 },
};
const rows = Array.from({ length: 6 }, (_, index) => ({ label: `Row ${index}` }));
const labels = () => mockServer.current.credentials.map(({ record }) => (record as { label: string }).label).sort();
const all = rows.map(({ label }) => label);

describe('A run that fails in the middle', () => {
	it('says what was done and what was not', async () => {
		mockServer.current.fault({ status: 500, after: 2 });
		const { error } = await create('mielto', mockServer.url, mielto, { items: rows });
		expect(error?.message).toBe('Mielto could not answer: Internal Server Error [item 2]');
		expect(error?.description).toMatch(
			/Finished: items 0 and 1\. Not finished: items 3 to 5\. 'Retry' in the executions list, or 'Retry On Fail', sends the rest: neither finished nor uncertain items are sent a second time\.$/,
		);
		expect(error?.context?.data).toEqual({
			created: [0, 1].map((item) => ({ item, credentialId: mockServer.current.credentials[item].id })),
			notCreated: [3, 4, 5],
			uncertain: [2],
		});
	});

	it("is completed by n8n's Retry On Fail without making anything twice", async () => {
		mockServer.current.fault({ status: 500, after: 2 });
		const { items, error } = await create('mielto', mockServer.url, mielto, { items: rows, retryOnFail: true });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.label)).toEqual(all);
		expect(labels()).toEqual(all);
	});

	it("is completed by the executions list's Retry, which returns all outputs", async () => {
		mockServer.current.fault({ status: 500, after: 4 });
		const failed = await create('mielto', mockServer.url, mielto, { items: rows });
		expect(failed.error).toBeDefined();
		const { items, error } = await create('mielto', mockServer.url, mielto, { items: rows, retryOf: failed.run });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.label)).toEqual(all);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(all.map((_label, item) => ({ item })));
		expect(labels()).toEqual(all);
	});

	it('keeps no secret in what n8n stores', async () => {
		mockServer.current.fault({ status: 500, after: 4 });
		// By expression, since what is typed into a parameter is stored in clear by n8n itself.
		const parameters = { ...mielto, credentials: { items: [{ name: 'api_key', value: '={{ "canary" + "-secret-value" }}' }] } };
		const { run, error } = await create('mielto', mockServer.url, parameters, { items: rows });
		expect(error).toBeDefined();
		expect(JSON.stringify(run)).toContain(mockServer.current.credentials[0].id);
		expect(JSON.stringify(run)).not.toContain('canary-secret-value');
	});

	it('forgets when it is complete, so that nothing is stored twice', async () => {
		const { run } = await create('mielto', mockServer.url, mielto, { items: rows });
		expect(JSON.stringify(run.data.executionData?.contextData)).not.toContain('Row 1');
	});

	it('does not take for finished what was sent with another n8n credential', async () => {
		mockServer.current.fault({ status: 500, after: 4 });
		const failed = await create('mielto', mockServer.url, mielto, { items: rows });
		const { items } = await create('mielto', mockServer.url, mielto, { items: rows, retryOf: failed.run, account: 'production' });
		expect(items).toHaveLength(6);
		expect(labels()).toEqual([...all.slice(0, 4), ...all].sort());
	});

	it('does not take another item for one that was finished', async () => {
		mockServer.current.fault({ status: 500, after: 2 });
		const failed = await create('mielto', mockServer.url, mielto, { items: rows });
		const others = rows.map(({ label }, index) => ({ label: index === 0 ? 'Another' : label }));
		const data = JSON.parse(JSON.stringify(failed.run)) as typeof failed.run;
		for (const { data: input } of data.data.executionData?.nodeExecutionStack ?? []) input.main = [others.map((json) => ({ json }))];
		const { items } = await create('mielto', mockServer.url, mielto, { items: others, retryOf: data });
		expect(items.map(({ json }) => json.label)).toEqual(others.map(({ label }) => label));
		expect(labels()).toEqual(['Another', ...all].sort());
	});
});

describe('A node in a loop', () => {
	const rounds = (run: IRun) => run.data.resultData.runData.Node.map(({ data }) => (data?.main[0] ?? []).map(({ json }) => json.label));

	it('has an account of its own for each round: the same rows in two rounds are sent twice', async () => {
		const { run, error } = await create('mielto', mockServer.url, mielto, {
			items: [...rows.slice(0, 2), ...rows.slice(0, 2)],
			batchSize: 2,
		});
		expect(error).toBeUndefined();
		expect(rounds(run)).toEqual([
			['Row 0', 'Row 1'],
			['Row 0', 'Row 1'],
		]);
		expect(mockServer.current.credentials).toHaveLength(4);
	});

	it('that fails in its second round is completed by Retry, and goes on with the third', async () => {
		mockServer.current.fault({ status: 500, after: 3 });
		const failed = await create('mielto', mockServer.url, mielto, { items: rows, batchSize: 2 });
		expect(failed.error?.description).toContain('Finished: item 0. ');
		expect(labels()).toEqual(all.slice(0, 3));
		const { run, error } = await create('mielto', mockServer.url, mielto, { items: rows, batchSize: 2, retryOf: failed.run });
		expect(error).toBeUndefined();
		expect(rounds(run)).toEqual([all.slice(0, 2), all.slice(2, 4), all.slice(4)]);
		expect(labels()).toEqual(all);
	});
});

test('with "On Error: Continue", n8n may run the node again because its first item failed: what was finished stays', async () => {
	mockServer.current.fault({ status: 500, times: 1 });
	const { items, errorItems } = await create('mielto', mockServer.url, mielto, {
		items: rows,
		onError: 'continueErrorOutput',
		retryOnFail: true,
	});
	expect([...items, ...errorItems]).toHaveLength(6);
	expect(errorItems).toEqual([]);
	expect(labels()).toEqual(all);
});
