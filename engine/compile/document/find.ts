import { child, isPart, type Document, type Part } from './document';
import { METHODS } from './part';

/** An operation of a document, not yet compiled. */
export interface Found {
	method: string;
	path: string;
	pointer: string;
	node: Part;
	pathItem: Part;
	pathItemPointer: string;
}

/** All operations of a document, in document order. */
export function findOperations(document: Document): Found[] {
	return Object.entries(document.root.paths as Part).flatMap(([path, given]) => {
		if (path.startsWith('x-')) return [];
		const { node: pathItem, pointer: pathItemPointer } = document.follow(given, child('#', 'paths', path));
		return METHODS.filter((method) => isPart(pathItem[method])).map((method) => ({
			method: method.toUpperCase(),
			path,
			pointer: child(pathItemPointer, method),
			node: pathItem[method] as Part,
			pathItem,
			pathItemPointer,
		}));
	});
}
