import type { Dynamic, Lookup, Reference } from '../../model';
import { keyOf } from '../../model/names';
import { escapePart } from '../../model/pointer';
import { Document, DocumentError, isPart, type Part } from '../document/document';
import { findOperations, type Found } from '../document/find';
import { has } from '../../model/values';
import { parametersOf } from '../document/parameters';

/**
 * What a vendor's fields fetch in the editor, by the n8n method that fetches it. n8n does not tell a method which field
 * is asking, so every different lookup has its own.
 */
export class Lookups {
	readonly lookups: { [method: string]: Lookup } = {};
	readonly dynamics: { [method: string]: Dynamic } = {};
	/** Operations that are referred to, by operationId. */
	readonly referred = new Map<string, Found>();
	private readonly byId: Map<unknown, Found>;

	constructor(private readonly document: Document) {
		this.byId = new Map(findOperations(document).map((found) => [found.node.operationId, found]));
	}

	/** @param said the value of `x-n8n-lookup`, at this pointer */
	lookup(said: unknown, pointer: string): Lookup {
		const given = this.reference(said, pointer) as Omit<Lookup, 'method'>;
		return register(this.lookups, { ...given, method: '' }, 'search');
	}

	/**
	 * @param said the value of `x-n8n-fields-from`, at this pointer
	 * @param secret whether the values of the map are secrets
	 */
	dynamic(said: unknown, pointer: string, secret: boolean): Dynamic {
		const given = this.reference(said, pointer) as Omit<Dynamic, 'method' | 'sources'>;
		const sources = [...new Set([...this.parametersOf(given), ...Object.values(given.match ?? {})])];
		return register(this.dynamics, { ...given, method: '', sources, ...(secret ? { secret } : {}) }, 'names');
	}

	/** Where the parameters of a referenced operation come from in the current request. */
	private parametersOf({ operation, with: places = {} }: Reference): string[] {
		const own = parametersOf(this.document, this.referred.get(operation) as Found).filter(({ fromCredential }) => !fromCredential);
		return own.map(({ name, in: location }) => (has(places, name) ? places[name] : `/${location}/${escapePart(name)}`));
	}

	/**
	 * Checks a reference to another operation, and records the operation.
	 * @param said an operationId, or an object with one as `operation`
	 * @throws DocumentError if the document has no such operation
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

/** Adds a lookup under a method name; equal lookups share one. */
function register<T extends { operation: string; method: string }>(known: { [method: string]: T }, one: T, verb: string): T {
	const base = keyOf([verb, one.operation]);
	for (let number = 1; ; number++) {
		const method = number === 1 ? base : `${base}${number}`;
		const named = { ...one, method };
		if (!has(known, method)) known[method] = named;
		if (JSON.stringify(known[method]) === JSON.stringify(named)) return known[method];
	}
}
