import { sleep } from 'n8n-workflow';

/** How soon a stop of the execution is noticed, in milliseconds. */
const SLICE = 250;

/**
 * Waits, or ends at once when the execution is stopped. In slices, since timers are not allowed in a community node and
 * n8n's own `sleep` cannot be stopped (`sleepWithAbort` of n8n 2.4 is not there in n8n 2.41).
 */
export async function sleepUntilAborted(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const until = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0 && !signal?.aborted; left = until - Date.now()) await sleep(Math.min(left, SLICE));
}
