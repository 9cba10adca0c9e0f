import { partsOf } from '../../model/pointer';
import { checkExtensions } from './extensions';
import { overlaid } from './overlay';
import { parse } from './parse';
import { DocumentError, isPart, type Part, type TextFile } from './part';
import { upgraded } from './swagger';
import { has } from '../../model/values';
import { walking } from './walking';

export { child, DocumentError, ifReadable, isPart, placeOf, type Part, type TextFile } from './part';
export { walking } from './walking';

/**
 * An OpenAPI document. Everything in it is identified by its pointer (`#/paths/~1credentials/post`), so that every
 * message can say where a problem is.
 */
export class Document {
	constructor(
		readonly root: Part,
		/** The OpenAPI version whose keywords it uses. */
		readonly version: '3.0' | '3.1',
		/** Whether it, or its overlay, has `x-n8n-…` extensions. */
		readonly isExtended = true,
	) {}

	/**
	 * Parses JSON or YAML.
	 * @param text the document
	 * @param name the document's file name, for messages
	 * @param overlay what is laid over it (OpenAPI Overlay 1.0)
	 * @throws DocumentError if it cannot be parsed or is not an OpenAPI document, or the overlay does not fit it
	 */
	static read(text: string, name: string, overlay?: TextFile): Document {
		return walking(text, name, () => Document.understood(text, name, overlay), overlay);
	}

	private static understood(text: string, name: string, overlay?: TextFile): Document {
		const parsed = parse(text, name);
		const root = overlay && isPart(parsed) ? overlaid(parsed, overlay).root : parsed;
		if (!isPart(root)) throw new DocumentError(name, 'the document is empty or not an object. It should start with "openapi: 3.1.0"');
		const said = root.openapi ?? root.swagger;
		// YAML reads an unquoted 2.0 as the number 2.
		const version = typeof said === 'number' ? said.toFixed(1) : typeof said === 'string' ? said : '';
		const match = /^(2\.0|3\.0|3\.1)/.exec(version);
		if (!match)
			throw new DocumentError(name, `"openapi" should be 3.0 or 3.1, or "swagger" 2.0, but is ${version ? `"${version}"` : 'missing'}`);
		const isExtended = [text, overlay?.text].some((one) => one?.includes('x-n8n-'));
		if (isExtended) checkExtensions(root);
		if (!isPart(root.paths)) throw new DocumentError('paths', 'the document has no paths, so there is no operation to build a node from');
		return match[1] === '2.0'
			? new Document(upgraded(root), '3.0', isExtended)
			: new Document(root, match[1] === '3.0' ? '3.0' : '3.1', isExtended);
	}

	/** The value at a pointer; `from` is the pointer of the $ref, for messages. */
	at(pointer: string, from: string): unknown {
		if (!pointer.startsWith('#')) {
			throw DocumentError.at(
				from,
				`$ref "${pointer}" leads to another file or address, and nothing is fetched. Put everything into one document ` +
					'first, for example with "npx @redocly/cli bundle"',
			);
		}
		let value: unknown = this.root;
		for (const part of partsOf(decoded(pointer))) {
			if (typeof value !== 'object' || value === null || !has(value, part)) {
				throw DocumentError.at(from, `$ref "${pointer}" leads nowhere: there is no "${part}"`);
			}
			value = (value as Part)[part];
		}
		return value;
	}

	/**
	 * Follows the $refs of anything but a schema, such as a parameter, body or response (OpenAPI 3.1, Reference Object).
	 * @returns the object and the pointer of its actual place
	 */
	follow(value: unknown, pointer: string): { node: Part; pointer: string } {
		const seen = new Set<string>();
		let current = value;
		let place = pointer;
		while (isPart(current) && typeof current.$ref === 'string') {
			if (seen.has(current.$ref)) throw DocumentError.at(place, `$ref "${current.$ref}" leads back to itself`);
			seen.add(current.$ref);
			const target = current.$ref;
			current = this.at(target, place);
			place = target;
		}
		if (!isPart(current)) throw DocumentError.at(place, 'there should be an object here');
		return { node: current, pointer: place };
	}
}

/** Percent-decodes the fragment of a $ref; returns an invalid one unchanged. */
export function decoded(pointer: string): string {
	try {
		return decodeURIComponent(pointer);
	} catch {
		return pointer;
	}
}
