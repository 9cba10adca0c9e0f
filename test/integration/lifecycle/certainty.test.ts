import { useOwnVendor, type OwnRequest, type OwnResponse } from '../../support/ownVendor';
import { skipPauses } from '../../support/pauses';

const vendor = useOwnVendor();
skipPauses();

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, name: { type: 'string' } } };
const body = { required: true, ...json({ type: 'object', required: ['name'], properties: { name: { type: 'string' } } }) };
const id = { name: 'thing_id', in: 'path', required: true, schema: { type: 'string' } };
const named = (operation: string) => ({ 'x-n8n-operation': { resource: 'thing', operation } });
const answered = (more: object = {}) => ({ 200: { description: 'The thing', 'x-n8n-result': { id: '/id', ...more }, ...json(thing) } });

/** Every operation on a thing; with an identity where a list is to tell what there is. */
function paths(identity?: object) {
	return {
		'/things': {
			get: {
				operationId: 'listThings',
				...named('getAll'),
				responses: { 200: { description: 'All', 'x-n8n-result': { records: '', id: '/id' }, ...json({ type: 'array', items: thing }) } },
			},
			post: {
				operationId: 'createThing',
				...named('create'),
				...(identity ? { 'x-n8n-upsert': identity } : {}),
				requestBody: body,
				responses: answered(),
			},
		},
		'/things/{thing_id}': {
			get: { operationId: 'getThing', ...named('get'), parameters: [id], responses: answered() },
			patch: { operationId: 'updateThing', ...named('update'), parameters: [id], requestBody: body, responses: answered() },
			delete: {
				operationId: 'deleteThing',
				...named('delete'),
				parameters: [id],
				responses: { 200: { description: 'Gone', ...json(thing) } },
			},
		},
		'/things/{thing_id}/rotate': { post: { operationId: 'rotateThing', ...named('rotate'), parameters: [id], responses: answered() } },
		'/things/{thing_id}/remove': {
			post: {
				operationId: 'removeThing',
				...named('remove'),
				parameters: [id],
				responses: { 200: { description: 'Gone', 'x-n8n-result': { deleted: true } } },
			},
		},
	};
}
const UPSERT = { operation: 'upsert', name: 'Create or Update', find: 'listThings', match: { name: '/body/name' }, update: 'updateThing' };
const REUSE = { operation: 'reuse', name: 'Create or Reuse', find: 'listThings', match: { name: '/body/name' } };

let things: Array<{ id: string; name?: string }> = [];
const posts = () => vendor.requests.filter(({ method, path }) => method === 'POST' && path === '/things').length;
beforeEach(() => {
	things = [];
});

/** A vendor that keeps things, and meets the first writes with what is given here; `before` and `after` say when it stores. */
function keep(failures: Array<{ when: 'before' | 'after'; answer?: OwnResponse }>): void {
	const left = [...failures];
	vendor.answer(({ method, path, body: sent }: OwnRequest) => {
		if (method === 'GET') return { body: things };
		const failure = left.shift();
		if (failure?.when === 'before') return failure.answer;
		const [, , own] = path.split('/');
		const found = things.find((one) => one.id === own);
		if (method === 'DELETE') things = things.filter((one) => one !== found);
		else if (own !== undefined) Object.assign(found ?? {}, sent);
		else things.push({ id: `t${things.length + 1}`, ...(sent as object) });
		return failure ? failure.answer : { body: found ?? things[things.length - 1] };
	});
}

const LOST = undefined;
const row = (count = 1) => Array.from({ length: count }, (_one, index) => ({ name: `n${index}` }));
const name = '={{ $json.name }}';

