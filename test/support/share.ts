/**
 * How many of the things that a test draws it tries: all of them where TRIES=all (npm run tries, a step of .ci/run), a few
 * of them otherwise. Both begin with the same seed, so that the few are the first of all.
 */
export function share(all: number, few: number): number {
	return process.env.TRIES === 'all' ? all : few;
}

/** Of what is enumerated: everything where TRIES=all, every `step`-th otherwise. */
export function* shareOf<T>(all: Iterable<T>, step: number): Generator<T> {
	const every = share(1, step);
	let index = 0;
	for (const one of all) if (index++ % every === 0) yield one;
}
