import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { call, fixture, spawnVendor } from '../call';

/** describe, parameters and request, as a developer calls them. */
const acme = fixture('acme.yaml');
const store = ['--operation', 'POST /v1/vault/entries'];
const request = { header: { 'X-Workspace': 'acme-main' }, body: { kind: 'pair', label: 'Acme', user: 'ada', password: 'canary-password' } };
const parameters = {
	resource: 'credential',
	operation: 'create',
	xWorkspace: 'acme-main',
	kind: 'pair',
	label: 'Acme',
	user: 'ada',
	password: 'canary-password',
};

let folder: string;
beforeAll(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'commands-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
	const target = path.join(folder, name);
	fs.writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
	return target;
}

describe('vendor describe', () => {
	it('prints node, credential and warnings, and nothing else', async () => {
		const { code, out, err } = await call(['describe', acme, ...store]);
		expect(code).toBe(0);
		expect(err).toBe('');
		const described = JSON.parse(out);
		expect(Object.keys(described)).toEqual(['node', 'credential', 'warnings']);
		expect(described.node.properties.map(({ name }: { name: string }) => name)).toEqual(
			expect.arrayContaining(['resource', 'operation', 'xWorkspace', 'kind', 'label']),
		);
		expect(described.credential.authenticate.properties.headers).toEqual({ 'X-Acme-Key': '={{$credentials.acmeKey}}' });
		expect(described.credential.test.request.url).toBe('/v1/me');
	});

	it('says the same of a file, of standard input, and of JSON', async () => {
		const fromFile = await call(['describe', fixture('keys.json')]);
		const fromInput = await call(['describe', '-'], { stdin: fs.readFileSync(fixture('keys.json'), 'utf8') });
		const withMark = await call(['describe', file('mark.json', `\uFEFF${fs.readFileSync(fixture('keys.json'), 'utf8')}`)]);
		expect(fromInput).toEqual(fromFile);
		expect(withMark).toEqual(fromFile);
	});

	it.each<[string, string, RegExp]>([
		[
			'several operations and none named',
			fs.readFileSync(acme, 'utf8'),
			/^paths: the document has 7 operations\. Name one with --operation, for example "GET \/v1\/me"/,
		],
		['an empty document', '', /^standard input: the document is empty/],
		['neither JSON nor YAML', '{ "openapi": "3.1.0", ', /^standard input:1:23: this is neither JSON nor YAML/],
		['another version', 'openapi: 4.0.0\npaths: {}', /"openapi" should be 3\.0 or 3\.1, or "swagger" 2\.0, but is "4\.0\.0"/],
		[
			'a $ref that leads nowhere',
			'openapi: 3.1.0\npaths: { /a: { post: { requestBody: { $ref: "#/components/requestBodies/None" } } } }',
			/^standard input:2:24: paths\.\/a\.post\.requestBody: \$ref "#\/components\/requestBodies\/None" leads nowhere/,
		],
		[
			'a $ref to another file',
			'openapi: 3.1.0\npaths: { /a: { post: { requestBody: { $ref: "other.yaml#/x" } } } }',
			/leads to another file or address, and nothing is fetched/,
		],
	])('names the place and the way out: %s', async (_what, stdin, message) => {
		const { code, out, err } = await call(['describe', '-'], { stdin });
		expect(code).toBe(1);
		expect(out).toBe('');
		expect(err).toMatch(message);
		expect(err).not.toMatch(/\n\s+at /);
	});
});

