/** The time as ISO 8601, later than `before`: an update is told by its time, and tests are quick. */
export function laterDate(before?: unknown): string {
	const least = typeof before === 'string' ? Date.parse(before) + 1 : 0;
	return new Date(Math.max(Date.now(), least)).toISOString();
}

/** The time in Unix seconds, later than `before`. */
export function laterSecond(before?: unknown): number {
	const least = typeof before === 'number' ? before + 1 : 0;
	return Math.max(Math.floor(Date.now() / 1000), least);
}
