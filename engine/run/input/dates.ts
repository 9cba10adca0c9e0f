/**
 * A point in time with its offset, as RFC 3339 asks. The editor's date picker gives none; it means the workflow's zone.
 * @param timezone IANA name, such as `Europe/Berlin`
 * @returns the text itself where it is no date without an offset
 */
export function instantOf(text: string, timezone: string): string {
	const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?$/.exec(text);
	if (!match) return text;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
	const wanted = Date.UTC(year, month - 1, day, hour, minute, second, Math.floor(Number(match[7] ?? 0) * 1000));
	// The 31st of February would become the 2nd of March: what is no date is left as it is, to be refused.
	if (
		Number.isNaN(wanted) ||
		new Date(wanted).getUTCDate() !== day ||
		new Date(wanted).getUTCHours() !== hour ||
		month > 12 ||
		minute > 59 ||
		second > 59
	)
		return text;
	// The offset at the instant itself can differ from the one at the first guess, beside a change of the clock.
	const guess = wanted - offsetAt(wanted, timezone);
	return new Date(wanted - offsetAt(guess, timezone)).toISOString();
}

/** Milliseconds that a zone is ahead of UTC at an instant. */
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
