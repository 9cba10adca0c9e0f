import { sleep } from 'n8n-workflow';

/** Work that can be interrupted at every `yield`. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** How long such work may block n8n at a stretch, in milliseconds. */
const TURN = 20;

/** Runs all steps at once; for short work. */
export function atOnce<T>(steps: Steps<T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** Runs the steps in turns of the event loop, so that n8n can do other work in between. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
	for (let end = Date.now() + TURN; ;) {
		const step = steps.next();
		if (step.done) return step.value;
		if (Date.now() < end) continue;
		await sleep(0);
		end = Date.now() + TURN;
	}
}
