import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { parseDocument, LineCounter } from 'yaml';
import { escapePart, partsOf } from '../pointer';

/** An OpenAPI document, or a part of it. */
export type Node = { [name: string]: unknown };

/** Something in the document that keeps it from becoming a node; its message names the place and what would be right. */
export class DocumentError extends Error {
	constructor(place: string, text: string) {
		super(`${place}: ${text}`);
	}
}

export function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON Pointer as people read it: `#/paths/~1credentials/post` → `paths./credentials.post`. */
export function placeOf(pointer: string): string {
	return partsOf(pointer).join('.') || 'document';
}

/**
 * One OpenAPI document. Everything in it is found by its pointer (`#/paths/~1credentials/post`), so that each message
 * can say where it is.
 */
export class Document {
	constructor(
		readonly root: Node,
		/** The OpenAPI version that its words belong to. */
		readonly version: '3.0' | '3.1',
	) {}

	/**
	 * Reads JSON or YAML.
	 * @param text the document
	 * @param name what to call it in a message: its file name
	 * @throws DocumentError where it cannot be read or is no OpenAPI document
	 */
	static read(text: string, name: string): Document {
		const root = parse(text, name);
		if (!isNode(root)) throw new DocumentError(name, 'the document is empty or not an object. It should start with "openapi: 3.1.0"');
		const version = String(root.openapi ?? root.swagger ?? '');
		const match = /^(2\.0|3\.0|3\.1)/.exec(version);
		if (!match) throw new DocumentError(name, `"openapi" should be 3.0 or 3.1, or "swagger" 2.0, but is ${version ? `"${version}"` : 'missing'}`);
		if (!isNode(root.paths)) throw new DocumentError('paths', 'the document has no paths, so there is no operation to build a node from');
		return match[1] === '2.0' ? Document.upgraded(root) : new Document(root, match[1] === '3.0' ? '3.0' : '3.1');
	}

	/** Swagger 2.0 in the words of OpenAPI 3.0. */
	private static upgraded(root: Node): Document {
		try {
			const given = structuredClone(root);
			const upgraded = upgradeFromTwoToThree(root) as unknown as Node;
			mendForms(given, upgraded);
			return new Document(upgraded, '3.0');
		} catch {
			throw new DocumentError('document', 'this Swagger 2.0 document cannot be brought to OpenAPI 3.0. Convert it first, for example at https://converter.swagger.io');
		}
	}

	/** The value at a pointer. `place` is where the pointer was written. */
	at(pointer: string, place: string): unknown {
		if (!pointer.startsWith('#')) {
			throw new DocumentError(
				place,
				`$ref "${pointer}" leads to another file or address, and nothing is fetched. Put everything into one document first, for example with "npx @redocly/cli bundle"`,
			);
		}
		let value: unknown = this.root;
		for (const part of partsOf(decodeURIComponent(pointer))) {
			if (typeof value !== 'object' || value === null || !Object.prototype.hasOwnProperty.call(value, part)) {
				throw new DocumentError(place, `$ref "${pointer}" leads nowhere: there is no "${part}"`);
			}
			value = (value as Node)[part];
		}
		return value;
	}

	/**
	 * Follows the $refs of anything that is no schema (a parameter, a body, a response).
	 * @returns the object and the pointer where it really stands
	 */
	follow(value: unknown, pointer: string): { node: Node; pointer: string } {
		const seen = new Set<string>();
		let current = value;
		let place = pointer;
		while (isNode(current) && typeof current.$ref === 'string') {
			if (seen.has(current.$ref)) throw new DocumentError(placeOf(place), `$ref "${current.$ref}" leads back to itself`);
			seen.add(current.$ref);
			const target = current.$ref;
			current = this.at(target, placeOf(place));
			place = target;
		}
		if (!isNode(current)) throw new DocumentError(placeOf(place), 'there should be an object here');
		return { node: current, pointer: place };
	}
}

/** What the upgrader drops from the form fields of a Swagger 2.0 document: their `items`, and that one is required. */
function mendForms(given: Node, upgraded: Node): void {
	for (const [path, pathItem] of Object.entries(given.paths as Node)) {
		for (const [method, operation] of Object.entries(isNode(pathItem) ? pathItem : {})) {
			const parameters = isNode(operation) && Array.isArray(operation.parameters) ? (operation.parameters as unknown[]) : [];
			const body = ((upgraded.paths as Node)[path] as { [method: string]: { requestBody?: Node } })[method]?.requestBody;
			for (const field of parameters) {
				if (!isNode(field) || field.in !== 'formData' || !body) continue;
				if (field.required === true) body.required = true;
				for (const { schema } of Object.values((body.content ?? {}) as { [type: string]: { schema?: { properties?: { [name: string]: Node } } } })) {
					const property = schema?.properties?.[String(field.name)];
					if (property && field.items !== undefined) property.items ??= field.items;
				}
			}
		}
	}
}

/** Reads JSON, which is quick, or YAML. */
function parse(text: string, name: string): unknown {
	if (text.trimStart().startsWith('{')) {
		try {
			return JSON.parse(text) as unknown;
		} catch {
			// YAML in braces, or JSON with a mistake: the YAML reader knows the line.
		}
	}
	const lines = new LineCounter();
	let parsed;
	try {
		parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
	} catch {
		throw new DocumentError(name, 'this is neither JSON nor YAML that can be read: it is nested too deeply');
	}
	const [broken] = parsed.errors;
	if (broken) {
		const { line, col } = lines.linePos(broken.pos[0]);
		throw new DocumentError(`${name}, line ${line}, column ${col}`, `this is neither JSON nor YAML. ${broken.message}`);
	}
	try {
		return parsed.toJS({ maxAliasCount: 1000 });
	} catch (error) {
		throw new DocumentError(name, (error as Error).message);
	}
}

/** The pointer of a child. */
export function child(pointer: string, ...parts: Array<string | number>): string {
	return parts.reduce<string>((path, part) => `${path}/${escapePart(String(part))}`, pointer);
}
