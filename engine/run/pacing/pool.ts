import { sleep } from 'n8n-workflow';

/** Work that needs no waiting would hold up everything else in n8n: after so long, in milliseconds, others get their turn. */
const SLICE = 20;

/**
 * Works through a list with a bounded number in flight; one that takes long holds up no other.
 * @param limit how many are in flight at most, a whole number of at least 1
 * @param work is given each index in order; false ends the run: nothing more is begun, and what is in flight is awaited
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
