import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import { DATA } from './keywords';
import { thereIs } from './nearest';
import { ALL_METHODS, child, DocumentError, isPart, type Part } from './part';
import { has } from '../../model/values';
import { shapeError } from './shape';

const TEXT = { type: 'string', minLength: 1 };
const TRUE = { const: true };
/** A JSON Pointer, or several, of which the first that leads to a value counts. */
const PLACE = {
	description: 'a JSON Pointer, such as "/data/id", or a list of them',
	anyOf: [
		{ type: 'string', pattern: '^(/.*)?$' },
		{ type: 'array', minItems: 1, items: { type: 'string', pattern: '^(/.*)?$' } },
	],
};
/** A place in a response: in its body, or a header. */
const ANSWER = {
	description: 'a JSON Pointer into the answer, such as "/paging/next", or a header, such as "header:x-next", or a list of them',
	anyOf: [
		{ type: 'string', pattern: '^(/.*|header:.+)?$' },
		{ type: 'array', minItems: 1, items: { type: 'string', pattern: '^(/.*|header:.+)?$' } },
	],
};
/** Names, each with a place in the current request. */
const PLACES = { type: 'object', additionalProperties: { type: 'string', pattern: '^/' } };
const REFERENCE = { operation: TEXT, with: PLACES };
const NAMES = { operation: TEXT, name: TEXT, action: TEXT, description: TEXT };

function object(properties: object, required: string[] = []) {
	return { type: 'object', properties, required, additionalProperties: false };
}

/** The JSON Schema of each extension's value; docs/vendor-document.md explains the meaning. */
const EXTENSIONS: { [extension: string]: object } = {
	'x-n8n-credential': {
		description: 'the name of an n8n credential type, such as "acmeApi" (at a header parameter also: true)',
		anyOf: [TEXT, TRUE],
	},
	'x-n8n-rate-limit': object({ concurrent: { type: 'integer', minimum: 1 }, perSecond: { type: 'number', exclusiveMinimum: 0 } }),
	'x-n8n-operation': object({ resource: TEXT, ...NAMES }, ['resource', 'operation']),
	'x-n8n-idempotent': { type: 'boolean' },
	'x-n8n-trigger': { type: 'boolean' },
	'x-n8n-pagination': object(
		{
			style: { enum: ['none', 'offset', 'page', 'cursor', 'next-url', 'link-header'] },
			request: object({ offset: TEXT, page: TEXT, cursor: TEXT, limit: TEXT }),
			size: { type: 'integer', minimum: 1 },
			first: { type: 'integer', minimum: 0 },
			response: object({ next: ANSWER, hasMore: ANSWER, done: ANSWER, total: ANSWER, pages: ANSWER }),
		},
		['style'],
	),
	'x-n8n-upsert': object(
		{
			...NAMES,
			...{ find: TEXT, with: PLACES, match: PLACES, optionalMatch: { type: 'array', items: TEXT }, nameField: TEXT, update: TEXT },
			scope: { type: 'array', minItems: 1, items: TEXT },
			normalize: { type: 'object', additionalProperties: { type: 'array', minItems: 1, items: { enum: ['trim', 'case', 'unicode'] } } },
		},
		['operation', 'name', 'find'],
	),
	'x-n8n-known-ids': {
		description: 'the operationId of a lookup, or an object with "operation" and "with"',
		anyOf: [TEXT, object(REFERENCE, ['operation'])],
	},
	'x-n8n-wait': object({ ...NAMES, only: object({ property: TEXT, label: TEXT, description: TEXT }, ['property', 'label']) }, [
		'operation',
		'name',
	]),
	'x-n8n-result': object({
		...{ record: PLACE, records: PLACE, id: PLACE, link: PLACE, errors: PLACE, changed: PLACE },
		...{ simple: { type: 'array', minItems: 1, maxItems: 10, items: TEXT }, deleted: TRUE },
	}),
	'x-n8n-hint': TEXT,
	'x-n8n-sort': { type: 'boolean' },
	'x-n8n-label': TEXT,
	'x-n8n-enum-labels': { type: 'object', additionalProperties: TEXT },
	'x-n8n-secret': { type: 'boolean' },
	'x-n8n-suggestions': {
		description: 'names, each with what it is for; or "by", a place in the request, and "names", such names by the value there',
		anyOf: [
			{ type: 'object', additionalProperties: { type: 'string' } },
			object(
				{
					by: { type: 'string', pattern: '^/' },
					names: { type: 'object', additionalProperties: { type: 'object', additionalProperties: { type: 'string' } } },
				},
				['by', 'names'],
			),
		],
	},
	'x-n8n-shown': TRUE,
	'x-n8n-input': { enum: ['fields', 'json', 'text'] },
	'x-n8n-order': { type: 'number' },
	'x-n8n-lookup': object({ ...REFERENCE, value: PLACE, label: PLACE, search: TEXT, where: { type: 'object' } }, ['operation']),
	'x-n8n-fields-from': object(
		{ ...REFERENCE, match: PLACES, schema: PLACE, properties: PLACE, name: PLACE, label: PLACE, description: PLACE },
		['operation'],
	),
};

const ajv = new Ajv2020({ strict: false, verbose: true });
const checks = new Map<string, ValidateFunction>();

/** The validator of an extension's value, compiled once for all documents. */
function checkOf(extension: string): ValidateFunction {
	const check = checks.get(extension) ?? ajv.compile(EXTENSIONS[extension]);
	checks.set(extension, check);
	return check;
}

/** An OpenAPI object: which extensions it may have, and which objects it contains directly, in a list or by name. */
interface OpenApiObject {
	/** How messages name the object. */
	what: string;
	extensions: string[];
	within?: { [keyword: string]: string };
	/** Keywords whose value maps names to objects. */
	named?: { [keyword: string]: string };
}

