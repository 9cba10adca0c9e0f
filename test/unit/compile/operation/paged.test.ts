import * as fs from 'node:fs';
import * as path from 'node:path';

import { compileVendor } from '../../../../engine/compile';
import { Document } from '../../../../engine/compile/document/document';
import { findOperations, type Found } from '../../../../engine/compile/document/find';
import { recordsOf } from '../../../../engine/compile/operation/lists';
import { pagedIn } from '../../../../engine/compile/operation/paged';
import { describe as describeOperation } from '../../../../engine/tools';

const INTEGER = { type: 'integer' };
const STRING = { type: 'string' };
const ITEMS = { type: 'array', items: { type: 'object', properties: { id: STRING } } };

/** A vendor with one list. */
interface List {
	/** Schemas of the query parameters, by name. */
	query?: { [name: string]: object };
	/** Properties of the answer beside `data`; an array at the top where there are none. */
	answer?: { [name: string]: object };
	headers?: object;
	node?: object;
	/** Properties of the body, where the list is asked for with POST. */
	body?: object;
}

function document({ query = {}, answer, headers, node, body }: List, paths: object = {}): string {
	const parameters = Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema }));
	const schema = answer ? { type: 'object', properties: { data: ITEMS, ...answer } } : ITEMS;
	const requestBody = body ? { requestBody: { content: { 'application/json': { schema: { type: 'object', properties: body } } } } } : {};
	const list = {
		operationId: 'listKeys',
		'x-n8n-operation': { resource: 'key', operation: 'getAll' },
		parameters,
		...requestBody,
		responses: { 200: { description: 'Done', headers, content: { 'application/json': { schema } } } },
		...node,
	};
	return JSON.stringify(
		{
			openapi: '3.1.0',
			info: { title: 'Acme', version: '1' },
			'x-n8n-credential': 'acmeApi',
			paths: { '/keys': { [body ? 'post' : 'get']: list }, ...paths },
		},
		null,
		1,
	);
}

