import { ACME, GLOBEX, lineOf, seedAlloy, seedMielto, seedMieltoRecord, seedNylas, watching } from '../../support/lifecycle';
import { useOwnVendor } from '../../support/ownVendor';
import { skipPauses } from '../../support/pauses';
import { useMockServer } from '../../support/vendorTest';
import { KEYS } from '../../support/mockServer';

const mockServer = useMockServer();
const own = useOwnVendor();
skipPauses();

const lines = () => mockServer.current.requests.map(lineOf);

/** Each vendor's trigger: how a credential comes to be, changes and goes. */
const WATCHED: {
	[vendor: string]: { name: string; parameters: object; others: object; list: string; seed(id: string): void; changed: object };
} = {
	nylas: {
		name: 'Nylas',
		parameters: { provider: 'google' },
		others: { provider: 'microsoft' },
		list: 'GET /v3/connectors/google/creds?limit=10&offset=0',
		seed: (id) =>
			void mockServer.current.credentials.push({
				vendor: 'nylas',
				id,
				params: { provider: 'google' },
				body: {},
				record: { id, name: id, created_at: 1, updated_at: 1 },
			}),
		changed: { updated_at: 2 },
	},
	mielto: {
		name: 'Mielto',
		parameters: {},
		others: { filters: { status: 'expired' } },
		list: 'GET /api/v1/credentials?limit=100&skip=0',
		seed: (id) => seedMieltoRecord(mockServer.current, { id, label: id }),
		changed: { updated_at: '2026-02-02T00:00:00.000Z' },
	},
	alloyEmbedded: {
		name: 'Alloy Embedded',
		parameters: { userId: ACME },
		others: { userId: GLOBEX },
		list: `GET /credentials/users/${ACME}`,
		seed: (id) => seedAlloy(mockServer.current, 'alloyEmbedded', id, { userId: ACME }),
		changed: { updatedAt: '2026-02-02T00:00:00.000Z' },
	},
	alloyConnectivity: {
		name: 'Alloy Connectivity',
		parameters: { connectorId: 'slack', xAlloyUserid: ACME },
		others: { connectorId: 'slack', xAlloyUserid: GLOBEX },
		list: 'GET /connectors/slack/credentials',
		seed: (id) => seedAlloy(mockServer.current, 'alloyConnectivity', id, { userId: ACME }),
		changed: { updatedAt: '2026-02-02T00:00:00.000Z' },
	},
};

