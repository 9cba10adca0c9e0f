import { isHeaderName, isKeyHeader } from '../../model/names';
import { child, DocumentError, type Document, type Part } from './document';
import type { Found } from './find';

/** A parameter of an operation as the document states it (Parameter Object). */
export interface Parameter {
	name: string;
	in: string;
	node: Part;
	pointer: string;
	/** The n8n credential sends it, so the form does not ask for it. */
	fromCredential: boolean;
}

/** Headers that OpenAPI says to ignore as parameters (Parameter Object, `name`), since they are described elsewhere. */
const RESERVED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/** The parameters of an operation, after those of its path item; the operation's own override those of the same name and location. */
export function parametersOf(document: Document, found: Found): Parameter[] {
	const all = new Map<string, Parameter>();
	for (const [list, pointer] of [
		[found.pathItem.parameters, found.pathItemPointer],
		[found.node.parameters, found.pointer],
	] as const) {
		if (list === undefined) continue;
		if (!Array.isArray(list)) throw DocumentError.at(child(pointer, 'parameters'), 'there should be a list here');
		list.forEach((given, index) => {
			const { node, pointer: place } = document.follow(given, child(pointer, 'parameters', index));
			const { name, in: location } = node;
			if (typeof name !== 'string' || typeof location !== 'string') throw DocumentError.at(place, 'a parameter needs "name" and "in"');
			if (location === 'header' && !isHeaderName(name)) {
				throw DocumentError.at(
					child(place, 'name'),
					`${JSON.stringify(name)} cannot be the name of a header: letters, digits and hyphens can`,
				);
			}
			const isKey = location === 'header' && node.required === true && isKeyHeader(name);
			const isReserved = location === 'header' && RESERVED_HEADERS.has(name.toLowerCase());
			const fromCredential = node['x-n8n-credential'] === true || isKey || isReserved;
			all.set(`${location} ${name}`, { name, in: location, node, pointer: place, fromCredential });
		});
	}
	return [...all.values()];
}
