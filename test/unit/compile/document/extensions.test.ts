import { compileVendor } from '../../../../engine/compile';
import { describe as describeOperation } from '../../../../engine/compile/describe';

const CREATE = {
	operationId: 'createCredential',
	'x-n8n-operation': { resource: 'credential', operation: 'create' },
	responses: { 200: { description: 'Done' } },
};

/** A vendor's document with one creation, and what is laid over it. */
function document(create: object = {}, root: object = {}): string {
	return JSON.stringify({
		openapi: '3.1.0',
		info: { title: 'Acme', version: '1' },
		'x-n8n-credential': 'acmeApi',
		paths: { '/credentials': { post: { ...CREATE, ...create } } },
		...root,
	});
}

/** The same with a body of one field. */
function withField(schema: object): string {
	return document({ requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { a: schema } } } } } });
}

/** Where the extensions of a document are wrong, and what would be right. */
const WRONG: Array<[what: string, text: string, message: string]> = [
	[
		'an extension that there is not',
		document({ 'x-n8n-lable': 'x' }),
		'paths./credentials.post.x-n8n-lable: there is no extension "x-n8n-lable"; there is: x-n8n-label, ',
	],
	[
		'a limit that is none',
		document({}, { 'x-n8n-rate-limit': { perSecond: 0 } }),
		'x-n8n-rate-limit.perSecond: what stands here must be > 0',
	],
	[
		'a limit in words',
		document({}, { 'x-n8n-rate-limit': { concurrent: 'many' } }),
		'x-n8n-rate-limit.concurrent: what stands here must be integer',
	],
	[
		'pagination without a style',
		document({ 'x-n8n-pagination': { request: { offset: 'skip' } } }),
		'paths./credentials.post.x-n8n-pagination: "style" is missing here',
	],
	[
		'an operation without a resource',
		document({ 'x-n8n-operation': { operation: 'create' } }),
		'paths./credentials.post.x-n8n-operation: "resource" is missing here',
	],
	[
		'a place that is no pointer',
		document({ responses: { 200: { 'x-n8n-result': { id: 'id' } } } }),
		'paths./credentials.post.responses.200.x-n8n-result.id: there should be a JSON Pointer, such as "/data/id"',
	],
	[
		'a misspelt part',
		document({ responses: { 200: { 'x-n8n-result': { recrod: '/data' } } } }),
		'paths./credentials.post.responses.200.x-n8n-result.recrod: "recrod" is not known here; there is: record, ',
	],
	[
		'a limit that is misspelt',
		document({}, { 'x-n8n-rate-limit': { concurent: 4 } }),
		'x-n8n-rate-limit.concurent: "concurent" is not known here; there is: concurrent, perSecond',
	],
	[
		'a style that there is not',
		document({ 'x-n8n-pagination': { style: 'cursors' } }),
		'paths./credentials.post.x-n8n-pagination.style: what stands here should be one of: cursor, ',
	],
	[
		'an input that there is not',
		withField({ 'x-n8n-input': 'jsn' }),
		'properties.a.x-n8n-input: what stands here should be one of: json, ',
	],

	[
		'a result of an operation',
		document({ 'x-n8n-result': { id: '/id' } }),
		'paths./credentials.post.x-n8n-result: "x-n8n-result" has no meaning at an operation; it stands at a response',
	],
	[
		'a hint of an operation',
		document({ 'x-n8n-hint': 'x' }),
		'paths./credentials.post.x-n8n-hint: "x-n8n-hint" has no meaning at an operation; it stands at a response',
	],
	[
		'a lookup of an operation',
		document({ 'x-n8n-lookup': { operation: 'createCredential' } }),
		'"x-n8n-lookup" has no meaning at an operation; it stands at a parameter or a schema',
	],
	[
		'pages of a response',
		document({ responses: { 200: { description: 'Done', 'x-n8n-pagination': { style: 'none' } } } }),
		'"x-n8n-pagination" has no meaning at a response; it stands at an operation',
	],
	[
		'a repetition of a parameter',
		document({ parameters: [{ name: 'a', in: 'query', schema: { type: 'string' }, 'x-n8n-idempotent': true }] }),
		'parameters.0.x-n8n-idempotent: "x-n8n-idempotent" has no meaning at a parameter; it stands at an operation',
	],
	[
		'a secret beside the schema of a parameter',
		document({ parameters: [{ name: 'a', in: 'query', schema: { type: 'string' }, 'x-n8n-secret': true }] }),
		'"x-n8n-secret" has no meaning at a parameter; it stands at a schema',
	],
	[
		'an order of a schema that is shared, as a header',
		document({}, { components: { headers: { A: { schema: { type: 'string' }, 'x-n8n-order': 1 } } } }),
		'components.headers.A.x-n8n-order: "x-n8n-order" has no meaning at a header of a response; it stands at a parameter or a schema',
	],
	[
		'limits in the info',
		document({}, { info: { title: 'Acme', version: '1', 'x-n8n-rate-limit': { concurrent: 1 } } }),
		'info.x-n8n-rate-limit: "x-n8n-rate-limit" has no meaning at this place; it stands at the top of the document',
	],
	[
		'a label of a body',
		document({ requestBody: { 'x-n8n-label': 'All', content: {} } }),
		'"x-n8n-label" has no meaning at a request body; it stands at a parameter or a schema',
	],
	[
		'a label of a media type',
		document({ requestBody: { content: { 'application/json': { 'x-n8n-label': 'All' } } } }),
		'"x-n8n-label" has no meaning at a media type; it stands at a parameter or a schema',
	],
	[
		'a label among properties',
		document({ requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { 'x-n8n-label': 'All' } } } } } }),
		'schema.properties.x-n8n-label: "x-n8n-label" has no meaning at this place; it stands at a parameter or a schema',
	],
	[
		'an operation of a path',
		document({}, { paths: { '/a': { 'x-n8n-operation': CREATE['x-n8n-operation'], post: CREATE } } }),
		'paths./a.x-n8n-operation: "x-n8n-operation" has no meaning at a path; it stands at an operation',
	],
	[
		'a result of a shared schema',
		document({}, { components: { schemas: { A: { type: 'object', 'x-n8n-result': { id: '/id' } } } } }),
		'components.schemas.A.x-n8n-result: "x-n8n-result" has no meaning at a schema; it stands at a response',
	],
	[
		'a yes that is none',
		document({ 'x-n8n-idempotent': 'yes' }),
		'paths./credentials.post.x-n8n-idempotent: what stands here must be boolean',
	],
	['no name of the vendor', document({}, { info: undefined }), 'info.title: there should be the name of the vendor here'],
	[
		'two operations of one name',
		document({}, { paths: { '/a': { post: CREATE }, '/b': { post: { ...CREATE, operationId: 'createAnother' } } } }),
		'paths./b.post.x-n8n-operation.operation: "create" of the resource "credential" is the name of createCredential as ' +
			'well. Each operation needs its own',
	],
];

