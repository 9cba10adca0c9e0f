import type { Operation } from './operation';
import type { PlacedOperation } from './placed';
import type { Dynamic, Lookup } from './reference';

export type * from './field';
export type * from './json';
export type * from './operation';
export type * from './placed';
export type * from './reference';

/**
 * The one model that form, reader, checker and request builder walk. It is plain data: the build writes it as JSON next
 * to the node, and the shipped code interprets it.
 */

/** Everything the shipped node knows about its vendor. */
export interface Vendor {
	/** Display name, such as 'Acme'. */
	readonly name: string;
	/** Name of the n8n credential type. */
	readonly credential: string;
	/** The operations that the form offers. */
	readonly operations: readonly PlacedOperation[];
	/** How many requests the vendor accepts at once, and per second. */
	readonly limits?: { concurrent?: number; perSecond?: number };
	/** The list that the trigger watches, with the trigger's form. */
	readonly trigger?: PlacedOperation;
	/** Operations that others refer to, by operationId: called, but never shown. */
	readonly references: { [id: string]: Operation };
	/** Values that fields can be picked from, by n8n method. */
	readonly lookups: { [method: string]: Lookup };
	/** Maps whose names are fetched, by n8n method. */
	readonly dynamics: { [method: string]: Dynamic };
}
