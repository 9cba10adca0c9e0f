/**
 * How many of its random cases a test tries: all of them with TRIES=all (npm run tries, a step of .ci/run), otherwise a
 * few. Both use the same seed, so that the few are the first of all.
 */
export function share(all: number, few: number): number {
	return process.env.TRIES === 'all' ? all : few;
}

/** Selects from enumerated cases: all of them with TRIES=all, otherwise every `step`-th. */
export function* shareOf<T>(all: Iterable<T>, step: number): Generator<T> {
	const every = share(1, step);
	let index = 0;
	for (const one of all) if (index++ % every === 0) yield one;
}
