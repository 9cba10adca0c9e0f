import { compileVendor } from '../../../../engine/compile';
import { describe as describeOperation } from '../../../../engine/tools';

/** A vendor that has every extension that names something: right as it stands. */
const RIGHT = `openapi: 3.1.0
info: { title: Acme, version: '1' }
x-n8n-credential: acmeApi
paths:
  /orgs/{org}/credentials:
    parameters:
      - $ref: '#/components/parameters/Org'
    post:
      operationId: createCredential
      x-n8n-operation: { resource: credential, operation: create }
      x-n8n-known-ids: { operation: listCredentials }
      x-n8n-upsert:
        operation: upsert
        name: Create or Update
        find: listCredentials
        with: { owner: /body/owner/id }
        match: { label: /body/label, uid: /body/owner/id, /owner/kind: /body/owner/kind, count: /body/label }
        optionalMatch: [uid]
        nameField: nick
        scope: [owner]
        normalize: { label: [trim], uid: [case] }
        update: updateCredential
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                label: { type: string }
                owner:
                  anyOf:
                    - type: 'null'
                    - { $ref: '#/components/schemas/Owner' }
                data:
                  type: object
                  additionalProperties: true
                  x-n8n-suggestions: { token: for tokens }
                  x-n8n-fields-from:
                    operation: getFields
                    with: { kind: /body/owner/kind }
                    match: { kind: /body/owner/kind }
                    properties: /fields
                    name: /name
                    label: /title
      responses:
        '201':
          description: Created
          x-n8n-result: { record: /data, id: [/id, /uuid], link: /url, errors: /errors, simple: [id, label] }
          content:
            application/json:
              schema:
                allOf:
                  - type: object
                    properties: { errors: { type: array, items: {} }, extra: {} }
                  - type: object
                    properties:
                      data: { $ref: '#/components/schemas/Credential' }
    get:
      operationId: listCredentials
      x-n8n-operation: { resource: credential, operation: getAll }
      x-n8n-trigger: true
      x-n8n-wait: { operation: wait, name: Wait, only: { property: kind, label: Kind } }
      x-n8n-pagination:
        style: cursor
        request: { cursor: page_token, limit: page_size }
        size: 50
        response: { next: /paging/next, hasMore: 'header:X-More', total: [/total] }
      parameters:
        - { name: page_token, in: query, schema: { type: string } }
        - { name: page_size, in: query, schema: { type: integer, maximum: 50 } }
        - { name: owner, in: query, schema: { type: string } }
        - { name: X-Trace, in: header, schema: { type: string } }
      responses:
        '200':
          description: A page
          headers: { x-more: { schema: { type: boolean } } }
          x-n8n-result: { records: /data, id: /id, changed: /updated_at }
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: [array, 'null'], items: { $ref: '#/components/schemas/Credential' } }
                  paging: { type: object, properties: { next: { type: string } } }
                  total: { type: integer }
  /orgs/{org}/credentials/{credential_id}:
    patch:
      operationId: updateCredential
      parameters:
        - $ref: '#/components/parameters/Org'
        - name: credential_id
          in: path
          required: true
          schema: { type: string }
          x-n8n-lookup: { operation: listCredentials, value: /id, label: [/label, /nick], search: owner, where: { /kind: a } }
      responses: { '200': { description: Done } }
  /fields/{kind}:
    get:
      operationId: getFields
      parameters:
        - { name: kind, in: path, required: true, schema: { type: string, enum: [a, b], x-n8n-enum-labels: { a: One, b: Two } } }
      responses:
        '200':
          description: Fields
          x-n8n-result: { records: '' }
          content:
            application/json:
              schema:
                type: array
                items:
                  type: object
                  properties:
                    kind: { type: string }
                    rules: {}
                    fields: { type: array, items: { type: object, properties: { name: { type: string }, title: { type: string } } } }
components:
  parameters:
    Org: { name: org, in: path, required: true, schema: { type: string } }
  schemas:
    Owner: { type: object, properties: { id: { type: string }, kind: { type: string }, sort: { enum: [a, b] } } }
    Credential:
      type: object
      properties:
        id: { type: integer }
        uuid: { type: string }
        uid: { type: [string, 'null'] }
        label: { type: string }
        nick: { type: string }
        kind: { type: string }
        url: { type: string }
        count: { type: integer }
        updated_at: { type: string }
        tags: { type: array, items: { type: string } }
        owner: { $ref: '#/components/schemas/Owner' }
        free: { type: object }
`;

