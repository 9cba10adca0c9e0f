import { describe as describeDocument } from '../../../../engine/tools';

const base = { openapi: '3.1.0', info: { title: 'Acme', version: '1' } };
const body = (schema: unknown) => ({
	...base,
	paths: { '/credentials': { post: { requestBody: { content: { 'application/json': { schema } } }, responses: {} } } },
});

describe('A document that is wrong gets its place and what would be right', () => {
	it.each<[string, unknown, string]>([
		['no YAML', '{ "openapi": ', 'acme.yaml:1:14: this is neither JSON nor YAML'],
		['an empty file', '', 'acme.yaml: the document is empty or not an object'],
		['another format', { swagger: '1.2', paths: {} }, '"openapi" should be 3.0 or 3.1, or "swagger" 2.0, but is "1.2"'],
		['no paths', base, 'paths: the document has no paths'],
		[
			'a $ref that leads nowhere',
			body({ $ref: '#/components/schemas/Nothing' }),
			'paths./credentials.post.requestBody.content.application/json.schema: $ref "#/components/schemas/Nothing" leads nowhere',
		],
		[
			'a $ref to another file',
			body({ $ref: 'other.yaml#/Thing' }),
			'$ref "other.yaml#/Thing" leads to another file or address, and nothing is fetched',
		],
		[
			'a $ref to itself',
			{ ...body({ $ref: '#/components/schemas/A' }), components: { schemas: { A: { $ref: '#/components/schemas/A' } } } },
			'$ref "#/components/schemas/A" leads back to itself',
		],
		[
			'a schema that is none',
			body('string'),
			'paths./credentials.post.requestBody.content.application/json.schema: there should be a schema here',
		],
		[
			'a path parameter that is missing',
			{ ...base, paths: { '/orgs/{id}': { post: { responses: {} } } } },
			'the path has {id}, but there is no parameter "id" with "in: path"',
		],
		[
			'a header that no request can carry',
			{
				...base,
				paths: {
					'/credentials': { post: { parameters: [{ name: 'X Request Id', in: 'header', schema: { type: 'string' } }], responses: {} } },
				},
			},
			'paths./credentials.post.parameters.0.name: "X Request Id" cannot be the name of a header: letters, digits and hyphens can',
		],
	])('%s', (_what, document, message) => {
		const text = typeof document === 'string' ? document : JSON.stringify(document);
		expect(() => describeDocument(text, 'acme.yaml')).toThrow(message);
	});

	it('several operations ask for the one that is meant', () => {
		const paths = { '/a': { post: { responses: {} }, get: { responses: {} } } };
		expect(() => describeDocument(JSON.stringify({ ...base, paths }), 'acme.yaml')).toThrow(
			'the document has 2 operations. Name one with --operation',
		);
		expect(() => describeDocument(JSON.stringify({ ...base, paths }), 'acme.yaml', 'PUT /a')).toThrow(
			'there is no operation "PUT /a". There are: GET /a, POST /a',
		);
		expect(describeDocument(JSON.stringify({ ...base, paths }), 'acme.yaml', 'post /a').operation.path).toBe('/a');
	});
});

describe('A message begins with file, line and column', () => {
	const yaml = `openapi: 3.1.0
info: { title: Acme, version: '1' }
paths:
  /orgs/{id}:
    get: &get
      responses: {}
      parameters:
        - $ref: '#/components/parameters/None'
    post: *get
components:
  schemas:
    Name: { type: string, minLength: { } }
`;
	const swagger = {
		swagger: '2.0',
		info: { title: 'Acme', version: '1' },
		paths: { '/a': { post: { parameters: [{ in: 'body', name: 'body', schema: { $ref: '#/definitions/A' } }], responses: {} } } },
		definitions: { A: { properties: { b: { maxLength: 'long' } } } },
	};

	it.each<[string, string, string, string]>([
		['in YAML: the entry of a list', yaml, 'GET /orgs/{id}', 'acme.yaml:8:11: paths./orgs/{id}.get.parameters.0: $ref'],
		['through an alias', yaml, 'POST /orgs/{id}', 'acme.yaml:8:11: paths./orgs/{id}.post.parameters.0: $ref'],
		[
			'the name of a keyword in a flow',
			yaml
				.replace("'#/components/parameters/None'", "'#/components/parameters/Id'")
				.replace('components:', 'components:\n  parameters: { Id: { name: id, in: path, schema: { minimum: few } } }'),
			'GET /orgs/{id}',
			'acme.yaml:11:53: components.parameters.Id.schema.minimum: there should be a number here',
		],
		[
			'in JSON',
			JSON.stringify({ ...base, paths: { '/a': { get: { parameters: [{ name: 'a' }], responses: {} } } } }, null, 2),
			'GET /a',
			'acme.yaml:11:11: paths./a.get.parameters.0: a parameter needs "name" and "in"',
		],
		[
			'in Swagger 2.0, whose parts have moved',
			JSON.stringify(swagger, null, 2),
			'POST /a',
			'acme.yaml:27:11: components.schemas.A.properties.b.maxLength: there should be a number here',
		],
	])('%s', (_what, text, operation, message) => {
		expect(() => describeDocument(text, 'acme.yaml', operation)).toThrow(message);
	});
});
