import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { overlaid, parse, type Part, readFiles } from '../../../engine/compile';
import type { Schema } from './types';

/** A parameter in the path, query or header. */
export interface Parameter {
	name: string;
	in: 'path' | 'query' | 'header' | 'cookie';
	required: boolean;
	schema: Schema;
	/** An object whose properties appear in the query under their own names. */
	spread: boolean;
}

/** One way to sign in. */
export interface SecurityScheme {
	type: string;
	scheme?: string;
	in?: string;
	name?: string;
}

/** An operation of a document, with all references resolved. */
export interface Operation {
	/** Name of the document. */
	vendor: string;
	/** The operationId, or else method and path. */
	id: string;
	/** Upper case. */
	method: string;
	/** Path template. */
	template: string;
	/** Alternatives, each a list of schemes that are all required; empty if the operation is open to everyone. */
	security: SecurityScheme[][];
	parameters: Parameter[];
	/** Body schemas by content type. */
	body?: { required: boolean; content: Record<string, Schema> };
	/** Response schemas by status; undefined if no JSON body is described for a status. */
	answers: Record<string, Schema | undefined>;
	/** The first documented 2xx status. */
	success: number;
}

/** One vendor's document. */
export interface VendorDocument {
	name: string;
	/** The document as read, for recursive references. */
	source: Record<string, unknown>;
	/** What these references start with. */
	uri: string;
	operations: Operation[];
}

type Tree = Record<string, unknown>;

// The parts of an OpenAPI document that the mock server reads, once references are resolved.
type Content = Record<string, { schema?: Schema }>;
type RawParameter = Pick<Parameter, 'name' | 'in'> & Partial<Parameter> & { style?: string; explode?: boolean };
interface RawOperation {
	operationId?: string;
	security?: Tree[];
	parameters?: RawParameter[];
	requestBody?: { required?: boolean; content: Content };
	responses?: Record<string, { content?: Content }>;
}
interface RawDocument {
	security?: Tree[];
	paths?: Record<string, PathItem>;
	components?: { securitySchemes?: Record<string, SecurityScheme> };
}
type PathItem = Pick<RawOperation, 'parameters'> & { [method in Method]?: RawOperation };
type Method = (typeof METHODS)[number];

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

/** JSON media types, including `application/vnd.acme.2+json`. */
const JSON_TYPE = /^application\/([^;]+\+)?json\b/;

