/**
 * The time of a run. Nobody waits: a pause sets the clock forward and lets what is under way go on. The engine, n8n and the
 * mock vendor all go by it, so that lags, pauses and late stores are what they would be in hours of real time.
 */
const START = Date.UTC(2026, 0, 1);

let current = START;

/** Milliseconds, as `Date.now()`. */
export function now(): number {
	return current;
}

/** Lets time pass. */
export function advance(milliseconds: number): void {
	current += Math.max(0, milliseconds);
}

/** Begins anew. */
export function resetClock(): void {
	current = START;
}

/** Stands for n8n's `sleep`. */
export async function sleep(milliseconds: number): Promise<void> {
	advance(milliseconds);
	await new Promise((resolve) => setImmediate(resolve));
}