describe.each(Object.keys(WATCHED))('The trigger of %s', (vendor) => {
	const { name, parameters, others, list, seed, changed } = WATCHED[vendor];
	const start = (more: object = {}) => watching(vendor, mockServer.url, { ...parameters, ...more });
	const change = (id: string, more = changed) => {
		const found = mockServer.current.credentials.find((one) => one.id === id) as { record: object };
		found.record = { ...found.record, ...more };
	};
	const remove = (id: string) => {
		mockServer.current.credentials.splice(
			mockServer.current.credentials.findIndex((one) => one.id === id),
			1,
		);
	};
	const told = (items: Array<{ [field: string]: unknown }>) =>
		items.map(({ event, credentialId }) => `${String(event)} ${String(credentialId)}`);

	it('remembers at first, and starts nothing', async () => {
		seed('c-1');
		const workflow = start();
		expect(await workflow.activate()).toEqual([]);
		expect(lines()[0]).toBe(list);
		expect(await workflow.poll()).toEqual([]);
	});

	it('tells what is new, changed and gone, once each', async () => {
		for (const id of ['c-1', 'c-2', 'c-3']) seed(id);
		const workflow = start();
		await workflow.activate();
		seed('c-4');
		change('c-1');
		remove('c-2');
		const items = await workflow.poll();
		expect(told(items).sort()).toEqual(['changed c-1', 'created c-4', 'removed c-2']);
		expect(items.every((item) => item.vendor === name)).toBe(true);
		expect(items.find(({ event }) => event === 'created')).toMatchObject(mockServer.current.credentials[2].record as object);
		expect(await workflow.poll()).toEqual([]);
	});

	it('tells a credential that comes back as new', async () => {
		seed('c-1');
		const workflow = start();
		await workflow.activate();
		remove('c-1');
		expect(told(await workflow.poll())).toEqual(['removed c-1']);
		seed('c-1');
		expect(told(await workflow.poll())).toEqual(['created c-1']);
	});

	it('tells only the events that were chosen', async () => {
		seed('c-1');
		const workflow = start({ events: ['removed'] });
		await workflow.activate();
		seed('c-2');
		change('c-1');
		expect(await workflow.poll()).toEqual([]);
		remove('c-2');
		expect(told(await workflow.poll())).toEqual(['removed c-2']);
	});

	it('goes on where it was when n8n starts again, and misses nothing of the time between', async () => {
		seed('c-1');
		const workflow = start();
		await workflow.activate();
		seed('c-2');
		expect(told(await workflow.activate())).toEqual(['created c-2']);
		expect(await workflow.activate()).toEqual([]);
		remove('c-1');
		expect(told(await workflow.poll())).toEqual(['removed c-1']);
	});

	it('begins anew with other parameters', async () => {
		seed('c-1');
		const workflow = start();
		await workflow.activate();
		seed('c-2');
		expect(await workflow.activate(others as never)).toEqual([]);
		expect(await workflow.poll()).toEqual([]);
	});

	it('loses nothing by a poll that fails', async () => {
		seed('c-1');
		const workflow = start();
		await workflow.activate();
		seed('c-2');
		mockServer.current.fault({ vendor, status: 403 });
		await expect(workflow.poll()).rejects.toThrow(`${name} does not allow this with the API key`);
		expect(told(await workflow.poll())).toEqual(['created c-2']);
	});

	it('shows an example by hand, and remembers nothing', async () => {
		seed('c-1');
		const workflow = start();
		expect(await workflow.byHand()).toEqual([expect.objectContaining({ event: 'created', credentialId: 'c-1', vendor: name })]);
		expect(workflow.saved).toBe('{}');
		await workflow.activate();
		seed('c-2');
		await workflow.byHand();
		expect(told(await workflow.poll())).toEqual(['created c-2']);
	});

	it('shows as an example an event that was chosen', async () => {
		seed('c-1');
		expect(told(await start({ events: ['changed'] }).byHand())).toEqual(['changed c-1']);
	});

	it('shows nothing by hand where there is nothing', async () => {
		expect(await start().byHand()).toEqual([]);
	});

	it('says in words what keeps it from starting, and holds no secret', async () => {
		mockServer.current.fault({ vendor, status: 401, echo: true });
		const failing = start().activate();
		await expect(failing).rejects.toThrow(new RegExp(`^${name} refused the API key.*Bearer \\[hidden\\]$`));
		await failing.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain('demo-key'));
	});
});

