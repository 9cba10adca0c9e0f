import { startMockServer, type MockServer } from '../support/mockServer';
import { example, instanceAt, itemsOf, type Instance } from './n8n';
import { startModel, type Model } from './model';
import type { Run } from '../../scripts/n8n/run';

const SECRET = 'GOCSPX-agent-9c4d2e7f1b60';
const API_KEY = 'sk-agent-7a3f5b1c8d2e';
const MODEL_KEY = 'sk-of-the-model-0f1e2d3c';

const CREATE = { provider: 'google', name: "Acme's Google app", client_id: '1234567890-abc', secret_name: 'acmeClientSecret' };

describe('agent.json', () => {
	let mockServer: MockServer;
	let model: Model;
	let n8n: Instance;

	beforeAll(async () => {
		mockServer = await startMockServer();
		model = await startModel();
		n8n = await instanceAt(process.env.E2E_URL as string, mockServer, [
			{
				name: 'Credential Secrets account',
				type: 'credentialSecretsApi',
				data: {
					entries: {
						items: [
							{ name: 'acmeClientSecret', value: SECRET },
							{ name: 'acmeApiKey', value: API_KEY },
						],
					},
				},
			},
			{ name: 'OpenAI account', type: 'openAiApi', data: { apiKey: MODEL_KEY, url: `${model.url}/v1` } },
		]);
	});

	beforeEach(() => mockServer.reset());

	afterAll(async () => {
		await model?.close();
		await mockServer?.close();
	});

	/** Writes into the chat, as the editor's chat window does. */
	const chat = async (chatInput: string, responsesApiEnabled = true): Promise<Run> => {
		const workflow = example('agent');
		const node = workflow.nodes.find(({ name }) => name === 'OpenAI Chat Model');
		if (node && !responsesApiEnabled) node.parameters = { ...node.parameters, responsesApiEnabled };
		const id = await n8n.bring(workflow);
		await n8n.api.call('PATCH', `/workflows/${id}`, {
			pinData: { Chat: [{ json: { sessionId: 'test', action: 'sendMessage', chatInput } }] },
		});
		return await n8n.api.runWorkflow(id);
	};
	const expectNoSecrets = (run: Run) => {
		for (const secret of [SECRET, API_KEY]) {
			expect(JSON.stringify(run)).not.toContain(secret);
			for (const form of [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), encodeURIComponent(secret)]) {
				expect(model.received.filter(({ rawBody }) => rawBody.includes(form))).toEqual([]);
			}
		}
	};

	test.each([
		['the Responses API', true, '/v1/responses'],
		['Chat Completions', false, '/v1/chat/completions'],
	])('the model creates and lists credentials and never sees the secret, with %s', async (_name, responses, path) => {
		model.play([
			{ use: [{ tool: 'Create_a_Nylas_credential', with: CREATE }] },
			{
				use: [
					{ tool: 'List_the_Nylas_credentials', with: { provider: 'google' } },
					{ tool: 'Create_or_update_a_Mielto_credential', with: { label: 'Acme key', secret_name: 'acmeApiKey' } },
				],
			},
			{ text: 'Both are there.' },
		]);
		const run = await chat('Create both credentials of Acme', responses);
		expect([run.status, run.error]).toEqual(['success', undefined]);
		expect(itemsOf(run, 'Agent')).toEqual([expect.objectContaining({ output: expect.stringContaining('Both are there.') })]);

		expect(mockServer.credentials.map(({ vendor, body }) => [vendor, body])).toEqual([
			[
				'nylas',
				{ name: CREATE.name, credential_type: 'connector', credential_data: { client_id: CREATE.client_id, client_secret: SECRET } },
			],
			['mielto', expect.objectContaining({ label: 'Acme key', credentials: { api_key: API_KEY } })],
		]);
		expect(model.received.map((request) => request.path)).toEqual([path, path, path]);
		expect(model.offered().sort()).toEqual([
			'Create_a_Nylas_credential',
			'Create_or_update_a_Mielto_credential',
			'List_the_Nylas_credentials',
		]);
		const [nylas, mielto] = mockServer.credentials;
		const [created, listed, upserted] = model.answers();
		expect(created).toContain(nylas.id);
		expect(listed).toContain(nylas.id);
		expect(upserted).toContain(mielto.id);
		expectNoSecrets(run);
	});

	test('a vendor that repeats the secret in its error does not tell it to the model', async () => {
		mockServer.fault({ vendor: 'nylas', method: 'POST', echo: true });
		model.play([
			{ use: [{ tool: 'Create_a_Nylas_credential', with: CREATE }] },
			{ use: [{ tool: 'Create_a_Nylas_credential', with: CREATE }] },
			{ text: 'Now it is there.' },
		]);
		const run = await chat('Create the Google credential of Acme');
		expect(mockServer.requests.map(({ status }) => status)).toEqual([400, 201]);
		const [refused, created] = model.answers();
		expect(refused).toContain('Nylas refused');
		expect(created).toContain(mockServer.credentials[0].id);
		expectNoSecrets(run);
	});

	test('a name of a secret that is not there is told to the model, which can name another', async () => {
		model.play([
			{ use: [{ tool: 'Create_a_Nylas_credential', with: { ...CREATE, secret_name: 'acmeSecret' } }] },
			{ use: [{ tool: 'Create_a_Nylas_credential', with: CREATE }] },
			{ text: 'Done.' },
		]);
		const run = await chat('Create the Google credential of Acme');
		expect(mockServer.credentials).toHaveLength(1);
		expect(model.answers()[0]).toContain('there are acmeClientSecret, acmeApiKey');
		expectNoSecrets(run);
	});
});
