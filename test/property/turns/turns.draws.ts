import { monitorEventLoopDelay } from 'node:perf_hooks';

import { useOwnVendor } from '../../support/ownVendor';
import { Random } from '../corpus/random';
import { casesOf, MEGABYTE, PATHS } from './cases';

/**
 * npm run turns: sends a megabyte of everything that an operator or a vendor can send, from a seed, over HTTP, and measures
 * the longest turn of the event loop, during which all of n8n stands still. The figures depend on the machine; the test only
 * asserts that no turn takes more than fifty times as long as reading and writing a megabyte of JSON.
 */
const vendor = useOwnVendor();
const SEED = Number(process.env.TURNS_SEED ?? 20261130);
const FACTOR = 50;
/** Length of a turn that an operator would notice, in milliseconds. */
const NOTICED = 200;

const cases = Object.entries(casesOf(new Random(SEED)));
const rows: string[] = [];
const noticed: string[] = [];

/** How long it takes to read and write a megabyte of JSON, in milliseconds; measured anew, since the machine is shared. */
function reference(): number {
	const text = JSON.stringify(Array.from({ length: MEGABYTE / 50 }, (_, id) => ({ id, text: 'x'.repeat(30) })));
	const start = performance.now();
	for (let times = 0; times < 5; times++) JSON.stringify(JSON.parse(text));
	return (performance.now() - start) / 5;
}

beforeAll(async () => {
	vendor.answer(() => ({ body: { id: 'c-0' } }));
	await vendor.run(PATHS, 'thing.create', {});
});
afterAll(() => {
	process.stderr.write(`${['longest   all  case', ...rows].join('\n')}\nover ${NOTICED} ms: ${noticed.length} of ${rows.length} cases\n`);
});

it.each(cases)('%s', async (name, { which, parameters, more, answers, seen }) => {
	let asked = 0;
	vendor.answer(() => answers[Math.min(asked++, answers.length - 1)]);
	const before = reference();
	const delay = monitorEventLoopDelay({ resolution: 1 });
	await new Promise((resolve) => setTimeout(resolve, 5));
	delay.enable();
	const start = performance.now();
	const { items, errorItems, error } = await vendor.run(PATHS, which, parameters as never, more);
	const all = performance.now() - start;
	await new Promise((resolve) => setTimeout(resolve, 5));
	delay.disable();
	const longest = delay.max / 1e6;
	rows.push(`${longest.toFixed(0).padStart(7)} ${all.toFixed(0).padStart(5)}  ${name}`);
	if (longest > NOTICED) noticed.push(name);
	const told = JSON.stringify([items.map(({ json }) => json), errorItems.map(({ json }) => json), error?.message, error?.description]);
	expect(told).toMatch(seen);
	expect(longest).toBeLessThan(FACTOR * Math.max(before, reference()));
});
