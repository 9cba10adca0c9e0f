import { CONTROLS } from '../../engine/model/layout';
import type { Credential } from './credential';
import type { VendorName } from './names';
import type { Rehearsed } from './rehearse';
import { formatted, keyOf, literal, templated } from './source';

/** The variable parts of `test/nodes/<vendor>.test.ts`. */
export interface TestSource {
	name: VendorName;
	credential: Credential;
	operations: Array<
		Rehearsed & {
			/** The document requires a key for this operation. */
			guarded: boolean;
		}
	>;
}

/** The source of a new vendor's test: real runs against the mock server, which answers from the document alone. */
export async function testSource({ name, credential, operations }: TestSource): Promise<string> {
	const { className, key, display } = name;
	const authentication = authenticationOf(credential);
	const keyed = authentication.headers !== '' || authentication.query !== '';
	// One operation is enough to test a refused key.
	const suites = operations.map((rehearsed, index) =>
		suite(display, { ...rehearsed, guarded: rehearsed.guarded && index === 0 }, authentication, key),
	);
	return await formatted(`import 'reflect-metadata';
import * as path from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { ${credential.className} } from '../../credentials/${credential.className}.credentials';
import { ${className} } from '../../nodes/${className}/${className}.node';
import { runNode, stopEngine } from '../support/engine';
import { startMockServer } from '../support/mockServer';

let mockServer: Awaited<ReturnType<typeof startMockServer>>;

beforeAll(async () => {
	mockServer = await startMockServer({ documents: [path.resolve(__dirname, '../../nodes/${className}/${key}.openapi.yaml')] });
});
beforeEach(() => mockServer.reset());
afterAll(async () => {
	await mockServer.close();
	await stopEngine();
});
${keyed ? `\n/** The one key that the mock server accepts. */\nconst KEY = '${key}-demo-key';\n` : ''}
async function run(parameters: INodeParameters${keyed ? ', key = KEY' : ''}): ReturnType<typeof runNode> {
	return await runNode({
		node: new ${className}(),
		credential: new ${credential.className}(),
		credentialData: ${credentialData(credential)},
		parameters,
	});
}

${suites.join('\n')}`);
}

function suite(
	vendor: string,
	{ operation, parameters, sent, list, missing, guarded, ...rehearsed }: TestSource['operations'][number],
	authentication: Authentication,
	document: string,
): string {
	// The length of the mock server's list depends on the document's examples.
	const yieldsItem = rehearsed.yieldsItem && list === undefined;
	const expectations = [
		'expect(mockServer.requests).toHaveLength(1);',
		'const [request] = mockServer.requests;',
		`expect(\`\${request.method} \${request.path}\`).toBe(${literal(`${operation.method} ${sent.path}`)});`,
		...queryExpectations(sent.query, authentication),
		...headerExpectations(sent.headers, authentication),
		...bodyExpectations(sent.body),
		'// The mock server answers so only where the request fits the document.',
		'expect(Math.floor(Number(request.status) / 100)).toBe(2);',
	];
	const item = [
		'expect(items).toHaveLength(1);',
		`expect(items[0].json).toMatchObject({ vendor: ${literal(vendor)} });`,
		'expect(items[0].pairedItem).toEqual({ item: 0 });',
	];
	return [
		`describe(${literal(`${vendor}: ${operation.action}`)}, () => {`,
		`const parameters = ${literal(parameters)};`,
		'',
		`it('sends the request that the document describes${yieldsItem ? ', and makes an item of the answer' : ''}', async () => {`,
		...(yieldsItem ? ['const { items, error } = await run(parameters);', 'expect(error).toBeUndefined();'] : ['await run(parameters);']),
		...expectations,
		...(yieldsItem ? item : []),
		'});',
		...(list ? listCase(list, document) : []),
		...(missing ? missingCase(missing) : []),
		...(guarded ? refusedCase() : []),
		'});',
		'',
	].join('\n');
}

/** @param document the mock server's name for the vendor's document */
function listCase({ answer, items }: NonNullable<Rehearsed['list']>, document: string): string[] {
	return [
		'',
		"it('makes an item of each record of the list', async () => {",
		`mockServer.fault({ vendor: ${literal(document)}, body: ${literal(answer)} });`,
		`const { items, error } = await run({ ...parameters, ${CONTROLS.limit}: ${items.length} });`,
		'expect(error).toBeUndefined();',
		`expect(items).toHaveLength(${items.length});`,
		`expect(items.map(({ json }) => json)).toMatchObject(${literal(items)});`,
		'});',
	];
}

