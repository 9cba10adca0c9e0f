/** JSON values, compared and read by their own properties only: `__proto__` is a name like any other. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export function isObject(value: unknown): value is { [name: string]: unknown } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function has(value: object, name: string): boolean {
	return Object.prototype.hasOwnProperty.call(value, name);
}

/** Sets an own property, whatever its name. */
export function put(object: object, name: string, value: unknown): void {
	Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

/** Whether two JSON values are equal; the order of names does not matter. */
export function equal(first: unknown, second: unknown): boolean {
	if (Object.is(first, second)) return true;
	if (Array.isArray(first) && Array.isArray(second))
		return first.length === second.length && first.every((one, index) => equal(one, second[index]));
	if (!isObject(first) || !isObject(second)) return first === second;
	const names = Object.keys(first);
	return names.length === Object.keys(second).length && names.every((name) => has(second, name) && equal(first[name], second[name]));
}

/** The pointer of the first difference, with both values as text. */
export function difference(wanted: unknown, got: unknown, pointer = ''): string | undefined {
	if (equal(wanted, got)) return undefined;
	if (Array.isArray(wanted) && Array.isArray(got)) {
		for (let index = 0; index < Math.max(wanted.length, got.length); index++) {
			const found = difference(wanted[index], got[index], `${pointer}/${index}`);
			if (found) return found;
		}
	}
	if (isObject(wanted) && isObject(got)) {
		for (const name of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
			const found = difference(has(wanted, name) ? wanted[name] : undefined, has(got, name) ? got[name] : undefined, `${pointer}/${name}`);
			if (found) return found;
		}
	}
	return `${pointer || '/'} expected ${short(wanted)}, got ${short(got)}`;
}

/** A value as shortened text for a report. */
export function short(value: unknown, length = 200): string {
	const text = value === undefined ? 'nothing' : JSON.stringify(value);
	return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** A deep copy that keeps `__proto__` as a property. */
export function copy<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}
