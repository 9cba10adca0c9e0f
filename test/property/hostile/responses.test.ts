import { createServer, type AddressInfo } from 'node:net';

import { parseExactly } from '../../../engine/run/request/json';
import { runNode } from '../../support/engine';
import { create, VENDORS } from '../../support/vendors';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const arklow = {
	orgId: '1024',
	type: 'aws',
	secretAwsAccessKeyId: 'canary-id-value',
	secretAwsSecretAccessKey: 'canary-secret-value',
	options: { retries: 0 },
};
const record = { org_id: '1024', type: 'aws', provider: 'aws', updated_at: '2026-01-01T00:00:00Z' };
const answer = (body: unknown, contentType = 'application/json') => ({
	status: 200,
	body: typeof body === 'string' ? body : JSON.stringify(body),
	contentType,
});

describe('Answers that mean no good', () => {
	it('of ten megabytes are read', async () => {
		mockServer.current.fault(answer({ data: { ...record, id: '7', label: `1234567890123456789${'x'.repeat(10_000_000)}` }, errors: null }));
		const { items, error } = await create('arklow', mockServer.url, arklow);
		expect(error).toBeUndefined();
		expect(String(items[0].json.label)).toHaveLength(10_000_019);
	});

	it.each([
		['nested 100,000 levels deep', `{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
		['half of JSON', '{"data":{"id":"7"'],
		['HTML', '<html><script>alert(1)</script></html>'],
		['nothing', ''],
		['a list where a record should be', '[1,2,3]'],
		['null', 'null'],
	])('are refused in words: %s', async (_what, body) => {
		mockServer.current.fault(answer(body));
		const { error, items } = await create('arklow', mockServer.url, arklow);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/^Arklow answered without the credential.* \[item 0\]$/);
		expect(JSON.stringify(error)).not.toMatch(/<script|RangeError|at Object/);
	});

	it('may call JSON something else', async () => {
		mockServer.current.fault(answer({ data: { ...record, id: '7' }, errors: null }, 'text/html'));
		const { items } = await create('arklow', mockServer.url, arklow);
		expect(items[0].json).toMatchObject({ credentialId: '7' });
	});

	it('do not reach the prototype of anything', async () => {
		mockServer.current.fault(
			answer('{"data":{"id":"7","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}},"errors":null}'),
		);
		const { items } = await create('arklow', mockServer.url, arklow);
		expect(items[0].json).toMatchObject({ credentialId: '7' });
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
		expect((items[0].json as { polluted?: boolean }).polluted).toBeUndefined();
	});

	it('keep every digit of an ID beyond 2^53', async () => {
		mockServer.current.fault(answer('{"data":{"id":9007199254740993123,"org_id":12345678901234567890,"version":3},"errors":null}'));
		const { items } = await create('arklow', mockServer.url, arklow);
		expect(items[0].json).toMatchObject({ credentialId: '9007199254740993123', org_id: '12345678901234567890', version: 3 });
	});

	it('with a line break in a header are no headers, or refused in words', async () => {
		const body = JSON.stringify({ data: { ...record, id: '7' }, errors: null });
		for (const header of ['x-request-id: a\n b', 'x-request-id: a\r\n b', 'x-request-id: a\rb', 'x-request-id: a\0b']) {
			// Node's own HTTP server would not send it.
			const server = createServer(
				(socket) =>
					void socket.once('data', () =>
						socket.end(`HTTP/1.1 200 OK\r\n${header}\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n${body}`),
					),
			);
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			const { items, error } = await create('arklow', `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arklow);
			if (error) expect(error.message).toBe('Arklow did not answer [item 0]');
			else expect(items[0].json).toEqual({ ...record, id: '7', credentialId: '7', vendor: 'Arklow', outcome: 'created' });
			await new Promise((resolve) => server.close(resolve));
		}
	});

	it('that lead to another host take nothing there', async () => {
		mockServer.current.fault({ status: 307, headers: { location: `${mockServer.url}/elsewhere` } });
		const { error } = await create('arklow', mockServer.url, arklow);
		expect(error?.message).toBe('Arklow pointed to another address [item 0]');
		expect(mockServer.current.requests).toHaveLength(1);
	});
});

test.each([
	['{"a":123456789012345678}', { a: '123456789012345678' }],
	['{"a":-9007199254740993}', { a: '-9007199254740993' }],
	['{"a":9007199254740991}', { a: 9007199254740991 }],
	['{"a":"1234567890123456789 \\" 99999999999999999999"}', { a: '1234567890123456789 " 99999999999999999999' }],
	['[0.12345678901234567890,1e30]', [0.12345678901234568, 1e30]],
	['[12345678901234567.5]', [12345678901234568]],
])('%s is read without losing digits of whole numbers', (text, value) => expect(parseExactly(text)).toEqual(value));

describe('Parameters that mean no good', () => {
	it.each(['../users', '..%2fusers', 'a/b', 'a?x=1', 'a#b', 'a\\b', '%00'])(
		'stay within their part of the path: %s',
		async (connectorId) => {
			await create('alloyConnectivity', mockServer.url, { connectorId, userId: 'u-1', authenticationType: 'oauth2' });
			const [, ...paths] = mockServer.current.requests.map(({ path }) => path.split('/'));
			expect(mockServer.current.requests[0].path.split('/').slice(3)).toEqual(['credentials', 'metadata']);
			for (const parts of paths) expect([parts.length, parts[3]]).toEqual([4, 'credentials']);
			expect(decodeURIComponent(mockServer.current.requests[0].path.split('/')[2])).toBe(connectorId);
		},
	);

	it('give names like __proto__ to the vendor as they are', async () => {
		const parameters = {
			label: 'Acme',
			authType: 'custom',
			specifyCredentials: 'json',
			credentialsJson: '{"__proto__":{"polluted":true},"constructor":"x"}',
		};
		const { error } = await create('mielto', mockServer.url, parameters);
		expect(error).toBeUndefined();
		expect(mockServer.current.requests[0].rawBody).toContain('"credentials":{"__proto__":{"polluted":true},"constructor":"x"}');
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});
});

describe('The base URL', () => {
	const withBase = async (credentialData: object) => {
		const { node, credential, credentialData: usual } = VENDORS.arklow;
		return await runNode({
			node: new node(),
			credential: new credential(),
			credentialData: { ...usual(mockServer.url), ...credentialData },
			parameters: { resource: 'credential', operation: 'create', ...arklow },
		});
	};

	it.each(['http://api.arklow.io', 'http://10.0.0.1:8080', 'http://localhost.evil.example'])(
		'without https is refused: %s',
		async (baseUrl) => {
			const { error } = await withBase({ baseUrl });
			expect(error?.message).toBe('Base URL in the n8n credential must begin with https, or the API key could be read on its way [item 0]');
			expect(error?.description).toContain("turn on 'Allow Unencrypted HTTP'");
		},
	);

	it('without https is taken where it was allowed on purpose', async () => {
		const { error } = await withBase({ baseUrl: 'http://arklow.invalid', allowHttp: true });
		expect(error?.message).toBe('Arklow cannot be reached [item 0]');
	});

	it.each([
		'javascript:alert(1)',
		'file:///etc/passwd',
		'https://user:password@api.arklow.io',
		'https://api.arklow.io?x=',
		'api.arklow.io',
		'',
	])('that is none is refused: %s', async (baseUrl) => {
		const { error } = await withBase({ baseUrl });
		expect(error?.message).toMatch(/^Base URL in the n8n credential (must be a complete URL|is missing)/);
	});
});
