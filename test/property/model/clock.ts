/**
 * The simulated time of a run. Nobody waits: a pause advances the clock and lets pending work continue. The engine, n8n and
 * the mock vendor all use it, so that lags, pauses and late stores behave as they would in hours of real time.
 */
const START = Date.UTC(2026, 0, 1);

let current = START;

/** Milliseconds, like `Date.now()`. */
export function now(): number {
	return current;
}

/** Advances the clock. */
export function advance(milliseconds: number): void {
	current += Math.max(0, milliseconds);
}

/** Resets the clock. */
export function resetClock(): void {
	current = START;
}

/** Replaces n8n's `sleep`. */
export async function sleep(milliseconds: number): Promise<void> {
	advance(milliseconds);
	await new Promise((resolve) => setImmediate(resolve));
}
