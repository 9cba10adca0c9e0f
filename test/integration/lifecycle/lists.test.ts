import type { Pagination } from '../../../engine/model';
import { useOwnVendor, type OwnRequest } from '../../support/ownVendor';
import { skipPauses } from '../../support/pauses';

const vendor = useOwnVendor();
skipPauses();

/** A document with one list, paged in one way. */
function paths(
	pagination: Pagination,
	parameters: string[] = Object.values(pagination.request ?? {}).filter((name) => !name.startsWith('/')),
) {
	const record = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
	const answer = {
		type: 'object',
		properties: {
			data: { type: 'array', items: record },
			next: { type: ['string', 'null'] },
			has_more: { type: 'boolean' },
			done: { type: 'boolean' },
			total: { type: 'integer' },
			pages: { type: 'integer' },
		},
	};
	const list = {
		operationId: 'listThings',
		'x-n8n-operation': { resource: 'thing', operation: 'getAll' },
		'x-n8n-pagination': pagination,
		parameters: parameters.map((name) => ({ name, in: 'query', schema: name === 'cursor' ? { type: 'string' } : { type: 'integer' } })),
		responses: {
			200: { description: 'A page', 'x-n8n-result': { records: '/data', id: '/id' }, content: { 'application/json': { schema: answer } } },
		},
	};
	const inBody = Object.values(pagination.request ?? {}).some((name) => name.startsWith('/'));
	if (!inBody) return { '/things': { get: list } };
	const page = { type: 'object', properties: { cursor: { type: 'string' }, size: { type: 'integer' } } };
	const body = { type: 'object', properties: { page, text: { type: 'string' } } };
	return { '/things/search': { post: { ...list, requestBody: { required: true, content: { 'application/json': { schema: body } } } } } };
}

const named = (count: number, from = 0) =>
	Array.from({ length: count }, (_one, index) => ({ id: `t${from + index}`, name: `n${from + index}` }));
const all = async (document: object, parameters: object = {}) =>
	await vendor.run(document, 'thing.getAll', { returnAll: true, ...parameters });
const idsOf = (items: Array<{ json: { [name: string]: unknown } }>) => items.map(({ json }) => String(json.thingId));
const expected = (count: number) => named(count).map(({ id }) => id);

const OFFSET: Pagination = { style: 'offset', request: { offset: 'offset', limit: 'limit' }, size: 10 };
const PAGE: Pagination = { style: 'page', request: { page: 'page', limit: 'limit' }, size: 10 };
const CURSOR: Pagination = { style: 'cursor', request: { cursor: 'cursor', limit: 'limit' }, size: 10, response: { next: '/next' } };

/** Answers from a list that is there, as a vendor does that pages in one of the ways. */
function serve(list: () => Array<{ id: string }>, more: (request: OwnRequest, from: number, to: number) => object = () => ({}), cap = 10) {
	vendor.answer((request) => {
		const { offset = '0', page = '1', cursor = '0', limit } = request.query;
		const size = Math.min(cap, Number(limit ?? cap));
		const from = Number(offset) + (Number(page) - 1) * size + Number(cursor);
		return { body: { data: list().slice(from, from + size), ...more(request, from, from + size) } };
	});
}

