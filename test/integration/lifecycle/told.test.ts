import type { INodeParameters } from 'n8n-workflow';

import { useOwnVendor, type OwnRequest, type OwnResponse } from '../../support/ownVendor';
import { skipPauses } from '../../support/pauses';

/** What an answer tells need not be what was entered, or of what was asked for. */
const vendor = useOwnVendor();
skipPauses();

const S = { type: 'string' };
const meta = { type: 'object', properties: { name: S } };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const body = { required: true, ...json({ type: 'object', properties: { name: S, big: { type: 'integer' }, meta } }) };
const thing = { type: 'object', properties: { id: { type: ['string', 'integer'] }, name: S, big: { type: 'integer' }, meta } };
const named = (operation: string) => ({ operationId: operation, 'x-n8n-operation': { resource: 'thing', operation } });
const id = { name: 'thing_id', in: 'path', required: true, schema: S };

interface Of {
	match?: { [property: string]: string };
	update?: 'patch' | 'post';
	idempotent?: true;
	/** The document says where an answer has the id. */
	hasId?: boolean;
	identity?: boolean;
}

function paths({ match = { name: '/body/name' }, update = 'patch', idempotent, hasId = true, identity = true }: Of = {}) {
	const one = { 200: { description: 'One', 'x-n8n-result': hasId ? { id: '/id' } : {}, ...json(thing) } };
	const upsert = { operation: 'upsert', name: 'Create or Update', find: 'getAll', match, update: 'update' };
	const all = { description: 'All', 'x-n8n-result': { records: '', id: '/id' }, ...json({ type: 'array', items: thing }) };
	return {
		'/things': {
			get: { ...named('getAll'), 'x-n8n-pagination': { style: 'none' }, responses: { 200: all } },
			post: {
				...named('create'),
				...(idempotent ? { 'x-n8n-idempotent': true } : {}),
				...(identity ? { 'x-n8n-upsert': upsert } : {}),
				requestBody: body,
				responses: one,
			},
		},
		'/things/{thing_id}': {
			get: { ...named('get'), parameters: [id], responses: one },
			[update]: { ...named('update'), parameters: [id], requestBody: body, responses: one },
			delete: { ...named('delete'), parameters: [id], responses: { 200: { description: 'Gone' } } },
		},
	};
}

