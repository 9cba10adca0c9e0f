import { LineCounter, parseDocument, visit } from 'yaml';
import { partsOf } from '../../model/pointer';
import { checkExtensions } from './extensions';
import { DocumentError, isPart, walking, type Part } from './part';
import { upgraded } from './swagger';
import { has } from '../../model/values';

export { child, DocumentError, ifReadable, isPart, placeOf, walking, type Part } from './part';

/**
 * An OpenAPI document. Everything in it is identified by its pointer (`#/paths/~1credentials/post`), so that every
 * message can say where a problem is.
 */
export class Document {
	constructor(
		readonly root: Part,
		/** The OpenAPI version whose keywords it uses. */
		readonly version: '3.0' | '3.1',
	) {}

	/**
	 * Parses JSON or YAML.
	 * @param text the document
	 * @param name the document's file name, for messages
	 * @throws DocumentError if it cannot be parsed or is not an OpenAPI document
	 */
	static read(text: string, name: string): Document {
		return walking(text, name, () => Document.understood(text, name));
	}

	private static understood(text: string, name: string): Document {
		const root = parse(text, name);
		if (!isPart(root)) throw new DocumentError(name, 'the document is empty or not an object. It should start with "openapi: 3.1.0"');
		const said = root.openapi ?? root.swagger;
		// YAML reads an unquoted 2.0 as the number 2.
		const version = typeof said === 'number' ? said.toFixed(1) : typeof said === 'string' ? said : '';
		const match = /^(2\.0|3\.0|3\.1)/.exec(version);
		if (!match)
			throw new DocumentError(name, `"openapi" should be 3.0 or 3.1, or "swagger" 2.0, but is ${version ? `"${version}"` : 'missing'}`);
		if (text.includes('x-n8n-')) checkExtensions(root);
		if (!isPart(root.paths)) throw new DocumentError('paths', 'the document has no paths, so there is no operation to build a node from');
		return match[1] === '2.0' ? new Document(upgraded(root), '3.0') : new Document(root, match[1] === '3.0' ? '3.0' : '3.1');
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

function tooDeep(name: string): DocumentError {
	return new DocumentError(name, 'this is neither JSON nor YAML that can be read: it is nested too deeply');
}

/** Percent-decodes the fragment of a $ref; returns an invalid one unchanged. */
export function decoded(pointer: string): string {
	try {
		return decodeURIComponent(pointer);
	} catch {
		return pointer;
	}
}

/** Parses JSON, which is fast, or else YAML. */
function parse(text: string, name: string): unknown {
	if (text.trimStart().startsWith('{')) {
		try {
			return JSON.parse(text) as unknown;
		} catch {
			// YAML in braces, or JSON with a mistake: the YAML parser can tell the line.
		}
	}
	const lines = new LineCounter();
	let parsed;
	try {
		parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
	} catch {
		throw tooDeep(name);
	}
	const [broken] = parsed.errors;
	if (broken?.message.includes('call stack')) throw tooDeep(name);
	if (broken) {
		const { line, col } = lines.linePos(broken.pos[0]);
		throw new DocumentError(`${name}:${line}:${col}`, `this is neither JSON nor YAML. ${broken.message}`);
	}
	let aliases = 0;
	visit(parsed, { Alias: () => void aliases++ });
	if (aliases > MAX_ALIASES)
		throw new DocumentError(name, `there are ${aliases} aliases, and ${MAX_ALIASES} at most are read. ${NO_ALIASES}`);
	try {
		return parsed.toJS({ maxAliasCount: MAX_COPIES });
	} catch (error) {
		const { message } = error as Error;
		throw new DocumentError(
			name,
			message.startsWith('Excessive alias count') ? `one anchor stands for more than ${MAX_COPIES} values. ${NO_ALIASES}` : message,
		);
	}
}

/** Most aliases in a document: the parser's work grows with the square of their number. */
const MAX_ALIASES = 5000;
/** Most values per anchor: with aliases of aliases, ten lines can expand to a billion values. */
const MAX_COPIES = 1000;
const NO_ALIASES = 'Write "$ref" in place of aliases such as "*name", or save the document as JSON';
