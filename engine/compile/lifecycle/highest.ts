/** The highest-ranking element, the first of several equals; undefined if there is none. */
export function highest<T>(all: readonly T[], rank: (one: T) => number): T | undefined {
	let best: { one: T; rank: number } | undefined;
	for (const one of all) {
		const own = rank(one);
		if (best === undefined || own > best.rank) best = { one, rank: own };
	}
	return best?.one;
}
