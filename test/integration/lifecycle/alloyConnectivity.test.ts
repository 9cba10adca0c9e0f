import { ACME, GLOBEX, lineOf, operate } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const lines = () => mockServer.current.requests.map(lineOf);
const run = async (which: string, parameters = {}, more = {}) =>
	await operate('alloyConnectivity', mockServer.url, which, parameters, more);

const existing = async (connectorId: string, userId: string) => {
	const data = { value: { specifyData: 'json', dataJson: '{ "apiKey": "canary-key" }' } };
	const { items } = await run('credential.create', { connectorId, userId, authenticationType: 'apiKey', additionalFields: { data } });
	mockServer.current.requests.length = 0;
	return String(items[0].json.credentialId);
};

const date = expect.stringMatching(/^\d{4}-/) as string;

describe('Alloy Connectivity: what becomes of a credential', () => {
	it('lists the credentials of a user for a connector', async () => {
		const id = await existing('slack', ACME);
		await existing('slack', GLOBEX);
		const { items, error } = await run('credential.getAll', { connectorId: 'slack', xAlloyUserid: ACME });
		expect(error).toBeUndefined();
		expect(lines()).toEqual(['GET /connectors/slack/credentials']);
		expect(mockServer.current.requests[0].headers).toMatchObject({ 'x-alloy-userid': ACME, 'x-api-version': '2025-09' });
		expect(items).toEqual([
			{
				json: {
					credentialId: id,
					type: 'slack-apiKey',
					name: 'slack-apiKey 1',
					createdAt: date,
					updatedAt: date,
					vendor: 'Alloy Connectivity',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('deletes one, whose answer says nothing', async () => {
		const id = await existing('slack', ACME);
		const { items, error } = await run('credential.delete', { connectorId: 'slack', xAlloyUserid: ACME, credentialId: id });
		expect(error).toBeUndefined();
		expect(lines()).toEqual([`DELETE /connectors/slack/credentials/${id}`]);
		expect(mockServer.current.requests[0].headers['x-alloy-userid']).toBe(ACME);
		expect(items).toEqual([
			{ json: { deleted: true, credentialId: id, vendor: 'Alloy Connectivity', outcome: 'deleted' }, pairedItem: { item: 0 } },
		]);
	});

	it('tells the ways to sign in to a connector, an item for each', async () => {
		const { items } = await run('credential.getRequiredFields', { connectorId: 'slack' });
		expect(lines()).toEqual(['GET /connectors/slack/credentials/metadata']);
		expect(items.map(({ json, pairedItem }) => [json.authenticationType, json.vendor, pairedItem])).toEqual([
			['oauth2', 'Alloy Connectivity', { item: 0 }],
			['apiKey', 'Alloy Connectivity', { item: 0 }],
		]);
	});

	it('lists the connectors', async () => {
		const { items } = await run('connector.getAll', { limit: 2 });
		expect(lines()).toEqual(['GET /connectors']);
		expect(items.map(({ json }) => json.connectorId)).toEqual(['slack', 'shopify']);
		expect(items[0].json).toMatchObject({ id: 'slack', name: 'Slack', category: ['communication'], vendor: 'Alloy Connectivity' });
	});

	it('refuses a user ID that no header can carry', async () => {
		const { error } = await run('credential.getAll', { connectorId: 'slack', xAlloyUserid: 'a\r\nx-evil: 1' });
		expect(error?.message).toMatch(/has a character that a header cannot carry/);
		expect(mockServer.current.requests).toEqual([]);
	});
});
