import type { Json } from '../../model';

/** What a request can hold: JSON, numbers with all of their digits, and files of the item. */
export type BodyValue = Json | ExactNumber | BinaryReference | BodyValue[] | { [name: string]: BodyValue };

/**
 * A number whose digits JavaScript cannot hold (`12345678901234567890`, `1e400`): it is sent as it was written. Where only
 * JSON's own values can stand, in an item of n8n, it is a text.
 */
export class ExactNumber {
	constructor(readonly text: string) {}

	/** As JavaScript has it, for checks. */
	get rounded(): number {
		return Number(this.text);
	}

	toString(): string {
		return this.text;
	}

	toJSON(): string {
		return this.text;
	}
}

/** Names the binary data of the item where a file goes; the bytes are read when the request is sent. */
export class BinaryReference {
	/** @param label of the field that the file is for */
	constructor(
		readonly property: string,
		readonly label: string,
	) {}
}