/** Paths of all nodes' documents, in alphabetical order. */
export function defaultDocuments(): string[] {
	const nodes = join(__dirname, '../../../nodes');
	return readdirSync(nodes, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.openapi.yaml'))
		.sort()
		.map((file) => join(nodes, file));
}

/**
 * Reads an OpenAPI document (YAML or JSON) with the overlay beside it. Its name is the file name up to the first dot.
 * Throws if a reference leads nowhere or out of the file.
 */
export function readDocument(file: string): VendorDocument {
	const name = basename(file).split('.')[0];
	const uri = `https://mock-server.invalid/${name}`;
	const { text, name: fileName, overlay } = readFiles(file);
	const own = parse(text, fileName) as Part;
	const read: Tree = overlay ? overlaid(own, overlay).root : own;
	const source = String(read.openapi).startsWith('3.0') ? (modern(read) as Tree) : read;
	const document = resolveReferences(source, uri) as RawDocument;

	const operations: Operation[] = [];
	for (const [template, item] of Object.entries(document.paths ?? {})) {
		for (const method of METHODS) {
			const operation = item[method];
			if (!operation) continue;
			const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
			operations.push(operationOf(name, document, template, method, { ...operation, parameters }));
		}
	}
	return { name, source, uri, operations };
}

/** Converts schemas of OpenAPI 3.0 to JSON Schema 2020-12, for the validator. Only the keywords handled here can be true. */
function modern(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(modern);
	if (value === null || typeof value !== 'object') return value;
	const { nullable, exclusiveMinimum, exclusiveMaximum, ...others } = Object.fromEntries(
		Object.entries(value).map(([name, each]) => [name, modern(each)]),
	) as Tree;
	const result: Tree = { ...others };
	for (const [keyword, limit, given] of [
		['exclusiveMinimum', 'minimum', exclusiveMinimum],
		['exclusiveMaximum', 'maximum', exclusiveMaximum],
	] as const) {
		if (given === true) {
			result[keyword] = result[limit];
			delete result[limit];
		} else if (given !== undefined && given !== false) result[keyword] = given;
	}
	if (nullable !== true) return nullable === undefined || nullable === false ? result : { ...result, nullable };
	if (typeof result.type === 'string') result.type = [result.type, 'null'];
	if (Array.isArray(result.enum)) result.enum = [...new Set([...(result.enum as unknown[]), null])];
	return result.type === undefined ? { anyOf: [result, { type: 'null' }] } : result;
}

function operationOf(vendor: string, document: RawDocument, template: string, method: Method, operation: RawOperation): Operation {
	// An operation's parameter replaces the path's parameter with the same name and location.
	const parameters = new Map<string, Parameter>();
	for (const each of operation.parameters ?? []) {
		parameters.set(`${each.in} ${each.name}`, {
			name: each.name,
			in: each.in,
			required: each.in === 'path' || each.required === true,
			schema: each.schema ?? true,
			spread: isSpread(each),
		});
	}

	const answers: Operation['answers'] = {};
	for (const [status, answer] of Object.entries(operation.responses ?? {})) {
		const [, media] = Object.entries(answer.content ?? {}).find(([type]) => JSON_TYPE.test(type)) ?? [];
		answers[status] = media?.schema;
	}

	const schemes = document.components?.securitySchemes ?? {};
	const security = operation.security ?? document.security ?? [];
	return {
		vendor,
		id: operation.operationId ?? `${method.toUpperCase()} ${template}`,
		method: method.toUpperCase(),
		template,
		security: security.map((names) => Object.keys(names).map((each) => schemes[each])),
		parameters: [...parameters.values()],
		body: operation.requestBody && {
			required: operation.requestBody.required === true,
			content: Object.fromEntries(Object.entries(operation.requestBody.content).map(([type, media]) => [type, media.schema ?? true])),
		},
		answers,
		success: Number(Object.keys(answers).find((status) => /^2\d\d$/.test(status)) ?? 200),
	};
}

// The default for query parameters in OpenAPI is the style `form`, exploded.
function isSpread({ in: place, schema, style = 'form', explode = true }: RawParameter): boolean {
	return place === 'query' && style === 'form' && explode && typeof schema === 'object' && schema.type === 'object';
}

/**
 * Replaces each `$ref` with its target, so that a schema's error paths stay within the schema. A recursive reference is
 * kept, with the document's URI in front.
 */
function resolveReferences(document: Tree, uri: string): unknown {
	const done = new Map<string, unknown>();

	const resolve = (value: unknown, open: string[]): unknown => {
		if (Array.isArray(value)) return value.map((each) => resolve(each, open));
		if (value === null || typeof value !== 'object') return value;
		const { $ref: reference, ...others } = value as Tree;
		const rest = Object.fromEntries(Object.entries(others).map(([key, each]) => [key, resolve(each, open)]));
		if (typeof reference !== 'string') return reference === undefined ? rest : { ...rest, $ref: resolve(reference, open) };
		if (open.includes(reference)) return { ...rest, $ref: `${uri}${reference}` };

		if (!done.has(reference)) done.set(reference, resolve(lookUp(document, reference), [...open, reference]));
		// Keywords next to a schema's $ref count as well; elsewhere they are only comments.
		const beside = Object.keys(rest).length > 0 && reference.startsWith('#/components/schemas/');
		return beside ? { ...rest, allOf: [done.get(reference), ...((rest.allOf as unknown[]) ?? [])] } : done.get(reference);
	};
	return resolve(document, []);
}

function lookUp(document: Tree, reference: string): unknown {
	let found: unknown = reference.startsWith('#/') ? document : undefined;
	for (const part of reference.slice(2).split('/')) {
		found = (found as Tree | undefined)?.[decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~')];
	}
	if (found === undefined) throw new Error(`The reference ${reference} leads nowhere in the document`);
	return found;
}