const form = (fields: INodeParameters) => ({ additionalFields: fields }) as INodeParameters;
const writes = () => vendor.requests.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url}`);
const failing = { onError: 'continueErrorOutput' } as const;

/** Holds what it is given as it is written, and creates. */
function holding(records: string) {
	let made = 0;
	vendor.answer(({ method }) =>
		method === 'GET'
			? { headers: { 'content-type': 'application/json' }, body: `[${records}]` }
			: { body: { id: method === 'POST' ? `new${made++}` : 'a' } },
	);
}

/** Answers a look and what is written. */
function answering(look: unknown, write: (request: OwnRequest, count: number) => OwnResponse | undefined) {
	let count = 0;
	vendor.answer((request) => (request.method === 'GET' ? { body: look } : write(request, ++count)));
}

describe('Two rows that mean the same make one record, whatever is told of it', () => {
	const rows = { items: [{}, {}] };

	it.each([
		['in another case', 'acme'],
		['as null', null],
		['masked', '****'],
		['trimmed', 'ACME'],
	])('it was created, and its name is told %s', async (_what, name) => {
		answering([], (_request, count) => ({ body: { id: `n${count}`, name } }));
		const { items } = await vendor.run(paths(), 'thing.upsert', form({ name: 'ACME ' }), rows);
		expect(writes()).toEqual(['POST /things', 'PATCH /things/n1']);
		expect(items.map((item) => item.json.name)).toEqual([name, name]);
	});

	it('it was created, and its place within a record is told otherwise', async () => {
		answering([], (_request, count) => ({ body: { id: `n${count}`, meta: { name: '****' } } }));
		await vendor.run(
			paths({ match: { '/meta/name': '/body/meta/name' } }),
			'thing.upsert',
			form({ meta: { value: { additionalFields: { metaName: 'm' } } } }),
			rows,
		);
		expect(writes()).toEqual(['POST /things', 'PATCH /things/n1']);
	});

	it('it was found, and its update tells of something else', async () => {
		answering([{ id: 'q', name: 'x' }], () => ({ body: { id: 'job-1', name: 'y' } }));
		const { items } = await vendor.run(
			paths(),
			'thing.upsert',
			{ ...form({ name: '={{ $json.name }}' }), options: { concurrent: 1 } },
			{ items: [{ name: 'x' }, { name: 'x' }, { name: 'y' }] },
		);
		expect(writes()).toEqual(['PATCH /things/q', 'PATCH /things/q', 'POST /things']);
		expect(items.map((item) => item.json.thingId)).toEqual(['q', 'q', 'job-1']);
	});
});

describe('A number of many digits', () => {
	it.each([
		['12345678901234567890', '12345678901234567890'],
		['100000000000000000000', '1e20'],
		['12345678901234567000', '12345678901234567e3'],
	])('%s in a record is %s as it was entered', async (held, entered) => {
		holding(`{"id":"a","big":${held}}`);
		await vendor.run(paths({ match: { big: '/body/big' } }), 'thing.upsert', form({ big: `={{ "${entered}" }}` }));
		expect(writes()).toEqual(['PATCH /things/a']);
	});

	it.each(['12345678901234567891', '"9007199254740993x"', '12345678901234567'])(
		'%s is another one than 12345678901234567890',
		async (held) => {
			holding(`{"id":"a","big":${held}}`);
			await vendor.run(paths({ match: { big: '/body/big' } }), 'thing.upsert', form({ big: '={{ "12345678901234567890" }}' }));
			expect(writes()).toEqual(['POST /things']);
		},
	);

	it('in two rows makes one record', async () => {
		holding('');
		await vendor.run(paths({ match: { big: '/body/big' } }), 'thing.upsert', form({ big: '={{ "12345678901234567890" }}' }), {
			items: [{}, {}],
		});
		expect(writes()).toEqual(['POST /things', 'PATCH /things/new0']);
	});
});

it('A record with an empty ID is changed by no way: that of all records is not its own', async () => {
	holding('{"id":"","name":"x"}');
	const { error } = await vendor.run(paths(), 'thing.upsert', form({ name: 'x' }));
	expect([writes(), error?.message]).toEqual([[], 'Thing ID (thing_id) is missing [item 0]']);
});

describe('The ID that counts is the one that the request names', () => {
	it('in Update', async () => {
		answering([], () => ({ body: { id: 'job-1' } }));
		const { items } = await vendor.run(paths(), 'thing.update', { thingId: 't1', updateFields: { name: 'x' } });
		expect(items[0].json).toMatchObject({ thingId: 't1', outcome: 'updated' });
	});

	it('in Create or Update', async () => {
		answering([{ id: 'q', name: 'x' }], () => ({ body: { id: 'job-1' } }));
		const { items } = await vendor.run(paths(), 'thing.upsert', form({ name: 'x' }));
		expect(items[0].json).toMatchObject({ thingId: 'q', outcome: 'updated' });
	});
});

describe('What nobody knows is uncertain', () => {
	it('an update with POST that is a part of Create or Update', async () => {
		answering([{ id: 't1', name: 'x' }], () => undefined);
		const { errorItems } = await vendor.run(paths({ update: 'post' }), 'thing.upsert', form({ name: 'x' }), failing);
		expect(errorItems[0].json.error).toMatchObject({ code: 'uncertain' });
		expect(writes()).toHaveLength(1);
	});

	it('a creation that may be repeated, and exists after an answer was lost', async () => {
		answering([], (_request, count) => (count === 1 ? undefined : { status: 409, body: { message: 'exists' } }));
		const { errorItems } = await vendor.run(paths({ idempotent: true, identity: false }), 'thing.create', form({ name: 'x' }), failing);
		expect(errorItems[0].json.error).toMatchObject({ code: 'uncertain' });
		expect(writes()).toHaveLength(2);
	});

	it('but one that exists from before is refused', async () => {
		answering([], () => ({ status: 409, body: { message: 'exists' } }));
		const { errorItems } = await vendor.run(paths({ idempotent: true, identity: false }), 'thing.create', form({ name: 'x' }), failing);
		expect(errorItems[0].json.error).toMatchObject({ status: 409, retryable: false });
		expect(errorItems[0].json.error).not.toMatchObject({ code: 'uncertain' });
	});
});

describe('n8n runs the node again', () => {
	it.each([404, 410])('a deletion in doubt that is gone now (%s) is done', async (status) => {
		answering([], (_request, count) => (count === 1 ? undefined : { status, body: {} }));
		const { items, error } = await vendor.run(paths(), 'thing.delete', { thingId: 't1', options: { retries: 0 } }, { retryOnFail: true });
		expect([error, items[0].json.outcome]).toEqual([undefined, 'deleted']);
	});

	it('but one of what was never there fails', async () => {
		answering([], () => ({ status: 404, body: {} }));
		const { error } = await vendor.run(paths(), 'thing.delete', { thingId: 't1' }, { retryOnFail: true });
		expect(error?.message).toMatch(/did not find/);
	});

	it.each([
		['timeout', 5_000],
		['retries', 9],
		['concurrent', 7],
	])('with another %s, which makes it no other item', async (option, value) => {
		answering([], (_request, count) => (count === 2 ? undefined : { body: { id: `t${count}` } }));
		const items = [{ n: 'a' }, { n: 'b' }];
		const parameters = (options: INodeParameters) => ({
			additionalFields: { name: '={{ $json.n }}' },
			options: { concurrent: 1, timeout: 1_000, ...options },
		});
		const failed = await vendor.run(paths({ identity: false }), 'thing.create', parameters({}), { items });
		const { error } = await vendor.run(paths({ identity: false }), 'thing.create', parameters({ [option]: value }), {
			items,
			retryOf: failed.run,
		});
		expect(writes()).toHaveLength(2);
		expect(error?.context?.data).toMatchObject({ created: [{ item: 0 }], uncertain: [1] });
	});
});

describe('An answer that is no record', () => {
	it('an empty list to a creation whose document names no ID: the item is there', async () => {
		answering([], () => ({ body: [] }));
		const { items } = await vendor.run(paths({ hasId: false, identity: false }), 'thing.create', form({ name: 'x' }), failing);
		expect(items.map(({ json: item }) => item.outcome)).toEqual(['created']);
	});

	it('an empty list to a Get is no record', async () => {
		answering([], () => undefined);
		const { error } = await vendor.run(paths(), 'thing.get', { thingId: 't1' });
		expect(error?.message).toBe('Own answered without what was asked for: The answer holds no thing [item 0]');
	});

	const page = { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><html>Sign in</html>' };
	it.each([
		['update', { thingId: 't1', updateFields: { name: 'x' } }],
		['delete', { thingId: 't1' }],
	])('a page to sign in is no success of %s', async (operation, parameters) => {
		answering([], () => page);
		const { items, error } = await vendor.run(paths(), `thing.${operation}`, { ...parameters, options: { retries: 1 } });
		expect([items, typeof error?.message]).toEqual([[], 'string']);
		expect(writes()).toHaveLength(2);
	});
});
