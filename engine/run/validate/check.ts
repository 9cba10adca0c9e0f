import { Validator, type OutputUnit } from '@cfworker/json-schema';
import type { Field, ObjectField, Json, JsonSchema, RecordField, UnionField } from '../../model';
import { escapePart, partsOf, valueAt } from '../../model/pointer';
import { append, canonical, has, isObject, put } from '../../model/values';
import { BinaryReference, ExactNumber } from '../request/bodyValue';
import { MAX_DEPTH } from '../request/json';
import { atOnce, type Steps } from '../pacing/turns';
import { matchable, MOST_COMPARED } from './matchable';
import { keywordProblem } from '../problems/keywords';
import { receivedOf, isOf, problem, type Code, type Params, type Place, type Problem } from '../problems/problem';
import { optionKey, UNREADABLE } from '../input/read';

/** Checks values against fields; of a union, only against the chosen option. */
export class Checker {
	readonly problems: Problem[] = [];

	/** @param chosenOptions the options chosen in the form, by `optionKey`; values given as JSON have none */
	constructor(private readonly chosenOptions: Map<string, number> = new Map()) {}

	/** @param pointer where the value is in the request */
	check(field: Field, value: unknown, pointer: string): void {
		if (value === UNREADABLE || value instanceof BinaryReference) return;
		// An expression can yield an object with properties that are undefined.
		if (value === undefined) return this.missing(field, pointer);
		if (value === null) {
			if (!field.nullable && !(field.kind === 'const' && field.value === null) && field.kind !== 'json' && !this.acceptsNull(field)) {
				this.report('null', field, pointer, {});
			} else if (field.kind === 'json') this.leaf(field, value, pointer);
			return;
		}
		if (value instanceof ExactNumber && (field.kind === 'object' || field.kind === 'record'))
			return this.report('object', field, pointer, {});
		switch (field.kind) {
			case 'const':
				if (JSON.stringify(value) !== JSON.stringify(field.value)) this.report('fixed', field, pointer, { value: field.value });
				return;
			case 'object':
				return atOnce(this.objectSteps(field, value, pointer));
			case 'record':
				return this.record(field, value, pointer);
			case 'array':
				if (!Array.isArray(value)) return this.report('array', field, pointer, {});
				value.forEach((one, index) => this.check({ ...field.item, label: `${field.item.label} ${index + 1}` }, one, `${pointer}/${index}`));
				return this.leaf(field, value, pointer);
			case 'union':
				return this.union(field, value, pointer);
			case 'string':
			case 'number':
			case 'boolean':
			case 'date':
			case 'enum':
			case 'json':
				return this.leaf(field, value, pointer);
		}
	}

	/** Reports that a required field has no value. */
	missing(field: Field, pointer: string): void {
		this.report('missing', field, pointer, {});
	}

	/** The same as `check` for an object that may have thousands of properties, in steps. */
	*objectSteps(field: ObjectField, value: unknown, pointer: string): Steps<void> {
		if (!isObject(value)) return this.report('object', field, pointer, {});
		for (const child of field.fields) {
			yield;
			const where = `${pointer}/${escapePart(child.name)}`;
			if (has(value, child.name)) this.check(child, value[child.name], where);
			else if (child.required) this.missing(child, where);
		}
		const names = new Set(field.fields.map((child) => child.name));
		for (const [name, one] of Object.entries(value)) {
			if (names.has(name)) continue;
			const where = `${pointer}/${escapePart(name)}`;
			if (field.extra) this.check({ ...field.extra.value, label: `${field.label}: ${name}` }, one, where);
			else this.report('unknownProperty', { label: name }, where, { names: [...names] });
		}
		this.leaf(field, value, pointer);
	}

	private record(field: RecordField, value: unknown, pointer: string): void {
		if (!isObject(value)) return this.report('object', field, pointer, {});
		for (const [name, one] of Object.entries(value))
			this.check({ ...field.value, label: `${field.label}: ${name}` }, one, `${pointer}/${escapePart(name)}`);
		this.leaf(field, value, pointer);
	}