const fields = (text: string) => text.split('\n');
/** The line that a text stands in, counted from 1. */
function lineOf(part: string): number {
	const index = fields(RIGHT).findIndex((line) => line.includes(part));
	if (index === -1) throw new Error(`"${part}" is not in the document`);
	return index + 1;
}
function changed(from: string, to: string): string {
	if (RIGHT.split(from).length < 2) throw new Error(`"${from}" is not in the document`);
	return RIGHT.replace(from, to);
}

/** What is changed into what, what the message says, and which line it names where that is another one. */
const WRONG: Array<[what: string, from: string, to: string, message: string, line?: string | number]> = [
	['a record that is not there', 'record: /data, id', 'record: /dat, id', 'there is no "/dat" in the answer; there is: /data'],
	['a record that is a list', 'record: /data, id', 'record: /errors, id', 'what is there is a list: name it with "records"'],
	['a list that is none', 'records: /data, id: /id', 'records: /paging, id: /id', '"/paging" in the answer is no list; there is: /data'],
	['a list within the list', 'records: /data, id: /id', 'records: /data/tags, id: /id', 'there is no "/data/tags" in the answer'],
	['an id that no record has', '[/id, /uuid]', '[/id, /uid, /guid]', 'there is no "/guid" in the record; there is: /uuid, /uid, '],
	[
		'an id with the envelope before it',
		'records: /data, id: /id',
		'records: /data, id: /data/id',
		'there is no "/data/id" in the record; there is: /id',
	],
	['an id that is an object', 'records: /data, id: /id', 'records: /data, id: /owner', 'what is there is neither text nor a number'],
	['a link that no record has', 'link: /url', 'link: /link', 'there is no "/link" in the record; there is: '],
	['errors that are no list', 'errors: /errors,', 'errors: /data,', '"/data" in the answer is no list; there is: /data/tags, /errors'],
	[
		'a time of change that no record has',
		'changed: /updated_at',
		'changed: /updatedAt',
		'there is no "/updatedAt" in the record; there is: /updated_at, ',
	],
	['a name to keep that no record has', 'simple: [id, label]', 'simple: [id, name]', 'a record has no property "name"; there is: '],

	[
		'a page parameter that there is not',
		'cursor: page_token, limit',
		'cursor: pageToken, limit',
		'the operation has no query parameter "pageToken"; there is: page_token, ',
	],
	[
		'a page parameter that is a header',
		'cursor: page_token, limit',
		'cursor: X-Trace, limit',
		'the operation has no query parameter "X-Trace"; there is: ',
	],
	[
		'a place in a body that there is not',
		'cursor: page_token, limit',
		'cursor: /cursor, limit',
		'the operation has no body, so there is no "/cursor" in it',
	],
	[
		'a next page that no answer has',
		'next: /paging/next,',
		'next: /paging/cursor,',
		'there is no "/paging/cursor" in the answer; there is: /paging/next',
	],
	['a header that is not declared', "'header:X-More'", "'header:X-Mroe'", 'the answer has no header "X-Mroe"; there is: x-more'],
	['a total that no answer has', '[/total]', '[/count]', 'there is no "/count" in the answer; there is: '],
	[
		'a style that lacks what it needs',
		'request: { cursor: page_token, limit: page_size }',
		'request: { limit: page_size }',
		'the style "cursor" needs request.cursor',
		'x-n8n-pagination:',
	],
	['a page larger than allowed', 'size: 50', 'size: 100', '"page_size" takes 50 at most'],
	[
		'a size that nothing asks for',
		'request: { cursor: page_token, limit: page_size }',
		'request: { cursor: page_token }',
		'a size needs request.limit',
		'size: 50',
	],
	['a first page of no page', 'size: 50', 'first: 0', 'only the style "page" has a first page'],
	['a whole list with pages', 'style: cursor', 'style: none', 'the style "none" says that the list comes whole', 'request: { cursor'],
	[
		'pages of what is no list',
		'operationId: updateCredential',
		'operationId: updateCredential\n      x-n8n-pagination: { style: none }',
		'only a list has pages',
		89,
	],
	['a total that is no number', '[/total]', '[/data]', 'what "/data" in the answer holds is no number; there is: /total, /paging/next'],
	[
		'a sign of more that is a text',
		"'header:X-More'",
		'/paging/next',
		'what "/paging/next" in the answer holds is no boolean; there is none',
	],
	[
		'a next page that is a list',
		'next: /paging/next,',
		'next: /data,',
		'what "/data" in the answer holds is neither text nor a number; there is: /total, /paging/next',
	],

	[
		'a repetition of what only reads',
		'operationId: getFields',
		'operationId: getFields\n      x-n8n-idempotent: true',
		'what only reads is repeated anyway',
		100,
	],
	[
		'an identity of what only reads',
		'operationId: getFields',
		'operationId: getFields\n      x-n8n-upsert: { operation: u, name: U, find: listCredentials, scope: [owner] }',
		'only what creates can look first whether a record exists, and this is a GET',
		100,
	],
	[
		'a path parameter that sorts',
		'name: kind, in: path, required: true, schema: { type: string, enum: [a, b]',
		'name: kind, in: path, x-n8n-sort: true, required: true, schema: { type: string, enum: [a, b]',
		'only a query parameter sorts, and this is in: path',
	],
	[
		'a result of a refusal',
		"responses: { '200': { description: Done } }",
		"responses: { '200': { description: Done }, '404': { description: None, x-n8n-result: { id: /id } } }",
		'only a success (2xx) has a result, and this is the response to 404',
	],
	[
		'a result of any other response',
		"responses: { '200': { description: Done } }",
		"responses: { '200': { description: Done }, default: { description: None, x-n8n-result: { id: /id } } }",
		'only a success (2xx) has a result, and this is the response to default',
	],
	[
		'a deletion that only reads',
		'records: /data, id: /id',
		'deleted: true, records: /data, id: /id',
		'a GET only reads, so it deletes nothing',
	],

	[
		'an operation to find with that there is not',
		'find: listCredentials',
		'find: listCredential',
		'there is no operation "listCredential"; there is: listCredentials, ',
	],
	[
		'an operation to update with that there is not',
		'update: updateCredential',
		'update: changeCredential',
		'there is no operation "changeCredential"; there is: ',
	],
	[
		'a parameter that the list does not have',
		'with: { owner: /body/owner/id }',
		'with: { user: /body/owner/id }',
		'listCredentials has no parameter "user"; there is: ',
	],
	[
		'a parameter that the engine sets',
		'with: { owner: /body/owner/id }',
		'with: { page_token: /body/owner/id }',
		'listCredentials has no parameter "page_token"',
	],
	[
		'a place that no request has',
		'with: { owner: /body/owner/id }',
		'with: { owner: /body/owner/uid }',
		'there is no "/body/owner/uid" in the request of createCredential; there is: /body/owner/id, ',
	],
	[
		'a place in the path that no request has',
		'label: /body/label, uid',
		'label: /path/label, uid',
		'there is no "/path/label" in the request of createCredential; there is: /body/label, ',
	],
	[
		'a match on what no record has',
		'match: { label: /body/label, uid: ',
		'match: { label: /body/label, user_id: ',
		'a record of listCredentials has no property "user_id"; there is: ',
	],
	[
		'a match on a place that no record has',
		'/owner/kind: /body',
		'/owner/type: /body',
		'there is no "/owner/type" in the record of listCredentials; there is: /owner/',
	],
	['a choice that is not matched', 'optionalMatch: [uid]', 'optionalMatch: [id]', 'there is no "id" in "match"; there is: uid, '],
	[
		'a further name that no record has',
		'nameField: nick',
		'nameField: nickname',
		'a record of listCredentials has no property "nickname"; there is: ',
	],
	['a scope that the list does not have', 'scope: [owner]', 'scope: [user]', 'listCredentials has no parameter "user"; there is: '],
	['normalizing what is not matched', 'normalize: { label', 'normalize: { nick', 'there is no "nick" in "match"; there is: '],
	['normalizing what is no text', 'uid: [case]', 'count: [case]', '"count" is no text, and only texts are compared so'],
	[
		'a list that is not searched for anything',
		'match: { label: /body/label, uid: /body/owner/id, /owner/kind: /body/owner/kind, count: /body/label }\n        ' +
			'optionalMatch: [uid]\n        nameField: nick\n        scope: [owner]\n        normalize: { label: [trim], uid: [case] ' +
			'}',
		'nameField: nick',
		'listCredentials is a list, so "match" has to say which of its records is meant',
		'x-n8n-upsert:',
	],
	[
		'an update without an id in its path',
		'update: updateCredential',
		'update: createCredential2',
		'there is no operation "createCredential2"',
	],
	[
		'a list to know that there is not',
		'x-n8n-known-ids: { operation: listCredentials }',
		'x-n8n-known-ids: { operation: listCreds }',
		'there is no operation "listCreds"; there is: listCredentials',
	],
	[
		'what is known of no list',
		'x-n8n-known-ids: { operation: listCredentials }',
		'x-n8n-known-ids: { operation: updateCredential }',
		'updateCredential should be a list whose records have an id',
	],
	[
		'what is known where no link can come',
		'link: /url, ',
		'',
		'what is known counts where the answer is a link that a customer opens',
		'x-n8n-known-ids',
	],
	[
		'a property to wait for that no record has',
		'only: { property: kind,',
		'only: { property: type,',
		'a record has no property "type"; there is: ',
	],
	[
		'a trigger that the form does not have',
		'operationId: getFields',
		'operationId: getFields\n      x-n8n-trigger: true',
		'one list can be watched, and listCredentials is watched already',
		100,
	],

	[
		'a lookup on no operation',
		'x-n8n-lookup: { operation: listCredentials,',
		'x-n8n-lookup: { operation: listCredential,',
		'there is no operation "listCredential"; there is: listCredentials',
	],
	[
		'a lookup on no list',
		'x-n8n-lookup: { operation: listCredentials,',
		'x-n8n-lookup: { operation: createCredential,',
		'createCredential is no list',
	],
	[
		'a value that no record has',
		'value: /id, label',
		'value: /credentialId, label',
		'there is no "/credentialId" in the record of listCredentials; there is: ',
	],
	[
		'a label that no record has',
		'label: [/label, /nick]',
		'label: [/label, /name]',
		'there is no "/name" in the record of listCredentials; there is: ',
	],
	['a search that the list does not take', 'search: owner', 'search: q', 'listCredentials has no query parameter "q"; there is: owner'],
	[
		'a condition on what no record has',
		'where: { /kind: a }',
		'where: { /type: a }',
		'there is no "/type" in the record of listCredentials; there is: ',
	],
	[
		'a condition that is never met',
		'where: { /kind: a }',
		'where: { /kind: true }',
		'"/kind" in the record of listCredentials is never true',
	],
	[
		'a lookup of what is no text',
		'schema: { type: string }\n          x-n8n-lookup',
		'schema: { type: integer }\n          x-n8n-lookup',
		'what is picked is a text, and none is allowed here',
		'x-n8n-lookup',
	],

	['names from no operation', 'operation: getFields\n', 'operation: getField\n', 'there is no operation "getField"; there is: getFields'],
	[
		'names for a record that has no such property',
		'match: { kind: /body/owner/kind }\n',
		'match: { type: /body/owner/kind }\n',
		'a record of getFields has no property "type"; there is: ',
	],
	[
		'names by a place that no request has',
		'with: { kind: /body/owner/kind }',
		'with: { kind: /body/kind }',
		'there is no "/body/kind" in the request of createCredential; there is: /body/owner/kind, ',
	],
	[
		'names that nothing is passed for',
		'with: { kind: /body/owner/kind }\n',
		'\n',
		'getFields needs "kind", and the request of createCredential has no path parameter of that name. Say with "with" where ' +
			'it comes from; there is: ',
		'x-n8n-fields-from:',
	],
	[
		'properties that no record has',
		'properties: /fields\n',
		'properties: /properties\n',
		'there is no "/properties" in the record of getFields; there is: ',
	],
	[
		'properties that are no list',
		'properties: /fields\n',
		'properties: /kind\n',
		'"/kind" in the record of getFields is no list; there is: /fields',
	],
	['a label that no property has', 'label: /title', 'label: /label', 'there is no "/label" in the property; there is: '],
	[
		'a schema that no record has',
		'properties: /fields\n',
		'schema: /schema\n',
		'there is no "/schema" in the record of getFields; there is: ',
	],
	[
		'names of what is no object',
		'type: object\n                  additionalProperties: true\n                  x-n8n-suggestions: { token: for tokens }',
		'type: string',
		'only an object can have names that the vendor tells',
		36,
	],

	['a label of no choice', 'x-n8n-enum-labels: { a: One', 'x-n8n-enum-labels: { A: One', '"A" is none of the values; there is: a, b'],
	['labels where there are no choices', 'enum: [a, b], ', '', '"a" is none of the values; there is no enum here'],
	[
		'suggestions for a closed object',
		'additionalProperties: true',
		'additionalProperties: false',
		'names can only be suggested for an object that takes any names',
		'x-n8n-suggestions:',
	],
	[
		'suggestions by a place that no request has',
		'{ token: for tokens }',
		'{ by: /body/kind, names: { a: { token: t } } }',
		'there is no "/body/kind" in the request of createCredential; there is: /body/owner/kind, ',
		'x-n8n-suggestions:',
	],
	[
		'suggestions by what has no enum',
		'{ token: for tokens }',
		'{ by: /body/label, names: { a: { token: t } } }',
		'"/body/label" has no enum, so no names can go with its values',
		'x-n8n-suggestions:',
	],
	[
		'suggestions by a value that there is not',
		'{ token: for tokens }',
		'{ by: /body/owner/sort, names: { a: { token: t }, c: { token: t } } }',
		'"c" is none of the values of "/body/owner/sort"; there is: a, b',
		'x-n8n-suggestions:',
	],

	[
		'two operations of one name',
		'        operation: upsert',
		'        operation: create',
		'"create" of the resource "credential" is the name of createCredential as well',
		'operation: upsert',
	],
	[
		'a choice that is to be in view',
		'label: { type: string }\n                owner',
		'label: { type: string, enum: [a, b], x-n8n-shown: true }\n                owner',
		'a switch, a choice or a list is never empty',
		'label: { type: string }',
	],
];

