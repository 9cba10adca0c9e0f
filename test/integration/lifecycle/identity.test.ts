import { useOwnVendor } from '../../support/ownVendor';
import { skipPauses } from '../../support/pauses';

const vendor = useOwnVendor();
skipPauses();

type Thing = { id: string; [name: string]: unknown };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const text = { type: ['string', 'null'] };
const thing = {
	type: 'object',
	properties: {
		id: { type: 'string' },
		uid: text,
		kind: { type: 'string' },
		size: { type: ['integer', 'null'] },
		owner: { type: 'object', properties: { email: { type: 'string' } } },
	},
};
const entered = {
	type: 'object',
	properties: {
		uid: text,
		kind: { type: 'string', default: 'plain' },
		size: { type: ['integer', 'null'] },
		email: { type: 'string' },
		note: { type: 'string' },
	},
};

/** A document with Create or Update of things that are told by these properties. */
function paths(identity: object, update: object = { update: 'updateThing' }) {
	const list = {
		operationId: 'listThings',
		'x-n8n-operation': { resource: 'thing', operation: 'getAll' },
		responses: { 200: { description: 'All', 'x-n8n-result': { records: '', id: '/id' }, ...json({ type: 'array', items: thing }) } },
	};
	const one = { 201: { description: 'The thing', 'x-n8n-result': { id: '/id' }, ...json(thing) }, 409: { description: 'It exists' } };
	const body = { required: true, ...json(entered) };
	const identified = { operation: 'upsert', name: 'Create or Update', find: 'listThings', ...identity, ...update };
	return {
		'/things': {
			get: list,
			post: {
				operationId: 'createThing',
				'x-n8n-operation': { resource: 'thing', operation: 'create' },
				'x-n8n-upsert': identified,
				requestBody: body,
				responses: one,
			},
		},
		'/things/{thing_id}': {
			patch: {
				operationId: 'updateThing',
				parameters: [{ name: 'thing_id', in: 'path', required: true, schema: { type: 'string' } }],
				requestBody: body,
				responses: { 200: { description: 'Changed' } },
			},
		},
	};
}

let things: Thing[] = [];
const sent = () => vendor.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

/** A vendor that keeps things. */
function keep(existing: Thing[]): void {
	things = existing;
	vendor.answer(({ method, path, body }) => {
		if (method === 'GET') return { body: things };
		if (method === 'PATCH') {
			const found = things.find(({ id }) => `/things/${id}` === path);
			if (!found) return { status: 404 };
			Object.assign(found, body);
			return { body: found };
		}
		const made = { id: `t${things.length + 1}`, ...(body as object) };
		things.push(made);
		return { status: 201, body: made };
	});
}

const fields = (given: object) => ({ additionalFields: given }) as never;
const upsert = async (identity: object, given: object, more: object = {}) =>
	await vendor.run(paths(identity), 'thing.upsert', fields(given), more);
const byUid = { match: { uid: '/body/uid' } };

