import { lineOf, operate } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();
const run = async (parameters = {}) => await operate('arklow', mockServer.url, 'organization.getAll', parameters);

describe('Arklow: organizations', () => {
	it('lists those of the API key', async () => {
		const { items, error } = await run();
		expect(error).toBeUndefined();
		expect(mockServer.current.requests.map(lineOf)).toEqual(['GET /v1/self/']);
		expect(mockServer.current.requests[0].headers['x-arklow-auth']).toBe('arklow-demo-key');
		expect(items).toEqual([
			{ json: { org_id: '1024', permissions: ['admin'], organizationId: '1024', vendor: 'Arklow' }, pairedItem: { item: 0 } },
			{ json: { org_id: '2048', permissions: ['read'], organizationId: '2048', vendor: 'Arklow' }, pairedItem: { item: 0 } },
		]);
	});

	it('lists as many as are wanted', async () => {
		expect((await run({ limit: 1 })).items.map(({ json }) => json.organizationId)).toEqual(['1024']);
		expect((await run({ limit: 1, returnAll: true })).items).toHaveLength(2);
	});

	it('takes a 200 with errors for the refusal that it is', async () => {
		mockServer.current.fault({ status: 200, body: { data: null, errors: [{ code: 'unauthorized', message: 'The key is suspended.' }] } });
		const { error } = await run();
		expect(error?.message).toBe('Arklow answered without what was asked for: The key is suspended [item 0]');
	});
});
