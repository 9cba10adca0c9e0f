import type { Part } from './part';

/** Keywords that a leaf field has to satisfy. */
export const LEAF = new Set([
	...['type', 'enum', 'const', 'minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
	...['multipleOf', 'not', 'allOf', 'if', 'then', 'else'],
]);
/** Keywords of an object, a record or an array that its children do not express. */
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
/** Formats whose text is the same as any other text, or that JSON Schema leaves open. */
export const CHECKED_FORMATS = new Set(['date-time', 'date', 'time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid']);
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

/** The keywords of a schema that speak of one type, and those that speak of every type. */
export function keywordsOf(schema: Part, type: string): Part {
	const own = KEYWORDS_OF[type === 'integer' ? 'number' : type] ?? [];
	const all = Object.values(KEYWORDS_OF).flat();
	return Object.fromEntries(
		Object.entries(schema)
			.filter(([keyword]) => own.includes(keyword) || !all.includes(keyword))
			.filter(([keyword]) => !['title', 'description', 'default', 'example'].includes(keyword)),
	);
}

/** The type that a schema without `type` speaks of. */
export function impliedType(schema: Part): string | undefined {
	return ['object', 'array', 'string', 'number'].find((type) => KEYWORDS_OF[type].some((keyword) => schema[keyword] !== undefined));
}

/** A schema without the words that are about it alone. */
export function withoutWords(schema: Part): Part {
	return Object.fromEntries(
		Object.entries(schema).filter(
			([keyword]) => !['title', 'description', 'default', 'example', 'examples'].includes(keyword) && !keyword.startsWith('x-n8n-'),
		),
	);
}

/** The words of a schema: what it is called, and for whom. */
export function pickWords(schema: Part): Part {
	return Object.fromEntries(
		Object.entries(schema).filter(
			([keyword, value]) => value !== undefined && (['title', 'description', 'example'].includes(keyword) || keyword.startsWith('x-n8n-')),
		),
	);
}

/** Keywords whose value is data, which may look like anything. */
export const DATA = new Set<string>(['example', 'examples', 'default', 'enum', 'const']);
