import { sleep } from 'n8n-workflow';

/** How soon an aborted execution is noticed, in milliseconds. */
const SLICE = 250;

/**
 * Waits, but no longer than until the execution is stopped. It sleeps in slices, since community nodes may not use
 * timers and n8n's own `sleep` cannot be aborted (`sleepWithAbort` of n8n 2.4 does not exist in n8n 2.41).
 */
export async function sleepUntilAborted(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const until = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0 && !signal?.aborted; left = until - Date.now()) await sleep(Math.min(left, SLICE));
}