describe('Every way in which a list is paged', () => {
	const things = named(25);
	it.each<[string, Pagination, (from: number, to: number) => object]>([
		['offset', OFFSET, () => ({})],
		['offset with a total', { ...OFFSET, response: { total: '/total' } }, () => ({ total: 25 })],
		[
			"offset with a total that is the page's",
			{ ...OFFSET, response: { total: '/total' } },
			(from, to) => ({ total: Math.max(0, Math.min(25, to) - from) }),
		],
		['offset with hasMore', { ...OFFSET, response: { hasMore: '/has_more' } }, (_from, to) => ({ has_more: to < 25 })],
		['page', PAGE, () => ({})],
		['page with the number of pages', { ...PAGE, response: { pages: '/pages' } }, () => ({ pages: 3 })],
		['cursor', CURSOR, (_from, to) => (to < 25 ? { next: String(to) } : {})],
		['cursor that is null at the end', CURSOR, (_from, to) => ({ next: to < 25 ? String(to) : null })],
		['cursor with done', { ...CURSOR, response: { next: '/next', done: '/done' } }, (_from, to) => ({ next: String(to), done: to >= 25 })],
	])('%s: all of it comes, each once', async (_what, pagination, more) => {
		serve(
			() => things,
			(_request, from, to) => more(from, to),
		);
		const { items, error } = await all(paths(pagination));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
	});

	it('page that begins with 0', async () => {
		vendor.answer(({ query }) => ({ body: { data: things.slice(Number(query.page) * 10, Number(query.page) * 10 + 10) } }));
		expect(idsOf((await all(paths({ ...PAGE, first: 0 }))).items)).toEqual(expected(25));
	});

	it.each([
		[20, {}],
		[20, { total: 20 }],
		[25, { pages: 3 }],
	])('page, where there is none after the last one: %s records, %j', async (count, told) => {
		vendor.answer(({ query }) => {
			const data = named(count).slice((Number(query.page) - 1) * 10, Number(query.page) * 10);
			return data.length > 0 ? { body: { data, ...told } } : { status: 404, body: { message: 'Invalid page.' } };
		});
		const { items, error } = await all(paths({ ...PAGE, response: { total: '/total', pages: '/pages' } }));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(count));
	});

	it('page, where one in the middle is empty and the vendor says how many there are', async () => {
		vendor.answer(({ query }) => ({ body: { data: query.page === '2' ? [] : named(10, Number(query.page) === 1 ? 0 : 10), pages: 3 } }));
		const { items, error } = await all(paths({ ...PAGE, response: { pages: '/pages' } }));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(20));
	});

	it('cursor that is the id of the last record', async () => {
		vendor.answer(({ query }) => {
			const from = query.cursor === undefined ? 0 : things.findIndex(({ id }) => id === query.cursor) + 1;
			return { body: { data: things.slice(from, from + 10), has_more: from + 10 < 25 } };
		});
		const { items, error } = await all(paths({ ...CURSOR, response: { next: '/data/-1/id', hasMore: '/has_more' } }));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
		expect(vendor.requests).toHaveLength(3);
	});

	it('cursor in the body of a POST, whose fields are not in the form', async () => {
		vendor.answer(({ body }) => {
			const { page, text } = body as { page: { cursor?: string; size: number }; text: string };
			expect(text).toBe('acme');
			const from = Number(page.cursor ?? 0);
			return { body: { data: things.slice(from, from + page.size), next: from + page.size < 25 ? String(from + page.size) : null } };
		});
		const document = paths({
			style: 'cursor',
			request: { cursor: '/page/cursor', limit: '/page/size' },
			size: 10,
			response: { next: '/next' },
		});
		const { items, error } = await all(document, { filters: { text: 'acme' } });
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
		expect(items[0].json).not.toHaveProperty('outcome');
	});

	it.each([
		['an address', (to: number) => `${vendor.url}/things?cursor=${to}`],
		['a relative address', (to: number) => `/things?cursor=${to}`],
		['an address without a path', (to: number) => `?cursor=${to}`],
	])('next-url: %s', async (_what, address) => {
		serve(
			() => things,
			(_request, _from, to) => ({ next: to < 25 ? address(to) : null }),
		);
		const { items, error } = await all(paths({ style: 'next-url', response: { next: '/next' } }));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
		expect(vendor.requests[1]).toMatchObject({ url: '/things?cursor=10', headers: { authorization: 'Bearer own-demo-key' } });
	});

	it('link-header, among others', async () => {
		vendor.answer(({ query }) => {
			const from = Number(query.cursor ?? 0);
			const next = from + 10 < 25 ? `, <${vendor.url}/things?cursor=${from + 10}>; title="a, b"; rel="next last"` : '';
			return { headers: { link: `<${vendor.url}/things>; rel="first"${next}` }, body: { data: things.slice(from, from + 10) } };
		});
		expect(idsOf((await all(paths({ style: 'link-header' }))).items)).toEqual(expected(25));
	});

	it.each<[string, Pagination, (to: number) => object]>([
		['next-url', { style: 'next-url', response: { next: '/next' } }, (to) => ({ body: { next: `?cursor=${to}` } })],
		['link-header', { style: 'link-header' }, (to) => ({ headers: { link: `<things?cursor=${to}>; rel=next` } })],
	])('%s: a relative address begins at the one that was asked, with the values in its path', async (_what, pagination, next) => {
		vendor.answer(({ path, query }) => {
			const from = Number(query.cursor ?? 0);
			const told = from + 10 < 25 ? (next(from + 10) as { body?: object }) : {};
			return path === '/users/u%201/things'
				? { ...told, body: { data: things.slice(from, from + 10), ...told.body } }
				: { body: { data: [] } };
		});
		const { get } = paths(pagination)['/things'] as { get: object };
		const user = { name: 'user_id', in: 'path', required: true, schema: { type: 'string' } };
		const { items, error } = await all({ '/users/{user_id}/things': { get: { ...get, parameters: [user] } } }, { userId: 'u 1' });
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
	});

	it.each<[string, unknown, unknown]>([
		['a number', 1, 0],
		['a text', 'True', 'False'],
		['a number as text', '1', '0'],
	])('whether there is more is said by %s', async (_what, yes, no) => {
		serve(
			() => named(28),
			(_request, _from, to) => ({ has_more: to < 28 ? yes : no }),
		);
		const { items, error } = await all(paths({ ...OFFSET, response: { hasMore: '/has_more' } }));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(28));
		// No page more, to see that it is empty.
		expect(vendor.requests).toHaveLength(3);
	});

	it.each<[string, Pagination]>([
		['offset', OFFSET],
		['page', PAGE],
	])('%s: a page that is shorter than others is no end', async (_what, pagination) => {
		vendor.answer(({ query }) => {
			const from = query.page === undefined ? Number(query.offset) : ([0, 10, 17][Number(query.page) - 1] ?? 25);
			const isShort = query.page === undefined ? from === 9 : query.page === '2';
			return { body: { data: things.slice(from, from + (isShort ? 7 : 10)) } };
		});
		const { items, error } = await all(paths(pagination));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
	});

	it('offset: pages of any length', async () => {
		const lengths = [10, 4, 7, 2, 9];
		vendor.answer(({ query }) => {
			const from = Number(query.offset);
			return { body: { data: named(60).slice(from, from + lengths[vendor.requests.length % 5]) } };
		});
		expect(idsOf((await all(paths(OFFSET))).items)).toEqual(expected(60));
	});

	it.each<[string, Pagination]>([
		['offset', OFFSET],
		['page', PAGE],
		['cursor', CURSOR],
	])('%s: records without an id, or with an empty one, are kept apart', async (_what, pagination) => {
		const list = [
			...named(9),
			{ id: '', name: 'a' },
			{ name: 'x' },
			{ name: 'x' },
			{ id: '', name: 'b' },
			{ id: null, name: 'a' },
			{ name: 'x' },
			...named(9, 9),
			{ name: 'x' },
		];
		serve(
			() => list as never,
			(_request, _from, to) => ({ next: to < list.length ? String(to) : null }),
		);
		const { items, error } = await all(paths(pagination));
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.name)).toEqual(list.map(({ name }) => name));
	});

	it.each<[string, Pagination]>([
		['none', { style: 'none' }],
		['offset', OFFSET],
	])('%s: a record that comes twice in one answer is one', async (_what, pagination) => {
		vendor.answer(({ query }) => ({ body: { data: [...named(3), ...named(2, 1)].slice(Number(query.offset ?? 0)) } }));
		expect(idsOf((await all(paths(pagination))).items)).toEqual(expected(3));
	});

	it.each<[string, Pagination, object]>([
		['null', { style: 'none' }, { body: { data: null } }],
		['null, page by page', OFFSET, { body: { data: null } }],
		['no content', { style: 'none' }, { status: 204 }],
	])('an empty list that is written as %s', async (_what, pagination, answer) => {
		vendor.answer(() => answer);
		const { items, error } = await all(paths(pagination));
		expect(error).toBeUndefined();
		expect(items).toEqual([]);
	});

	it.each<[string, object]>([
		['null beside an error', { body: { data: null, errors: [{ message: 'no' }] } }],
		['nothing at all', { status: 200 }],
	])('%s is no empty list', async (_what, answer) => {
		vendor.answer(() => answer);
		expect((await all(paths({ style: 'none' }))).error).toBeDefined();
	});

	it.each<[string, Pagination, (asked: number) => number]>([
		['offset', OFFSET, (offset) => Math.min(20, offset)],
		['page', PAGE, (page) => Math.min(2, page - 1) * 10],
	])('%s: a last page that comes again for what is beyond it is the end', async (_what, pagination, begins) => {
		vendor.answer(({ query }) => {
			const from = begins(Number(query.page ?? query.offset));
			return { body: { data: things.slice(from, from + 10) } };
		});
		const { items, error } = await all(paths(pagination));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
		expect(vendor.requests.length).toBeLessThanOrEqual(8);
	});

	it.each<[string, object]>([
		['0', { next: 0 }],
		['0 as text', { next: '0' }],
		['-1', { next: -1 }],
	])('cursor: the end is %s', async (what, end) => {
		serve(
			() => things,
			(_request, _from, to) => ({ next: String(Math.min(25, to)), ...(to >= 25 ? end : {}) }),
		);
		const { items, error } = await all(paths(CURSOR));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
		expect(vendor.requests).toHaveLength(what === '-1' ? 3 : 4);
	});

	it('offset: a value that differs in each answer costs two further readings, and no more', async () => {
		let count = 0;
		serve(() => things.map((one) => ({ ...one, name: String(++count) })));
		const { items, error } = await all(paths(OFFSET));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(25));
		expect(vendor.requests.length).toBeLessThanOrEqual(11);
	});

	it('a limit is kept, without a page too many', async () => {
		serve(
			() => things,
			(_request, _from, to) => ({ next: String(to) }),
		);
		const { items } = await all(paths(CURSOR), { returnAll: false, limit: 12 });
		expect(idsOf(items)).toEqual(expected(12));
		expect(vendor.requests.map(({ query }) => query.limit)).toEqual(['10', '2']);
	});
});