const of = (kind: string, keywords: string[]) => Object.fromEntries(keywords.map((keyword) => [keyword, kind]));

/** The objects of OpenAPI 3.0 and 3.1 and Swagger 2.0 that may have extensions, or contain objects that may. */
const OBJECTS: { [kind: string]: OpenApiObject } = {
	document: {
		what: 'the top of the document',
		extensions: ['x-n8n-credential', 'x-n8n-rate-limit'],
		within: { components: 'components', ...of('other', ['info', 'servers', 'tags', 'externalDocs']) },
		named: { paths: 'pathItem', definitions: 'schema', parameters: 'parameter', responses: 'response' },
	},
	components: {
		what: 'components',
		extensions: [],
		named: {
			...{ schemas: 'schema', parameters: 'parameter', responses: 'response' },
			...{ requestBodies: 'requestBody', headers: 'header', pathItems: 'pathItem' },
		},
	},
	pathItem: { what: 'a path', extensions: [], within: { ...of('operation', ALL_METHODS), parameters: 'parameter' } },
	operation: {
		what: 'an operation',
		extensions: ['operation', 'idempotent', 'trigger', 'pagination', 'upsert', 'known-ids', 'wait'].map(
			(extension) => `x-n8n-${extension}`,
		),
		within: { parameters: 'parameter', requestBody: 'requestBody' },
		named: { responses: 'response' },
	},
	parameter: {
		what: 'a parameter',
		extensions: ['credential', 'sort', 'label', 'order', 'lookup'].map((extension) => `x-n8n-${extension}`),
		within: { schema: 'schema', items: 'schema' },
		named: { content: 'media' },
	},
	requestBody: { what: 'a request body', extensions: [], named: { content: 'media' } },
	response: {
		what: 'a response',
		extensions: ['x-n8n-result', 'x-n8n-hint'],
		within: { schema: 'schema' },
		named: { content: 'media', headers: 'header' },
	},
	header: { what: 'a header of a response', extensions: [], within: { schema: 'schema' }, named: { content: 'media' } },
	media: { what: 'a media type', extensions: [], within: { schema: 'schema' } },
	schema: {
		what: 'a schema',
		extensions: ['label', 'enum-labels', 'secret', 'suggestions', 'shown', 'input', 'order', 'lookup', 'fields-from'].map(
			(extension) => `x-n8n-${extension}`,
		),
		within: of('schema', [
			...['items', 'prefixItems', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'contains', 'propertyNames', 'contentSchema'],
			...['additionalProperties', 'additionalItems', 'unevaluatedProperties', 'unevaluatedItems'],
		]),
		named: of('schema', ['properties', 'patternProperties', 'dependentSchemas', 'dependencies', '$defs', 'definitions']),
	},
	/** A place where extensions have no effect. */
	other: { what: 'this place', extensions: [] },
};

/**
 * Checks that every `x-n8n-…` extension of a document exists, is at a place where it has an effect, and has a value of
 * the right shape.
 * @throws DocumentError with the place in the document and what would be right
 */
export function checkExtensions(root: unknown): void {
	const seen = new Map<unknown, Set<string>>();
	/** @param kind which OpenAPI object this is; undefined if it may be any */
	const walk = (value: unknown, pointer: string, kind?: string): void => {
		if (typeof value !== 'object' || value === null) return;
		// With YAML aliases, one object can be in several places.
		const kinds = seen.get(value) ?? new Set<string>();
		if (kinds.has(kind ?? '')) return;
		seen.set(value, kinds.add(kind ?? ''));
		for (const [name, one] of Object.entries(value)) {
			const place = child(pointer, name);
			if (!isPart(value)) walk(one, place, kind);
			else if (name.startsWith('x-n8n-')) checkExtension(name, one, place, kindOf(value, kind));
			else if (!DATA.has(name)) walkWithin(name, one, place, kind);
		}
	};
	const walkWithin = (name: string, value: unknown, pointer: string, kind?: string): void => {
		const { within = {}, named = {} } = kind === undefined ? {} : OBJECTS[kind];
		if (!has(named, name) || !isPart(value)) return walk(value, pointer, has(within, name) ? within[name] : undefined);
		for (const [own, one] of Object.entries(value)) {
			const place = child(pointer, own);
			// A property may have the name of an extension; its value is then a schema.
			if (own.startsWith('x-n8n-') && (named[name] !== 'schema' || !isPart(one))) checkExtension(own, one, place, ['other']);
			else walk(one, place, own.startsWith('x-') && named[name] !== 'schema' ? undefined : named[name]);
		}
	};
	walk(root, '#', 'document');
}

/** The kinds of an object. In Swagger 2.0, a parameter is also its own schema. */
function kindOf(value: Part, kind: string | undefined): string[] | undefined {
	if (kind === undefined) return undefined;
	return kind === 'parameter' && value.schema === undefined && value.content === undefined ? [kind, 'schema'] : [kind];
}

function checkExtension(name: string, value: unknown, place: string, kinds: string[] | undefined): void {
	if (!has(EXTENSIONS, name)) throw DocumentError.at(place, `there is no extension "${name}"${thereIs(name, Object.keys(EXTENSIONS), '')}`);
	if (kinds && !kinds.some((kind) => OBJECTS[kind].extensions.includes(name))) {
		const right = Object.values(OBJECTS).filter(({ extensions }) => extensions.includes(name));
		throw DocumentError.at(
			place,
			`"${name}" has no meaning at ${OBJECTS[kinds[0]].what}; it stands at ${right.map(({ what }) => what).join(' or ')}`,
		);
	}
	const check = checkOf(name);
	if (!check(value)) throw shapeError(check.errors as ErrorObject[], place);
}