describe('Whether a creation that failed did its work', () => {
	// The failure, how often it is sent where the vendor stored after all, and what the item is called.
	it.each<[string, OwnResponse | undefined, 'no' | 'unknown']>([
		['429', { status: 429 }, 'no'],
		['503 with a pause', { status: 503, headers: { 'retry-after': '1' } }, 'no'],
		['503 without', { status: 503 }, 'unknown'],
		['408', { status: 408 }, 'unknown'],
		['500', { status: 500 }, 'unknown'],
		['502', { status: 502 }, 'unknown'],
		['504', { status: 504 }, 'unknown'],
		['a broken connection', LOST, 'unknown'],
		['a success that is cut off', { status: 201, body: '{"id":"t1","na' }, 'unknown'],
		['a success without an answer', { status: 201, body: '' }, 'unknown'],
		['202 without the record', { status: 202, body: { status: 'queued' } }, 'unknown'],
		['204', { status: 204 }, 'unknown'],
		['a page of HTML', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' }, 'unknown'],
		['303', { status: 303, headers: { location: '/things/t1' } }, 'unknown'],
	])('%s', async (_what, answer, done) => {
		keep([{ when: done === 'no' ? 'before' : 'after', answer }]);
		const { items, errorItems } = await vendor.run(paths(), 'thing.create', { name }, { items: row(), onError: 'continueErrorOutput' });
		expect(things).toHaveLength(1);
		if (done === 'no') expect([items.length, posts()]).toEqual([1, 2]);
		else {
			expect(errorItems[0].json.error).toMatchObject({ code: 'uncertain', retryable: false });
			expect(JSON.stringify(errorItems[0].json.error)).toContain('whether the thing was created');
			expect(posts()).toBe(1);
		}
	});

	it.each([400, 401, 402, 403, 404, 409, 422])('%d is a refusal, and nothing was done', async (status) => {
		keep([{ when: 'before', answer: { status } }]);
		const { errorItems } = await vendor.run(paths(), 'thing.create', { name }, { items: row(), onError: 'continueErrorOutput' });
		expect(errorItems[0].json.error).toMatchObject({ status, retryable: false });
		expect((errorItems[0].json.error as { code?: string }).code).not.toBe('uncertain');
	});
});

describe("n8n's retries of a creation that may have done its work", () => {
	it.each(['500', 'lost'])('do not repeat it where no list can tell: %s', async (what) => {
		keep([{ when: 'after', answer: what === 'lost' ? LOST : { status: 500 } }]);
		const { error } = await vendor.run(paths(), 'thing.create', { name }, { items: row(), retryOnFail: true });
		expect(things).toHaveLength(1);
		expect(error?.description).toContain("set Options → 'Uncertain Items' to 'Send Again'");
		expect(error?.description).not.toMatch(/run it again with/i);
	});

	it('send the others, name the one, and send that when a person has decided', async () => {
		keep([{ when: 'before', answer: { status: 500 } }]);
		const options = { concurrent: 1 };
		const failed = await vendor.run(paths(), 'thing.create', { name, options }, { items: row(4) });
		expect(posts()).toBe(1);
		const again = await vendor.run(paths(), 'thing.create', { name, options }, { items: row(4), retryOf: failed.run });
		expect(again.error?.message).toMatch(/\[item 0\]$/);
		expect(again.error?.description).toContain('Finished: items 1 to 3.');
		expect(things.map((one) => one.name)).toEqual(['n1', 'n2', 'n3']);
		const decided = await vendor.run(
			paths(),
			'thing.create',
			{ name, options: { ...options, uncertain: 'send' } },
			{ items: row(4), retryOf: again.run },
		);
		expect(decided.error).toBeUndefined();
		expect(decided.items).toHaveLength(4);
		expect(things.map((one) => one.name)).toEqual(['n1', 'n2', 'n3', 'n0']);
	});

	it('look first where a list can tell: what is not there is sent', async () => {
		keep([{ when: 'before', answer: { status: 500 } }]);
		const { items, error } = await vendor.run(paths(UPSERT), 'thing.create', { name }, { items: row(), retryOnFail: true });
		expect([error, items[0].json.outcome, things.length]).toEqual([undefined, 'created', 1]);
	});

	it('look first where a list can tell: what is there is named', async () => {
		keep([{ when: 'after', answer: LOST }]);
		const { error } = await vendor.run(paths(UPSERT), 'thing.create', { name }, { items: row(), retryOnFail: true });
		expect(error?.message).toBe('Own has another thing, which may be the one that this item created [item 0]');
		expect(error?.description).toContain('Its ID is t1');
		expect(things).toHaveLength(1);
	});

	it('hold with Continue as well, where the first item fails', async () => {
		keep([{ when: 'after', answer: { status: 502 } }]);
		const { items, errorItems } = await vendor.run(
			paths(),
			'thing.create',
			{ name, options: { concurrent: 1 } },
			{ items: row(3), onError: 'continueErrorOutput', retryOnFail: true },
		);
		expect([items.length, errorItems.length]).toEqual([2, 1]);
		expect(errorItems[0].json.error).toMatchObject({ code: 'uncertain' });
		expect(things).toHaveLength(3);
	});
});

describe('Create or Update', () => {
	it.each<[string, OwnResponse | undefined]>([
		['408', { status: 408 }],
		['503', { status: 503 }],
		['a broken connection', LOST],
		['a success that is cut off', { body: '{"id' }],
	])('looks after %s: what was stored is updated, and not created twice', async (_what, answer) => {
		keep([{ when: 'after', answer }]);
		const { items, error } = await vendor.run(paths(UPSERT), 'thing.upsert', { name }, { items: row() });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ outcome: 'updated', thingId: 't1' });
		expect(posts()).toBe(1);
	});

	it('calls nothing created that somebody else created meanwhile', async () => {
		let looks = 0;
		vendor.answer(({ method, path }) => {
			if (method === 'GET') return { body: ++looks === 1 ? [] : [{ id: 'theirs', name: 'n0' }] };
			return method === 'POST' ? { status: 502 } : { body: { id: path.split('/')[2], name: 'n0' } };
		});
		const updated = await vendor.run(paths(UPSERT), 'thing.upsert', { name }, { items: row() });
		expect(updated.items[0].json).toMatchObject({ outcome: 'updated', thingId: 'theirs' });
		looks = 0;
		const reused = await vendor.run(paths(REUSE), 'thing.reuse', { name }, { items: row() });
		expect(reused.items[0].json).toMatchObject({ outcome: 'reused', thingId: 'theirs' });
	});

	it('sees what is stored, or listed, within three seconds after the failure', async () => {
		const begun = Date.now();
		vendor.answer(({ method, path }) => {
			if (method === 'GET') return { body: Date.now() - begun > 2_500 ? [{ id: 'late', name: 'n0' }] : [] };
			return method === 'POST' ? undefined : { body: { id: path.split('/')[2] } };
		});
		const { items } = await vendor.run(paths(UPSERT), 'thing.upsert', { name }, { items: row() });
		expect(items[0].json).toMatchObject({ outcome: 'updated', thingId: 'late' });
		expect(posts()).toBe(1);
	});

	it.each([
		['500', { status: 500 }],
		['503 with a pause', { status: 503, headers: { 'retry-after': '0' } }],
	])('writes no more often than Max Retries says, whatever happens: %s', async (_what, answer) => {
		vendor.answer(({ method }) => (method === 'GET' ? { body: [] } : answer));
		const { error } = await vendor.run(paths(UPSERT), 'thing.upsert', { name, options: { retries: 4 } }, { items: row() });
		expect(error).toBeDefined();
		expect(posts()).toBe(5);
	});

	it('is uncertain where it cannot look any more', async () => {
		let stored = false;
		vendor.answer(({ method }) => {
			if (method === 'GET') return stored ? { status: 403 } : { body: [] };
			stored = true;
			return undefined;
		});
		const { errorItems } = await vendor.run(paths(UPSERT), 'thing.upsert', { name }, { items: row(), onError: 'continueErrorOutput' });
		expect(errorItems[0].json.error).toMatchObject({ code: 'uncertain' });
		expect(posts()).toBe(1);
	});
});

