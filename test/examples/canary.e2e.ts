import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

import type { Run, WorkflowNode } from '../../scripts/n8n/run';
import { ENCODINGS } from '../support/encodings';
import { ACME, seedAlloy, seedMieltoRecord, seedNylas } from '../support/lifecycle';
import { inARow, START } from '../n8n/workflows';
import { KEYS, startMockServer, type MockServer } from '../support/mockServer';
import { Canaries, cellsOf, type Place } from './canaries';
import { rows } from './kept';
import { accountOf, instanceAt, soon, type Instance } from './n8n';
import { startOwn, type Own } from './own';
import { startServer, type Server } from './server';

const STORE = 'Credential Secrets account';
const rl = (value: string) => ({ __rl: true, mode: 'id', value });

/** What a vendor's node takes and gets. `field` is entered, or named where it is stored. */
interface Vendor {
	credential: string;
	key: string;
	parameters: object;
	/** A secret in a field of its own; `Stored` at the end of its name where it is the name of a secret. */
	field(value: string, stored: string): object;
	/** The same, and more, in a JSON field. */
	json: { of(secret: string): object; as(text: string): object };
	/** A file of Google's in a JSON field. */
	file?(text: string): object;
	/** The answer to a creation. */
	created(echo: object): object;
	/** An operation that looks first, and how what it finds comes to be there. Arklow has no list. */
	looks?: { operation: string; seed(mockServer: MockServer): void };
	trigger?: object;
}

const record = (echo: object) => ({
	id: 'c-1',
	credentialId: 'c-1',
	name: 'Canary',
	label: 'Canary',
	type: 'openAi',
	created_at: 1,
	updated_at: 1,
	createdAt: 'a',
	updatedAt: 'a',
	...echo,
});

const VENDORS: Record<string, Vendor> = {
	nylas: {
		credential: 'nylasApi',
		key: KEYS.nylas,
		parameters: {
			operation: 'create',
			provider: rl('google'),
			credentialType: 'connector',
			name: 'Canary',
			specifyCredentialData: 'fields',
			credentialDataClientId: 'an-id',
		},
		field: (value, stored) => ({ [`credentialDataClientSecret${stored}`]: value }),
		json: {
			of: (secret) => ({ client_id: 'an-id', client_secret: secret }),
			as: (text) => ({ specifyCredentialData: 'json', credentialDataJson: text }),
		},
		file: (text) => ({ credentialType: 'serviceaccount', specifyCredentialData: 'json', credentialDataJson: text }),
		created: (echo) => ({ request_id: 'r-1', data: record(echo) }),
		looks: { operation: 'upsert', seed: (mockServer) => seedNylas(mockServer, 1) },
		trigger: { provider: rl('google') },
	},
	mielto: {
		credential: 'mieltoApi',
		key: KEYS.mielto,
		parameters: { operation: 'create', label: 'Canary', authType: 'api_key', credentialScope: 'workspace', specifyCredentials: 'fields' },
		field: (value, stored) => ({ credentials: { items: [{ name: 'api_key', [`value${stored}`]: value }] } }),
		json: { of: (secret) => ({ api_key: secret }), as: (text) => ({ specifyCredentials: 'json', credentialsJson: text }) },
		created: record,
		looks: { operation: 'upsert', seed: (mockServer) => seedMieltoRecord(mockServer, { id: 'c-1', label: 'Canary' }) },
		trigger: {},
	},
	arklow: {
		credential: 'arklowApi',
		key: KEYS.arklow,
		parameters: { operation: 'create', orgId: rl('1024'), type: 'aws', secretAwsAccessKeyId: 'an-id' },
		field: (value, stored) => ({
			[`secretAwsSecretAccessKey${stored}`]: value,
			...(stored ? { [`secretAwsAccessKeyId${stored}`]: value } : {}),
		}),
		json: {
			of: (secret) => ({ aws_access_key_id: 'an-id', aws_secret_access_key: secret }),
			as: (text) => ({ type: 'custom', typeCustom: 'canary', provider: 'canary', secretTypeCustom: 'json', secretCustomJson: text }),
		},
		file: (text) => ({ type: 'gcp_sa', specifySecretGoogleServiceAccount: 'json', secretJson: text }),
		created: (echo) => ({ data: record(echo), errors: null }),
	},
	alloyEmbedded: {
		credential: 'alloyApi',
		key: KEYS.alloy,
		parameters: {
			operation: 'create',
			userId: rl(ACME),
			credentialType: rl('openAi'),
			credentialConnectorFields: 'anyConnector',
			specifyCredentialData: 'fields',
		},
		field: (value, stored) => ({ credentialDataAnyConnector: { items: [{ name: 'apiKey', [`value${stored}`]: value }] } }),
		json: { of: (secret) => ({ apiKey: secret }), as: (text) => ({ specifyCredentialData: 'json', credentialDataJson: text }) },
		created: record,
		looks: { operation: 'createOrReuse', seed: (mockServer) => seedAlloy(mockServer, 'alloyEmbedded', 'c-1', { userId: ACME }) },
		trigger: { userId: rl(ACME) },
	},
	alloyConnectivity: {
		credential: 'alloyApi',
		key: KEYS.alloy,
		parameters: { operation: 'create', connectorId: rl('openAi'), userId: rl(ACME), authenticationType: rl('apiKey') },
		field: (value, stored) => ({
			additionalFields: { data: { value: { specifyData: 'fields', data: { items: [{ name: 'apiKey', [`value${stored}`]: value }] } } } },
		}),
		json: {
			of: (secret) => ({ apiKey: secret }),
			as: (text) => ({ additionalFields: { data: { value: { specifyData: 'json', dataJson: text } } } }),
		},
		created: record,
		looks: {
			operation: 'createOrReuse',
			seed: (mockServer) => seedAlloy(mockServer, 'alloyConnectivity', 'c-1', { userId: ACME, connectorId: 'openAi' }),
		},
		trigger: { connectorId: rl('openAi'), xAlloyUserid: rl(ACME) },
	},
};

