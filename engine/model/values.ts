/** Questions about values that both the build and the shipped code ask. */

/** Whether a value is an object with names, and no list. */
export function isObject(value: unknown): value is { [name: string]: unknown } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object has a name of its own: a vendor may call a field `constructor`. */
export function has(object: object, name: string): boolean {
	return Object.prototype.hasOwnProperty.call(object, name);
}

/** Appends to a list. A call takes no more than about 100,000 arguments, so `push(...more)` fails where an operator sends more. */
export function append<T>(list: T[], more: Iterable<T>): void {
	for (const one of more) list.push(one);
}

/** Whether two JSON values are equal, whatever the order of their names. Thousands of items are compared with thousands of records. */
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

/** The same text for values that are equal, whatever the order of their names. */
export function canonical(value: unknown): string {
	return JSON.stringify(value, (_name, one: unknown) =>
		isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
	);
}

/** The types of JSON Schema. */
export const TYPES: ReadonlySet<string> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** Whether JavaScript can read a regular expression of a schema: other languages know more. */
export function isPattern(text: string): boolean {
	try {
		new RegExp(text, 'u');
		return true;
	} catch {
		return false;
	}
}