describe("A vendor's document whose extensions are wrong is refused with the place and what would be right", () => {
	it.each(WRONG)('%s', (_what, text, message) => {
		expect(() => compileVendor(text, 'acme.json')).toThrow(message);
	});

	it.each<[string, string]>([
		[
			'in what nobody reads',
			document({ 'x-other': { 'x-n8n-label': 'a' } }, { components: { examples: { a: { value: { 'x-n8n-label': 1 } } } } }),
		],
		[
			'as the name of a field',
			document({
				requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { 'x-n8n-label': { type: 'string' } } } } } },
			}),
		],
		['in an example', withField({ type: 'object', example: { 'x-n8n-lable': 1 } })],
		[
			'at a parameter of Swagger 2.0, which is its own schema',
			JSON.stringify({
				swagger: '2.0',
				info: { title: 'Acme', version: '1' },
				'x-n8n-credential': 'acmeApi',
				paths: { '/a': { post: { ...CREATE, parameters: [{ name: 'a', in: 'formData', type: 'string', 'x-n8n-secret': true }] } } },
			}),
		],
	])('an extension is none of the document %s', (_what, text) => {
		expect(() => compileVendor(text, 'acme.json')).not.toThrow();
	});

	it('and one whose extensions are right is not', () => {
		expect(compileVendor(document({}, { 'x-n8n-rate-limit': { concurrent: 5, perSecond: 0.5 } }), 'acme.json').vendor.name).toBe('Acme');
	});
});

it('a key header that is required beside a bearer token is a masked field of the credential', () => {
	const text = document(
		{
			parameters: [
				{ name: 'X-API-Key', in: 'header', required: true, schema: { type: 'string' } },
				{ name: 'Authorization', in: 'header', required: true, schema: { type: 'string' } },
			],
		},
		{ security: [{ bearer: [] }], components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } },
	);
	const { credential } = describeOperation(text, 'acme.json');
	expect(credential.properties.filter(({ typeOptions }) => typeOptions?.password).map(({ displayName }) => displayName)).toEqual([
		'Access Token',
		'API Key',
	]);
	expect(credential.authenticate?.properties.headers).toEqual({
		Authorization: '=Bearer {{$credentials.accessToken}}',
		'X-API-Key': '={{$credentials.apiKey}}',
	});
});

it('A resource or operation that would lead to another folder has no schema of its output', () => {
	const schemasOf = (resource: string, operation: string) =>
		compileVendor(document({ 'x-n8n-operation': { resource, operation } }), 'acme.yaml').outputSchemas;
	expect(schemasOf('../../evil', 'create')).toEqual({});
	expect(schemasOf('key', '../create')).toEqual({ key: {} });
	expect(schemasOf('key', 'create')).toEqual({ key: { create: expect.objectContaining({ type: 'object' }) } });
});