/** Where docs/secrets.md says that n8n keeps what was typed, and what came with an item: for a failed node to be run again, both. */
const DATABASE = 'database.sqlite';
const FAILED = 'execution_data.data: nodeExecutionStack';
const WORKFLOW = [DATABASE, 'workflow_entity.nodes', 'workflow_history.nodes', 'execution_data.workflowData', FAILED];
const ITEMS = [DATABASE, 'execution_data.data: runs of Rows', 'execution_data.data: context of node:Rows', FAILED];

/** The ways in which a secret comes to a node: the node's parameters, and where n8n may keep it. */
const SOURCES: Record<string, { kept: string[]; parameters(vendor: Vendor, secret: string, name: string): object | undefined }> = {
	typed: { kept: WORKFLOW, parameters: ({ field }, secret) => field(secret, '') },
	expression: { kept: ITEMS, parameters: ({ field }) => field('={{ $json.secret }}', '') },
	stored: { kept: [], parameters: ({ field }, _secret, name) => ({ secretsFrom: 'stored', ...field(name, 'Stored') }) },
	json: { kept: WORKFLOW, parameters: ({ json }, secret) => json.as(JSON.stringify(json.of(secret))) },
	file: { kept: ITEMS, parameters: ({ file }) => file?.('={{ $json.file }}') },
};

const newSecret = (source: string) => {
	const random = randomBytes(72).toString('base64');
	return source === 'file' ? random.replace(/.{64}/, '$&\n') : `${random.slice(0, 24)}/+ "é&<${random.slice(24, 28)}`;
};
/** A key, of whose text only the inner part is a secret. */
const pem = (secret: string) => `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`;

const isKey = (secret: string) => secret.includes('\n');

/** A secret, in all that a vendor can make of it, also within a key, and all of the API key's. */
function echoOf(secret: string, key: string): object {
	const written = (text: string) => Object.fromEntries(Object.entries(ENCODINGS).map(([name, encode]) => [name, encode(text)]));
	return {
		echo: { ...written(secret), ...(isKey(secret) ? { pem: written(pem(secret)) } : {}), key: written(key), [`Received ${secret}`]: true },
	};
}

/** An error that repeats it, in the shapes of all vendors. */
function refusalOf(secret: string, key: string): object {
	const of = (text: string) =>
		['plain', 'percent', 'base64', 'JSON within JSON', 'hex in upper case'].map((name) => ENCODINGS[name](text)).join(' | ');
	const message = `Refused: ${of(secret)} with ${of(key)}`;
	const echo = echoOf(secret, key);
	return {
		...{ message, error: { type: ENCODINGS.hex(secret), message, provider_error: echo }, request_id: ENCODINGS.base64(secret) },
		...{
			data: null,
			errors: [{ code: secret, message, received: echo }],
			detail: [{ type: 'value_error', loc: ['body', secret], msg: message, input: echo }],
		},
	};
}

