import * as fs from 'node:fs';
import * as path from 'node:path';

import { http } from '../support/http';

import type { Run, Workflow, WorkflowNode } from '../../scripts/n8n/run';
import { KEYS, startMockServer, type MockServer } from '../support/mockServer';
import { holding, tables } from './kept';
import { accountOf, CALLER, example, instanceAt, itemsOf, soon, type Instance } from './n8n';
import { startOwn, type Own } from './own';

/** Secrets by their names in the store. Long enough to be found by nothing else. */
const STORE: Record<string, string> = {
	newClientSecret: 'GOCSPX-stored-3b9e6d1f8a70c254',
	privateKey: '-----BEGIN PRIVATE KEY-----\nc3RvcmVkLXByaXZhdGUta2V5LTVmMGIxZDg4\n-----END PRIVATE KEY-----\n',
	apiKey: 'sk-stored-"quoted"-8c1d4e7b2f95a036',
	accessKeyId: 'AKIASTORED7F3A9C2E1D',
	accessKey: 'stored/access+key==4a6f0c9d8b2e7153',
	tokenSecret: 'stored-token-secret-e81f5a2c90b74d36',
};

/** What is no stored secret, but arrives at a webhook whose executions are not saved: a row of a spreadsheet, the caller's header. */
const ARRIVING = { row: 'key-from-a-spreadsheet-90ab12cd34ef5678', caller: Object.values(CALLER)[0] };

/** What is typed into a node stands in the workflow, and in no output, error or log. */
const TYPED = 'sk-typed-into-the-node-51c7e09ab3d2f864';

const rl = (value: string) => ({ __rl: true, mode: 'id', value });
const USER = '5eba51a03fe9631316668514';

/** A creation at each vendor with nothing but stored secrets. */
const CREATIONS: Array<[type: string, credential: string, parameters: Record<string, unknown>]> = [
	[
		'nylas',
		'nylasApi',
		{
			operation: 'create',
			provider: rl('google'),
			credentialType: 'serviceaccount',
			name: 'Stored',
			specifyCredentialData: 'fields',
			credentialDataPrivateKeyId: 'an-id',
			credentialDataPrivateKeyStored: 'privateKey',
			credentialDataClientEmail: 'a@example.com',
		},
	],
	[
		'mielto',
		'mieltoApi',
		{
			operation: 'upsert',
			label: 'Stored',
			authType: 'api_key',
			credentialScope: 'workspace',
			specifyCredentials: 'fields',
			credentials: { items: [{ name: 'api_key', valueStored: 'apiKey' }] },
		},
	],
	[
		'arklow',
		'arklowApi',
		{
			operation: 'create',
			orgId: rl('1024'),
			type: 'aws',
			secretAwsAccessKeyIdStored: 'accessKeyId',
			secretAwsSecretAccessKeyStored: 'accessKey',
		},
	],
	[
		'alloyEmbedded',
		'alloyApi',
		{
			operation: 'create',
			userId: rl(USER),
			credentialType: rl('netsuite'),
			credentialConnectorFields: 'netSuite',
			credentialDataRealm: '1',
			credentialDataConsumerKeyStored: 'apiKey',
			credentialDataTokenIdStored: 'accessKeyId',
			credentialDataTokenSecretStored: 'tokenSecret',
		},
	],
	[
		'alloyConnectivity',
		'alloyApi',
		{
			operation: 'create',
			connectorId: rl('openAi'),
			userId: rl(USER),
			authenticationType: rl('apiKey'),
			additionalFields: { data: { value: { specifyData: 'fields', data: { items: [{ name: 'apiKey', valueStored: 'apiKey' }] } } } },
		},
	],
];

