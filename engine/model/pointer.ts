import type { Json, Pointers } from './json';
import type { Input } from './operation';
import { has, isObject } from './values';

/** Escapes a name as a reference token of a JSON Pointer (RFC 6901, section 3): `a/b` → `a~1b`. */
export function escapePart(name: string): string {
	return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

/** Where an input's value stands in a request: `/path/provider`, `/body`. */
export function pointerOf({ in: location, field }: Pick<Input, 'in' | 'field'>): string {
	return location === 'body' ? '/body' : `/${location}/${escapePart(field.name)}`;
}

/** The unescaped reference tokens of a JSON Pointer (RFC 6901, section 4): `/data/a~1b` → `['data', 'a/b']`. */
export function partsOf(pointer: string): string[] {
	return pointer
		.split('/')
		.slice(1)
		.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The last part of a JSON Pointer or `$ref`, still escaped; a plain name is returned as it is. */
export function lastPartOf(pointer: string): string {
	return pointer.slice(pointer.lastIndexOf('/') + 1);
}

/**
 * The value at a JSON Pointer (RFC 6901), or undefined if there is none. Only own properties count. `-1` is the last
 * element of an array.
 */
export function valueAt(value: unknown, pointer: string): Json | undefined {
	let current = value;
	for (const name of partsOf(pointer)) {
		const part = name === '-1' && Array.isArray(current) ? String(current.length - 1) : name;
		if (typeof current !== 'object' || current === null || !has(current, part)) return undefined;
		current = (current as { [name: string]: unknown })[part];
	}
	return current as Json | undefined;
}

/** The value at the first of several pointers that leads to one. */
export function firstValueAt(value: unknown, pointers: Pointers): Json | undefined {
	for (const pointer of [pointers].flat()) {
		const found = valueAt(value, pointer);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** A copy of `value` with `set` at the end of the path; missing objects on the way are created. */
export function withValueAt<V>(value: V | undefined, path: string[], set: V): V;
export function withValueAt(value: unknown, [name, ...rest]: string[], set: unknown): unknown {
	if (name === undefined) return set;
	if (Array.isArray(value)) return value.map((one: unknown, index) => (String(index) === name ? withValueAt(one, rest, set) : one));
	const object = isObject(value) ? value : {};
	return { ...object, [name]: withValueAt(has(object, name) ? object[name] : undefined, rest, set) };
}