describe('A list that cannot be read as a whole is an error, and never half of it', () => {
	const whole = /^The list of things could not be read as a whole: Own /;
	it.each<[string, Pagination, () => void, RegExp]>([
		['a vendor that ignores the offset', OFFSET, () => vendor.answer(() => ({ body: { data: named(10) } })), /gives the same page again/],
		['a vendor that ignores the page', PAGE, () => vendor.answer(() => ({ body: { data: named(10) } })), /gives the same page again/],
		[
			'a cursor that comes again',
			CURSOR,
			() => vendor.answer(({ query }) => ({ body: { data: named(10, query.cursor ? 10 : 0), next: 'x' } })),
			/leads back to a page/,
		],
		[
			'pages that repeat behind new cursors',
			CURSOR,
			() => {
				let count = 0;
				vendor.answer(() => ({ body: { data: named(10), next: String(++count) } }));
			},
			/gives the same page again/,
		],
		[
			'empty pages without end',
			CURSOR,
			() => {
				let count = 0;
				vendor.answer(() => ({ body: { data: [], next: String(++count) } }));
			},
			/gives empty pages without end/,
		],
		[
			'a total that is not reached',
			{ ...OFFSET, response: { total: '/total' } },
			() =>
				serve(
					() => named(7),
					() => ({ total: 60 }),
				),
			/says that there are 60, but gave 7/,
		],
		[
			'more that does not come',
			{ ...OFFSET, response: { hasMore: '/has_more' } },
			() =>
				serve(
					() => named(7),
					() => ({ has_more: true }),
				),
			/says that there is more, but gave no more/,
		],
		[
			'more without a cursor',
			{ ...CURSOR, response: { next: '/next', hasMore: '/has_more' } },
			() =>
				serve(
					() => named(10),
					() => ({ has_more: true }),
				),
			/says that there is more, but not where/,
		],
		[
			'a full last page that comes again, which may be as far as the vendor goes',
			PAGE,
			() => vendor.answer(({ query }) => ({ body: { data: named(10, Math.min(10, Number(query.page) * 10 - 10)) } })),
			/gives the same page again/,
		],
		[
			'pages without ids that come again',
			CURSOR,
			() => vendor.answer(() => ({ body: { data: named(10).map(({ name }) => ({ name })), next: String(vendor.requests.length) } })),
			/gives the same page again/,
		],
		[
			'an address at another host',
			{ style: 'next-url', response: { next: '/next' } },
			() =>
				serve(
					() => named(10),
					() => ({ next: 'http://127.0.0.2:1/things' }),
				),
			/leads to another address/,
		],
		[
			'an address that is none',
			{ style: 'next-url', response: { next: '/next' } },
			() =>
				serve(
					() => named(10),
					() => ({ next: 'mailto:a@b' }),
				),
			/an address for the next page that is none/,
		],
		[
			'a list that is not known to be paged',
			{ style: 'none' },
			() =>
				serve(
					() => named(10),
					() => ({ has_more: true }),
				),
			/says that there are more than it gave/,
		],
	])('%s', async (_what, pagination, answer, message) => {
		answer();
		const { items, error } = await all(paths(pagination));
		expect(items).toEqual([]);
		expect(error?.message).toMatch(whole);
		expect(error?.message).toMatch(message);
		expect(vendor.requests.length).toBeLessThan(150);
	});

	it('an empty page that leads to itself: there may be more behind it, as where a vendor leads in a circle', async () => {
		serve(
			() => named(25),
			(_request, _from, to) => ({ next: String(Math.min(25, to)) }),
		);
		const { items, error } = await all(paths(CURSOR));
		expect([items, error?.message]).toEqual([
			[],
			'The list of things could not be read as a whole: Own leads back to a page that was read already [item 0]',
		]);
	});

	it.each([
		['total', { total: 25 }],
		['pages', { pages: 3 }],
	])('a page that is not there although the %s says so', async (_what, told) => {
		vendor.answer(({ query }) =>
			query.page === '3' ? { status: 404, body: {} } : { body: { data: named(10, Number(query.page) * 10), ...told } },
		);
		const { items, error } = await all(paths({ ...PAGE, response: { total: '/total', pages: '/pages' } }));
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/could not be read as a whole|did not find/);
	});

	it('the answer of a page that is cut off is asked for again', async () => {
		let count = 0;
		const body = { data: named(7) };
		vendor.answer(({ query }) =>
			++count === 1 ? { body: '{"data":[{"id":"t0"' } : { body: { data: body.data.slice(Number(query.offset)) } },
		);
		const { items, error } = await all(paths(OFFSET));
		expect(error).toBeUndefined();
		expect(idsOf(items)).toEqual(expected(7));
	});
});

