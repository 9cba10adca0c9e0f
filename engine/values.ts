/** Questions about values that both the build and the shipped code ask. */

/** Whether a value is an object with names, and no list. */
export function isObject(value: unknown): value is { [name: string]: unknown } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object has a name of its own: a vendor may call a field `constructor`. */
export function has(object: object, name: string): boolean {
	return Object.prototype.hasOwnProperty.call(object, name);
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
