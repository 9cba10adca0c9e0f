/** So often each size is measured; the fastest counts, since others work on the machine, too. */
const ROUNDS = 3;

/**
 * How many times longer something takes for twice as much: about 2 where its cost is that of the input, 4 where it is
 * quadratic.
 * @param prepare makes what is measured, for a size
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

/** More than a linear cost shows on a busy machine, and less than a quadratic one. */
export const LINEAR = 3.5;