interface Scenario {
	/** What the vendor answers to the creations, one after the other. */
	answers: Array<'created' | 'refused' | 'unavailable'>;
	status: string;
	/** Of the node. */
	settings?: object;
	options?: object;
	/** How n8n's Retry ends. */
	retried?: string;
	looks?: true;
	sources?: string[];
}

const SCENARIOS: Record<string, Scenario> = {
	created: { answers: ['created'], status: 'success' },
	refused: { answers: ['refused'], status: 'error' },
	'refused, Continue': { answers: ['refused'], status: 'success', settings: { onError: 'continueRegularOutput' } },
	'refused, Continue (using error output)': { answers: ['refused'], status: 'success', settings: { onError: 'continueErrorOutput' } },
	'refused, Retry On Fail': {
		answers: ['refused', 'refused'],
		status: 'error',
		settings: { retryOnFail: true, maxTries: 2 },
		sources: ['expression', 'stored'],
	},
	"refused, then n8n's Retry": { answers: ['refused', 'created'], status: 'error', retried: 'success' },
	uncertain: { answers: ['unavailable'], status: 'error', options: { retries: 0 } },
	// The node waits until a list would show what was created.
	"uncertain, then n8n's Retry": {
		answers: ['unavailable', 'unavailable'],
		status: 'error',
		options: { retries: 0 },
		retried: 'error',
		sources: ['expression'],
	},
	'dry run': { answers: [], status: 'success', options: { dryRun: true } },
	'looked up': { answers: [], status: 'success', looks: true },
};