describe('vendor parameters', () => {
	it('expresses a request in node parameters', async () => {
		const { code, out } = await call(['parameters', acme, ...store, '--request', file('one.json', request)]);
		expect(code).toBe(0);
		expect(JSON.parse(out)).toEqual(parameters);
	});

	it('answers an array in its order, and what cannot be expressed in its place', async () => {
		const requests = [request, { ...request, query: { nobody: '1' } }, { boddy: {} }, 'text', { path: 'x' }, request];
		const { code, out, err } = await call(['parameters', acme, ...store, '--request', '-'], { stdin: JSON.stringify(requests) });
		expect(code).toBe(1);
		expect(err).toBe('');
		expect(JSON.parse(out)).toEqual([
			parameters,
			{ error: 'query.nobody: the operation has no such parameter' },
			{ error: expect.stringContaining('A request has no part "boddy"') },
			{ error: expect.stringContaining('The request should be a JSON object') },
			{ error: expect.stringContaining('"path" of the request should be a JSON object') },
			parameters,
		]);
	});

	it('says on standard error what one request cannot have', async () => {
		const { code, out, err } = await call(['parameters', acme, ...store, '--request', '-'], {
			stdin: JSON.stringify({ ...request, query: { x: 1 } }),
		});
		expect({ code, out, err }).toEqual({ code: 1, out: '', err: 'query.x: the operation has no such parameter\n' });
	});
});

describe('vendor request', () => {
	const body = request.body;

	it('masks secrets unless they are asked for', async () => {
		const stored = file('parameters.json', parameters);
		const masked = await call(['request', acme, ...store, '--parameters', stored]);
		expect(masked.code).toBe(0);
		expect(JSON.parse(masked.out)).toEqual({
			valid: true,
			request: {
				method: 'POST',
				url: 'https://api.acme.example/v1/vault/entries',
				headers: expect.objectContaining({ 'x-workspace': 'acme-main' }),
				body: { ...body, password: '[hidden]' },
			},
		});
		const shown = await call(['request', acme, ...store, '--parameters', stored, '--reveal']);
		expect(JSON.parse(shown.out).request.body).toEqual(body);
	});

	it('takes another address', async () => {
		const { out } = await call(['request', acme, ...store, '--parameters', '-', '--base-url', 'http://localhost:4010/base/'], {
			stdin: JSON.stringify(parameters),
		});
		expect(JSON.parse(out).request.url).toBe('http://localhost:4010/base/v1/vault/entries');
	});

	it('lists what is wrong, by the field', async () => {
		const { code, out } = await call(['request', acme, ...store, '--parameters', '-'], {
			stdin: JSON.stringify({ ...parameters, label: 'longer than twelve', user: '' }),
		});
		expect(code).toBe(1);
		const { valid, problems } = JSON.parse(out);
		expect(valid).toBe(false);
		expect(problems.map(({ field }: { field: string }) => field)).toEqual(['Label (label)', 'User (user)']);
		expect(problems[0].message).toContain('must have at most 12 characters');
	});

	it('answers an array in its order', async () => {
		const { code, out } = await call(['request', acme, ...store, '--parameters', '-', '--reveal'], {
			stdin: JSON.stringify([parameters, {}, 7, parameters]),
		});
		expect(code).toBe(1);
		expect(JSON.parse(out).map(({ valid }: { valid: boolean }) => valid)).toEqual([true, false, false, true]);
		const fine = await call(['request', acme, ...store, '--parameters', '-'], { stdin: JSON.stringify([parameters, parameters]) });
		expect(fine.code).toBe(0);
	});
});

