import fc from 'fast-check';

import type { Change, Failing, Fault } from './vendor';
import { SETTLED, type Entered, type Identified, type Paged, type World } from './world';

/** How n8n runs the items of a step. */
export interface Running {
	/** n8n's On Error setting. */
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** n8n's Retry On Fail. */
	retryOnFail: boolean;
	/** How often a failed run is repeated with Retry in the executions list. */
	again: number;
	/** Whether the last Retry has Uncertain Items set to Send Again. */
	thenSend: boolean;
	/** The node's option Max Retries. */
	retries?: number;
	/** Pause before a Retry, in milliseconds. */
	pause: number;
}

/** What happens while a step runs. */
interface Meanwhile {
	faults: Fault[];
	changes: Change[];
}

export type Step =
	| { do: 'pause' }
	| ({ do: 'create'; items: Entered[] } & Running & Meanwhile)
	| ({ do: 'upsert'; items: Entered[]; matchOn: string[] } & Running & Meanwhile)
	/** `pick` is the position of an item's record in the list, modulo its length. */
	| ({ do: 'update'; items: Array<{ pick: number; values: Entered }> } & Running & Meanwhile)
	| ({ do: 'delete'; items: Array<{ pick: number }> } & Running & Meanwhile)
	| ({ do: 'list'; limit?: number; owner?: string } & Meanwhile)
	/** The trigger's next poll; the first one activates the workflow. */
	| ({ do: 'poll'; restart: boolean; key: 'key' | 'renewed' | 'elsewhere'; empties: number } & Meanwhile)
	| { do: 'others'; changes: Change[] };

/** A step that writes. */
export type WriteStep = Extract<Step, { do: 'create' | 'upsert' | 'update' | 'delete' }>;

/** A vendor, its records, and the steps to run. */
export interface Scenario {
	world: World;
	seeds: Entered[];
	steps: Step[];
	seed: number;
}

const LABELS = [
	'Acme',
	'acme',
	'ACME',
	' Acme',
	'Acme ',
	'\u00c1cme',
	'A\u0301cme',
	'12',
	'012',
	'acme production',
	'Globex',
	'Globex',
	'\u65e5\u672c',
	'\u{1f4a3}',
	'a/b',
	'..',
	'%2e',
	'null',
	'__proto__',
	'[hidden]',
];
const UIDS = ['u1', 'u1', 'u2', 'U1', '12', '', ' '];
const OWNERS = ['o1', 'o2', 'O1'];
const SECRETS = ['acme', 'Acme', '4711', 's3cr3t-value', 'u1'];

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });
const oneOf = <const T extends readonly unknown[]>(...values: T): fc.Arbitrary<T[number]> => fc.constantFrom(...values);
const none = <T>(): fc.Arbitrary<T[]> => fc.constant<T[]>([]);
const seldom = (freq = 8) => fc.integer({ min: 0, max: freq }).map((value) => value === freq);

