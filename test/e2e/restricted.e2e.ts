import { signIn } from '../../scripts/n8n/api';
import { OWNER } from '../../scripts/n8n/demo';
import { releaseFor } from '../../scripts/n8n/versions';
import { KEYS, startMockServer, type MockServer } from '../support/mockServer';

const REST = { name: 'Mielto for others', type: 'mieltoApi' };
/** n8n 2.4 does not know `restrictToSupportedNodes`. */
const isRestricted = Number(releaseFor().version.split('.')[1]) >= 41;

let mockServer: MockServer;

beforeAll(async () => {
	mockServer = await startMockServer();
});
afterAll(() => mockServer?.close());

it("n8n's HTTP Request node gets no vendor's key, where n8n knows how to keep it", async () => {
	const api = await signIn(process.env.E2E_URL as string, OWNER);
	const data = { apiKey: KEYS.mielto, baseUrl: mockServer.url, allowHttp: true };
	const credential = await api.upsertCredential({ ...REST, data });
	const saved = api.upsertWorkflow({
		name: 'A key in the wrong hands',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				name: 'HTTP Request',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [200, 0],
				parameters: {
					url: `${mockServer.url}/mielto/anything`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: REST.type,
					options: { response: { response: { neverError: true } } },
				},
				credentials: { [REST.type]: credential },
			},
		],
		connections: { Start: { main: [[{ node: 'HTTP Request', type: 'main', index: 0 }]] } },
	});
	if (isRestricted) {
		await expect(saved).rejects.toThrow(`cannot use credential type "${REST.type}"`);
		return;
	}
	const { status } = await api.runWorkflow(await saved);
	const sent = mockServer.requests.filter(({ headers }) => JSON.stringify(headers).includes(KEYS.mielto));
	expect({ status, sent: sent.length }).toEqual({ status: 'success', sent: 1 });
});