function refusalOf(text: string): string | undefined {
	try {
		compileVendor(text, 'acme.json');
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

const LIMIT = { type: 'integer', maximum: 250, default: 20 };
const PAGED: Array<[what: string, list: List, line: string]> = [
	[
		'by a cursor',
		{ query: { page_token: STRING, page_size: LIMIT }, answer: { next_page_token: STRING } },
		'{ style: cursor, request: { cursor: page_token, limit: page_size }, size: 100, response: { next: /next_page_token } }',
	],
	[
		'by a cursor within the answer',
		{
			query: { after: STRING, limit: INTEGER },
			answer: {
				paging: { type: 'object', properties: { cursors: { type: 'object', properties: { after: STRING } } } },
				has_more: { type: 'boolean' },
			},
		},
		'{ style: cursor, request: { cursor: after, limit: limit }, response: { next: /paging/cursors/after, hasMore: /has_more } }',
	],
	[
		'by the id of the last record',
		{ query: { starting_after: STRING, limit: INTEGER }, answer: { has_more: { type: 'boolean' } } },
		'{ style: cursor, request: { cursor: starting_after, limit: limit }, response: { next: /data/-1/id, hasMore: /has_more } }',
	],
	[
		'by a cursor in the body',
		{ body: { cursor: STRING, limit: INTEGER }, answer: { next_cursor: STRING } },
		'{ style: cursor, request: { cursor: /cursor, limit: /limit }, response: { next: /next_cursor } }',
	],
	[
		'by offset and limit',
		{ query: { offset: INTEGER, limit: { type: 'integer', maximum: 50 } }, answer: { total: INTEGER } },
		'{ style: offset, request: { offset: offset, limit: limit }, size: 50, response: { total: /total } }',
	],
	[
		'by a page',
		{ query: { page: { type: 'integer', minimum: 0 }, per_page: INTEGER } },
		'{ style: page, request: { page: page, limit: per_page }, first: 0 }',
	],
	[
		'by a page in brackets',
		{
			query: { 'page[number]': INTEGER, 'page[size]': INTEGER },
			answer: { meta: { type: 'object', properties: { total_pages: INTEGER } } },
		},
		'{ style: page, request: { page: "page[number]", limit: "page[size]" }, response: { pages: /meta/total_pages } }',
	],
	[
		'by an address',
		{ answer: { links: { type: 'object', properties: { next: STRING } } } },
		'{ style: next-url, response: { next: /links/next } }',
	],
	[
		'by an address in HAL',
		{
			query: { limit: INTEGER },
			answer: { _links: { type: 'object', properties: { next: { type: 'object', properties: { href: STRING } } } } },
		},
		'{ style: next-url, request: { limit: limit }, response: { next: /_links/next/href } }',
	],
	['by the header Link', { headers: { Link: { schema: STRING } } }, '{ style: link-header }'],
];

const WHOLE: Array<[what: string, list: List]> = [
	['nothing about pages', {}],
	['a limit alone', { query: { limit: INTEGER } }],
	['a total alone', { answer: { total: INTEGER } }],
	['a filter called after', { query: { after: { type: 'string', format: 'date-time' }, limit: INTEGER } }],
	['a filter called token', { query: { token: STRING } }],
	['a filter called page', { query: { page: STRING } }],
	['a secret in the answer', { answer: { token: STRING } }],
	['a time that comes next', { answer: { next_rotation: STRING } }],
	[
		'pages that are declared',
		{
			query: { offset: INTEGER, limit: INTEGER },
			node: { 'x-n8n-pagination': { style: 'offset', request: { offset: 'offset', limit: 'limit' } } },
		},
	],
	['a list that is said to come whole', { query: { offset: INTEGER, limit: INTEGER }, node: { 'x-n8n-pagination': { style: 'none' } } }],
];

describe('A list that looks paged and does not say how', () => {
	it.each(PAGED)('%s: the build names the line to add, and with it all is well', (_what, list, line) => {
		const text = document(list);
		const refusal = refusalOf(text) ?? '';
		expect(refusal).toMatch(/^acme\.json:\d+:4: paths\.\/keys\.(get|post): this list looks paged \(/);
		expect(refusal).toContain(`Add x-n8n-pagination: ${line}, or x-n8n-pagination: { style: none } if it comes whole`);
		const pagination = pagedIn(...operationIn(text))?.proposal;
		expect(refusalOf(document({ ...list, node: { 'x-n8n-pagination': pagination } }))).toBeUndefined();
	});

	it.each(WHOLE)('is none that has no more than %s', (_what, list) => {
		expect(refusalOf(document(list))).toBeUndefined();
	});

	it('is refused where nothing in the document says how, too', () => {
		const refusal = refusalOf(document({ query: { cursor: STRING } }));
		expect(refusal).toContain(
			'(the parameter "cursor"), and nothing says how all of it is read. Add x-n8n-pagination with the style that the ' +
				'vendor documents, or x-n8n-pagination: { style: none } if it comes whole',
		);
	});

	const PAGES: List = { query: { offset: INTEGER, limit: INTEGER }, node: { 'x-n8n-operation': undefined } };
	const CREATE = {
		operationId: 'createKey',
		'x-n8n-operation': { resource: 'key', operation: 'create' },
		responses: { 201: { description: 'Created' } },
	};
	const name = (more: object) => [{ name: 'kind', in: 'query', schema: STRING, ...more }];
	it.each<[string, object | undefined]>([
		['no operation', undefined],
		[
			'an identity',
			{
				...CREATE,
				'x-n8n-upsert': { operation: 'upsert', name: 'Create or Update', find: 'listKeys', match: { id: '/query/kind' } },
				parameters: name({}),
			},
		],
		[
			'what is known',
			{ ...CREATE, 'x-n8n-known-ids': 'listKeys', responses: { 200: { description: 'Made', 'x-n8n-result': { link: '/url' } } } },
		],
		['a lookup', { ...CREATE, parameters: name({ 'x-n8n-lookup': { operation: 'listKeys', value: '/id' } }) }],
	])('that is not in the form is refused where it is read by %s', (_what, post) => {
		const node = {
			...PAGES.node,
			responses: {
				200: { description: 'Done', 'x-n8n-result': { records: '', id: '/id' }, content: { 'application/json': { schema: ITEMS } } },
			},
		};
		const refusal = refusalOf(document({ ...PAGES, node }, { '/made': { post: post ?? CREATE } }));
		if (post === undefined) expect(refusal).toBeUndefined();
		else expect(refusal).toContain('paths./keys.get: this list looks paged (the parameter "offset", the parameter "limit")');
	});

	it('is a warning of the commands that describe it', () => {
		const text = document({ query: { offset: INTEGER, limit: INTEGER } });
		expect(describeOperation(text, 'acme.json').warnings).toContainEqual(
			expect.stringMatching(
				/^paths\.\/keys\.get: this list looks paged .* Add x-n8n-pagination: \{ style: offset, request: \{ offset: offset, limit: limit \} \}/,
			),
		);
		expect(describeOperation(document({}), 'acme.json').warnings).not.toContainEqual(expect.stringContaining('looks paged'));
	});
});

function operationIn(text: string): [Document, Found, string | undefined] {
	const read = Document.read(text, 'acme.json');
	const [found] = findOperations(read);
	return [read, found, recordsOf(read, found, {})];
}

const SHARED = process.env.LIFECYCLE_TRUTH ?? path.resolve(__dirname, '../../../../../shared/lifecycle');
if (fs.existsSync(SHARED)) {
	it('is told from one that comes whole in the labelled documents of many vendors', () => {
		const labels = fs
			.readFileSync(path.join(SHARED, 'truth/pagination.jsonl'), 'utf8')
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as { document: string; operation: string; style: string });
		const documents = new Map<string, { read: Document; all: Map<string, Found> }>();
		const nameless = (operation: string) => operation.replace(/\{[^}]*\}/g, '{}').replace(/\/$/, '');
		const open = (name: string) => {
			const read = Document.read(fs.readFileSync(path.join(SHARED, 'documents', `${name}.json`), 'utf8'), name);
			return { read, all: new Map(findOperations(read).map((found) => [nameless(`${found.method} ${found.path}`), found])) };
		};
		const count = { right: 0, invented: 0, missed: 0 };
		for (const { document: name, operation, style } of labels) {
			const { read, all } = documents.get(name) ?? open(name);
			documents.set(name, { read, all });
			const found = all.get(nameless(operation)) as Found;
			const looks = pagedIn(read, found, recordsOf(read, found, {})) !== undefined;
			if (looks && style !== 'none') count.right++;
			else if (looks) count.invented++;
			else if (style !== 'none') count.missed++;
		}
		const { right, invented, missed } = count;
		expect(right / (right + invented)).toBeGreaterThan(0.97);
		expect(right / (right + missed)).toBeGreaterThan(0.98);
	}, 60_000);
}
