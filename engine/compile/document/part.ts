import { escapePart, partsOf } from '../../model/pointer';
import { isObject } from '../../model/values';

/** An OpenAPI document, or a part of it. */
export type Part = { [name: string]: unknown };

/** A file's text, and its name for messages. */
export interface TextFile {
	text: string;
	name: string;
}

/** A reason why a document cannot become a node; the message names the place and what would be right. */
export class DocumentError extends Error {
	/** The pointer of the place, if the document's text can be searched for it. */
	private pointer?: string;

	/** @param place how the message names the place: the document, or a part of it */
	constructor(place: string, text: string) {
		super(`${place}: ${text}`);
	}

	/** Creates an error at a pointer of the document. */
	static at(pointer: string, text: string): DocumentError {
		const error = new DocumentError(placeOf(pointer), text);
		error.pointer = pointer;
		return error;
	}

	/**
	 * Prefixes the message with file, line and column, once.
	 * @param where finds them for a pointer; undefined where it cannot
	 */
	locate(where: (pointer: string) => string | undefined): void {
		const found = this.pointer === undefined ? undefined : where(this.pointer);
		this.pointer = undefined;
		if (found !== undefined) this.message = `${found}: ${this.message}`;
	}
}

/** The methods of operations that a node can offer, as in a Path Item Object. */
export const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
/** All methods of a Path Item Object: https://spec.openapis.org/oas/v3.1.0#path-item-object */
export const ALL_METHODS = [...METHODS, 'options', 'head', 'trace'];

/** Whether a value is an object with names. */
export function isPart(value: unknown): value is Part {
	return isObject(value);
}

/** A JSON Pointer in readable form: `#/paths/~1credentials/post` → `paths./credentials.post`. */
export function placeOf(pointer: string): string {
	return partsOf(pointer).join('.') || 'document';
}

/** The pointer of a descendant; `parts` are unescaped. */
export function child(pointer: string, ...parts: Array<string | number>): string {
	return parts.reduce<string>((path, part) => `${path}/${escapePart(String(part))}`, pointer);
}

/** Reads a part of the document that the node can do without; undefined if it is invalid. */
export function ifReadable<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (error instanceof DocumentError) return undefined;
		throw error;
	}
}
