import { describe as describeOperation } from '../../../../engine/tools';

const ITEM = { type: 'object', properties: { id: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } } };
const ITEMS = { type: 'array', items: { $ref: '#/components/schemas/Item' } };
const envelope = (properties: object) => ({ type: 'object', properties });

interface Case {
	method?: string;
	path?: string;
	node?: object;
	result?: object;
}

function resultOf(schema: object, { method = 'get', path = '/items', node = {}, result }: Case) {
	const answer = { description: 'Done', ...(result ? { 'x-n8n-result': result } : {}), content: { 'application/json': { schema } } };
	const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
	const document = {
		openapi: '3.1.0',
		info: { title: 'Acme', version: '1' },
		paths: { [path]: { [method]: { parameters, responses: { 200: answer }, ...node } } },
		components: { schemas: { Item: ITEM, Page: envelope({ items: ITEMS, total: { type: 'integer' } }) } },
	};
	return describeOperation(JSON.stringify(document), 'acme.json').operation.result;
}

const LISTS: Array<[what: string, schema: object, expected: string, more?: Case]> = [
	['an array at the top', ITEMS, ''],
	['an array or null', { anyOf: [ITEMS, { type: 'null' }] }, ''],
	['an array of texts', { type: 'array', items: { type: 'string' } }, ''],
	['an array at the top, by a path that ends with a parameter', ITEMS, '', { path: '/items/{kind}' }],
	['an array at the top whose records have an id', ITEMS, '', { result: { id: '/id' } }],
	['an envelope with one list', envelope({ data: ITEMS, total: { type: 'integer' } }), '/data'],
	['an envelope behind a $ref', { $ref: '#/components/schemas/Page' }, '/items'],
	['an envelope that may be null', envelope({ data: { anyOf: [ITEMS, { type: 'null' }] } }), '/data'],
	['an envelope made of parts', { allOf: [envelope({ request_id: { type: 'string' } }), envelope({ 'the/items': ITEMS })] }, '/the~1items'],
	['an envelope in an envelope', envelope({ data: envelope({ keys: ITEMS, page: { type: 'integer' } }) }), '/data/keys'],
	['errors beside the list', envelope({ errors: { type: 'array', items: { type: 'object' } }, data: ITEMS }), '/data'],
	[
		'a list of texts where the operation says that it lists',
		envelope({ names: { type: 'array', items: { type: 'string' } } }),
		'/names',
		{ node: { operationId: 'list_names' } },
	],
	['a list that is asked for with POST', envelope({ results: ITEMS }), '/results', { method: 'post', node: { operationId: 'listItems' } }],
	['several lists, one with a usual name', envelope({ data: ITEMS, groups: ITEMS }), '/data'],
	['several lists, one called like the path', envelope({ groups: ITEMS, items_found: ITEMS, keys: ITEMS }), '/keys', { path: '/v1/keys' }],
	[
		'by a path with a parameter at its end, where the operation is marked so',
		envelope({ data: ITEMS }),
		'/data',
		{ path: '/items/{kind}', node: { 'x-n8n-operation': { resource: 'item', operation: 'getAll' } } },
	],
	['an id of the records alone', envelope({ data: ITEMS }), '/data', { result: { id: '/id' } }],
];

const RECORDS: Array<[what: string, schema: object, more?: Case]> = [
	['an object', ITEM],
	['a record that holds a list', envelope({ id: { type: 'string' }, members: ITEMS })],
	['a record in an envelope that holds a list', envelope({ data: envelope({ id: { type: 'string' }, members: ITEMS }) })],
	['a list of texts', envelope({ scopes: { type: 'array', items: { type: 'string' } } })],
	['one that is asked for by its id', envelope({ members: ITEMS }), { path: '/items/{id}' }],
	['one that the document marks so', envelope({ members: ITEMS }), { node: { 'x-n8n-operation': { resource: 'item', operation: 'get' } } }],
	['one whose id stands in the answer itself', envelope({ userId: { type: 'string' }, members: ITEMS }), { result: { id: '/userId' } }],
	['one whose place is said', envelope({ data: ITEMS }), { result: { record: '' } }],
	['a creation that answers with several', ITEMS, { method: 'post' }],
	['several lists of which none stands out', envelope({ groups: ITEMS, members: ITEMS })],
	['an answer that says nothing', {}],
];

describe('The records of a list are found in the schema of its answer', () => {
	it.each(LISTS)('%s', (_what, schema, expected, more = {}) => {
		expect(resultOf(schema, more).records).toBe(expected);
	});

	it.each(RECORDS)('and what is one record stays one: %s', (_what, schema, more = {}) => {
		expect(resultOf(schema, more).records).toBeUndefined();
	});

	it('and an answer whose schema is broken is no obstacle', () => {
		expect(resultOf({ $ref: '#/components/schemas/None' }, {}).records).toBeUndefined();
	});
});
