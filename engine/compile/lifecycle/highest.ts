/** Of several guesses the one that ranks highest, the first where several do; nothing where there is none. */
export function highest<T>(all: readonly T[], rank: (one: T) => number): T | undefined {
	let best: { one: T; rank: number } | undefined;
	for (const one of all) {
		const own = rank(one);
		if (best === undefined || own > best.rank) best = { one, rank: own };
	}
	return best?.one;
}
