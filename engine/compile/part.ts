import { escapePart, partsOf } from '../pointer';
import { isObject } from '../values';

/** An OpenAPI document, or a part of it. */
export type Part = { [name: string]: unknown };

/** Something in the document that keeps it from becoming a node; its message names the place and what would be right. */
export class DocumentError extends Error {
	constructor(place: string, text: string) {
		super(`${place}: ${text}`);
	}
}

export function isPart(value: unknown): value is Part {
	return isObject(value);
}

/** A JSON Pointer as people read it: `#/paths/~1credentials/post` → `paths./credentials.post`. */
export function placeOf(pointer: string): string {
	return partsOf(pointer).join('.') || 'document';
}

/** The pointer of a child. */
export function child(pointer: string, ...parts: Array<string | number>): string {
	return parts.reduce<string>((path, part) => `${path}/${escapePart(String(part))}`, pointer);
}

/**
 * Runs what walks a document.
 * @param name what to call the document in a message
 * @throws DocumentError where it is nested more deeply than can be walked
 */
export function withinStack<T>(name: string, walk: () => T): T {
	try {
		return walk();
	} catch (error) {
		if (error instanceof RangeError)
			throw new DocumentError(
				name,
				'the document is nested too deeply, or too much of it is one in the other, for a form to be made of it',
			);
		throw error;
	}
}
