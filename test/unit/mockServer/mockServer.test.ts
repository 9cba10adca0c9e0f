import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';

import { KEYS, type MockServer, startMockServer } from '../../support/mockServer';

interface Example {
	vendor: string;
	method: string;
	path: string;
	headers: Record<string, string>;
	body: Record<string, unknown>;
	/** Name of a required top-level field. */
	required: string;
	status: number;
	refusal: number;
	keyTest: string;
	/** What is wrong, in the words of an error body. */
	text(body: AxiosResponse['data']): string;
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const version = { 'x-api-version': '2025-09' };

const EXAMPLES: Record<string, Example> = {
	nylas: {
		vendor: 'nylas',
		method: 'POST',
		path: '/v3/connectors/google/creds',
		headers: bearer(KEYS.nylas),
		body: {
			name: 'Acme',
			credential_type: 'connector',
			credential_data: { client_id: 'acme-id', client_secret: 'acme-secret' },
		},
		required: 'credential_data',
		status: 201,
		refusal: 400,
		keyTest: '/v3/applications',
		text: (body) => body.error.message,
	},
	arklow: {
		vendor: 'arklow',
		method: 'PUT',
		path: '/v1/orgs/1024/credentials/',
		headers: { 'x-arklow-auth': KEYS.arklow },
		body: { type: 'aws', secret: { AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'aws-secret' } },
		required: 'type',
		status: 200,
		refusal: 400,
		keyTest: '/v1/self/',
		text: (body) => body.errors[0].message,
	},
	mielto: {
		vendor: 'mielto',
		method: 'POST',
		path: '/api/v1/credentials',
		headers: bearer(KEYS.mielto),
		body: { label: 'Acme', auth_type: 'api_key', credential_scope: 'workspace', credentials: { api_key: 'sk-acme' } },
		required: 'label',
		status: 200,
		refusal: 422,
		keyTest: '/api/v1/credentials',
		text: ({ detail }) => (typeof detail === 'string' ? detail : JSON.stringify(detail)),
	},
	alloyEmbedded: {
		vendor: 'alloyEmbedded',
		method: 'POST',
		path: '/headless/credentials',
		headers: { ...bearer(KEYS.alloy), ...version },
		body: { userId: 'u1', credential: { type: 'netsuite', data: { realm: '1', tokenSecret: 'net-secret' } } },
		required: 'credential',
		status: 200,
		refusal: 400,
		keyTest: '/users',
		text: (body) => body.message,
	},
	alloyConnectivity: {
		vendor: 'alloyConnectivity',
		method: 'POST',
		path: '/connectors/shopify/credentials',
		headers: { ...bearer(KEYS.alloy), ...version },
		body: { userId: 'u1', authenticationType: 'apiKey', data: { apiKey: 'shop-secret' } },
		required: 'userId',
		status: 200,
		refusal: 400,
		keyTest: '/connectors',
		text: (body) => body.message,
	},
};

const all = Object.values(EXAMPLES);
const { nylas, arklow, mielto, alloyEmbedded, alloyConnectivity } = EXAMPLES;

let mockServer: MockServer;
beforeAll(async () => {
	mockServer = await startMockServer();
});
afterEach(() => mockServer.reset());
afterAll(() => mockServer.close());

function call(config: AxiosRequestConfig, base = mockServer.url): Promise<AxiosResponse> {
	return axios.request({ baseURL: base, validateStatus: () => true, maxRedirects: 0, ...config });
}

function create(example: Example, overrides: AxiosRequestConfig = {}): Promise<AxiosResponse> {
	return call({ method: example.method, url: example.path, headers: example.headers, data: example.body, ...overrides });
}

function get(path: string, headers: Record<string, string>): Promise<AxiosResponse> {
	return call({ url: path, headers });
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise(setImmediate);
}

describe('a valid create', () => {
	test.each(all)('$vendor answers as documented and keeps what was sent', async (example) => {
		const answer = await create(example);
		expect(answer.status).toBe(example.status);
		expect(answer.headers['content-type']).toMatch('application/json');
		expect(mockServer.credentials).toHaveLength(1);
		expect(mockServer.credentials[0]).toMatchObject({ vendor: example.vendor, body: example.body });
		expect(JSON.stringify(answer.data)).toContain(mockServer.credentials[0].id);
		expect(JSON.stringify(answer.data)).not.toMatch(/secret|sk-acme/);
	});

	test('Nylas answers a request id and a record with Unix times', async () => {
		const { data } = await create(nylas);
		expect(data).toEqual({
			request_id: expect.any(String),
			data: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Acme', created_at: expect.any(Number), updated_at: expect.any(Number) },
		});
	});

	test.each([
		['http_auth_headers', { Authorization: 'Basic x' }, 'http'],
		['gcp_sa', { client_email: 'a@b.example', private_key: 'PEM' }, 'gcp'],
		['aws', arklow.body.secret, 'aws'],
		['metric', { api_key: 'a', app_key: 'b' }, 'datadog'],
	])('Arklow fills in the provider of the type %s', async (type, secret, provider) => {
		const { data } = await create(arklow, { data: { type, secret } });
		expect(data.errors).toBeNull();
		expect(data.data).toMatchObject({ org_id: '1024', type, provider, version: 1, metadata: null, expires_at: null, deleted_at: null });
	});

	test('Mielto answers a CredentialRead without the credentials', async () => {
		const { data } = await create(mielto, { headers: { ...mielto.headers, 'X-Workspace-Id': 'ws-7' } });
		expect(data).toMatchObject({ label: 'Acme', provider: 'custom', workspace_id: 'ws-7', description: null });
		expect(data).not.toHaveProperty('credentials');
	});

	test('Alloy Embedded answers an ID of 24 hexadecimal characters', async () => {
		const { data } = await create(alloyEmbedded);
		expect(data).toEqual({ success: true, credentialId: expect.stringMatching(/^[0-9a-f]{24}$/) });
	});

	test('Alloy Connectivity answers a link for OAuth2, and there is no credential yet', async () => {
		const { data } = await create(alloyConnectivity, {
			url: '/connectors/slack/credentials',
			data: { userId: 'u1', authenticationType: 'oauth2' },
		});
		expect(data).toEqual({ oauthUrl: expect.stringMatching(/^http:/) });
		expect(mockServer.credentials).toHaveLength(0);
	});
});

describe('the request that tests a key', () => {
	test.each(all)('$vendor answers it', async (example) => {
		const answer = await get(example.keyTest, example.headers);
		expect(answer.status).toBe(200);
		expect(answer.data).toEqual(expect.any(Object));
	});

	test('Mielto lists what was created in the workspace, page by page', async () => {
		await create(mielto, { data: { ...mielto.body, label: 'first' } });
		await create(mielto, { data: { ...mielto.body, label: 'second' } });
		await create(mielto, { headers: { ...mielto.headers, 'X-Workspace-Id': 'another' } });
		const { data } = await get('/api/v1/credentials?limit=1&skip=1', mielto.headers);
		expect(data).toMatchObject({ total: 2, page: 2, size: 1, credentials: [{ label: 'second' }] });
	});

	test('Mielto refuses a limit of 0 and one that is no number', async () => {
		const zero = await get('/api/v1/credentials?limit=0', mielto.headers);
		expect(zero.status).toBe(422);
		expect(zero.data.detail).toEqual([expect.objectContaining({ loc: ['query', 'limit'], type: 'greater_than_equal', input: '0' })]);
		expect((await get('/api/v1/credentials?limit=many', mielto.headers)).status).toBe(422);
	});
});

describe('a wrong key', () => {
	test.each(all)('$vendor refuses a request without a key', async (example) => {
		const answer = await create(example, { headers: version });
		expect(answer.status).toBe(401);
		expect(example.text(answer.data)).toMatch(/key/);
		expect(mockServer.credentials).toHaveLength(0);
	});

	test.each(all)('$vendor refuses the key of every other vendor', async (example) => {
		const others = Object.values(KEYS).filter((key) => !JSON.stringify(example.headers).includes(key));
		expect(others).toHaveLength(3);
		for (const key of others) {
			const answer = await create(example, { headers: { ...version, ...bearer(key), 'x-arklow-auth': key } });
			expect(answer.status).toBe(401);
		}
	});

	test('the name of the scheme may be written in any case, the key may not', async () => {
		expect((await create(nylas, { headers: { authorization: `bEaReR ${KEYS.nylas}` } })).status).toBe(201);
		expect((await create(nylas, { headers: { authorization: `Bearer ${KEYS.nylas.toUpperCase()}` } })).status).toBe(401);
		expect((await create(nylas, { headers: { authorization: KEYS.nylas } })).status).toBe(401);
		expect((await create(arklow, { headers: { 'x-arklow-auth': `Bearer ${KEYS.arklow}` } })).status).toBe(401);
	});
});

describe('a request that the document does not allow', () => {
	test.each(all)('$vendor says which required field is missing', async (example) => {
		const { [example.required]: _, ...rest } = example.body;
		const answer = await create(example, { data: rest });
		expect(answer.status).toBe(example.refusal);
		expect(example.text(answer.data)).toContain(example.required);
		expect(mockServer.credentials).toHaveLength(0);
	});

	test('Mielto repeats the input, as FastAPI does', async () => {
		const { label: _, ...rest } = mielto.body;
		const missing = await create(mielto, { data: rest });
		expect(missing.data).toEqual({ detail: [{ type: 'missing', loc: ['body', 'label'], msg: 'Field required', input: rest }] });

		const long = 'x'.repeat(101);
		const { data } = await create(mielto, { data: { ...mielto.body, label: long, auth_type: 'magic', description: 5 } });
		expect(data.detail).toHaveLength(3);
		expect(data.detail).toEqual(
			expect.arrayContaining([
				{
					type: 'string_too_long',
					loc: ['body', 'label'],
					msg: 'String should have at most 100 characters',
					input: long,
					ctx: { max_length: 100 },
				},
				expect.objectContaining({ type: 'enum', loc: ['body', 'auth_type'], input: 'magic' }),
				expect.objectContaining({ type: 'string_type', loc: ['body', 'description'], input: 5 }),
			]),
		);
	});

	test('only the branch that was meant is spoken of', async () => {
		const { data } = await create(nylas, { data: { ...nylas.body, credential_data: { client_id: 'x' } } });
		expect(data.error).toEqual({
			type: 'api.invalid_request_payload',
			message: 'body.credential_data.client_secret is required',
		});
		const answer = await create(arklow, { data: { type: 'metric', secret: { api_key: 'x' } } });
		expect(answer.data).toEqual({ data: null, errors: [{ code: 'bad_request', message: 'body.secret.app_key is required' }] });
	});

	test.each(all)('$vendor refuses a body that is no JSON, and JSON under another name', async (example) => {
		const headers = { ...example.headers, 'content-type': 'application/json' };
		expect((await create(example, { headers, data: '{"a":' })).status).toBe(example.refusal);
		headers['content-type'] = 'text/plain';
		expect((await create(example, { headers, data: JSON.stringify(example.body) })).status).toBe(example.refusal);
		headers['content-type'] = 'application/json; charset=utf-8';
		expect((await create(example, { headers, data: JSON.stringify(example.body) })).status).toBe(example.status);
	});

	test.each(all)('$vendor refuses a create without a body', async (example) => {
		expect((await create(example, { data: undefined })).status).toBe(example.refusal);
	});

	test.each([alloyEmbedded, alloyConnectivity])('$vendor wants its version header', async (example) => {
		const answer = await create(example, { headers: bearer(KEYS.alloy) });
		expect(answer.status).toBe(400);
		expect(answer.data).toEqual({ message: 'header.x-api-version is required' });
	});

	test('Arklow takes nothing but digits for an organization', async () => {
		const answer = await create(arklow, { url: '/v1/orgs/acme/credentials/' });
		expect(answer.status).toBe(400);
		expect(answer.data.errors[0].message).toMatch('path.org_id');
	});
});

describe('paths', () => {
	test.each(all)('$vendor answers an unknown path in its own words', async (example) => {
		const answer = await create(example, { url: `${example.path.replace(/\/$/, '')}/nothing/at/all` });
		expect(answer.status).toBe(404);
		expect(example.text(answer.data)).toBe('Not Found');
	});

	test('a path that no vendor has anything like is a plain 404', async () => {
		const answer = await get('/favicon.ico', {});
		expect(answer.status).toBe(404);
		expect(answer.data).toEqual({ message: 'Not Found' });
		expect(mockServer.requests[0].vendor).toBe('');
	});

	test('Arklow has no path without the slash at the end', async () => {
		const answer = await create(arklow, { url: '/v1/orgs/1024/credentials' });
		expect(answer.status).toBe(404);
		expect(answer.data.errors[0].code).toBe('not_found');
		expect((await create(nylas, { url: `${nylas.path}/` })).status).toBe(404);
	});

	test('an encoded ../users stays one connector ID', async () => {
		const answer = await create(alloyConnectivity, { url: '/connectors/..%2Fusers/credentials' });
		expect(answer.status).toBe(200);
		expect(mockServer.requests[0].path).toBe('/connectors/..%2Fusers/credentials');
		expect(mockServer.credentials[0].params).toMatchObject({ connectorId: '../users' });
	});

	test('a segment that is empty or wrongly encoded is no connector ID', async () => {
		expect((await create(alloyConnectivity, { url: '/connectors//credentials' })).status).toBe(404);
		expect((await create(alloyConnectivity, { url: '/connectors/%ff/credentials' })).status).toBe(400);
	});

	test('another method answers 405 and names the ones there are', async () => {
		const answer = await create(mielto, { method: 'DELETE' });
		expect(answer.status).toBe(405);
		expect(answer.headers.allow).toBe('GET, POST');
		expect(answer.data).toEqual({ detail: 'Method Not Allowed' });
	});
});

describe('faults', () => {
	const statuses = [401, 404, 409, 422, 429, 500];
	test.each(all.flatMap((example) => statuses.map((status) => ({ ...example, fault: status }))))(
		'$vendor answers $fault once in its own words, then works again',
		async (example) => {
			mockServer.fault({ vendor: example.vendor, status: example.fault });
			const answer = await create(example);
			expect(answer.status).toBe(example.fault);
			expect(example.text(answer.data)).toEqual(expect.any(String));
			expect(mockServer.credentials).toHaveLength(0);
			expect((await create(example)).status).toBe(example.status);
		},
	);

	test('a 429 says when to come back, in seconds or as a date', async () => {
		const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
		mockServer.fault({ status: 429, retryAfter: 0 });
		mockServer.fault({ status: 429, retryAfter: date });
		expect((await create(nylas)).headers['retry-after']).toBe('0');
		expect((await create(nylas)).headers['retry-after']).toBe(date);
	});

	test('a fault hits only what it names', async () => {
		mockServer.fault({ vendor: 'nylas', method: 'post', path: '/v3/connectors/google/creds', status: 500 });
		expect((await create(mielto)).status).toBe(200);
		expect((await get('/v3/applications', nylas.headers)).status).toBe(200);
		expect((await create(nylas, { url: '/v3/connectors/zoom/creds' })).status).toBe(201);
		expect((await create(nylas)).status).toBe(500);
	});

	test('a fault may name the path as the document writes it', async () => {
		mockServer.fault({ path: '/v3/connectors/{provider}/creds', status: 500 });
		expect((await create(nylas)).status).toBe(500);
	});

	test('times and after say which requests are hit', async () => {
		mockServer.fault({ status: 500, after: 1, times: 2 });
		const seen: number[] = [];
		for (let i = 0; i < 4; i++) seen.push((await create(mielto)).status);
		expect(seen).toEqual([200, 500, 500, 200]);

		mockServer.reset();
		mockServer.fault({ status: 500, times: Infinity });
		for (let i = 0; i < 5; i++) expect((await create(mielto)).status).toBe(500);
	});

	test('any body can be put in the place of the answer', async () => {
		mockServer.fault({ status: 200, body: { data: null, errors: [{ code: 'quota', message: 'No more' }] } });
		const json = await create(arklow);
		expect(json.status).toBe(200);
		expect(json.data.errors[0].code).toBe('quota');

		mockServer.fault({ status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html' });
		const html = await create(arklow);
		expect(html.status).toBe(502);
		expect(html.headers['content-type']).toBe('text/html');
		expect(html.data).toBe('<h1>Bad gateway</h1>');

		mockServer.fault({ body: '{"data":', contentType: 'application/json' });
		const broken = await create(nylas, { transformResponse: (text) => text });
		expect([broken.status, broken.data]).toEqual([201, '{"data":']);
		expect(mockServer.credentials).toHaveLength(0);
	});

	test('a redirect leads elsewhere and has no body', async () => {
		mockServer.fault({ status: 307, headers: { Location: 'https://elsewhere.example/' } });
		const answer = await create(nylas);
		expect([answer.status, answer.headers.location, answer.data]).toEqual([307, 'https://elsewhere.example/', '']);
	});

	test('headers alone are laid over the normal answer', async () => {
		mockServer.fault({ headers: { 'X-Trace': 'abc' } });
		const answer = await create(nylas);
		expect([answer.status, answer.headers['x-trace']]).toEqual([201, 'abc']);
	});

	test('a slow answer comes after a quick one, and its credential exists before', async () => {
		mockServer.fault({ vendor: 'nylas', delayMs: 50 });
		const order: string[] = [];
		const slow = create(nylas).then(({ status }) => order.push(`slow ${status}`));
		await until(() => mockServer.credentials.length === 1);
		expect(mockServer.requests[0].status).toBeUndefined();
		await create(mielto).then(({ status }) => order.push(`quick ${status}`));
		await slow;
		expect(order).toEqual(['quick 200', 'slow 201']);
	});

	test('a request that is cut off fails without an answer', async () => {
		mockServer.fault({ reset: true });
		await expect(create(nylas)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(mockServer.requests).toHaveLength(1);
		expect((await create(nylas)).status).toBe(201);
	});

	test('a hanging request is recorded and never answered', async () => {
		mockServer.fault({ hang: true });
		const giveUp = new AbortController();
		const hanging = create(nylas, { signal: giveUp.signal });
		await until(() => mockServer.requests.length === 1);
		expect(mockServer.requests[0]).toMatchObject({ vendor: 'nylas', body: nylas.body });
		expect(mockServer.requests[0].status).toBeUndefined();
		giveUp.abort();
		await expect(hanging).rejects.toMatchObject({ code: 'ERR_CANCELED' });
		expect(mockServer.credentials).toHaveLength(0);
	});

	test.each(all)('$vendor can be as careless as to repeat body and key', async (example) => {
		mockServer.fault({ echo: true, status: 422 });
		const answer = await create(example);
		const text = JSON.stringify(answer.data);
		const key = example.headers.authorization ?? example.headers['x-arklow-auth'];
		expect(answer.status).toBe(422);
		// Once as data, once inside the message.
		expect(text.split(key).length - 1).toBeGreaterThanOrEqual(2);
		expect(text).toContain(JSON.stringify(example.body));
		expect(text).toContain(JSON.stringify(JSON.stringify(example.body)).slice(1, -1));
	});

	test('a fault with a misspelt name or an impossible value is not taken', () => {
		expect(() => mockServer.fault({ statuss: 500 } as never)).toThrow(/no "statuss"/);
		expect(() => mockServer.fault({ vendor: 'alloy' })).toThrow(/no vendor "alloy", only alloyConnectivity/);
		expect(() => mockServer.fault({ status: 42 })).toThrow(/"status" of a fault cannot be 42/);
		expect(() => mockServer.fault({ headers: { 'a b': 'c' } })).toThrow(/"headers"/);
	});
});

describe('the record of what happened', () => {
	test('a request is kept as it came', async () => {
		await create(arklow, { url: `${arklow.path}?a=1&b=2&b=3&c=%20`, headers: { ...arklow.headers, 'X-More': 'Yes' } });
		expect(mockServer.requests).toEqual([
			{
				vendor: 'arklow',
				method: 'PUT',
				path: '/v1/orgs/1024/credentials/',
				query: { a: '1', b: ['2', '3'], c: ' ' },
				headers: expect.objectContaining({ 'x-arklow-auth': KEYS.arklow, 'x-more': 'Yes' }),
				rawBody: JSON.stringify(arklow.body),
				body: arklow.body,
				status: 200,
			},
		]);
	});

	test('reset forgets requests, credentials and faults', async () => {
		await create(nylas);
		mockServer.fault({ status: 500 });
		mockServer.reset();
		expect([mockServer.requests, mockServer.credentials]).toEqual([[], []]);
		expect((await create(nylas)).status).toBe(201);
	});

	test('a script can do all of it over HTTP', async () => {
		const post = (name: string, data?: unknown) => call({ method: 'POST', url: `/__mock-server/${name}`, data });
		expect((await post('faults', { vendor: 'nylas', status: 500, times: Infinity })).status).toBe(204);
		expect(
			(
				await post('faults', [
					{ vendor: 'mielto', status: 409 },
					{ vendor: 'arklow', status: 404 },
				])
			).status,
		).toBe(204);
		expect((await post('faults', { vendor: 'nobody' })).data.message).toMatch(/no vendor "nobody"/);
		for (const [example, status] of [
			[nylas, 500],
			[nylas, 500],
			[mielto, 409],
			[arklow, 404],
			[alloyEmbedded, 200],
		] as const) {
			expect((await create(example)).status).toBe(status);
		}
		expect((await get('/__mock-server/requests', {})).data).toEqual(mockServer.requests);
		const { data } = await get('/__mock-server/credentials', {});
		expect(data).toEqual([expect.objectContaining({ vendor: 'alloyEmbedded', body: alloyEmbedded.body })]);

		expect((await post('reset')).status).toBe(204);
		expect((await get('/__mock-server/credentials', {})).data).toEqual([]);
		expect((await create(nylas)).status).toBe(201);
		expect((await get('/__mock-server/nothing', {})).status).toBe(404);
	});
});

describe('starting and stopping', () => {
	test('close ends at once with answers still open', async () => {
		const another = await startMockServer();
		another.fault({ hang: true });
		another.fault({ delayMs: 3_600_000 });
		const open = [1, 2].map(() => create(nylas, { baseURL: another.url }).catch((error: Error) => error));
		await until(() => another.requests.length === 2);
		await another.close();
		await another.close();
		for (const error of await Promise.all(open)) expect(error).toMatchObject({ code: 'ECONNRESET' });
		await expect(create(nylas, { baseURL: another.url })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	});

	test('a port that is taken is an error', async () => {
		await expect(startMockServer({ port: Number(new URL(mockServer.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});

	test('the command prints one line and stops when told to', async () => {
		const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, '../../support/mockServer/main.ts'), '--port', '0']);
		const exit = new Promise((resolve) => child.once('exit', resolve));
		const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
		const [, url] = /^mock server listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line) ?? [];
		expect((await create(nylas, { baseURL: url })).status).toBe(201);
		child.kill('SIGTERM');
		expect(await exit).toBe(0);
	});
});

describe("documents of one's own", () => {
	const folder = mkdtempSync(join(tmpdir(), 'mockServer-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	const withDocument = async (name: string, answer: object, test: (url: string) => Promise<void>) => {
		const file = join(folder, `${name}.openapi.json`);
		const content = { 'application/json': { schema: { $ref: '#/components/schemas/Node' } } };
		writeFileSync(
			file,
			JSON.stringify({
				openapi: '3.1.0',
				info: { title: name, version: '1' },
				security: [{ key: [] }],
				paths: {
					'/things': {
						post: {
							operationId: 'createCredential',
							requestBody: { required: true, content },
							responses: { 201: { content: { 'application/json': { schema: answer } } } },
						},
					},
				},
				components: {
					securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
					schemas: {
						Node: {
							type: 'object',
							required: ['name'],
							properties: { name: { type: 'string' }, child: { $ref: '#/components/schemas/Node' } },
						},
					},
				},
			}),
		);
		const own = await startMockServer({ documents: [file] });
		await test(own.url).finally(() => own.close());
	};

	test('a vendor without a file of its own answers what its document describes, also a recursive one', async () => {
		const answer = { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } };
		await withDocument('acme', answer, async (url) => {
			const headers = { 'x-key': 'acme-demo-key' };
			const post = (data: unknown) => call({ method: 'POST', url: '/things', headers, data }, url);
			const good = await post({ name: 'a', child: { name: 'b', child: { name: 'c' } } });
			expect([good.status, good.data]).toEqual([201, { id: expect.any(String) }]);
			const bad = await post({ name: 'a', child: { name: 'b', child: {} } });
			expect([bad.status, bad.data]).toEqual([400, { message: 'body.child.child.name is required' }]);
		});
	});

	test('what the overlay beside the document corrects, the mock server checks as corrected', async () => {
		const overlay = join(folder, 'stricter.overlay.yaml');
		writeFileSync(
			overlay,
			'overlay: 1.0.0\ninfo: { title: a, version: 1.0.0 }\nactions:\n' +
				'  - target: $.components.schemas.Node.properties.name\n    update: { maxLength: 3 }\n',
		);
		await withDocument('stricter', { type: 'object' }, async (url) => {
			const post = (name: string) =>
				call({ method: 'POST', url: '/things', headers: { 'x-key': 'stricter-demo-key' }, data: { name } }, url);
			expect((await post('abc')).status).toBe(201);
			expect((await post('abcd')).status).toBe(400);
		});
	});

	test('an answer that does not fit the document is a 500 that says so', async () => {
		await withDocument('mielto', { type: 'object', required: ['nowhere'] }, async (url) => {
			const answer = await call({ method: 'POST', url: '/things', headers: { 'x-key': KEYS.mielto }, data: { name: 'a' } }, url);
			expect(answer.status).toBe(500);
			expect(answer.data).toBe("The mock server's own answer 201 to POST /things does not fit the document: body.nowhere is required");
		});
	});
});
