/** Randomness within a run (such as the spread of pauses or page lengths) also depends on the scenario's seed. */
let state = 1;

/** Restarts the generator (mulberry32). */
export function seedRandom(seed: number): void {
	state = seed | 0;
}

/** Replaces `Math.random`. */
export function random(): number {
	state = (state + 0x6d2b79f5) | 0;
	let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
	mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
	return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
