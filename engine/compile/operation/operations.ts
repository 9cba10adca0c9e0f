import type { BodyEncoding, Field, Input, Location, Operation, Pagination, ResultPlan } from '../../model';
import { labelOf } from '../../model/names';
import { partsOf } from '../../model/pointer';
import { isJson } from '../../run/request/body';
import { child, Document, DocumentError, isPart, type Part } from '../document/document';
import { Fields } from '../fields/fields';
import type { Found } from '../document/find';
import { recordsOf } from './lists';
import { Lookups } from '../fields/lookups';
import { checkTexts } from '../schema/dialect';
import { Schemas } from '../schema/flatten';
import { plural, withArticle } from '../text/plural';
import { parametersOf, type Parameter } from '../document/parameters';
import { isStructured, preferredOf, schemaOf } from './signature';
import { sentenceOf, unlikeLabel, upperFirst } from '../text/words';

/**
 * Compiles an operation: its inputs as fields, where each value goes, and how to read its response.
 * @throws DocumentError naming the place in the document
 */
export function compileOperation(document: Document, found: Found, lookups = new Lookups(document)): Operation {
	const fields = new Fields(new Schemas(document), lookups);
	const said = (found.node['x-n8n-operation'] ?? {}) as Partial<Named>;
	checkTexts(said, child(found.pointer, 'x-n8n-operation'), ['resource', 'operation', 'name', 'action', 'description']);
	const resource = said.resource ?? 'credential';
	const body = bodyOf(document, fields, found);
	const parameters = inputsOf(document, fields, found);
	const pagination = found.node['x-n8n-pagination'] as Pagination | undefined;
	// Return All and Limit replace the paging parameters.
	for (const name of Object.values(pagination?.request ?? {})) {
		if (!name.startsWith('/')) parameters.delete(`query ${name}`);
		else if (body) body.input = { ...body.input, field: withoutField(body.input.field, partsOf(name)) };
	}
	const shown = [...parameters.values(), body?.input].filter((input): input is Input => input !== undefined);
	const fromCredential = [...parameters].flatMap(([name, input]) => (input ? [] : [name]));
	const known = found.node['x-n8n-known-ids'];
	const answer = answersOf(document, found);
	return {
		id: typeof found.node.operationId === 'string' ? found.node.operationId : `${found.method} ${found.path}`,
		resource,
		...namesOf({ ...said, operation: said.operation ?? 'create' }, resource, found.node.summary ?? found.node.description),
		method: found.method as Operation['method'],
		path: found.path,
		inputs: sorted(shown),
		...(fromCredential.length > 0 ? { fromCredential } : {}),
		...(body ? { body: body.encoding } : {}),
		...answer,
		...(answer.result.records === undefined ? {} : { plural: plural(labelOf(resource).toLowerCase()) }),
		...(pagination ? { pagination } : {}),
		...(found.node['x-n8n-idempotent'] === true ? { idempotent: true as const } : {}),
		...(known === undefined ? {} : { known: lookups.reference(known, child(found.pointer, 'x-n8n-known-ids')) }),
	};
}

/** What a document says about an operation's names. */
export interface Named {
	resource?: string;
	operation: string;
	name?: string;
	action?: string;
	description?: string;
}

/** n8n's wording for an operation; defaults where the document gives none. */
export function namesOf(
	said: Named,
	resource: string,
	description: unknown,
): Pick<Operation, 'operation' | 'name' | 'action' | 'description'> {
	const { operation } = said;
	const name = said.name ?? (operation === 'getAll' ? 'Get Many' : labelOf(operation));
	const object = labelOf(resource).toLowerCase();
	const isList = operation === 'getAll';
	const action = said.action ?? upperFirst(`${name.toLowerCase()} ${isList ? plural(object) : object}`);
	return {
		operation,
		name,
		action,
		description:
			unlikeLabel(sentenceOf(said.description ?? description), name) ??
			(isList ? `Retrieve a list of ${plural(object)}` : `${name} ${withArticle(object)}`),
	};
}

function inputsOf(document: Document, fields: Fields, found: Found): Map<string, Input | undefined> {
	const all = new Map(parametersOf(document, found).map((one) => [`${one.in} ${one.name}`, parameterOf(fields, one)]));
	for (const [, name] of found.path.matchAll(/\{([^}]+)\}/g)) {
		if (!all.has(`path ${name}`)) {
			throw DocumentError.at(found.pointer, `the path has {${name}}, but there is no parameter "${name}" with "in: path"`);
		}
	}
	return all;
}

/** Orders inputs from broad to narrow, as the form shows them; `x-n8n-order` gives a parameter another position. */
function sorted(inputs: Input[]): Input[] {
	const order: Location[] = ['path', 'query', 'header', 'cookie', 'body'];
	return inputs.sort((a, b) => (a.order ?? USUAL_ORDER) - (b.order ?? USUAL_ORDER) || order.indexOf(a.in) - order.indexOf(b.in));
}

/** The order of inputs without `x-n8n-order`. */
const USUAL_ORDER = 1000;

