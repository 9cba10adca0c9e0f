/**
 * A date as JSON Schema wants it (formats `date` and `date-time`): the date picker always gives a time, and no offset.
 * @param timezone IANA name of the workflow's zone
 */
export function dateOf(text: string, dateOnly: boolean, timezone: string): string {
	if (!dateOnly) return instantOf(text, timezone);
	return /^\d{4}-\d{2}-\d{2}T/.test(text) ? text.slice(0, 10) : text;
}

/**
 * Adds the offset that RFC 3339 (section 5.6) requires to a date and time. The editor's date picker gives none and
 * means the workflow's time zone.
 * @param timezone IANA name, such as `Europe/Berlin`
 * @returns the instant in UTC; the text itself if it is not a date and time without an offset
 */
export function instantOf(text: string, timezone: string): string {
	const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?$/.exec(text);
	if (!match) return text;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
	const wanted = Date.UTC(year, month - 1, day, hour, minute, second, Math.floor(Number(match[7] ?? 0) * 1000));
	// JavaScript turns February 31 into March 2 or 3. Leave an impossible date as it is, so that the check refuses it.
	if (
		Number.isNaN(wanted) ||
		new Date(wanted).getUTCDate() !== day ||
		new Date(wanted).getUTCHours() !== hour ||
		month > 12 ||
		minute > 59 ||
		second > 59
	)
		return text;
	// Near a clock change, the offset at the actual instant can differ from the one at the first guess.
	const guess = wanted - offsetAt(wanted, timezone);
	return new Date(wanted - offsetAt(guess, timezone)).toISOString();
}

/** How far a time zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timezone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone: timezone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(instant);
	const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((type) =>
		Number(parts.find((part) => part.type === type)?.value),
	);
	return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