describe('A list that is said to come whole', () => {
	const whole = paths({ style: 'none' });
	it.each<[string, object, { [name: string]: string }?]>([
		['a total', { total: 25 }],
		['a total as text, in a part about the list', { meta: { pagination: { total_count: '25' } } }],
		['a number of pages', { meta: { page: 1, total_pages: 3 } }],
		['a link as HAL has it', { _links: { self: { href: '/things' }, next: { href: '/things?page=2' } } }],
		['a link as JSON:API has it', { links: { next: 'https://own.example/things?page=2' } }],
		['a link in a part of a part', { meta: { pagination: { links: { next: 'https://own.example/things?page=2' } } } }],
		[
			'a link in a list of links',
			{
				links: [
					{ rel: 'self', href: '/a' },
					{ rel: 'next', href: '/b' },
				],
			},
		],
		['an address as OData has it', { '@odata.nextLink': 'https://own.example/things?$skip=10' }],
		['a token', { continuation_token: 'abc' }],
		['a cursor in a part of any name', { info: { nextCursor: 'abc' } }],
		['that it is cut', { is_truncated: 'True' }],
		['that it is not done', { done: false }],
		['how many more there are', { has_more: 15 }],
		['a header with a cursor', {}, { 'X-Next-Cursor': 'abc' }],
		['a header with a page', {}, { 'X-Next-Page': '2' }],
		['a header with a total', {}, { 'X-Total-Count': '25' }],
		['a range', {}, { 'Content-Range': 'items 0-9/25' }],
	])('is an error where the answer has %s', async (_what, told, headers = {}) => {
		vendor.answer(() => ({ headers, body: { data: named(10), ...told } }));
		const { items, error } = await all(whole);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/says that there are more than it gave/);
		// The operator wants no more than came.
		expect((await all(whole, { returnAll: false, limit: 10 })).items).toHaveLength(10);
	});

	it.each<[string, object, { [name: string]: string }?]>([
		['a total of what came', { total: 10, meta: { total_pages: 1, page_count: 10, page: 1 } }],
		[
			'no next page, in all spellings',
			{ next: null, next_cursor: '', nextPage: false, next_offset: 0, next_page: -1, links: { next: null }, _links: { next: {} } },
		],
		[
			'a place that some vendors give with the last page, too',
			{ cursor: 'abc', last_id: 't9', paging: { cursors: { before: 'a', after: 'b' }, end_cursor: 'c' } },
		],
		['a next cursor, and that there is no more', { has_more: false, next_cursor: 'abc', total: 25 }],
		['a total of something else', { usage: { total: 500, pages: 7 }, statistics: { total_count: 500 } }],
		['headers about the rate', {}, { 'X-RateLimit-Total': '500', 'X-RateLimit-Limit': '500', 'X-Next-Page': '' }],
	])('is read where the answer has %s', async (_what, told, headers = {}) => {
		vendor.answer(() => ({ headers, body: { data: named(10), ...told } }));
		const { items, error } = await all(whole);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(10);
	});

	it('is read where the operator asks for a part of it, whatever the total', async () => {
		vendor.answer(() => ({ body: { data: named(10), total: 25 } }));
		const { items, error } = await all(paths({ style: 'none' }, ['page_size']), { filters: { pageSize: 10 } });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(10);
		expect(vendor.requests[0].query).toEqual({ page_size: '10' });
	});
});

