import type { Running, Scenario, Step } from './steps';
import type { World } from './world';

/** A typical vendor. */
const WORLD: World = {
	paged: {
		style: 'none',
		inBody: false,
		cap: 100,
		first: 1,
		order: 'oldest',
		end: 'none',
		cursor: 'opaque',
		blank: 'null',
		lazyEnd: false,
		address: 'path',
		ragged: false,
		bare: false,
	},
	identified: { match: ['label'], optional: [], byOwner: false, single: false, normalize: [], update: 'PATCH' },
	...{
		absent: 'null',
		unique: false,
		lag: 0,
		jitter: false,
		numericIds: false,
		deletion: 'nothing',
		idempotent: false,
		concurrent: 1,
		elsewhere: 0,
	},
};
const RUNNING: Running & Pick<Step & { do: 'create' }, 'faults' | 'changes'> = {
	retryOnFail: false,
	again: 0,
	thenSend: false,
	pause: 0,
	faults: [],
	changes: [],
};

function found(what: string, steps: Step[], world: Partial<World> = {}, seeds: Scenario['seeds'] = []): [what: string, scenario: Scenario] {
	return [what, { world: { ...WORLD, ...world }, seeds, steps, seed: 1 }];
}

/** Problems that the model has found, as minimal scenarios. */
export const FOUND = [
	found(
		'what the second try of an item leaves in doubt is named, and looked for after a pause of its own',
		[
			{
				...RUNNING,
				do: 'create',
				items: [{ label: 'Acme' }],
				retryOnFail: true,
				faults: [
					{ on: 'writes', skip: 0, times: 1, failing: { kind: 'reset', stored: false }, late: 0 },
					{ on: 'writes', skip: 0, times: 1, failing: { kind: 'body', status: 201, text: 'html', stored: true }, late: 0 },
				],
			},
		],
		{ lag: 1_200 },
	),
	found(
		'what an earlier try of the run has made is there, though the list lags behind',
		[
			{
				...RUNNING,
				do: 'upsert',
				items: [{ label: 'Acme' }, { label: 'Acme' }],
				matchOn: [],
				retryOnFail: true,
				faults: [{ on: 'writes', skip: 1, times: 1, failing: { kind: 'status', status: 409, stored: false }, late: 0 }],
			},
		],
		{ lag: 1_900 },
	),
	found(
		'what cannot be looked for keeps the other items from being sent',
		[{ ...RUNNING, do: 'upsert', items: [{ label: 'Acme' }, { label: '..' }], matchOn: [] }],
		{ identified: { ...WORLD.identified, single: true } },
	),
];
