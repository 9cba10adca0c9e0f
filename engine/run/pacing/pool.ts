import { sleep } from 'n8n-workflow';

/** Work that never waits would block all of n8n: after this long, in milliseconds, it yields to the event loop. */
const SLICE = 20;

/**
 * Runs a task for each index from 0 to `count - 1`, a bounded number in flight; a slow one delays no other.
 * @param limit most tasks in flight, an integer of at least 1
 * @param work receives the indexes in order; once it returns false, no more are started and those in flight are awaited
 */
export async function inParallel(count: number, limit: number, work: (index: number) => Promise<boolean>): Promise<void> {
	let next = 0;
	let going = true;
	let turn = Date.now();
	const worker = async () => {
		while (going && next < count) {
			if (!(await work(next++))) going = false;
			if (Date.now() - turn < SLICE) continue;
			await sleep(0);
			turn = Date.now();
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, count) }, worker));
}
