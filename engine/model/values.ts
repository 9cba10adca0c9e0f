/** Questions about values that both the build and the shipped code ask. */

/** Whether a value is an object and not an array or null. */
export function isObject(value: unknown): value is { [name: string]: unknown } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object has an own property of this name: a vendor may call a field `constructor`. */
export function has(object: object, name: string): boolean {
	return Object.prototype.hasOwnProperty.call(object, name);
}

/** Sets an own property under any name: `__proto__` is a name like any other. */
export function put(object: object, name: string | number, value: unknown): void {
	Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

/** Appends to a list. `push(...more)` fails from about 100,000 arguments on, and an operator may send more. */
export function append<T>(list: T[], more: Iterable<T>): void {
	for (const one of more) list.push(one);
}

/** Whether two JSON values are equal, regardless of property order. Must be fast: thousands of items meet thousands of records. */
export function deepEqual(one: unknown, other: unknown): boolean {
	if (one === other) return true;
	if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
	if (Array.isArray(one) !== Array.isArray(other)) return false;
	const names = Object.keys(one);
	if (names.length !== Object.keys(other).length) return false;
	return names.every(
		(name) => has(other, name) && deepEqual((one as { [name: string]: unknown })[name], (other as { [name: string]: unknown })[name]),
	);
}

/** A JSON text that is the same for equal values, regardless of property order. */
export function canonical(value: unknown): string {
	return JSON.stringify(value, (_name, one: unknown) =>
		isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
	);
}

/** The type names of JSON Schema (2020-12 Validation, section 6.1.1). */
export const TYPES: ReadonlySet<string> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** Whether JavaScript accepts a schema's regular expression with the flag `u`; documents may use other dialects. */
export function isPattern(text: string): boolean {
	try {
		new RegExp(text, 'u');
		return true;
	} catch {
		return false;
	}
}
