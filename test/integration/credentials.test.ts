/* Must come before n8n-core is loaded: it writes its settings below the user folder. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'credentials-'));
process.env.N8N_USER_FOLDER = home;
process.env.N8N_ENCRYPTION_KEY = 'test';
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';

import 'reflect-metadata';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Container } from '@n8n/di';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import { SSHClientsManager } from 'n8n-core/dist/execution-engine/ssh-clients-manager';
import {
	ICredentialsHelper,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { AlloyApi } from '../../credentials/AlloyApi.credentials';
import { ArklowApi } from '../../credentials/ArklowApi.credentials';
import { MieltoApi } from '../../credentials/MieltoApi.credentials';
import { NylasApi } from '../../credentials/NylasApi.credentials';

type Answer = { status: number; body: unknown; headers?: Record<string, string> };

const KEY = 'key-of-the-test';
const REFUSED: Answer = { status: 401, body: { message: 'unauthorized' } };
const PAGE: Answer = { status: 200, body: '<!doctype html><title>Welcome</title>' };

let server: http.Server;
let baseUrl: string;
let answer: (request: http.IncomingMessage) => Answer;
let requests: http.IncomingMessage[];

beforeAll(async () => {
	server = http.createServer((request, response) => {
		requests.push(request);
		const { status, body, headers } = answer(request);
		const text = typeof body === 'string';
		response.writeHead(status, { 'content-type': text ? 'text/html' : 'application/json', ...headers });
		response.end(text ? body : JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
	Container.get(SSHClientsManager).onShutdown();
	await new Promise((resolve) => server.close(resolve));
	fs.rmSync(home, { recursive: true, force: true });
});

beforeEach(() => {
	requests = [];
});

const vendors: Array<{
	type: ICredentialType;
	data: ICredentialDataDecryptedObject;
	url: string;
	headers: Record<string, string>;
	good: object;
}> = [
	{
		type: new AlloyApi(),
		data: { apiKey: KEY, apiVersion: '2025-09' },
		url: '/users',
		headers: { authorization: `Bearer ${KEY}`, 'x-api-version': '2025-09' },
		good: { data: [{ userId: '1', fullName: 'Ada' }] },
	},
	{
		type: new ArklowApi(),
		data: { apiKey: KEY },
		url: '/v1/self/',
		headers: { 'x-arklow-auth': KEY },
		good: { data: { id: '1', memberships: [] }, errors: null },
	},
	{
		type: new MieltoApi(),
		data: { apiKey: KEY, workspaceId: 'w-1' },
		url: '/api/v1/credentials?limit=1',
		headers: { authorization: `Bearer ${KEY}`, 'x-workspace-id': 'w-1' },
		good: { credentials: [], total: 0, page: 1, size: 1 },
	},
	{
		type: new NylasApi(),
		data: { apiKey: KEY },
		url: '/v3/applications',
		headers: { authorization: `Bearer ${KEY}` },
		good: { request_id: 'r', data: { application_id: 'a', region: 'us' } },
	},
];

/** The address as each credential takes it. */
function addressed(type: ICredentialType, data: ICredentialDataDecryptedObject, url: string) {
	return type instanceof NylasApi ? { ...data, baseUrl: 'other', otherBaseUrl: url } : { ...data, baseUrl: url };
}

describe.each(vendors)('$type.displayName', ({ type, data, url, headers, good }) => {
	const run = async () => await testCredential(type, addressed(type, data, baseUrl));

	test('a good key passes, with the documented headers', async () => {
		answer = () => ({ status: 200, body: good });
		expect(await run()).toEqual({ status: 'OK' });
		expect(requests).toHaveLength(1);
		expect(requests[0].method).toBe('GET');
		expect(requests[0].url).toBe(url);
		expect(requests[0].headers).toMatchObject(headers);
	});

	test('a slash at the end of the base URL does no harm', async () => {
		answer = () => ({ status: 200, body: good });
		expect((await testCredential(type, addressed(type, data, `${baseUrl}/`))).status).toBe('OK');
		expect(requests[0].url).toBe(url);
	});

	test('a refused key does not pass', async () => {
		answer = () => REFUSED;
		expect((await run()).status).toBe('Error');
	});

	test('the key does not follow a redirect', async () => {
		answer = (request) =>
			request.url === url ? { status: 302, body: {}, headers: { location: `${baseUrl}/elsewhere` } } : { status: 200, body: good };
		expect((await run()).status).toBe('Error');
		expect(requests.map((request) => request.url)).not.toContain('/elsewhere');
	});
});

