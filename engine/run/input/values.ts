import type { DateField } from '../../model';
import { ROWS } from '../../model/layout';
import { isObject } from '../../model/values';
import { ExactNumber, type BodyValue } from '../request/bodyValue';
import { numberOf } from '../request/json';
import { dateOf } from './dates';

/** The value picked in a resource locator, or the value itself. */
export function located(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

/** The rows of a fixedCollection; a single row may come as an object. A row that an expression leaves empty still counts. */
export function rowsOf(entered: unknown): Array<{ [name: string]: unknown }> {
	const rows = isObject(entered) ? entered[ROWS] : entered;
	if (Array.isArray(rows)) return rows.map((row: unknown) => (isObject(row) ? row : {}));
	return isObject(rows) ? [rows] : [];
}

/** Numbers and booleans convert to text without loss; undefined for anything else, which the check refuses. */
export function asText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}

/** A number, or a text that is one, with all its digits; anything else stays as it is, so that the check refuses it. */
export function asNumber(value: unknown): BodyValue {
	if (typeof value !== 'string' || value.trim() === '') return value as BodyValue;
	const exact = numberOf(value.trim());
	if (exact instanceof ExactNumber) return exact;
	const number = exact ?? Number(value);
	return Number.isFinite(number) ? number : value;
}

/** A boolean, or a text that is one; anything else stays as it is. */
export function asBoolean(value: unknown): BodyValue {
	return value === 'true' ? true : value === 'false' ? false : (value as BodyValue);
}

/** A date from the picker, an expression or a text; undefined if it is empty but required. */
export function asDate(field: DateField, value: unknown, timezone: string): BodyValue | undefined {
	if (value === '') return field.required ? undefined : '';
	const iso = (value as { toISO?: () => string }).toISO;
	const text = typeof iso === 'function' ? iso.call(value) : value instanceof Date ? value.toISOString() : value;
	if (typeof text !== 'string') return text as BodyValue;
	return dateOf(text, field.dateOnly, timezone);
}