	private union(field: UnionField, value: unknown, pointer: string): void {
		const chosen = this.chosenOptions.get(optionKey(field, pointer));
		if (chosen !== undefined) return this.check(field.options[chosen].field, value, pointer);
		const attempts = field.options.map((option) => {
			const attempt = new Checker();
			attempt.check(option.field, value, pointer);
			return attempt.problems;
		});
		if (attempts.some((problems) => problems.length === 0)) return;
		const discriminator = tellingName(field);
		const fixed = field.options.flatMap(({ field: option }) => fixedValues(option, discriminator));
		const selector = { label: field.selectorLabel };
		const where = `${pointer}/${escapePart(discriminator ?? '')}`;
		const isOther = discriminator !== undefined && isObject(value) && !fixed.includes(value[discriminator] as Json);
		if (isOther && fixed.length === field.options.length) {
			const values = fixed.map(String);
			if (value[discriminator] === undefined) return this.report('missingOption', selector, where, { values });
			return this.report('enum', selector, where, { values, received: undefined });
		}
		const closest = this.closest(field, value, attempts);
		// The value may be meant for the option that takes all other values, or be a misspelling of another one: report both.
		const [first] = closest;
		if (isOther && value[discriminator] !== undefined && first && first.pointer !== where)
			return this.report('noOption', selector, where, { values: fixed.map(String), other: first });
		append(this.problems, closest);
	}

	/** The problems of the most likely option, among options that all refuse the value. */
	private closest(field: UnionField, value: unknown, attempts: Problem[][]): Problem[] {
		// The option with the same fixed values is meant; otherwise, the one with the fewest problems.
		const meant = field.options.findIndex(({ field: option }) => isObject(value) && hasFixedValues(option, value));
		if (meant >= 0) return attempts[meant];
		// An option that fixes a name to another value is not meant if another option leaves that name open.
		const open = new Set(field.options.flatMap(({ field: option }) => openNames(option)));
		const unlike = field.options.map(({ field: option }) => isObject(value) && hasOtherFixedValues(option, value, open));
		const possible = attempts.filter((_problems, index) => !unlike[index] || unlike.every((one) => one));
		const least = possible.reduce((fewest, { length }) => Math.min(fewest, length), Infinity);
		const closest = possible.filter((problems) => problems.length === least);
		// Among several, the one that knows most of the given names.
		const known = (problems: Problem[]) => knownNames(field.options[attempts.indexOf(problems)].field, value);
		return eitherMissing(closest) ?? closest.sort((a, b) => known(b) - known(a))[0];
	}

	private acceptsNull(field: Field): boolean {
		return (
			field.kind === 'union' &&
			field.options.some(({ field: option }) => option.nullable || (option.kind === 'const' && option.value === null))
		);
	}

	/** Checks a value against the field's own schema. */
	private leaf(field: Field, value: unknown, pointer: string): void {
		if (!COMPOSITE.has(field.kind) && isDeeper(value, MAX_DEPTH)) return this.tooDeep(field, pointer);
		// The contents of a composite have been checked with its children.
		const gap = COMPOSITE.has(field.kind) ? undefined : gapIn(value);
		if (gap) {
			const label = gap.path.length === 0 ? field.label : `${field.label}: ${gap.path.join('.')}`;
			const where = pointer + gap.path.map((part) => `/${escapePart(part)}`).join('');
			const of = field.label;
			if (gap.value === undefined) return this.report('missingByExpression', { label }, where, { of });
			return this.report('notFinite', { label }, where, { value: gap.value, of });
		}
		const schema = schemaFor(field, value);
		const error = firstError(schema, value);
		if (!error) return;
		if (error.keyword === TOO_DEEP) return this.tooDeep(field, pointer);
		if (error.keyword === UNREADABLE_RULE) return this.report('unreadableRule', field, pointer, {});
		const path = partsOf(error.instanceLocation.replace(/^#/, ''));
		// The validator gives the name of a missing property only in its message.
		const missing = error.keyword === 'required' ? /required property "([^"]+)"/.exec(error.error)?.[1] : undefined;
		const at = pointer + [...path, ...(missing === undefined ? [] : [missing])].map((part) => `/${escapePart(part)}`).join('');
		if (missing !== undefined) return this.report('missingProperty', { label: missing }, at, { of: field.label });
		const limit = limitAt(schema, error.keywordLocation);
		const given = field.secret || path.length > 0 ? undefined : receivedOf(value);
		this.problems.push(keywordProblem(error.keyword, limit, given, { label: field.label, pointer: at }));
	}