describe('Canaries in a real n8n: each secret that a node is given, by each way, and all that becomes of it', () => {
	const secrets: Record<string, string> = Object.fromEntries(
		Object.entries(VENDORS).map(([, { key }]) => [`key of ${key.split('-')[0]}`, key]),
	);
	const cases = Object.entries(VENDORS).flatMap(([type, vendor]) =>
		Object.entries(SOURCES).flatMap(([source, { parameters }]) => {
			const name = `${source} at ${type}`;
			const secret = newSecret(source);
			const own = parameters(vendor, secret, name);
			if (own) secrets[name] = secret;
			return own ? [{ name, type, vendor, source, secret, own }] : [];
		}),
	);
	const sent: string[] = [];
	const runs: Run[] = [];
	let mockServer: MockServer;
	let items: Server;
	let own: Own;
	let n8n: Instance;

	beforeAll(async () => {
		mockServer = await startMockServer();
		items = await startServer(({ path: asked }) => {
			const name = decodeURIComponent(asked.slice(1));
			const secret = name.startsWith('expression') || name.startsWith('file') ? secrets[name] : 'none';
			const file = JSON.stringify({
				type: 'service_account',
				private_key_id: 'an-id',
				private_key: pem(secret),
				client_email: 'a@example.com',
			});
			return { row: 1, secret, file, nested: { deep: [secret, 'x'] }, basic: ENCODINGS['Basic authentication'](secret) };
		});
		own = await startOwn('canary');
		const entries = {
			items: Object.entries(secrets)
				.map(([name, value]) => ({ name, value }))
				.filter(({ name }) => name.startsWith('stored')),
		};
		n8n = await instanceAt(own.program.url, mockServer, [{ name: STORE, type: 'credentialSecretsApi', data: { entries } }]);
	});

	afterAll(async () => {
		await own?.program.stop();
		await items?.close();
		await mockServer?.close();
	});

	const node = (type: string, { credential }: Vendor, parameters: object): WorkflowNode => ({
		...{ name: 'Vendor', type: `n8n-nodes-create-credential.${type}`, parameters: { resource: 'credential', ...parameters } },
		credentials: { [credential]: { id: '', name: accountOf(credential) } },
	});

	/** What is there already, and repeats a secret. */
	const store = ({ looks }: Vendor, echo: object) => {
		looks?.seed(mockServer);
		for (const one of mockServer.credentials) Object.assign(one.record as object, echo);
	};

	test.each(Object.entries(SCENARIOS))('%s', async (scenario, { answers, status, settings, options = {}, retried, looks, sources }) => {
		for (const { name, type, vendor, source, secret, own: parameters } of cases) {
			if ((looks && !vendor.looks) || (sources && !sources.includes(source))) continue;
			mockServer.reset();
			const answer = {
				created: { body: vendor.created(echoOf(secret, vendor.key)) },
				refused: { status: 422, body: refusalOf(secret, vendor.key) },
				unavailable: { status: 502, body: refusalOf(secret, vendor.key) },
			};
			for (const method of ['POST', 'PUT']) for (const one of answers) mockServer.fault({ vendor: type, method, ...answer[one] });
			if (looks) store(vendor, { name: 'Canary', ...echoOf(secret, vendor.key) });
			const operation = looks ? { operation: vendor.looks?.operation } : {};
			const step = node(type, vendor, { ...vendor.parameters, ...parameters, ...operation, options });
			Object.assign(step.credentials as object, { credentialSecretsApi: { id: '', name: STORE } });
			const workflow = inARow(`${scenario}: ${name}`, [
				START,
				{
					name: 'Rows',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					parameters: { url: `${items.url}/${encodeURIComponent(name)}` },
				},
				{ ...step, ...settings },
			]);
			const id = await n8n.bring(workflow);
			const done = [await n8n.api.runWorkflow(id), ...(retried ? [await n8n.retry(id)] : [])];
			expect([name, ...done.map((run) => run.status)]).toEqual([name, status, ...(retried ? [retried] : [])]);
			// The vendor has repeated it.
			for (const run of done)
				expect([name, JSON.stringify([run.nodes.Vendor, run.error])]).toEqual([name, expect.stringContaining('[hidden]')]);
			sent.push(...mockServer.requests.map(({ rawBody }) => rawBody));
			runs.push(...done);
		}
	});

	test.each(Object.keys(VENDORS).filter((type) => VENDORS[type].trigger))('trigger: %s', async (type) => {
		const vendor = VENDORS[type];
		const { key } = vendor;
		const id = await n8n.bring(
			inARow(`trigger: ${type}`, [node(`${type}Trigger`, vendor, { ...vendor.trigger, events: ['created', 'changed', 'removed'] })]),
		);
		const activate = async () => {
			const { versionId } = await n8n.api.call<{ versionId: string }>('GET', `/workflows/${id}`);
			await n8n.api.call('POST', `/workflows/${id}/activate`, { versionId });
		};
		mockServer.reset();
		await activate();
		await n8n.api.call('POST', `/workflows/${id}/deactivate`, {});
		// What has changed meanwhile starts the workflow.
		store(vendor, { ...echoOf(key, key), [type.startsWith('alloy') ? 'credentialId' : 'id']: `id ${key}` });
		await activate();
		const run = await n8n.ended((await soon('the event', async () => await n8n.newest(id))).id);
		expect([run.status, JSON.stringify(run.nodes.Vendor)]).toEqual(['success', expect.stringContaining('[hidden]')]);
		runs.push(run);
		await n8n.api.call('POST', `/workflows/${id}/deactivate`, {});
		mockServer.fault({ vendor: type, method: 'GET', status: 403, body: refusalOf(key, key) });
		await expect(activate()).rejects.toThrow('[hidden]');
	});

	test('n8n has kept each where docs/secrets.md says so, and nowhere else', async () => {
		await own.program.stop();
		for (const { name, secret } of cases)
			expect([name, sent.some((body) => body.includes(JSON.stringify(secret).slice(1, -1)))]).toEqual([name, true]);
		const tables = rows(own.installation.folder, own.database);
		expect(tables.execution_data.length).toBeGreaterThanOrEqual(runs.length);
		const nameOf = (file: string) => (path.basename(file).startsWith(DATABASE) ? DATABASE : path.basename(file));
		const places: Place[] = [...own.files().map((file): Place => [nameOf(file), fs.readFileSync(file, 'utf8')]), ...cellsOf(tables)];
		expect(fs.readFileSync(own.log, 'utf8')).toMatch(/Start executing node "Vendor"|Running node "Vendor" started/);

		const canaries = new Canaries(secrets);
		const found: Record<string, Set<string>> = Object.fromEntries(Object.keys(secrets).map((name) => [name, new Set()]));
		for (const [place, text] of places) for (const name of canaries.in(text)) found[name].add(place);
		process.stderr.write(
			`Canaries: ${runs.length} runs, ${Object.keys(secrets).length} canaries, ${canaries.forms} texts, ${places.length} ` +
				`places, ${places.reduce((sum, [, { length }]) => sum + length, 0)} characters\n`,
		);
		const kept = (places: Iterable<string>) => [...places].sort();
		expect(Object.fromEntries(Object.entries(found).map(([name, where]) => [name, kept(where)]))).toEqual(
			Object.fromEntries(Object.keys(secrets).map((name) => [name, kept(SOURCES[name.split(' ')[0]]?.kept ?? [])])),
		);
	});
});