function parameterOf(fields: Fields, parameter: Parameter): Input | undefined {
	const { node, pointer } = parameter;
	const location = parameter.in as Location;
	checkTexts(node, pointer, ['x-n8n-label']);
	// The form does not ask for what the n8n credential sends.
	if (parameter.fromCredential) return undefined;
	const mediaType = isPart(node.content) ? Object.keys(node.content)[0] : undefined;
	const given = schemaOf(parameter);
	const schema = node['x-n8n-lookup'] === undefined ? given.schema : { allOf: [given.schema], 'x-n8n-lookup': node['x-n8n-lookup'] };
	const field = fields.compile(schema, {
		name: parameter.name,
		pointer: given.pointer,
		required: node.required === true || location === 'path',
		label: node['x-n8n-label'] as string | undefined,
		description: node.description as string | undefined,
		example: node.example,
	});
	const style = typeof node.style === 'string' ? node.style : location === 'query' || location === 'cookie' ? 'form' : 'simple';
	const sort = node['x-n8n-sort'] === true ? { sort: true as const } : {};
	const order = typeof node['x-n8n-order'] === 'number' ? { order: node['x-n8n-order'] } : {};
	return {
		in: location,
		field,
		...sort,
		...order,
		...(mediaType !== undefined && isJson(mediaType) ? { json: true } : {}),
		style,
		explode: typeof node.explode === 'boolean' ? node.explode : style === 'form',
	};
}

function bodyOf(document: Document, fields: Fields, found: Found): { input: Input; encoding: BodyEncoding } | undefined {
	if (found.node.requestBody === undefined) return undefined;
	const { node, pointer } = document.follow(found.node.requestBody, child(found.pointer, 'requestBody'));
	const content = isPart(node.content) ? node.content : {};
	const mediaType = preferredOf(content);
	if (mediaType === undefined)
		throw DocumentError.at(child(pointer, 'content'), 'a body needs a media type here, such as application/json');
	const media = content[mediaType];
	if (!isPart(media)) throw DocumentError.at(child(pointer, 'content', mediaType), 'there should be an object here, with a schema');
	const structured = isStructured(mediaType);
	const place = {
		name: '',
		pointer: child(pointer, 'content', mediaType, 'schema'),
		required: true,
		role: 'Body',
		description: node.description as string | undefined,
	};
	const given = fields.compile(media.schema ?? (structured ? {} : { type: 'string', format: 'binary' }), place);
	// A body that is neither JSON nor a form is a single text or file.
	const field: Field = structured || given.kind === 'string' ? given : fields.compile({ type: 'string', format: 'binary' }, place);
	const input: Input = { in: 'body', field, ...(node.required === true ? {} : { optional: true as const }) };
	return { input, encoding: { mediaType, fields: encodingsOf(media, mediaType) } };
}

/** A field without the descendant at a path. */
function withoutField(field: Field, [name, ...rest]: string[]): Field {
	if (field.kind === 'union')
		return { ...field, options: field.options.map((option) => ({ ...option, field: withoutField(option.field, [name, ...rest]) })) };
	if (field.kind !== 'object') return field;
	const fields = field.fields.flatMap((child) => (child.name !== name ? [child] : rest.length > 0 ? [withoutField(child, rest)] : []));
	return { ...field, fields };
}

/** The document's `encoding` of a form's fields (OpenAPI 3.1, Encoding Object). */
function encodingsOf(media: Part, mediaType: string): BodyEncoding['fields'] {
	if (isJson(mediaType) || !isPart(media.encoding)) return {};
	return Object.fromEntries(
		Object.entries(media.encoding).map(([name, given]: [string, unknown]): [string, BodyEncoding['fields'][string]] => {
			const { style, explode, contentType } = (isPart(given) ? given : {}) as { style?: string; explode?: boolean; contentType?: string };
			if (style === undefined && explode === undefined) return [name, { contentType }];
			return [name, { style: style ?? 'form', explode: explode ?? (style ?? 'form') === 'form' }];
		}),
	);
}

function answersOf(document: Document, found: Found): { result: ResultPlan; hints: { [status: string]: string } } {
	let said: Partial<ResultPlan> = {};
	const hints: { [status: string]: string } = {};
	const declared = new Set<string>();
	for (const [status, given] of Object.entries(isPart(found.node.responses) ? found.node.responses : {})) {
		const { node } = document.follow(given, child(found.pointer, 'responses', status));
		if (isPart(node['x-n8n-result'])) said = node['x-n8n-result'];
		if (typeof node['x-n8n-hint'] === 'string') hints[status] = node['x-n8n-hint'];
		if (/^2/.test(status))
			for (const media of Object.values(isPart(node.content) ? node.content : {}))
				if (isPart(media)) declaredIn(document, media.schema, declared);
	}
	const records = said.records ?? recordsOf(document, found, said);
	const result = {
		record: '',
		...said,
		...(records === undefined ? {} : { records }),
		...(declared.size > 0 ? { declared: [...declared].sort() } : {}),
	};
	return { result, hints };
}

/** Keywords that contain further schemas of a response. */
const SCHEMAS = ['items', 'additionalProperties', 'not', 'if', 'then', 'else'];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
/** Deeper names, and those beyond this many, are checked for secrets like any other text from the vendor. */
const MAX_DEPTH = 8;
const MAX_NAMES = 200;

/** Collects a response's property names, at any depth: none of them is a secret, even if an operator's secret has the same text. */
function declaredIn(document: Document, given: unknown, names: Set<string>, seen = new Set<unknown>(), depth = 0): void {
	const node = followed(document, given);
	if (!node || seen.has(node) || depth > MAX_DEPTH || names.size >= MAX_NAMES) return;
	seen.add(node);
	const properties = isPart(node.properties) ? node.properties : {};
	for (const name of Object.keys(properties)) names.add(name);
	const lists = LISTS.flatMap((keyword) => (Array.isArray(node[keyword]) ? (node[keyword] as unknown[]) : []));
	for (const one of [...Object.values(properties), ...SCHEMAS.map((keyword) => node[keyword]), ...lists])
		declaredIn(document, one, names, seen, depth + 1);
}

/** Follows a $ref of a response. A response that cannot be understood must not prevent the request. */
function followed(document: Document, given: unknown): Part | undefined {
	try {
		return isPart(given) ? document.follow(given, '#').node : undefined;
	} catch {
		return undefined;
	}
}