/** Removes undefined values: a property that is not entered does not exist. */
function given<T extends object>(value: T): T {
	return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

const entered: fc.Arbitrary<Entered> = fc
	.record({
		label: fc.oneof({ weight: 12, arbitrary: oneOf(...LABELS) }, { weight: 1, arbitrary: oneOf('', ' ', undefined) }),
		uid: fc.oneof(
			{ weight: 3, arbitrary: fc.constant(undefined) },
			{ weight: 1, arbitrary: fc.constant(null) },
			{ weight: 4, arbitrary: oneOf(...UIDS) },
		),
		scope: oneOf(undefined, undefined, 'workspace', 'user'),
		owner: fc.oneof({ weight: 6, arbitrary: oneOf(...OWNERS) }, { weight: 1, arbitrary: oneOf(undefined, '') }),
		metaName: fc.oneof(
			{ weight: 2, arbitrary: fc.constant(undefined) },
			{ weight: 1, arbitrary: fc.constant(null) },
			{ weight: 4, arbitrary: oneOf('m1', 'M1', '12') },
		),
		secret: maybe(oneOf(...SECRETS)),
	})
	.map(given);

/** Records that exist before or that others create, including some that our form could not send. */
const foreign: fc.Arbitrary<Entered> = fc
	.record({
		label: oneOf(...LABELS),
		uid: oneOf(undefined, null, 'u1', 'u2', 12, 0, '', false),
		scope: oneOf(undefined, 'workspace', 'user'),
		owner: oneOf(undefined, ...OWNERS),
		meta: oneOf(undefined, null, {}, { name: 'm1' }, { name: 'M1' }, { name: 12 }, { name: null }),
	})
	.map((values) => given(values) as Entered);

const change: fc.Arbitrary<Omit<Change, 'before'>> = fc
	.record({ what: oneOf('create', 'create', 'update', 'delete'), pick: fc.nat(40), values: foreign })
	.map(({ what, pick, values }) => ({
		what,
		pick,
		values: what === 'update' ? { note: 'somebody else', ...(pick % 3 === 0 ? values : {}) } : values,
	}));

const changes = (count: number): fc.Arbitrary<Change[]> =>
	fc.oneof(
		{ weight: 3, arbitrary: none<Change>() },
		{
			weight: 2,
			arbitrary: fc.array(
				fc.tuple(change, fc.nat(8)).map(([one, before]) => ({ ...one, before })),
				{ minLength: 1, maxLength: count },
			),
		},
	);

/** Failures after which the work is done, not done, or unknown. */
const failing: fc.Arbitrary<Failing> = fc.oneof(
	fc.record({ kind: fc.constant('reset' as const), stored: fc.boolean() }),
	fc.record({ kind: fc.constant('status' as const), status: oneOf(408, 500, 502, 503, 504), stored: fc.boolean() }),
	fc.record({ kind: fc.constant('status' as const), status: oneOf(409, 422, 429, 400), stored: fc.constant(false) }),
	fc.record({
		kind: fc.constant('status' as const),
		status: oneOf(429, 503),
		stored: fc.constant(false),
		retryAfter: oneOf(0, 1, 2, 20, 600),
	}),
	fc.record({
		kind: fc.constant('body' as const),
		status: oneOf(200, 201, 202, 204),
		text: oneOf('cut', 'empty', 'object', 'html'),
		stored: fc.boolean(),
	}),
);

const fault: fc.Arbitrary<Fault> = fc.record({
	on: oneOf('writes', 'writes', 'reads'),
	skip: fc.nat(4),
	times: oneOf(1, 1, 1, 2, 3, 6),
	failing,
	late: fc.oneof(
		{ weight: 12, arbitrary: fc.constant(0) },
		{ weight: 4, arbitrary: oneOf(0.1, 0.5, 1) },
		{ weight: 1, arbitrary: fc.integer({ min: 5_000, max: 30_000 }) },
	),
});

const faults: fc.Arbitrary<Fault[]> = fc.oneof(
	{ weight: 2, arbitrary: none<Fault>() },
	{ weight: 3, arbitrary: fc.array(fault, { minLength: 1, maxLength: 3 }) },
);

const running: fc.Arbitrary<Running> = fc
	.record({
		onError: oneOf(undefined, undefined, 'continueRegularOutput', 'continueErrorOutput'),
		retryOnFail: seldom(2),
		again: fc.nat(2),
		thenSend: seldom(3),
		retries: oneOf(undefined, 0, 1, 3),
		pause: oneOf(0, 1_000, 10_000),
	})
	.map(given);

const step = (): fc.Arbitrary<Step> => {
	const meanwhile = { faults, changes: changes(4) };
	const items = fc.array(entered, { minLength: 1, maxLength: 5 });
	const run = (own: fc.Arbitrary<object>) =>
		fc.tuple(own, running, fc.record(meanwhile)).map((parts) => Object.assign({}, ...parts) as Step);
	return fc.oneof(
		{ weight: 1, arbitrary: fc.constant<Step>({ do: 'pause' }) },
		{ weight: 4, arbitrary: run(fc.record({ do: fc.constant('create'), items })) },
		{ weight: 8, arbitrary: run(fc.record({ do: fc.constant('upsert'), items, matchOn: fc.subarray(['uid', 'scope']) })) },
		{
			weight: 2,
			arbitrary: run(
				fc.record({
					do: fc.constant('update'),
					items: fc.array(fc.record({ pick: fc.nat(30), values: entered }), { minLength: 1, maxLength: 3 }),
				}),
			),
		},
		{
			weight: 2,
			arbitrary: run(
				fc.record({ do: fc.constant('delete'), items: fc.array(fc.record({ pick: fc.nat(30) }), { minLength: 1, maxLength: 3 }) }),
			),
		},
		{
			weight: 6,
			arbitrary: fc
				.record({
					do: fc.constant('list' as const),
					limit: oneOf(undefined, undefined, undefined, 1, 3, 50),
					owner: oneOf(undefined, undefined, 'o1'),
					...meanwhile,
					changes: changes(6),
				})
				.map(given),
		},
		{
			weight: 6,
			arbitrary: fc.record({
				do: fc.constant('poll' as const),
				restart: seldom(6),
				key: oneOf('key', 'key', 'key', 'key', 'renewed', 'elsewhere'),
				empties: oneOf(0, 0, 0, 1, 2),
				...meanwhile,
			}),
		},
		{
			weight: 3,
			arbitrary: fc
				.array(change, { minLength: 1, maxLength: 4 })
				.map((all): Step => ({ do: 'others', changes: all.map((one) => ({ ...one, before: 0 })) })),
		},
	);
};

const paged: fc.Arbitrary<Paged> = fc
	.record({
		style: oneOf('offset', 'offset', 'page', 'page', 'cursor', 'cursor', 'next-url', 'link-header', 'none'),
		inBody: seldom(3),
		size: oneOf(undefined, 2, 3, 5, 100),
		cap: oneOf(1, 2, 3, 3, 4, 5, 7, 100),
		first: oneOf(1, 1, 0),
		order: oneOf('oldest', 'newest', 'label'),
		end: oneOf('none', 'total', 'totalAsText', 'totalOfPage', 'hasMore', 'done', 'pages'),
		cursor: oneOf('opaque', 'number', 'lastId', 'header'),
		blank: oneOf('null', 'missing', 'empty'),
		lazyEnd: seldom(3),
		address: oneOf('absolute', 'path', 'query'),
		ragged: seldom(4),
		bare: seldom(4),
		odd: fc.oneof(
			{ weight: 8, arbitrary: fc.constant(undefined) },
			{ weight: 2, arbitrary: oneOf('ignoresPosition', 'ignoresAll', 'cycle', 'endless', 'foreign', 'saysMore', 'totalTooLarge') },
		),
	})
	.map((all) => given(sound(all as Paged)));

/** Removes combinations that no vendor has, or that no reader could detect. */
function sound(paged: Paged): Paged {
	const { style } = paged;
	const isReferred = style === 'cursor' || style === 'next-url' || style === 'link-header';
	const inBody = paged.inBody && style !== 'next-url' && style !== 'link-header';
	const order = paged.cursor === 'lastId' && paged.order === 'label' ? 'oldest' : paged.order;
	const isTold = paged.end === 'total' || paged.end === 'totalAsText' || paged.end === 'hasMore' || paged.end === 'done';
	// If only the length of pages shows the end, a short page ends the list.
	const ragged = paged.ragged && (isReferred || (style === 'offset' && isTold));
	const end = paged.end === 'pages' && style !== 'page' ? 'none' : paged.end;
	const cursor = style === 'cursor' ? paged.cursor : 'opaque';
	return { ...paged, inBody, order, ragged, end, cursor, bare: paged.bare || false, ...(cursor === 'lastId' ? { ragged: false } : {}) };
}

const identified: fc.Arbitrary<Identified> = fc
	.record({
		how: oneOf(
			{ match: ['label'] },
			{ match: ['uid'] },
			{ match: ['label', 'uid'] },
			{ match: ['label', 'uid', 'scope'], optional: ['uid', 'scope'] },
			{ match: ['/meta/name'] },
			{ match: ['label', '/meta/name'] },
			{ match: [], byOwner: true },
			{ match: ['label'], byOwner: true },
			{ match: ['label'], single: true },
		),
		normalize: fc.oneof(
			{ weight: 3, arbitrary: fc.constant([]) },
			{ weight: 1, arbitrary: fc.subarray(['trim', 'case', 'unicode'] as const, { minLength: 1 }) },
		),
		update: oneOf('PATCH', 'PATCH', 'PUT', 'POST', undefined),
	})
	.map(
		({ how, normalize, update }) =>
			given({ optional: [], byOwner: false, single: false, ...how, normalize: [...normalize], update }) as unknown as Identified,
	);

export const world: fc.Arbitrary<World> = fc
	.record({
		paged,
		identified,
		absent: oneOf('null', 'missing'),
		unique: seldom(3),
		lag: fc.oneof(
			{ weight: 6, arbitrary: fc.constant(0) },
			{ weight: 3, arbitrary: fc.integer({ min: 1, max: SETTLED }) },
			{ weight: 1, arbitrary: fc.integer({ min: 5_000, max: 20_000 }) },
		),
		jitter: seldom(2),
		numericIds: seldom(3),
		deletion: oneOf('nothing', 'flag', 'record', 'text'),
		idempotent: seldom(7),
		concurrent: oneOf(1, 1, 2, 5),
		elsewhere: oneOf(0, 1, 7),
	})
	.map((all) => {
		const { paged: pages, identified: identity } = all;
		// If replicas alternate, two passes can be equal by chance. A POST list gets no owner from the current request.
		const overlaps = pages.style !== 'page' && pages.cap > 1 && !(pages.ragged && pages.style === 'offset');
		return {
			...all,
			jitter: all.jitter && overlaps,
			identified: pages.inBody && identity.byOwner ? { ...identity, byOwner: false, match: ['label'] } : identity,
		};
	});

export const scenario: fc.Arbitrary<Scenario> = fc.record({
	world,
	seeds: fc.array(foreign, { maxLength: 16, size: 'max' }),
	steps: fc.array(step(), { minLength: 1, maxLength: 16, size: 'max' }),
	seed: fc.nat(),
});
