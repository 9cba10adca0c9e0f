/** The latest time given to any record, in milliseconds and in seconds. */
const latest = { date: 0, second: 0 };

/**
 * The current time as ISO 8601, for a record. Lists are sorted by these times, so whatever the machine's clock does, a new
 * record never gets an earlier time than an existing one, and a change (`before` is the record's time) gets the latest of all.
 */
export function laterDate(before?: unknown): string {
	latest.date = Math.max(Date.now(), latest.date + (before === undefined ? 0 : 1));
	return new Date(latest.date).toISOString();
}

/** Like `laterDate`, in Unix seconds. */
export function laterSecond(before?: unknown): number {
	latest.second = Math.max(Math.floor(Date.now() / 1000), latest.second + (before === undefined ? 0 : 1));
	return latest.second;
}