describe('What a trigger watches', () => {
	it('is remembered without what its fields hold', async () => {
		const workflow = watching('alloyEmbedded', mockServer.url, { userId: ACME });
		await workflow.activate();
		expect(workflow.saved).toContain('list');
		expect(workflow.saved).not.toContain(ACME);
	});

	it('is remembered without the API key, where the vendor repeats that as an id or a time', async () => {
		const workflow = watching('alloyEmbedded', mockServer.url, { userId: ACME });
		const key = KEYS.alloy;
		const list = (time: number) => {
			mockServer.current.reset();
			const data = ['c-1', `id ${key}`].map((credentialId) => ({ credentialId, type: 'openAi', updatedAt: `${time} ${key}` }));
			mockServer.current.fault({ vendor: 'alloyEmbedded', body: { data }, times: null });
		};
		list(1);
		await workflow.activate();
		expect(workflow.saved).toContain('c-1');
		expect(workflow.saved).not.toContain(key);
		list(2);
		expect((await workflow.poll()).map(({ event, credentialId }) => `${String(event)} ${String(credentialId)}`)).toEqual([
			'changed c-1',
			'changed id [hidden]',
		]);
		expect(workflow.saved).not.toContain(key);
		expect(await workflow.poll()).toEqual([]);
	});

	it('has as many pages as there are', async () => {
		seedNylas(mockServer.current, 25);
		const workflow = watching('nylas', mockServer.url, { provider: 'google' });
		await workflow.activate();
		expect(lines()).toHaveLength(4);
		mockServer.current.credentials.splice(0, 1);
		expect(await workflow.poll()).toEqual([{ event: 'removed', credentialId: 'id-1', id: 'id-1', vendor: 'Nylas' }]);
	});

	it('is lost by no page that fails', async () => {
		seedMielto(mockServer.current, 150);
		const workflow = watching('mielto', mockServer.url, {});
		await workflow.activate();
		mockServer.current.fault({ vendor: 'mielto', status: 403, after: 1 });
		await expect(workflow.poll()).rejects.toThrow('Mielto does not allow this');
		expect(await workflow.poll()).toEqual([]);
	});

	it('is narrowed by filters', async () => {
		const workflow = watching('mielto', mockServer.url, { filters: { credentialType: 'llm', xWorkspaceId: 'other' } });
		await workflow.activate();
		expect(lines()).toEqual(['GET /api/v1/credentials?credential_type=llm&limit=100&skip=0']);
		expect(mockServer.current.requests[0].headers['x-workspace-id']).toBe('other');
	});

	it('is asked for anew with another n8n credential', async () => {
		seedNylas(mockServer.current, 1);
		const workflow = watching('nylas', mockServer.url, { provider: 'google' });
		await workflow.activate();
		mockServer.current.credentials.length = 0;
		workflow.account = 'c2';
		expect(await workflow.activate()).toEqual([]);
	});

	it('has to be named', async () => {
		await expect(watching('nylas', mockServer.url, {}).activate()).rejects.toThrow('Provider (provider) is missing');
		expect(mockServer.current.requests).toEqual([]);
	});

	it('tells names that objects have by themselves as any other', async () => {
		const workflow = watching('nylas', mockServer.url, { provider: 'google' });
		await workflow.activate();
		WATCHED.nylas.seed('__proto__');
		WATCHED.nylas.seed('constructor');
		expect((await workflow.poll()).map(({ credentialId }) => credentialId).sort()).toEqual(['__proto__', 'constructor']);
		expect(await workflow.poll()).toEqual([]);
		expect(await workflow.activate()).toEqual([]);
	});
});

describe('What did not happen', () => {
	const path = '/api/v1/credentials';
	const told = (items: Array<{ [field: string]: unknown }>) =>
		items.map(({ event, credentialId }) => `${String(event)} ${String(credentialId)}`);
	const started = async (count: number) => {
		seedMielto(mockServer.current, count);
		const workflow = watching('mielto', mockServer.url, {});
		await workflow.activate();
		return workflow;
	};

	it('is no event where one answer is empty', async () => {
		const workflow = await started(250);
		mockServer.current.fault({ vendor: 'mielto', method: 'GET', path, body: { credentials: [], total: 0, page: 1, size: 100 } });
		expect(await workflow.poll()).toEqual([]);
		expect(await workflow.poll()).toEqual([]);
	});

	it('is no event where the list is empty for the time of a poll', async () => {
		const workflow = await started(250);
		mockServer.current.fault({ vendor: 'mielto', method: 'GET', path, body: { credentials: [], total: 0, page: 1, size: 100 }, times: 2 });
		expect(await workflow.poll()).toEqual([]);
		expect(await workflow.poll()).toEqual([]);
	});

	it('is told where the next poll finds nothing, either', async () => {
		const workflow = await started(6);
		mockServer.current.credentials.length = 0;
		expect(await workflow.poll()).toEqual([]);
		expect(await workflow.poll()).toHaveLength(6);
		expect(await workflow.poll()).toEqual([]);
	});

	it('is no event where a list lags behind', async () => {
		const workflow = await started(2);
		const now = mockServer.current.credentials.map(({ record }) => record);
		seedMieltoRecord(mockServer.current, { id: 'new', label: 'new' });
		expect(told(await workflow.poll())).toEqual(['created new']);
		mockServer.current.fault({ vendor: 'mielto', method: 'GET', path, body: { credentials: now, total: 2, page: 1, size: 100 }, times: 2 });
		expect(await workflow.poll()).toEqual([]);
		expect(await workflow.poll()).toEqual([]);
	});

	it('is no event where a live credential moves between two pages that are read', async () => {
		const workflow = await started(150);
		mockServer.current.fault({
			vendor: 'mielto',
			method: 'GET',
			path,
			body: { credentials: mockServer.current.credentials.slice(0, 100).map(({ record }) => record), total: 150, page: 1, size: 100 },
		});
		mockServer.current.credentials.splice(0, 1);
		// It was there when the reading began.
		expect([...told(await workflow.poll()), ...told(await workflow.poll())]).toEqual(['removed id-1']);
	});

	it('is no event where the n8n credential has another key, or leads to another workspace', async () => {
		const workflow = await started(3);
		// What counts here is that it is not the same: the list is what it leads to.
		workflow.signIn({ allowHttp: true });
		mockServer.current.credentials.length = 0;
		seedMieltoRecord(mockServer.current, { id: 'of-the-other', label: 'other' });
		expect(await workflow.poll()).toEqual([]);
		seedMieltoRecord(mockServer.current, { id: 'new', label: 'new' });
		expect(told(await workflow.poll())).toEqual(['created new']);
	});

	it('is no event either where the first poll with another key failed', async () => {
		const workflow = await started(3);
		workflow.signIn({ allowHttp: true });
		mockServer.current.credentials.length = 0;
		seedMieltoRecord(mockServer.current, { id: 'of-the-other', label: 'other' });
		mockServer.current.fault({ vendor: 'mielto', method: 'GET', path, status: 403 });
		await expect(workflow.poll()).rejects.toThrow('Mielto does not allow this');
		expect(await workflow.poll()).toEqual([]);
		expect(await workflow.poll()).toEqual([]);
	});

	it('leaves the key of a known list to be renewed: what happened meanwhile is told', async () => {
		const workflow = await started(3);
		workflow.signIn({ allowHttp: true });
		mockServer.current.credentials.splice(0, 1);
		expect(told(await workflow.poll())).toEqual(['removed id-1']);
	});
});

