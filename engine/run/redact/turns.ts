import { sleep } from 'n8n-workflow';

/** Work that can be interrupted wherever it yields. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** How long all of n8n may stand still for it, in milliseconds. */
const TURN = 20;

/** Does all of it now: for what is short. */
export function atOnce<T>(steps: Steps<T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** Does it in turns of the event loop, between which n8n does whatever else it has to. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
	for (let end = Date.now() + TURN; ;) {
		const step = steps.next();
		if (step.done) return step.value;
		if (Date.now() < end) continue;
		await sleep(0);
		end = Date.now() + TURN;
	}
}