	private tooDeep(field: Field, pointer: string): void {
		this.report('tooDeep', field, pointer, {});
	}

	private report<C extends Code>(code: C, field: Pick<Field, 'label'>, pointer: string, params: Params[C]): void {
		this.problems.push(problem(code, field, pointer, params));
	}
}

/** Kinds of fields whose children are fields and are checked as such. */
const COMPOSITE = new Set<Field['kind']>(['object', 'record', 'array', 'union']);

/** Whether a value is nested too deeply for recursive functions. */
function isDeeper(value: unknown, most: number): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > most) return true;
		level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one as Record<string, unknown>) : []));
	}
	return false;
}

const TOO_DEEP = 'too deep';
const UNREADABLE_RULE = 'unreadable rule';
const validators = new WeakMap<object, Validator>();
/** Keywords whose error only repeats that of a schema inside them. */
const WRAPPERS = new Set([
	'$ref',
	'allOf',
	'anyOf',
	'oneOf',
	'properties',
	'items',
	'additionalProperties',
	'patternProperties',
	'prefixItems',
	'if',
	'then',
	'else',
	'dependentSchemas',
]);

function firstError(schema: JsonSchema, value: unknown): OutputUnit | undefined {
	if (typeof schema === 'boolean' || Object.keys(schema).length === 0) return undefined;
	const own = matchable(schema, value);
	if (typeof own === 'boolean') return undefined;
	let validator = validators.get(own);
	if (!validator) {
		validator = new Validator(own, '2020-12', false);
		validators.set(own, validator);
	}
	let result;
	try {
		if (hasDuplicates(schema, value)) return { keyword: 'uniqueItems', keywordLocation: '#/uniqueItems', instanceLocation: '#', error: '' };
		result = validator.validate(rounded(value));
	} catch (error) {
		// A RangeError is a stack overflow: an expression can yield a value of any depth.
		const keyword = error instanceof RangeError ? TOO_DEEP : UNREADABLE_RULE;
		return { keyword, keywordLocation: '#', instanceLocation: '#', error: '' };
	}
	const { valid, errors } = result;
	if (valid) return undefined;
	const telling = errors.filter((error) => !WRAPPERS.has(error.keyword));
	// Of a union's errors, the one deepest in the value is closest to what is meant.
	const depth = (error: OutputUnit) => error.instanceLocation.split('/').length;
	return telling.sort((a, b) => depth(b) - depth(a))[0] ?? errors[0];
}

/** Checks `uniqueItems` of long lists with a set, since the validator compares every pair of items. */
function hasDuplicates({ uniqueItems }: Exclude<JsonSchema, boolean>, value: unknown): boolean {
	if (uniqueItems !== true || !Array.isArray(value) || value.length <= MOST_COMPARED) return false;
	return new Set(value.map(canonical)).size < value.length;
}

/** The schema for a value: of an enum that also accepts other texts, the part for known choices or the part for others. */
function schemaFor(field: Field, value: unknown): JsonSchema {
	if (field.kind !== 'enum' || !field.open || typeof field.schema === 'boolean') return field.schema;
	const [known, any] = (field.schema.anyOf ?? []) as JsonSchema[];
	return any === undefined || field.choices.some((choice) => choice.value === value) ? known : any;
}