describe('A list that changes while it is read', () => {
	/** Changes the list before a request, counted from 1. */
	const changing = (list: Array<{ id: string }>, changes: { [request: number]: () => void }) => {
		serve(() => {
			changes[vendor.requests.length]?.();
			return list;
		});
	};

	it.each<[string, Pagination]>([
		['offset', OFFSET],
		['page', PAGE],
	])('%s: a record that is added in front comes once, and hides none', async (_what, pagination) => {
		const list = named(25);
		changing(list, { 2: () => list.unshift({ id: 'new', name: 'new' }) });
		const { items, error } = await all(paths(pagination));
		expect(error).toBeUndefined();
		expect(
			idsOf(items)
				.filter((id) => id !== 'new')
				.sort(),
		).toEqual(expected(25).sort());
	});

	it.each<[string, Pagination]>([
		['offset', OFFSET],
		['page', PAGE],
	])('%s: a record that is removed in front hides no other', async (_what, pagination) => {
		const list = named(25);
		changing(list, { 2: () => list.splice(0, 3), 3: () => list.splice(0, 2) });
		const { items, error } = await all(paths(pagination));
		expect(error).toBeUndefined();
		for (const id of expected(25).slice(5)) expect(idsOf(items)).toContain(id);
	});

	it('a vendor that caps its pages below what is asked for gives all of it', async () => {
		serve(() => named(60), undefined, 7);
		const { items } = await all(paths({ ...OFFSET, size: 50 }));
		expect(idsOf(items)).toEqual(expected(60));
	});

	it('one that never keeps still is an error', async () => {
		let count = 0;
		vendor.answer(() => ({ body: { data: named(10, 1000 * ++count) } }));
		const { error } = await all(paths(OFFSET));
		expect(error?.message).toMatch(/changes its list while it is read/);
	});
});
