/** How often each size is measured. The fastest run counts, because the machine is shared. */
const ROUNDS = 6;

/**
 * How many times longer something takes for an input twice as large: about 2 if its cost is linear, 4 if it is quadratic.
 * @param prepare returns the work to measure, for a given size
 */
export function growth(size: number, prepare: (size: number) => () => unknown): number {
	const sizes = [size, 2 * size].map((one) => ({ run: prepare(one), least: Infinity }));
	for (let round = 0; round < ROUNDS; round++) {
		for (const one of sizes) {
			const start = performance.now();
			one.run();
			one.least = Math.min(one.least, performance.now() - start);
		}
	}
	return sizes[1].least / sizes[0].least;
}

/** A limit above what linear cost shows on a busy machine, and below quadratic cost. */
export const LINEAR = 3.5;