/** The first place where an expression left no value, or a number that JSON does not have. */
function gapIn(value: unknown, path: string[] = []): { path: string[]; value: number | undefined } | undefined {
	if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return { path, value };
	if (typeof value !== 'object' || value === null || value instanceof ExactNumber || path.length > MAX_DEPTH) return undefined;
	for (const [name, one] of Object.entries(value)) {
		const gap = gapIn(one, [...path, name]);
		if (gap) return gap;
	}
	return undefined;
}

/** A copy in which exact numbers are JavaScript numbers, which is precise enough for the check. */
function rounded(value: unknown): unknown {
	if (value instanceof ExactNumber) return value.rounded;
	if (typeof value !== 'object' || value === null || !holdsExact(value)) return value;
	if (Array.isArray(value)) return value.map(rounded);
	const copy = {};
	for (const [name, one] of Object.entries(value)) put(copy, name, rounded(one));
	return copy;
}

function holdsExact(value: unknown): boolean {
	if (value instanceof ExactNumber) return true;
	return typeof value === 'object' && value !== null && Object.values(value).some(holdsExact);
}

/** The value of a keyword; the location may lead through the `$ref`s of the schema. */
function limitAt(schema: JsonSchema, location: string): Json | undefined {
	let current: unknown = schema;
	for (const part of partsOf(location.replace(/^#/, ''))) {
		if (typeof current !== 'object' || current === null) return undefined;
		const next = (current as { [name: string]: unknown })[part];
		current = part === '$ref' && typeof next === 'string' ? valueAt(schema, next.replace(/^#/, '')) : next;
	}
	return current as Json | undefined;
}

/** Codes that say that a value is missing. */
const MISSING: ReadonlySet<Code> = new Set<Code>(['missing', 'missingByExpression', 'missingProperty', 'missingEither']);

/** Merges the problems of options that each lack a single value: any of these values is a way out. */
function eitherMissing(attempts: Problem[][]): Problem[] | undefined {
	const all = attempts.flat();
	if (attempts.some((problems) => problems.length !== 1) || all.some(({ code }) => !MISSING.has(code))) return undefined;
	const each = all.flatMap((one): readonly Place[] => (isOf('missingEither', one) ? one.params.places : [one]));
	const places = [...new Map(each.map(({ label, pointer }) => [`${label} ${pointer}`, { label, pointer }])).values()];
	return places.length < 2 ? undefined : [problem('missingEither', places[0], places[0].pointer, { places })];
}

/** The property whose fixed value tells the options of a union apart. */
function tellingName(field: UnionField): string | undefined {
	const [first] = field.options;
	if (first.field.kind !== 'object') return undefined;
	return first.field.fields.find(
		(child) => child.kind === 'const' && field.options.filter(({ field: option }) => fixedValues(option, child.name).length > 0).length > 1,
	)?.name;
}

/** The value that an option fixes for a property, as a list of none or one. */
function fixedValues(option: Field, name: string | undefined): Json[] {
	const child = option.kind === 'object' ? option.fields.find((one) => one.name === name) : undefined;
	return child?.kind === 'const' ? [child.value] : [];
}

function hasFixedValues(field: Field, value: { [name: string]: unknown }): boolean {
	if (field.kind !== 'object') return false;
	const fixed = field.fields.filter((child) => child.kind === 'const');
	return fixed.length > 0 && fixed.every((child) => child.kind === 'const' && value[child.name] === child.value);
}

/** The property names whose values an option leaves to the operator. */
function openNames(option: Field): string[] {
	return option.kind === 'object' ? option.fields.filter((child) => child.kind !== 'const').map((child) => child.name) : [];
}

/** How many of a value's property names an option knows. */
export function knownNames(option: Field, value: unknown): number {
	return option.kind === 'object' && isObject(value) ? option.fields.filter((child) => has(value, child.name)).length : 0;
}

function hasOtherFixedValues(field: Field, value: { [name: string]: unknown }, names: Set<string>): boolean {
	return (
		field.kind === 'object' &&
		field.fields.some(
			(child) =>
				child.kind === 'const' &&
				names.has(child.name) &&
				has(value, child.name) &&
				JSON.stringify(value[child.name]) !== JSON.stringify(child.value),
		)
	);
}