describe("What a document's extensions name has to be there", () => {
	it('and is, where all is right', () => {
		const { vendor } = compileVendor(RIGHT, 'acme.yaml');
		expect(vendor.operations.map(({ operation }) => operation)).toEqual(['getAll', 'wait', 'create']);
	});

	it.each(WRONG)('%s', (what, from, to, message, line = from.split('\n')[0]) => {
		const text = changed(from, to);
		let said = '';
		try {
			compileVendor(text, 'acme.yaml');
		} catch (error) {
			said = (error as Error).message;
		}
		expect(said).toContain(message);
		expect(said).toMatch(new RegExp(`^acme\\.yaml:${typeof line === 'number' ? line : lineOf(line)}:\\d+: `));
	});

	it('names the very line and column', () => {
		expect(() => compileVendor(changed('optionalMatch: [uid]', 'optionalMatch: [uid, id]'), 'acme.yaml')).toThrow(
			`acme.yaml:${lineOf('optionalMatch: [uid]')}:30: paths./orgs/{org}/credentials.post.x-n8n-upsert.optionalMatch.1: ` +
				'there is no "id" in "match"; there is: uid, ',
		);
	});

	it('in JSON as in YAML', () => {
		const json = JSON.stringify(
			{
				openapi: '3.1.0',
				info: { title: 'Acme', version: '1' },
				'x-n8n-credential': 'acmeApi',
				paths: {
					'/a': {
						post: {
							'x-n8n-operation': { resource: 'a', operation: 'create' },
							responses: {
								200: {
									description: 'Done',
									'x-n8n-result': { id: '/ids' },
									content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'string' } } } } },
								},
							},
						},
					},
				},
			},
			null,
			1,
		);
		expect(() => compileVendor(json, 'acme.json')).toThrow(
			/^acme\.json:19:8: paths\.\/a\.post\.responses\.200\.x-n8n-result\.id: there is no "\/ids" in the record; there is: \/id$/,
		);
	});

	it('also for the commands that describe one operation', () => {
		expect(() => describeOperation(changed('nameField: nick', 'nameField: nickname'), 'acme.yaml', 'GET /fields/{kind}')).toThrow(
			'has no property "nickname"',
		);
	});

	it.each<[string, string, string]>([
		['an answer without a schema', "data: { $ref: '#/components/schemas/Credential' }", 'data: {}'],
		['an object without properties', 'records: /data, id: /id', 'records: /data, id: /free/any'],
		['a map', 'free: { type: object }', 'free: { type: object, additionalProperties: { type: string } }'],
		['a list of anything', "data: { type: [array, 'null'], items: { $ref: '#/components/schemas/Credential' } }", 'data: { type: array }'],
		[
			'a schema that is handed out',
			'properties: /fields\n                    name: /name\n                    label: /title',
			'schema: /rules/body/data',
		],
	])('what a schema leaves open is believed: %s', (_what, from, to) => {
		expect(() => compileVendor(changed(from, to), 'acme.yaml')).not.toThrow();
	});
});
