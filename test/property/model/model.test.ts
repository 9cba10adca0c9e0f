import fc from 'fast-check';

import { stopEngine } from '../../support/engine';
import { now } from './clock';
import { Driver } from './driver';
import { FOUND } from './found';
import { random } from './random';
import { scenario, type Scenario } from './steps';
import { Tally } from './tally';
import { MockVendor } from './vendor';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.requireActual<typeof import('./clock')>('./clock').sleep,
}));

/**
 * How many steps to run: a few in `npm test`, unless MODEL_STEPS says otherwise. MODEL_SEED sets another seed, and
 * MODEL_SHRINK looks for the smallest failing case.
 */
const STEPS = Number(process.env.MODEL_STEPS ?? 300);
const SEED = Number(process.env.MODEL_SEED ?? 1);

const vendor = new MockVendor();
/** Events that the model tolerates: with lists and stores that lag by more than 3 s, and when others change records meanwhile. */
const surprises = new Tally();
/** Outcomes of the steps. */
const seen = new Tally();
let steps = 0;

beforeAll(async () => {
	await vendor.listen();
});
beforeEach(() => {
	jest.spyOn(Date, 'now').mockImplementation(now);
	jest.spyOn(Math, 'random').mockImplementation(random);
});
afterEach(() => void jest.restoreAllMocks());
afterAll(async () => {
	process.stderr.write(
		`model of a vendor: ${steps.toLocaleString('en')} steps, seed ${SEED}: ${String(seen)}. Beyond its bounds: ${String(surprises)}\n`,
	);
	await vendor.close();
	await stopEngine();
});

/** Runs a scenario; shows a step that fails with its requests. */
async function run(one: Scenario): Promise<void> {
	const driver = new Driver(vendor, one, surprises, seen);
	try {
		await driver.run();
	} catch (error) {
		const requests = vendor.requests.map(
			({ at, line, body, answer }) => `${at - vendor.requests[0].at} ms: ${line} ${body} -> ${answer.slice(0, 600)}`,
		);
		throw new Error(`${(error as Error).message}\n${driver.where}\n${requests.join('\n')}\n${(error as Error).stack}`, { cause: error });
	}
}

describe('What was found', () => {
	test.each(FOUND)('%s', async (_what, one) => await run(one));
});

test(`a vendor is dealt with rightly, in ${STEPS.toLocaleString('en')} steps`, async () => {
	for (let seed = SEED; steps < STEPS; seed++)
		await fc.assert(
			fc.asyncProperty(scenario, async (one) => {
				if (steps >= STEPS) return;
				await run(one);
				steps += one.steps.length;
			}),
			{ seed, numRuns: 20, endOnFailure: process.env.MODEL_SHRINK === undefined },
		);
	// Every possible outcome of a step has occurred.
	const all = [
		'created',
		'deleted',
		'done before a failure',
		'event changed',
		'event created',
		'event removed',
		'failed',
		'list',
		'list that is not whole',
		'open',
		'refused',
		'reused',
		'uncertain',
		'updated',
	];
	if (STEPS >= 1_000) expect(seen.names).toEqual(all);
}, 3_600_000);
