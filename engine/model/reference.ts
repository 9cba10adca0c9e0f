import type { Json, Pointers } from './json';

/** Another operation of the vendor, and where its parameters come from in the request at hand. */
export interface Reference {
	/** Id of the operation. */
	operation: string;
	/** Place in the request (`/body/userId`) by parameter of the operation. One that is not here has the same place and name. */
	with?: { [parameter: string]: string };
}

/** Values for a field, from what exists at the vendor. */
export interface Lookup extends Reference {
	/** n8n method that lists them. */
	method: string;
	/** The value within a record. */
	value?: Pointers;
	/** The words to show, within a record. */
	label?: Pointers;
	/** The list operation's parameter for a search text; the records are looked through where there is none. */
	search?: string;
	/** Only records with these values count, by place in the record. */
	where?: { [pointer: string]: Json };
}

/** Names and rules of a map, from the vendor. Either a JSON Schema or a list of properties. */
export interface Dynamic extends Reference {
	/** n8n method that lists the names. */
	method: string;
	/** Of several records the one whose properties equal these places of the request. */
	match?: { [property: string]: string };
	/** A JSON Schema of the map, within the record. */
	schema?: Pointers;
	/** A list of properties within the record; name, label and description are places in one of them. */
	properties?: Pointers;
	name?: Pointers;
	label?: Pointers;
	description?: Pointers;
}