describe('What tells that a record exists', () => {
	it('has to be entered, or any record could be the one that is meant', async () => {
		keep([{ id: 'other', uid: null }]);
		const { error } = await upsert(byUid, { note: 'mine' });
		expect(error?.message).toBe(
			'Uid (uid) is needed to tell whether the record exists: without it, any record could be the one that is meant [item 0]',
		);
		expect(error?.description).toContain("Fill in 'Uid', or use 'Create'");
		expect(vendor.requests).toEqual([]);
	});

	it.each<[string, object]>([
		['null on purpose', { uid: null }],
		['white space', { uid: ' ' }],
	])('is not %s alone', async (_what, given) => {
		keep([{ id: 'other', uid: null }]);
		const { error } = await upsert(byUid, given);
		expect(error?.message).toMatch(/is needed to tell/);
		expect(vendor.requests).toEqual([]);
	});

	// What was entered, what a record has, and whether the record is the one that is meant.
	const match = { uid: '/body/uid', kind: '/body/kind', size: '/body/size' };
	it.each<[string, object, object, boolean]>([
		['an equal value', { uid: 'a' }, { uid: 'a' }, true],
		['another value', { uid: 'a' }, { uid: 'b' }, false],
		['null instead of a value', { uid: 'a' }, { uid: null }, false],
		['nothing instead of a value', { uid: 'a' }, {}, false],
		['another case', { uid: 'a' }, { uid: 'A' }, false],
		['white space around it', { uid: 'a' }, { uid: 'a ' }, false],
		['another Unicode form', { uid: 'é' }, { uid: 'e\u0301' }, false],
		['a number as text', { uid: '7' }, { uid: 7 }, false],
		['the default of what was not entered', { uid: 'a' }, { uid: 'a', kind: 'plain' }, true],
		['something else than the default', { uid: 'a' }, { uid: 'a', kind: 'rare' }, false],
		['null where nothing was entered', { uid: 'a' }, { uid: 'a', size: null }, true],
		['a value where nothing was entered', { uid: 'a' }, { uid: 'a', size: 3 }, false],
		['a value where null was entered', { uid: 'a', size: null }, { uid: 'a', size: 3 }, false],
		['null where null was entered', { uid: 'a', size: null }, { uid: 'a', size: null }, true],
		['0 where nothing was entered', { uid: 'a' }, { uid: 'a', size: 0 }, false],
		['0 where 0 was entered', { uid: 'a', size: 0 }, { uid: 'a', size: 0 }, true],
	])('by the table: %s', async (_what, given, record, fits) => {
		keep([{ id: 'there', ...record }]);
		const { items, error } = await upsert({ match }, given);
		expect(error).toBeUndefined();
		expect(items[0].json.outcome).toBe(fits ? 'updated' : 'created');
		expect(sent()).toEqual([fits ? 'PATCH /things/there' : 'POST /things']);
	});

	it.each<[string, string[], string, string]>([
		['white space', ['trim'], 'Acme', ' Acme '],
		['case', ['case'], 'acme', 'ACME'],
		['Unicode forms', ['unicode'], 'Café', 'Cafe\u0301'],
		['all of it', ['trim', 'case', 'unicode'], 'CAFÉ', ' cafe\u0301'],
	])('is compared as the vendor does it, where its document says so: %s', async (_what, normalize, mine, theirs) => {
		keep([{ id: 'there', uid: theirs }]);
		const { items } = await upsert({ ...byUid, normalize: { uid: normalize } }, { uid: mine });
		expect(items[0].json.outcome).toBe('updated');
	});

	it('can stand anywhere in the record', async () => {
		keep([{ id: 'there', owner: { email: 'a@b.example' } }]);
		const { items } = await upsert({ match: { '/owner/email': '/body/email' } }, { email: 'a@b.example' });
		expect(items[0].json.outcome).toBe('updated');
	});

	it('makes one record of two items that mean the same, one by the default and one in words', async () => {
		keep([]);
		await vendor.run(paths({ match }), 'thing.upsert', fields({ uid: 'a', kind: '={{ $json.kind }}' }), {
			items: [{ kind: 'plain' }, { kind: 'plain' }],
		});
		await vendor.run(paths({ match }), 'thing.upsert', fields({ uid: 'a' }));
		expect(sent()).toEqual(['POST /things', 'PATCH /things/t1', 'PATCH /things/t1']);
	});

	it('is compared as it is, also where it looks like a secret; what is shown is not', async () => {
		keep([]);
		const secret = { type: 'string', format: 'password' };
		const document = paths(byUid);
		const body = { required: true, ...json({ ...entered, properties: { ...entered.properties, user: secret } }) };
		document['/things'].post.requestBody = body;
		document['/things/{thing_id}'].patch.requestBody = body;
		const { items, error } = await vendor.run(document, 'thing.upsert', fields({ uid: '={{ $json.uid }}', user: '={{ $json.user }}' }), {
			items: [
				{ uid: 'acme production', user: 'acme-canary' },
				{ uid: 'acme production', user: 'acme' },
				{ uid: 'Acme 4711', user: '4711' },
				{ uid: 'Acme 4711', user: '4712' },
			],
		});
		expect(error).toBeUndefined();
		expect(things).toHaveLength(2);
		expect(items.map(({ json: item }) => item.outcome)).toEqual(['created', 'updated', 'created', 'updated']);
		expect(JSON.stringify(items)).not.toContain('acme-canary');
	});

	it('is not looked for among the records of all owners where the owner was left empty', async () => {
		const document = paths({ find: 'listOwned', with: { owner: '/body/email' }, scope: ['owner'], match: { uid: '/body/uid' } }) as {
			[path: string]: object;
		};
		const { get: list } = document['/things'] as { get: object };
		document['/owned'] = {
			get: {
				...list,
				operationId: 'listOwned',
				'x-n8n-operation': undefined,
				parameters: [{ name: 'owner', in: 'query', schema: { type: 'string' } }],
			},
		};
		keep([{ id: 'of-somebody-else', uid: 'a' }]);
		const { error } = await vendor.run(document, 'thing.upsert', fields({ uid: 'a' }));
		expect(error?.message).toBe('Email (email) is needed to look whether the record exists [item 0]');
		expect(vendor.requests).toEqual([]);
	});

	it('is no list that a value could leave', async () => {
		const document = paths({ find: 'listOwned', with: { owner: '/body/uid' }, match: { uid: '/body/uid' } }) as { [path: string]: object };
		const { get: list } = document['/things'] as { get: object };
		document['/owners/{owner}/things'] = {
			get: {
				...list,
				operationId: 'listOwned',
				'x-n8n-operation': undefined,
				parameters: [{ name: 'owner', in: 'path', required: true, schema: { type: 'string' } }],
			},
		};
		keep([]);
		const { error } = await vendor.run(document, 'thing.upsert', fields({ uid: '..' }));
		expect(error?.message).toMatch(/must not be "\.\."/);
		expect(vendor.requests).toEqual([]);
	});
});

describe('Refusals that may mean that the record exists', () => {
	it('do not have the list read for each of hundreds of rows', async () => {
		vendor.answer(({ method }) => (method === 'GET' ? { body: [] } : { status: 422, body: { message: 'note is wrong' } }));
		const rows = Array.from({ length: 200 }, (_one, index) => ({ uid: `u${index}` }));
		const { errorItems } = await upsert(byUid, { uid: '={{ $json.uid }}' }, { items: rows, onError: 'continueErrorOutput' });
		expect(errorItems).toHaveLength(200);
		expect(vendor.requests.filter(({ method }) => method === 'GET').length).toBeLessThanOrEqual(15);
	});

	it('lead to what somebody else has created meanwhile', async () => {
		keep([]);
		const { answer } = vendor;
		let looks = 0;
		answer(({ method, path, body }) => {
			if (method === 'GET') return { body: ++looks === 1 ? [] : [{ id: 'theirs', uid: 'a' }] };
			return method === 'POST'
				? { status: 409, body: { message: 'exists' } }
				: { body: { id: path.split('/').pop(), ...(body as object) } };
		});
		const { items } = await upsert(byUid, { uid: 'a' });
		expect(items[0].json).toMatchObject({ outcome: 'updated', thingId: 'theirs' });
	});
});