function missingCase({ parameter, label }: { parameter: string; label: string }): string[] {
	return [
		'',
		`it(${literal(`sends nothing without '${label}'`)}, async () => {`,
		`const { items, error } = await run({ ...parameters, ${keyOf(parameter)}: '={{ "" }}' });`,
		`expect(error?.message).toContain(${literal(label)});`,
		'expect(items).toEqual([]);',
		'expect(mockServer.requests).toEqual([]);',
		'});',
	];
}

function refusedCase(): string[] {
	return [
		'',
		"it('says that the key was refused, without repeating it', async () => {",
		"const { items, error } = await run(parameters, 'another-key-than-that');",
		"expect(error?.message).toContain('refused');",
		"expect(JSON.stringify(error)).not.toContain('another-key-than-that');",
		'expect(items).toEqual([]);',
		'});',
	];
}

function queryExpectations(query: Rehearsed['sent']['query'], authentication: Authentication): string[] {
	const own = Object.keys(query).length > 0 ? [`expect(request.query).toMatchObject(${literal(query)});`] : [];
	return authentication.query === '' ? own : [...own, `expect(request.query).toMatchObject(${authentication.query});`];
}

function headerExpectations(headers: Rehearsed['sent']['headers'], authentication: Authentication): string[] {
	return [...(Object.keys(headers).length > 0 ? [literal(headers)] : []), authentication.headers]
		.filter(Boolean)
		.map((expected) => `expect(request.headers).toMatchObject(${expected});`);
}

function bodyExpectations(body: Rehearsed['sent']['body']): string[] {
	if (!body) return ["expect(request.rawBody).toBe('');"];
	if ('json' in body) return [`expect(request.body).toEqual(${literal(body.json)});`];
	if ('form' in body) return [`expect([...new URLSearchParams(request.rawBody)]).toEqual(${literal(body.form)});`];
	if ('text' in body) return [`expect(request.rawBody).toBe(${literal(body.text)});`];
	return body.parts.map((part) => `expect(request.rawBody).toContain(${literal(part)});`);
}

/** The n8n credential's data as source: the key for secret fields, and the mock server's address. */
function credentialData({ properties, extends: parents }: Credential): string {
	const chosen = properties.some(({ name }) => name === 'otherBaseUrl');
	const entries = properties.flatMap(({ name, type, typeOptions, default: fallback }) => {
		if (name === 'otherBaseUrl') return [`${name}: mockServer.url`];
		if (name === 'baseUrl') return [chosen ? "baseUrl: 'other'" : 'baseUrl: mockServer.url'];
		if (typeOptions?.password) return [`${name}: key`];
		if (type === 'hidden') return [];
		return [`${keyOf(name)}: ${literal(fallback === '' && name === 'user' ? USER : fallback)}`];
	});
	// n8n stores this after a user has signed in.
	return `{ ${[...entries, ...(parents ? ["oauthTokenData: { access_token: key, token_type: 'Bearer' }"] : [])].join(', ')} }`;
}

const USER = 'demo';

/** What the n8n credential adds to a request, as source of object properties; '' for nothing. */
interface Authentication {
	headers: string;
	query: string;
}

function authenticationOf({ authenticate, extends: parents, properties }: Credential): Authentication {
	if (parents) return { headers: '{ authorization: `Bearer ${KEY}` }', query: '' };
	const { headers, qs, auth } = authenticate?.properties ?? {};
	const filled = (template: unknown) => {
		const pieces = String(template)
			.replace(/^=/, '')
			.split(/\{\{\$credentials\.(\w+)\}\}/);
		// Literal text and field names alternate.
		const parts = pieces.map((piece, index) => {
			if (index % 2 === 0) return piece;
			const property = properties.find((one) => one.name === piece);
			return property?.typeOptions?.password ? { source: 'KEY' } : textOf(property?.default) || USER;
		});
		const [only, ...others] = parts.filter((part) => part !== '');
		return others.length === 0 && typeof only === 'object' ? only.source : templated(parts);
	};
	const object = (values: object | undefined, spell = (name: string) => name) =>
		Object.entries(values ?? {}).map(([name, value]) => `${keyOf(spell(textOf(name)))}: ${filled(value)}`);
	const basic = auth
		? [
				`authorization: \`Basic ` +
					`\${Buffer.from(${filled(`${String(auth.username)}:${String(auth.password).replace(/^=/, '')}`)}).toString('base64')}\``,
			]
		: [];
	const joined = (parts: string[]) => (parts.length > 0 ? `{ ${parts.join(', ')} }` : '');
	return { headers: joined([...object(headers, (name) => name.toLowerCase()), ...basic]), query: joined(object(qs)) };
}

/** The text that n8n reads from a stored value: a text that begins with `=` is stored as an expression. */
function textOf(stored: unknown): string {
	const [, text] = /^=\{\{ (".*") \}\}$/s.exec(String(stored ?? '')) ?? [];
	return text === undefined ? String(stored ?? '') : (JSON.parse(text) as string);
}
