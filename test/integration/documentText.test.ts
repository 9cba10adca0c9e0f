import type { IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';

import { compileVendor } from '../../engine/compile';
import { describe as describeDocument } from '../../engine/compile/describe';
import { literal } from '../../engine/model/layout';
import { executeOperations } from '../../engine/run';
import { writeRequest, type PlainRequest } from '../../engine/tools/write';
import { runNode, stopEngine } from '../support/engine';
import { startMockServer, type MockServer } from '../support/mockServer';

/** What a document says is text, wherever n8n would take it for an expression. */
const CODE = '={{ JSON.stringify($json) }}';
const OTHER_CODE = '={{ $json.secret }} {{ "}}" }} \\ ` ${1}';
const SECRET = 'canary-of-the-item';

const schema = {
	type: 'object',
	required: ['text', 'choice', 'union', 'many'],
	properties: {
		text: { type: 'string', default: CODE },
		choice: { type: 'string', enum: [CODE, '=', 'plain'], default: CODE, 'x-n8n-enum-labels': { [CODE]: CODE } },
		many: { type: 'array', items: { type: 'string', enum: [CODE, OTHER_CODE, 'plain'] } },
		union: {
			oneOf: [
				{ type: 'object', required: ['kind'], properties: { kind: { const: CODE }, a: { type: 'string', default: OTHER_CODE } } },
				{ type: 'object', required: ['kind'], properties: { kind: { const: 'b' }, b: { type: 'string' } } },
			],
		},
		optional: { type: 'string', default: OTHER_CODE, description: CODE, example: CODE, 'x-n8n-label': CODE },
		date: { type: 'string', format: 'date-time', default: CODE },
		open: { anyOf: [{ type: 'string', enum: [CODE, 'plain'] }, { type: 'string' }], default: OTHER_CODE },
		named: { type: 'object', additionalProperties: { type: 'string', default: CODE }, 'x-n8n-suggestions': { [CODE]: CODE, plain: CODE } },
	},
};
const document = JSON.stringify({
	openapi: '3.1.0',
	info: { title: 'Acme', version: '1' },
	servers: [
		{ url: 'https://acme.test', description: CODE },
		{ url: 'https://b.acme.test', description: 'B' },
	],
	'x-n8n-credential': 'acmeApi',
	security: [{ key: [] }],
	paths: {
		'/things': {
			post: {
				...{
					operationId: 'create',
					summary: CODE,
					description: CODE,
					'x-n8n-operation': { resource: 'thing', operation: CODE, name: 'Create', action: CODE },
				},
				parameters: [
					{ name: CODE, in: 'query', schema: { type: 'string', default: CODE } },
					{ name: 'version', in: 'query', 'x-n8n-credential': true, schema: { type: 'string', default: OTHER_CODE } },
				],
				requestBody: { required: true, content: { 'application/json': { schema } } },
				responses: { 201: { description: 'ok', 'x-n8n-result': { id: '/id' } } },
			},
		},
	},
	components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: CODE } } },
});

const { vendor, properties } = compileVendor(document, 'acme.json');
const { credential } = describeDocument(document, 'acme.json');

class Acme {
	description = {
		displayName: 'Acme',
		name: 'acme',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'Acme' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'acmeApi', required: true }],
		properties,
	};

	async execute(this: IExecuteFunctions) {
		return await executeOperations(this, vendor);
	}
}

let mockServer: MockServer;
beforeAll(async () => {
	mockServer = await startMockServer();
});
beforeEach(() => mockServer.reset());
afterAll(async () => {
	await mockServer.close();
	await stopEngine();
});

/** What arrives where the node has these parameters. */
async function sent(parameters: INodeParameters) {
	mockServer.fault({ status: 201, body: '{"id":"t1"}' });
	const fields = Object.fromEntries(credential.properties.map(({ name, default: value }) => [name, value]));
	const { error, items } = await runNode({
		node: new Acme() as unknown as INodeType,
		credential: { ...credential, name: 'acmeApi' },
		credentialData: { ...fields, baseUrl: mockServer.url, [credential.properties[0].name]: 'the-key' } as never,
		parameters,
		items: [{ secret: SECRET }],
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	const [request] = mockServer.requests;
	expect(request.rawBody + JSON.stringify(request.query)).not.toContain(SECRET);
	return { body: JSON.parse(request.rawBody) as unknown, query: request.query };
}

describe('A document that writes its texts as expressions', () => {
	it('has them sent as they are where nothing was entered', async () => {
		const { body, query } = await sent({ resource: 'thing', operation: literal(CODE), many: ['plain'] });
		expect(body).toEqual({ text: CODE, choice: CODE, many: ['plain'], union: { kind: CODE } });
		expect(query).toEqual({ [CODE]: 'the-key', version: OTHER_CODE });
	});

	it('has them sent as they are where they were chosen, or added', async () => {
		const request: PlainRequest = {
			query: { [CODE]: CODE },
			body: {
				text: CODE,
				choice: '=',
				many: [CODE, OTHER_CODE],
				union: { kind: CODE, a: OTHER_CODE },
				optional: OTHER_CODE,
				open: CODE,
				named: { [CODE]: CODE, plain: OTHER_CODE },
			},
		};
		const { body, query } = await sent({
			resource: 'thing',
			operation: literal(CODE),
			...(writeRequest(vendor.operations[0], request) as INodeParameters),
		});
		expect(body).toEqual(request.body);
		expect(query).toEqual({ [CODE]: [CODE, 'the-key'], version: OTHER_CODE });
	});

	it('has no text in its form that n8n would evaluate to anything but that text', () => {
		const LITERAL = /^=\{\{ "(?:[^"\\]|\\.)*" \}\}$/;
		let literals = 0;
		const look = (value: unknown, name = ''): void => {
			if (typeof value === 'object' && value !== null)
				return Object.entries(value).forEach(([key, one]) => look(one, Array.isArray(value) ? name : key));
			// Words are shown, and compared with what a selector resolves to; what is stored comes from these two.
			if (typeof value !== 'string' || !value.startsWith('=') || !['default', 'value', 'description'].includes(name)) return;
			literals++;
			expect([name, value]).toEqual([name, expect.stringMatching(LITERAL)]);
			expect(name).not.toBe('description');
		};
		look(properties);
		look(credential.properties);
		expect(literals).toBeGreaterThan(10);
	});

	it('cannot name a header or a cookie by an expression', () => {
		for (const where of ['header', 'cookie']) {
			const { warnings, credential: made } = describeDocument(
				document.replace('"in":"query","name":"={{ JSON', `"in":"${where}","name":"={{ JSON`),
				'acme.json',
			);
			expect(warnings.join(' ')).toContain('n8n has no way to sign in');
			expect(JSON.stringify(made.authenticate)).not.toContain('$json');
		}
	});
});
