import type { Json } from '../../model';

/** What a request body can contain: JSON, numbers with all their digits, and files of the item. */
export type BodyValue = Json | ExactNumber | BinaryReference | BodyValue[] | { [name: string]: BodyValue };

/**
 * A number whose digits a JavaScript number cannot hold (`12345678901234567890`, `1e400`). It is sent as written. In an
 * n8n item, which can only hold plain JSON, it becomes a text.
 */
export class ExactNumber {
	constructor(readonly text: string) {}

	/** The nearest JavaScript number, for checks. */
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

/** Refers to the item's binary data by property name; its bytes are read when the request is sent. */
export class BinaryReference {
	/** @param label of the field that takes the file */
	constructor(
		readonly property: string,
		readonly label: string,
	) {}
}
