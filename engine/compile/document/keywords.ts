import type { Part } from './part';

/** Keywords that constrain a leaf field. */
export const LEAF = new Set([
	...['type', 'enum', 'const', 'minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
	...['multipleOf', 'not', 'allOf', 'if', 'then', 'else'],
]);
/** Keywords of an object, record or array that its children do not express. */
export const REST = new Set([
	...[
		'minProperties',
		'maxProperties',
		'propertyNames',
		'patternProperties',
		'dependentRequired',
		'dependentSchemas',
		'minItems',
		'maxItems',
	],
	...['uniqueItems', 'contains', 'minContains', 'maxContains', 'not', 'allOf', 'if', 'then', 'else', 'dependencies'],
]);
/** Formats that are checked; a text of any other format is accepted as it is. */
export const CHECKED_FORMATS = new Set(['date-time', 'date', 'time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid']);
/** Spellings of checked formats that documents use. `idn-email` is checked as `email`. */
export const FORMAT_ALIASES: { [format: string]: string } = {
	url: 'uri',
	URL: 'uri',
	URI: 'uri',
	datetime: 'date-time',
	'idn-email': 'email',
};

const KEYWORDS_OF: { [type: string]: string[] } = {
	object: [
		'properties',
		'required',
		'additionalProperties',
		'patternProperties',
		'propertyNames',
		'minProperties',
		'maxProperties',
		'dependentRequired',
		'dependentSchemas',
	],
	array: ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems'],
	string: ['minLength', 'maxLength', 'pattern', 'format'],
	number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

/** The keywords of a schema that apply to one type, and those that apply to every type. */
export function keywordsOf(schema: Part, type: string): Part {
	const own = KEYWORDS_OF[type === 'integer' ? 'number' : type] ?? [];
	const all = Object.values(KEYWORDS_OF).flat();
	return Object.fromEntries(
		Object.entries(schema)
			.filter(([keyword]) => own.includes(keyword) || !all.includes(keyword))
			.filter(([keyword]) => !['title', 'description', 'default', 'example'].includes(keyword)),
	);
}

/** The type that the keywords of a schema without `type` apply to. */
export function impliedType(schema: Part): string | undefined {
	return ['object', 'array', 'string', 'number'].find((type) => KEYWORDS_OF[type].some((keyword) => schema[keyword] !== undefined));
}

/** A schema without descriptions, examples and extensions, which apply only to itself. */
export function withoutWords(schema: Part): Part {
	return Object.fromEntries(
		Object.entries(schema).filter(
			([keyword]) => !['title', 'description', 'default', 'example', 'examples'].includes(keyword) && !keyword.startsWith('x-n8n-'),
		),
	);
}

/** The title, description, example and extensions of a schema. */
export function pickWords(schema: Part): Part {
	return Object.fromEntries(
		Object.entries(schema).filter(
			([keyword, value]) => value !== undefined && (['title', 'description', 'example'].includes(keyword) || keyword.startsWith('x-n8n-')),
		),
	);
}

/** Keywords whose value is data rather than schemas, and so may contain anything. */
export const DATA = new Set<string>(['example', 'examples', 'default', 'enum', 'const']);