describe('What happened', () => {
	it('a deletion is a success whatever its answer holds, and never a creation', async () => {
		for (const answer of [
			{ status: 204 },
			{ body: '' },
			{ body: 'gone' },
			{ body: { message: 'ok' } },
			{ body: { id: 't1', name: 'n' } },
			{ body: '{"id"' },
		]) {
			vendor.answer(() => answer);
			const { items, error } = await vendor.run(paths(), 'thing.delete', { thingId: 't1' });
			expect(error).toBeUndefined();
			expect(items[0].json).toMatchObject({ deleted: true, thingId: 't1', vendor: 'Own', outcome: 'deleted' });
		}
	});

	it.each([404, 410])('a deletion in doubt has succeeded where the record is gone then: %d', async (status) => {
		let count = 0;
		vendor.answer(() => ({ status: ++count === 1 ? 500 : status }));
		const { items, error } = await vendor.run(paths(), 'thing.delete', { thingId: 't1' });
		expect([error, items[0].json.outcome, vendor.requests.length]).toEqual([undefined, 'deleted', 2]);
	});

	it('a deletion by POST is one, too', async () => {
		vendor.answer(() => ({ body: { ok: true } }));
		const { items } = await vendor.run(paths(), 'thing.remove', { thingId: 't1' });
		expect(items[0].json).toEqual({ deleted: true, thingId: 't1', vendor: 'Own', outcome: 'deleted' });
	});

	it('a rotation is done, and not created; it is not repeated unseen', async () => {
		vendor.answer(() => ({ body: { id: 't1' } }));
		expect((await vendor.run(paths(), 'thing.rotate', { thingId: 't1' })).items[0].json).toMatchObject({ outcome: 'done', thingId: 't1' });
		vendor.answer(() => ({ status: 500 }));
		vendor.requests.length = 0;
		expect((await vendor.run(paths(), 'thing.rotate', { thingId: 't1' })).error).toBeDefined();
		expect(vendor.requests).toHaveLength(1);
	});

	it('a list is never one item, also where the document does not say that it is a list', async () => {
		vendor.answer(() => ({ body: [{ id: 'a' }, { id: 'b' }] }));
		const document = paths();
		document['/things'].get.responses[200]['x-n8n-result'] = {} as never;
		const { items } = await vendor.run(document, 'thing.getAll', {});
		expect(items.map(({ json: item }) => item.id)).toEqual(['a', 'b']);
	});

	it('a creation of several is as many items', async () => {
		vendor.answer(() => ({ body: [{ id: 'a' }, { id: 'b' }] }));
		const { items } = await vendor.run(paths(), 'thing.create', { name: 'n' });
		expect(items.map(({ json: item }) => [item.thingId, item.outcome])).toEqual([
			['a', 'created'],
			['b', 'created'],
		]);
	});
});

