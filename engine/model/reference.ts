import type { Json, Pointers } from './json';

/** Another operation of the vendor, and where its parameters come from in the current request. */
export interface Reference {
	/** Id of the operation. */
	operation: string;
	/** Place in the request (`/body/userId`) by parameter of the operation. Parameters not listed keep their place and name. */
	with?: { [parameter: string]: string };
}

/** Choices for a field, from the records that exist at the vendor. */
export interface Lookup extends Reference {
	/** n8n method that lists the choices. */
	method: string;
	/** The value within a record. */
	value?: Pointers;
	/** The label to show, within a record. */
	label?: Pointers;
	/** The list operation's search parameter; without one, the fetched records are filtered. */
	search?: string;
	/** Required values by place in the record; other records are ignored. */
	where?: { [pointer: string]: Json };
}

/** Names and rules of a map that the vendor provides: either a JSON Schema or a list of properties. */
export interface Dynamic extends Reference {
	/** n8n method that lists the names. */
	method: string;
	/** Places in the request that the vendor's answer depends on. */
	sources: string[];
	/** The values of the map are secrets. */
	secret?: true;
	/** Which of several records to use: the one whose properties equal these places of the request. */
	match?: { [property: string]: string };
	/** A JSON Schema for the map, within the record. */
	schema?: Pointers;
	/** A list of properties within the record; name, label and description are pointers into each. */
	properties?: Pointers;
	name?: Pointers;
	label?: Pointers;
	description?: Pointers;
}
