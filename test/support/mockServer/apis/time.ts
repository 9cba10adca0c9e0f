/** The latest moment that any record got, in milliseconds and in seconds. */
const latest = { date: 0, second: 0 };

/**
 * The time as ISO 8601. No record gets an earlier one than a record before it, and a change (`before` is the record's
 * time) gets a later one than all: lists are sorted by these times, whatever the machine's clock does meanwhile.
 */
export function laterDate(before?: unknown): string {
	latest.date = Math.max(Date.now(), latest.date + (before === undefined ? 0 : 1));
	return new Date(latest.date).toISOString();
}

/** The same in Unix seconds. */
export function laterSecond(before?: unknown): number {
	latest.second = Math.max(Math.floor(Date.now() / 1000), latest.second + (before === undefined ? 0 : 1));
	return latest.second;
}
