import { escapePart, partsOf } from '../../model/pointer';
import { isObject } from '../../model/values';
import { positionOf } from './positions';

/** An OpenAPI document, or a part of it. */
export type Part = { [name: string]: unknown };

/** Something in the document that keeps it from becoming a node; its message names the place and what would be right. */
export class DocumentError extends Error {
	/** The place as a pointer, where it is one that the text of the document can be searched for. */
	private pointer?: string;

	/** @param place what to call the place: the name of the document, or a part of it */
	constructor(place: string, text: string) {
		super(`${place}: ${text}`);
	}

	/** An error at a pointer of the document. */
	static at(pointer: string, text: string): DocumentError {
		const error = new DocumentError(placeOf(pointer), text);
		error.pointer = pointer;
		return error;
	}

	/** Puts file, line and column before the message, once. */
	locate(text: string, name: string): void {
		const position = this.pointer === undefined ? undefined : positionOf(text, this.pointer);
		this.pointer = undefined;
		if (position) this.message = `${name}:${position.line}:${position.column}: ${this.message}`;
	}
}

/** The methods of operations that a node can offer, as OpenAPI names them. */
export const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
/** All methods that a path item can have: https://spec.openapis.org/oas/v3.1.0#path-item-object */
export const ALL_METHODS = [...METHODS, 'options', 'head', 'trace'];

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
 * @param text the document, in which a place is searched for
 * @param name what to call the document in a message: its file name
 * @throws DocumentError with file, line and column; also where the document is nested more deeply than can be walked
 */
export function walking<T>(text: string, name: string, walk: () => T): T {
	try {
		return walk();
	} catch (error) {
		if (error instanceof DocumentError) error.locate(text, name);
		if (error instanceof RangeError)
			throw new DocumentError(
				name,
				'the document is nested too deeply, or too much of it is one in the other, for a form to be made of it',
			);
		throw error;
	}
}

/** What a part of the document says that need not be right for a node to be made; undefined where it cannot be read. */
export function ifReadable<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (error instanceof DocumentError) return undefined;
		throw error;
	}
}
