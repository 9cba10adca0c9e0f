import { instantOf } from '../../../../engine/run/input/dates';

describe('A date that was picked in the editor means the zone of the workflow', () => {
	it.each([
		['2026-01-15T09:30:00', 'Europe/Berlin', '2026-01-15T08:30:00.000Z'],
		['2026-07-15T09:30:00', 'Europe/Berlin', '2026-07-15T07:30:00.000Z'],
		['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
		['2026-07-15T09:30:00.250', 'Europe/Berlin', '2026-07-15T07:30:00.250Z'],
		['2026-07-15 09:30', 'UTC', '2026-07-15T09:30:00.000Z'],
		['2026-07-15T09:30:00', 'Asia/Kolkata', '2026-07-15T04:00:00.000Z'],
	])('%s in %s is %s', (text, zone, instant) => expect(instantOf(text, zone)).toBe(instant));

	it.each([
		'2026-07-15T09:30:00Z',
		'2026-07-15T09:30:00+02:00',
		'tomorrow',
		'',
		'2026-02-31T10:00',
		'2026-13-05T10:00',
		'2026-02-01T24:00',
		'2026-02-01T10:61',
	])('%s stays as it was typed', (text) => expect(instantOf(text, 'Europe/Berlin')).toBe(text));
});
