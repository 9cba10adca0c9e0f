import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import { child, DocumentError, isPart } from './part';
import { has } from '../values';

const TEXT = { type: 'string', minLength: 1 };
const TRUE = { const: true };
/** One JSON Pointer, or several of which the first that leads to a value counts. */
const PLACE = {
	description: 'a JSON Pointer, such as "/data/id", or a list of them',
	anyOf: [
		{ type: 'string', pattern: '^(/.*)?$' },
		{ type: 'array', minItems: 1, items: { type: 'string', pattern: '^(/.*)?$' } },
	],
};
/** A place in an answer: its body, or a header of it. */
const ANSWER = {
	description: 'a JSON Pointer into the answer, such as "/paging/next", or a header, such as "header:x-next", or a list of them',
	anyOf: [
		{ type: 'string', pattern: '^(/.*|header:.+)?$' },
		{ type: 'array', minItems: 1, items: { type: 'string', pattern: '^(/.*|header:.+)?$' } },
	],
};
/** Names, and for each a place in the request at hand. */
const PLACES = { type: 'object', additionalProperties: { type: 'string', pattern: '^/' } };
const REFERENCE = { operation: TEXT, with: PLACES };
const NAMES = { operation: TEXT, name: TEXT, action: TEXT, description: TEXT };

function object(properties: object, required: string[] = []) {
	return { type: 'object', properties, required, additionalProperties: false };
}

/** What stands under each word: docs/vendor-document.md tells what it means. */
const WORDS: { [word: string]: object } = {
	'x-n8n-credential': {
		description: 'the name of an n8n credential type, such as "acmeApi" (at a header parameter also: true)',
		anyOf: [TEXT, TRUE],
	},
	'x-n8n-limits': object({ concurrent: { type: 'integer', minimum: 1 }, perSecond: { type: 'number', exclusiveMinimum: 0 } }),
	'x-n8n-operation': object({ resource: TEXT, ...NAMES }, ['resource', 'operation']),
	'x-n8n-repeatable': { type: 'boolean' },
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
	'x-n8n-identity': object(
		{
			...NAMES,
			...{ find: TEXT, with: PLACES, match: PLACES, chosen: { type: 'array', items: TEXT }, named: TEXT, update: TEXT },
			scope: { type: 'array', minItems: 1, items: TEXT },
			normalize: { type: 'object', additionalProperties: { type: 'array', minItems: 1, items: { enum: ['trim', 'case', 'unicode'] } } },
		},
		['operation', 'name', 'find'],
	),
	'x-n8n-known': {
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
	'x-n8n-input': { description: '"fields", "json" or "text"', anyOf: [{ enum: ['fields', 'json', 'text'] }] },
	'x-n8n-order': { type: 'number' },
	'x-n8n-lookup': object({ ...REFERENCE, value: PLACE, label: PLACE, search: TEXT, where: { type: 'object' } }, ['operation']),
	'x-n8n-dynamic': object(
		{ ...REFERENCE, match: PLACES, schema: PLACE, properties: PLACE, name: PLACE, label: PLACE, description: PLACE },
		['operation'],
	),
};

/**
 * Makes sure that every `x-n8n-…` word of a document is one that there is, and that what stands under it has its shape.
 * @throws DocumentError with the place in the document and what would be right
 */
export function checkExtensions(root: unknown): void {
	const checks = new Map<string, ValidateFunction>();
	const ajv = new Ajv2020({ strict: false, verbose: true });
	const seen = new Set<unknown>();
	const walk = (value: unknown, pointer: string): void => {
		// YAML's aliases make one object stand in several places.
		if (typeof value !== 'object' || value === null || seen.has(value)) return;
		seen.add(value);
		for (const [name, one] of Object.entries(value)) {
			const place = child(pointer, name);
			if (!isPart(value) || !name.startsWith('x-n8n-')) walk(one, place);
			else {
				if (!has(WORDS, name)) throw DocumentError.at(place, `there is no word "${name}". There are: ${Object.keys(WORDS).join(', ')}`);
				const check = checks.get(name) ?? ajv.compile(WORDS[name]);
				checks.set(name, check);
				if (!check(one)) throw said(check.errors as ErrorObject[], place);
			}
		}
	};
	walk(root, '#');
}

/** The last error is the one of the whole: of several shapes that a value may have, none fits. */
function said(errors: ErrorObject[], pointer: string): DocumentError {
	const { keyword, params, message, instancePath, parentSchema } = errors[errors.length - 1];
	const place = `${pointer}${instancePath}`;
	if (keyword === 'required') return DocumentError.at(place, `"${String(params.missingProperty)}" is missing here`);
	if (keyword === 'additionalProperties') return DocumentError.at(place, `"${String(params.additionalProperty)}" is not known here`);
	if (keyword === 'const') return DocumentError.at(place, `there should be ${JSON.stringify(params.allowedValue)} here`);
	if (keyword === 'anyOf') return DocumentError.at(place, `there should be ${parentSchema?.description} here`);
	return DocumentError.at(place, `what stands here ${message}`);
}