/** All of them in a row; the run goes on after one that fails, or does not. */
function creations(name: string, chosen: typeof CREATIONS, onError: string): Workflow {
	const start: WorkflowNode = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodes = chosen.map(([type, credential, parameters], index): WorkflowNode => ({
		id: type,
		name: type,
		type: `n8n-nodes-create-credential.${type}`,
		typeVersion: 1,
		position: [200 * (index + 1), 0],
		parameters: { resource: 'credential', secretsFrom: 'stored', ...parameters },
		credentials: {
			[credential]: { id: '', name: accountOf(credential) },
			credentialSecretsApi: { id: '', name: 'Credential Secrets account' },
		},
		onError,
		executeOnce: true,
	}));
	const all = [start, ...nodes];
	const connections = Object.fromEntries(
		nodes.map((node, index) => [all[index].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes: all, connections, settings: { executionOrder: 'v1' } };
}

describe('Secrets From: Credential Secrets', () => {
	let mockServer: MockServer;
	let own: Own;
	let n8n: Instance;
	const runs: Run[] = [];

	beforeAll(async () => {
		mockServer = await startMockServer();
		own = await startOwn('secrets');
		const items = Object.entries(STORE).map(([name, value]) => ({ name, value }));
		n8n = await instanceAt(own.program.url, mockServer, [
			{ name: 'Credential Secrets account', type: 'credentialSecretsApi', data: { entries: { items } } },
		]);
	});

	afterAll(async () => {
		await own?.program.stop();
		await mockServer?.close();
	});

	const run = async (workflow: Workflow, settings?: Record<string, unknown>) => {
		const done = await n8n.run(workflow, settings);
		runs.push(done);
		return done;
	};
	const sent = () => mockServer.requests.map(({ rawBody }) => rawBody).join('\n');
	const inJson = (secret: string) => JSON.stringify(secret).slice(1, -1);

	test('each vendor gets the secrets', async () => {
		const done = await run(creations('Succeeding', CREATIONS, 'stopWorkflow'));
		expect([done.status, done.error]).toEqual(['success', undefined]);
		expect(mockServer.credentials.map(({ vendor }) => vendor)).toEqual(CREATIONS.map(([type]) => type));
		const bodies = JSON.stringify(mockServer.credentials);
		for (const [name, secret] of Object.entries(STORE))
			expect([name, bodies.includes(inJson(secret))]).toEqual([name, name !== 'newClientSecret']);
	});

	test('a dry run shows each request without them, and creates nothing', async () => {
		const before = mockServer.requests.length;
		const dry = CREATIONS.map(([type, credential, parameters]): (typeof CREATIONS)[number] => [
			type,
			credential,
			{ ...parameters, options: { dryRun: true } },
		]);
		const done = await run(creations('Dry', dry, 'stopWorkflow'));
		for (const [type] of dry) {
			expect(itemsOf(done, type)).toEqual([expect.objectContaining({ dryRun: true, request: expect.anything() })]);
			expect(JSON.stringify(itemsOf(done, type))).toContain('[hidden]');
		}
		// It looks up the connector's rules, as it checks by them.
		expect(mockServer.requests.slice(before).map(({ method, path }) => `${method} ${path.split('/')[1]}`)).toEqual(['GET connectors']);
	});

	test('one that is typed is in no output and no error, also where the vendor repeats it', async () => {
		const [, [type, credential, parameters]] = CREATIONS;
		const typed = { ...parameters, secretsFrom: 'typed', credentials: { items: [{ name: 'api_key', value: TYPED }] } };
		const all: Run[] = [];
		for (const options of [{}, { dryRun: true }])
			all.push(await run(creations('Typed', [[type, credential, { ...typed, options }]], 'stopWorkflow')));
		mockServer.fault({ vendor: type, method: 'PUT', echo: true, times: null });
		for (const onError of ['stopWorkflow', 'continueRegularOutput'])
			all.push(await run(creations('Typed', [[type, credential, typed]], onError)));
		expect(all.map(({ status }) => status)).toEqual(['success', 'success', 'error', 'success']);
		expect(sent()).toContain(TYPED);
		for (const { nodes, error } of all) expect(JSON.stringify([nodes, error])).not.toContain(TYPED);
	});

	test('errors in which the vendor repeats them are saved, too, with the run or as items', async () => {
		for (const creation of CREATIONS) {
			mockServer.fault({ vendor: creation[0], method: 'POST', echo: true, times: null });
			mockServer.fault({ vendor: creation[0], method: 'PUT', echo: true, times: null });
			const failed = await run(creations(`Failing: ${creation[0]}`, [creation], 'stopWorkflow'));
			expect([creation[0], failed.status]).toEqual([creation[0], 'error']);
		}
		const done = await run(creations('Continuing', CREATIONS, 'continueRegularOutput'));
		expect(done.status).toBe('success');
		for (const [type] of CREATIONS)
			expect([type, itemsOf(done, type)]).toEqual([type, [{ error: expect.objectContaining({ status: expect.any(Number) }) }]]);
		expect(sent()).toContain(inJson(STORE.accessKey));
	});

	test('the example that rotates a secret, and the one that imports keys', async () => {
		mockServer.reset();
		const body = { name: "Acme's Google app", credential_type: 'connector', credential_data: { client_id: 'an-id', client_secret: 'old' } };
		await http.post(`${mockServer.url}/v3/connectors/google/creds`, body, { headers: { authorization: `Bearer ${KEYS.nylas}` } });
		expect(itemsOf(await run(example('rotate-a-secret')), 'Report')).toEqual([expect.objectContaining({ rotated: true })]);
		expect(sent()).toContain(STORE.newClientSecret);

		const { id, webhook } = await n8n.listen(example('import-api-keys'));
		const headers = { ...CALLER, 'content-type': 'text/plain' };
		const { data } = await http.post(webhook, `label,api_key,provider\nTyped,${ARRIVING.row},\n`, { headers });
		expect(data).toMatchObject({ rows: 1, created: 1 });
		expect(sent()).toContain(ARRIVING.row);
		// n8n removes the execution after it has answered.
		await soon('the execution is removed', async () => (await n8n.newest(id)) === undefined);
	});

	test('and nothing that n8n has kept holds one of them in clear', async () => {
		await own.program.stop();
		const saved = tables(own.installation.folder, own.database);
		// What was run is there, so that what is missing is missing.
		for (const { executionId } of runs) expect(saved.execution_data).toContain(`"executionId":${executionId},`);
		expect(saved.execution_data).toContain('Nylas refused');
		expect(saved.credentials_entity).toContain('Credential Secrets account');
		expect(saved.workflow_entity).toContain('credentialDataPrivateKeyStored');

		const files = own.files();
		expect(files.map((file) => path.basename(file))).toContain('database.sqlite');
		const printed = fs.readFileSync(own.log, 'utf8');
		expect(printed).toMatch(/Start executing node "nylas"|Running node "nylas" started/);
		expect(printed).not.toContain(TYPED);
		// Also the API keys in n8n's own credentials.
		for (const [name, secret] of Object.entries({ ...STORE, ...ARRIVING, ...KEYS })) {
			// n8n itself keeps what arrives, with the execution, while the run lasts; newer ones for an hour more.
			const arrived = name in ARRIVING;
			const withExecution = (file: string) =>
				path.basename(file).startsWith('database.sqlite') || /[\\/]executions[\\/]\d+[\\/]/.test(file);
			const places = arrived ? files.filter((file) => !withExecution(file)) : files;
			expect([name, holding(secret, places, (file) => fs.readFileSync(file))]).toEqual([name, []]);
			expect([name, holding(secret, arrived ? [] : Object.keys(saved), (table) => saved[table])]).toEqual([name, []]);
		}
	});
});
