import { compileVendor } from '../../engine/compile';
import { describe as describeOperation } from '../../engine/compile/describe';

const CREATE = { operationId: 'createCredential', 'x-n8n-operation': { resource: 'credential', operation: 'create' }, responses: { 200: { description: 'Done' } } };

/** A vendor's document with one creation, and what is laid over it. */
function document(create: object = {}, root: object = {}): string {
	return JSON.stringify({ openapi: '3.1.0', info: { title: 'Acme', version: '1' }, 'x-n8n-credential': 'acmeApi', paths: { '/credentials': { post: { ...CREATE, ...create } } }, ...root });
}

/** Where the words of a document are wrong, and what would be right. */
const WRONG: Array<[what: string, text: string, message: string]> = [
	['a word that there is not', document({ 'x-n8n-lable': 'x' }), 'paths./credentials.post.x-n8n-lable: there is no word "x-n8n-lable". There are: x-n8n-credential, '],
	['a limit that is none', document({}, { 'x-n8n-limits': { perSecond: 0 } }), 'x-n8n-limits.perSecond: what stands here must be > 0'],
	['a limit in words', document({}, { 'x-n8n-limits': { concurrent: 'many' } }), 'x-n8n-limits.concurrent: what stands here must be integer'],
	['pagination without a style', document({ 'x-n8n-pagination': { request: { offset: 'skip' } } }), 'paths./credentials.post.x-n8n-pagination: "style" is missing here'],
	['an operation without a resource', document({ 'x-n8n-operation': { operation: 'create' } }), 'paths./credentials.post.x-n8n-operation: "resource" is missing here'],
	['a place that is no pointer', document({ responses: { 200: { 'x-n8n-result': { id: 'id' } } } }), 'paths./credentials.post.responses.200.x-n8n-result.id: there should be a JSON Pointer, such as "/data/id"'],
	['a misspelt part', document({ responses: { 200: { 'x-n8n-result': { recrod: '/data' } } } }), 'paths./credentials.post.responses.200.x-n8n-result: "recrod" is not known here'],
	['a yes that is none', document({ 'x-n8n-repeatable': 'yes' }), 'paths./credentials.post.x-n8n-repeatable: what stands here must be boolean'],
	['no name of the vendor', document({}, { info: undefined }), 'info.title: there should be the name of the vendor here'],
	['two operations of one name', document({}, { paths: { '/a': { post: CREATE }, '/b': { post: { ...CREATE, operationId: 'createAnother' } } } }), 'createAnother: "create" of the resource "credential" is the name of createCredential as well. Each operation needs its own'],
];

describe("A vendor's document whose words are wrong is refused with the place and what would be right", () => {
	it.each(WRONG)('%s', (_what, text, message) => {
		expect(() => compileVendor(text, 'acme.json')).toThrow(message);
	});

	it('and one whose words are right is not', () => {
		expect(compileVendor(document({}, { 'x-n8n-limits': { concurrent: 5, perSecond: 0.5 } }), 'acme.json').vendor.name).toBe('Acme');
	});
});

it('a key header that is required beside a bearer token is a masked field of the credential', () => {
	const text = document(
		{ parameters: [{ name: 'X-API-Key', in: 'header', required: true, schema: { type: 'string' } }, { name: 'Authorization', in: 'header', required: true, schema: { type: 'string' } }] },
		{ security: [{ bearer: [] }], components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } },
	);
	const { credential } = describeOperation(text, 'acme.json');
	expect(credential.properties.filter(({ typeOptions }) => typeOptions?.password).map(({ displayName }) => displayName)).toEqual(['Access Token', 'API Key']);
	expect(credential.authenticate?.properties.headers).toEqual({ Authorization: '=Bearer {{$credentials.accessToken}}', 'X-API-Key': '={{$credentials.apiKey}}' });
});