describe('A list that cannot be believed at once', () => {
	const CHANGED = { type: ['string', 'integer', 'object', 'null'] };
	const record = { type: 'object', properties: { id: { type: 'integer' }, updated: CHANGED } };
	const answer = {
		description: 'All',
		'x-n8n-result': { records: '', id: '/id', changed: '/updated' },
		content: { 'application/json': { schema: { type: 'array', items: record } } },
	};
	const paths = {
		'/things': {
			get: {
				operationId: 'listThings',
				'x-n8n-trigger': true,
				'x-n8n-operation': { resource: 'thing', operation: 'getAll' },
				responses: { 200: answer },
			},
		},
	};

	type Listed = Array<{ id?: number; updated?: unknown }>;
	const records = (count: number, first = 1, updated: unknown = 'a'): Listed =>
		Array.from({ length: count }, (_one, index) => ({ id: first + index, updated }));
	const without = (list: Listed, name: 'id' | 'updated', id?: number) =>
		list.map((one) => (id === undefined || one.id === id ? { ...one, [name]: undefined } : one));

	/** Each step is one poll: the key, and what the list holds then; the first one switches the workflow on. */
	type Polls = Array<[key: string, list: Listed, told: string[]]>;
	const tellOf = (event: string, list: Listed) => list.map(({ id }) => `${event} ${id}`);
	const cases: Array<[string, Polls]> = [
		[
			'a renewed key, and one empty answer',
			[
				['a', records(250), []],
				['b', [], []],
				['b', records(250), []],
				['b', records(251), ['created 251']],
			],
		],
		[
			'a renewed key, one empty answer, and what happened meanwhile',
			[
				['a', records(250), []],
				['b', [], []],
				['b', records(251).slice(1), ['created 251', 'removed 1']],
			],
		],
		[
			'a renewed key, and one record only',
			[
				['a', records(250), []],
				['b', records(1), []],
				['b', records(250), []],
			],
		],
		[
			'another workspace that is empty',
			[
				['a', records(6), []],
				['b', [], []],
				['b', [], []],
				['b', records(1), ['created 1']],
			],
		],
		[
			'another workspace that was empty at first',
			[
				['a', records(6), []],
				['b', [], []],
				['b', records(1, 50), ['created 50']],
			],
		],
		[
			'another workspace with the same small ids',
			[
				['a', records(3), []],
				['b', records(30, 1, 'z'), []],
				['b', records(31, 1, 'z'), ['created 31']],
			],
		],
		[
			'another workspace with one record in common',
			[
				['a', records(250), []],
				['b', [...records(1), ...records(200, 1000)], []],
				['b', records(200, 1000), ['removed 1']],
			],
		],
		[
			'another workspace where nothing says when it changed',
			[
				['a', records(3, 1, null), []],
				['b', records(30, 1, null), []],
				['b', records(31, 1, null), ['created 31']],
			],
		],
		[
			'another workspace for one poll',
			[
				['a', records(6), []],
				['b', records(6, 100), []],
				['a', records(7), ['created 7']],
			],
		],
		[
			'a renewed key, with less than half gone or changed',
			[
				['a', records(5), []],
				['b', [...records(3), ...records(1, 4, 'b')], ['changed 4', 'removed 5']],
			],
		],
		[
			'a few records, none of which is there in one poll',
			[
				['a', records(4), []],
				['a', [], []],
				['a', records(4), []],
			],
		],
		[
			'many records, one of which is there in one poll',
			[
				['a', records(250), []],
				['a', records(1), []],
				['a', records(250), []],
			],
		],
		[
			'half of the records gone in two polls',
			[
				['a', records(4), []],
				['a', records(2), []],
				['a', records(2), ['removed 3', 'removed 4']],
				['a', records(2), []],
			],
		],
		[
			'less than half of the records gone',
			[
				['a', records(5), []],
				['a', records(3), ['removed 4', 'removed 5']],
			],
		],
		[
			'the only record gone',
			[
				['a', records(1), []],
				['a', [], ['removed 1']],
			],
		],
		[
			'a record without its id',
			[
				['a', records(6), []],
				['a', without(records(6), 'id', 3), []],
				['a', records(6), []],
			],
		],
		[
			'a record without its id, beside a new and a changed one',
			[
				['a', records(6), []],
				['a', [...without(records(5), 'id', 3), ...records(1, 6, 'b'), ...records(1, 7)], ['created 7', 'changed 6']],
				['a', [...records(5), ...records(1, 6, 'b'), ...records(1, 7)], []],
			],
		],
		[
			'a record without its id, while another one goes',
			[
				['a', records(6), []],
				['a', without(records(5), 'id', 3), []],
				['a', records(5), ['removed 6']],
			],
		],
		[
			'a time of change that is left out',
			[
				['a', records(3), []],
				['a', without(records(3), 'updated'), []],
				['a', records(3), []],
				['a', records(3, 1, 'b'), tellOf('changed', records(3))],
			],
		],
		[
			'a time of change that comes later',
			[
				['a', without(records(1), 'updated'), []],
				['a', records(1), ['changed 1']],
			],
		],
		[
			'a state whose properties come in another order',
			[
				['a', records(1, 1, { a: 1, b: [{ c: 1, d: 2 }] }), []],
				['a', records(1, 1, { b: [{ d: 2, c: 1 }], a: 1 }), []],
				['a', records(1, 1, { b: [{ d: 2, c: 2 }], a: 1 }), ['changed 1']],
			],
		],
	];

	it.each(cases)('%s', async (_what, polls) => {
		let list: Listed = [];
		own.answer(() => ({ body: list }));
		const workflow = own.trigger(paths, { events: ['created', 'changed', 'removed'] });
		const all: string[][] = [];
		for (const [index, [key, body]] of polls.entries()) {
			workflow.signIn({ apiKey: `demo-key-${key}` });
			list = body;
			const items = await (index === 0 ? workflow.activate() : workflow.poll());
			all.push(items.map(({ event, thingId }) => `${String(event)} ${String(thingId)}`));
		}
		expect(all).toEqual(polls.map(([, , told]) => told));
	});

	it('is read again at the beginning, where a record has no id', async () => {
		own.answer(() => ({ body: own.requests.length < 2 ? without(records(3), 'id', 2) : records(3) }));
		const workflow = own.trigger(paths, { events: ['created', 'changed', 'removed'] });
		await workflow.activate();
		expect(await workflow.poll()).toEqual([]);
	});
});
