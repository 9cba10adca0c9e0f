import { isPattern, TYPES } from '../../model/values';
import { child, DocumentError, type Part, isPart } from '../document/part';
import { typesOf } from './keywords';

const OBJECTS = ['properties', 'patternProperties', 'dependentSchemas', 'dependentRequired'];
const LISTS = ['oneOf', 'anyOf', 'enum', 'prefixItems'];
const NUMBERS = [
	...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains'],
	...['minimum', 'maximum', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum'],
];
const TEXTS = ['x-n8n-label', 'x-n8n-input', 'format'];

const known = new WeakMap<Part, Part>();

/**
 * The keywords of one schema object, without `$ref` and `allOf`, converted to JSON Schema 2020-12 from Draft 3, Draft 4
 * and OpenAPI 3.0 (Schema Object: `nullable`, boolean `exclusiveMinimum`, `example`). Results are cached by object.
 * @throws DocumentError naming the place of a keyword that cannot be understood
 */
export function keywordsOf(given: Part, pointer: string): Readonly<Part> {
	const own = known.get(given) ?? read(given, pointer);
	known.set(given, own);
	return own;
}

function read(given: Part, pointer: string): Part {
	const { $ref: _ref, allOf: _allOf, ...own } = given;
	normalize(own, pointer);
	if (given.nullable === true) {
		if (own.type !== undefined) own.type = [...new Set([...typesOf(own), 'null'])];
		if (Array.isArray(own.enum) && !own.enum.includes(null)) own.enum = [...(own.enum as unknown[]), null];
		if (own.type !== undefined) delete own.nullable;
	}
	for (const [exclusive, limit] of [
		['exclusiveMinimum', 'minimum'],
		['exclusiveMaximum', 'maximum'],
	]) {
		if (own[exclusive] === true) {
			own[exclusive] = own[limit];
			delete own[limit];
		} else if (own[exclusive] === false) delete own[exclusive];
	}
	// A boolean `required` on a property is a leftover of Draft 3 and has no meaning in later drafts.
	if (own.required !== undefined && !Array.isArray(own.required)) delete own.required;
	if (Array.isArray(own.required)) own.required = own.required.filter((name) => typeof name === 'string');
	if (own.example === undefined && Array.isArray(own.examples)) own.example = own.examples[0];
	return own;
}

/**
 * Checks that every keyword of a schema object has a value of the right type, so that later code need not. Common
 * deviations whose meaning is clear are rewritten in place.
 * @throws DocumentError naming the place of a keyword that cannot be understood
 */
function normalize(schema: Part, pointer: string): void {
	const refuse = (keyword: string, text: string): never => {
		throw DocumentError.at(child(pointer, keyword), text);
	};
	for (const keyword of OBJECTS)
		if (schema[keyword] !== undefined && !isPart(schema[keyword]))
			refuse(keyword, `there should be an object here, with ${keyword === 'dependentRequired' ? 'a list' : 'a schema'} for each name`);
	for (const keyword of LISTS)
		if (schema[keyword] !== undefined && !Array.isArray(schema[keyword])) refuse(keyword, 'there should be a list here');
	for (const keyword of TEXTS)
		if (schema[keyword] !== undefined && typeof schema[keyword] !== 'string') refuse(keyword, 'there should be a text here');
	for (const keyword of NUMBERS) {
		const value = schema[keyword];
		if (value === undefined || typeof value === 'number' || (typeof value === 'boolean' && keyword.startsWith('exclusive'))) continue;
		if (value === null) delete schema[keyword];
		else if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) schema[keyword] = Number(value);
		else refuse(keyword, 'there should be a number here');
	}
	for (const [name, names] of Object.entries((schema.dependentRequired as Part | undefined) ?? {})) {
		if (!Array.isArray(names)) refuse(`dependentRequired/${name}`, 'there should be a list here');
	}
	// Tuples, as written before 2020-12.
	if (Array.isArray(schema.items)) {
		schema.prefixItems ??= schema.items;
		delete schema.items;
	}
	normalizeType(schema, refuse);
	normalizePattern(schema, refuse);
}

function normalizeType(schema: Part, refuse: (keyword: string, text: string) => never): void {
	const { type } = schema;
	if (type === undefined) return;
	const types: unknown[] = Array.isArray(type) ? type : [type];
	if (types.some((one) => typeof one !== 'string'))
		refuse('type', 'there should be the name of a type here, such as string, or a list of such names');
	// Types that JSON Schema does not define (any, file) are dropped.
	const known = types.filter((one) => TYPES.has(one as string));
	if (known.length === 0) delete schema.type;
	else if (known.length < types.length) schema.type = known;
}

/** Drops patterns that JavaScript does not accept, since documents may use other dialects; such patterns are not checked. */
function normalizePattern(schema: Part, refuse: (keyword: string, text: string) => never): void {
	const { pattern, patternProperties } = schema;
	if (pattern !== undefined && typeof pattern !== 'string') refuse('pattern', 'there should be a text here, a regular expression');
	if (pattern !== undefined && !isPattern(pattern)) delete schema.pattern;
	if (patternProperties === undefined) return;
	const readable = Object.entries(patternProperties as Part).filter(([one]) => isPattern(one));
	if (readable.length < Object.keys(patternProperties as Part).length) schema.patternProperties = Object.fromEntries(readable);
}

/**
 * Checks that some properties of an object, if present, are texts.
 * @throws DocumentError naming the place of one that is not
 */
export function checkTexts(node: unknown, pointer: string, names: string[]): void {
	if (!isPart(node)) return;
	for (const name of names)
		if (node[name] !== undefined && typeof node[name] !== 'string')
			throw DocumentError.at(child(pointer, name), 'there should be a text here');
}