describe('The time for one answer', () => {
	it('is counted as a whole, also where it comes drop by drop', async () => {
		vendor.answer(() => ({ pieces: { texts: Array.from({ length: 100 }, () => ' '), every: 50 }, body: '{"id":"t1"}' }));
		const { error } = await vendor.run(paths(), 'thing.get', { thingId: 't1', options: { timeout: 300, retries: 0 } });
		expect(error?.message).toBe('Own did not answer within 0.3 seconds [item 0]');
	});
});

describe('The account of a run', () => {
	it('has the ids of whatever was created', async () => {
		keep([]);
		let count = 0;
		vendor.answer(() => (++count === 3 ? { status: 403 } : { body: { id: `t${count}` } }));
		const { error } = await vendor.run(paths(), 'thing.create', { name, options: { concurrent: 1 } }, { items: row(4) });
		expect(error?.context?.data).toEqual({
			created: [
				{ item: 0, thingId: 't1' },
				{ item: 1, thingId: 't2' },
			],
			notCreated: [2, 3],
		});
	});

	it('holds what was stored when the execution is stopped', async () => {
		const stopping = new AbortController();
		keep([]);
		let count = 0;
		vendor.answer(async ({ body: sent }) => {
			if (++count === 20) stopping.abort();
			things.push({ id: `t${count}`, ...(sent as object) });
			return { body: things[things.length - 1] };
		});
		const { items } = await vendor.run(
			paths(),
			'thing.create',
			{ name, options: { concurrent: 5 } },
			{ items: row(50), signal: stopping.signal },
		);
		expect(things.length).toBeGreaterThanOrEqual(20);
		expect(things.length).toBeLessThan(30);
		expect(items.map(({ json: item }) => item.thingId).sort()).toEqual(things.map((one) => one.id).sort());
	});
});