describe('Wrong arguments', () => {
	it.each<[string[], RegExp]>([
		[[], /^Say what to do: describe, parameters, request, add, list, lifecycle, diff or update\./],
		[
			['descibe', 'a.yaml'],
			/^There is no command "descibe"\. There are: describe, parameters, request, add, list, lifecycle, diff, update\./,
		],
		[['describe'], /^Name the OpenAPI document: vendor describe <openapi file>/],
		[['describe', 'a', 'b'], /^There is one OpenAPI document for each call, but there are "a" and "b"/],
		[['describe', 'a', '--reveal'], /^"vendor describe" has no option --reveal\. There are: --operation, --overlay\./],
		[['describe', 'a', '--operation'], /^--operation needs a value after it/],
		[['describe', 'a', '--operation', 'GET /a', '--operation', 'GET /b'], /^--operation is given 2 times/],
		[['parameters', 'a'], /^"vendor parameters" needs --request <file\.json>/],
		[['parameters', '-', '--request', '-'], /^Only one of the two can come from standard input/],
		[['request', 'a', '--reveal=yes', '--parameters', 'p'], /^--reveal takes no value/],
		[['request', 'a', '--parameters', 'p', '--base-url', 'api.acme.example'], /^--base-url should be a complete address/],
	])('%j', async (argv, message) => {
		const { code, out, err } = await call(argv);
		expect(code).toBe(2);
		expect(out).toBe('');
		expect(err).toMatch(message);
		expect(err.trim().split('\n')).toHaveLength(1);
	});

	it.each<[string, () => string[], RegExp]>([
		[
			'a file that is not there',
			() => ['describe', 'nowhere.yaml'],
			/^The OpenAPI document nowhere\.yaml cannot be read: there is no such file\. Check the path/,
		],
		['a folder', () => ['describe', folder], /cannot be read: it is a folder/],
		[
			'a request that is not there',
			() => ['parameters', acme, ...store, '--request', 'nowhere.json'],
			/^The request nowhere\.json cannot be read/,
		],
		[
			'broken JSON',
			() => ['request', acme, ...store, '--parameters', file('broken.json', '{\n\t"password": "canary",\n}')],
			/^The parameters broken\.json is not valid JSON at line 3, column 1\. Check quotes, commas and brackets/,
		],
		[
			'JSON with a bare word',
			() => ['request', acme, ...store, '--parameters', file('bare.json', '{\n\t"password": canary\n}')],
			/^The parameters bare\.json is not valid JSON at line 2, column 14\./,
		],
		['an empty file', () => ['request', acme, ...store, '--parameters', file('empty.json', ' ')], /is not valid JSON: it is empty/],
	])('%s', async (_what, argv, message) => {
		const { code, out, err } = await call(argv());
		expect(code).toBe(1);
		expect(out).toBe('');
		expect(err).toMatch(message);
		expect(err).not.toContain('canary');
	});

	it.each(['describe', 'parameters', 'request', 'add'])('--help explains %s', async (command) => {
		const { code, out, err } = await call([command, '--help']);
		expect({ code, err }).toEqual({ code: 0, err: '' });
		expect(out).toContain(`vendor -- ${command} <openapi file>`);
		expect(await call(['help', command])).toEqual({ code, out, err });
	});

	it('--help gives an overview', async () => {
		const { code, out } = await call(['--help']);
		expect(code).toBe(0);
		for (const command of ['describe', 'parameters', 'request', 'add']) expect(out).toContain(`\n  ${command} `);
	});
});

describe('As a process of its own', () => {
	it('reads standard input, writes JSON and nothing else', () => {
		const { code, out, err } = spawnVendor(['request', acme, ...store, '--parameters', '-'], { stdin: JSON.stringify(parameters) });
		expect({ code, err }).toEqual({ code: 0, err: '' });
		expect(JSON.parse(out).valid).toBe(true);
	});

	it('has the exit codes 1 and 2, without a stack', () => {
		const wrong = spawnVendor(['describe', '-'], { stdin: 'openapi: 3.1.0' });
		expect(wrong).toEqual({ code: 1, out: '', err: expect.stringMatching(/^paths: [^\n]*\n$/) });
		expect(spawnVendor(['describe']).code).toBe(2);
	});

	it('goes quietly when nobody reads on', () => {
		const big = {
			openapi: '3.1.0',
			info: { title: 'Big' },
			paths: {
				'/a': {
					post: {
						requestBody: {
							content: {
								'application/json': {
									schema: {
										type: 'object',
										properties: Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`field${index}`, { type: 'string' }])),
									},
								},
							},
						},
					},
				},
			},
		};
		const command = `"${process.execPath}" node_modules/tsx/dist/cli.mjs cli/index.ts describe "${file('big.json', big)}" | head -c 10`;
		const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
		expect(stdout).toBe('{\n\t"node":');
		expect(stderr).toBe('');
	});
});
