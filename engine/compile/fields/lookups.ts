import type { Dynamic, Lookup, Reference } from '../../model';
import { keyOf } from '../../model/names';
import { Document, DocumentError, isPart, type Part } from '../document/document';
import { findOperations, type Found } from '../document/find';
import { has } from '../../model/values';

/**
 * What the fields of a vendor fetch at edit time, by the n8n method that fetches it: n8n tells a method nothing about the
 * field that asks, so each has its own.
 */
export class Lookups {
	readonly lookups: { [method: string]: Lookup } = {};
	readonly dynamics: { [method: string]: Dynamic } = {};
	/** Operations that are referred to, by operationId. */
	readonly referred = new Map<string, Found>();
	private readonly byId: Map<unknown, Found>;

	constructor(document: Document) {
		this.byId = new Map(findOperations(document).map((found) => [found.node.operationId, found]));
	}

	/** @param said what stands under `x-n8n-lookup`, at this pointer */
	lookup(said: unknown, pointer: string): Lookup {
		const given = this.reference(said, pointer) as Omit<Lookup, 'method'>;
		return register(this.lookups, { ...given, method: '' }, 'search');
	}

	/** @param said what stands under `x-n8n-fields-from`, at this pointer */
	dynamic(said: unknown, pointer: string): Dynamic {
		const given = this.reference(said, pointer) as Omit<Dynamic, 'method'>;
		return register(this.dynamics, { ...given, method: '' }, 'names');
	}

	/**
	 * Checks a reference to another operation, and notes the operation.
	 * @param said an operationId, or an object with one as `operation`
	 * @throws DocumentError where the document has no such operation
	 */
	reference(said: unknown, pointer: string): Reference {
		const given: Part = isPart(said) ? said : { operation: said };
		const found = this.byId.get(given.operation);
		if (!found || typeof given.operation !== 'string')
			throw DocumentError.at(
				pointer,
				'there should be the operationId of an operation ' +
					`here${typeof given.operation === 'string' ? `, but there is no operation "${given.operation}"` : ''}`,
			);
		this.referred.set(given.operation, found);
		return given as unknown as Reference;
	}
}

/** Equal ones share a method. */
function register<T extends { operation: string; method: string }>(known: { [method: string]: T }, one: T, verb: string): T {
	const base = keyOf([verb, one.operation]);
	for (let number = 1; ; number++) {
		const method = number === 1 ? base : `${base}${number}`;
		const named = { ...one, method };
		if (!has(known, method)) known[method] = named;
		if (JSON.stringify(known[method]) === JSON.stringify(named)) return known[method];
	}
}