test.each([new AlloyApi(), new ArklowApi(), new MieltoApi()])(
	'$displayName: a web page at the base URL does not pass for the API',
	async (type) => {
		answer = () => PAGE;
		const result = await testCredential(type, { apiKey: KEY, apiVersion: '2025-09', baseUrl });
		expect(result).toEqual({ status: 'Error', message: expect.stringContaining('base URL') });
	},
);

test('Arklow: errors in an answer with status 200 do not pass', async () => {
	answer = () => ({ status: 200, body: { data: null, errors: [{ code: 'unauthorized', message: 'no' }] } });
	const result = await testCredential(new ArklowApi(), { apiKey: KEY, baseUrl });
	expect(result).toEqual({ status: 'Error', message: expect.stringContaining('API key') });
});

describe('Mielto: the workspace header', () => {
	const { authenticate } = new MieltoApi();
	const options = (headers?: IHttpRequestOptions['headers']): IHttpRequestOptions => ({ url: 'https://api.mielto.com', headers });

	test('is left out when no workspace is set', async () => {
		const { headers } = await authenticate({ apiKey: KEY, workspaceId: '' }, options());
		expect(headers).toEqual({ Authorization: `Bearer ${KEY}` });
	});

	test('comes from the credential when the request has none', async () => {
		const { headers } = await authenticate({ apiKey: KEY, workspaceId: 'w-1' }, options({ accept: 'a' }));
		expect(headers).toEqual({ accept: 'a', Authorization: `Bearer ${KEY}`, 'X-Workspace-Id': 'w-1' });
	});

	test.each(['X-Workspace-Id', 'x-workspace-id'])('stays as the request has it (%s)', async (name) => {
		const { headers } = await authenticate({ apiKey: KEY, workspaceId: 'w-1' }, options({ [name]: 'w-2' }));
		expect(headers).toEqual({ [name]: 'w-2', Authorization: `Bearer ${KEY}` });
	});
});

test('Nylas: the regions are the two that Nylas documents, and any other address', () => {
	const region = new NylasApi().properties.find(({ name }) => name === 'baseUrl')!;
	expect(region.options!.map((option) => 'value' in option && option.value)).toEqual([
		'https://api.us.nylas.com',
		'https://api.eu.nylas.com',
		'other',
	]);
});

/** What n8n does with the credential type in use. */
class Credentials extends ICredentialsHelper {
	constructor(private readonly type: ICredentialType) {
		super();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_name: string,
		options: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		const value = (text: string) =>
			workflow.expression.getSimpleParameterValue(node, text, 'internal', { $credentials: credentials }, undefined, '') as string;
		const headers: Record<string, string> = {};
		for (const [name, text] of Object.entries(authenticate!.properties.headers!)) headers[value(name)] = value(text as string);
		return { ...options, headers: { ...options.headers, ...headers } };
	}

	getParentTypes = () => [];
	getCredentialsProperties = () => this.type.properties;
	preAuthentication = async () => undefined;
	getCredentials = (): never => {
		throw new Error('The data is given');
	};
	getDecrypted = (): never => {
		throw new Error('The data is given');
	};
	updateCredentials = async () => {};
	updateCredentialsOauthTokenData = async () => {};
}

/** The connection test, step by step as n8n's credentials tester makes it with its own engine. */
async function testCredential(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Promise<{ status: 'OK' | 'Error'; message?: string }> {
	const { request, rules = [] } = type.test!;
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type.name]: { id: 'c', name: 'test' } },
	};
	const nodeType = {
		description: {
			displayName: 'No Op',
			name: 'noOp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type.name, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' }],
		},
	} as INodeType;
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = { credentialsHelper: new Credentials(type) } as unknown as ConstructorParameters<typeof ExecuteContext>[2];
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		{ resultData: { runData: {} } } as ConstructorParameters<typeof ExecuteContext>[4],
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	let body: Record<string, unknown>;
	try {
		const items = await new RoutingNode(context, nodeType, { id: 'c', name: 'test', type: type.name, data }).runNode();
		body = items![0][0].json;
	} catch (error) {
		return { status: 'Error', message: (error as Error).message };
	}
	for (const rule of rules) {
		if (rule.type === 'responseSuccessBody' && body[rule.properties.key] === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK' };
}
