import type { Field, ObjectField, Input, Json, ArrayField, RecordField, NumberField, Operation } from '../../engine/model';
import { Checker, type PlainRequest } from '../../engine/tools';
import { valuesFor } from './sampleSchema';
import { textsFor } from './sampleText';

/**
 * A small request that the document allows: the required inputs, with the document's own examples where it has any.
 * @returns the request, or the place of an input for which no candidate is valid
 */
export function sampleRequest({ inputs }: Operation): { request: PlainRequest } | { place: string } {
	const request: { [location: string]: Json } = {};
	for (const input of inputs) {
		const { field, in: location } = input;
		if (!field.required) continue;
		const value = location === 'body' ? tellingOf(field) : sampleOf(field);
		if (value === undefined) {
			if (input.optional) continue;
			return { place: placeOf(input) };
		}
		if (location === 'body') request.body = value;
		else request[location] = { ...(request[location] as { [name: string]: Json } | undefined), [field.name]: value };
	}
	return { request };
}

function placeOf({ in: location, field }: Input): string {
	return location === 'body' ? 'the body' : `${location} parameter "${field.name}"`;
}

/** How many optional fields an example shows if none is required. */
const SHOWN = 3;

/** Like `sampleOf`, but if everything is optional, a few telling fields instead of an empty object. */
function tellingOf(field: Field): Json | undefined {
	if (field.kind === 'union')
		return (
			field.options.map((option) => tellingOf(option.field)).find((value) => value !== undefined && accepts(field, value)) ??
			sampleOf(field)
		);
	if (field.kind !== 'object' || field.fields.some((child) => child.required)) return sampleOf(field);
	const plain = field.fields.filter((child) => child.kind === 'string' || child.kind === 'enum');
	const telling = plain.filter((child) => child.secret || /name|title|label|type|url/i.test(child.name));
	const shown = new Set<Field>([...telling, ...plain].slice(0, SHOWN));
	const entries = field.fields.flatMap((child) => {
		const value = shown.has(child) ? sampleOf(child) : undefined;
		return value === undefined ? [] : [[child.name, value] as const];
	});
	const value = Object.fromEntries(entries);
	return entries.length > 0 && accepts(field, value) ? value : sampleOf(field);
}

/**
 * A valid value for a field.
 * @param variant a different number gives a different value, as far as there are several
 * @returns undefined if no candidate is valid
 */
export function sampleOf(field: Field, variant = 0): Json | undefined {
	for (const value of candidates(field, variant)) if (accepts(field, value)) return value;
	return undefined;
}

function accepts(field: Field, value: Json): boolean {
	// The form treats an empty required text as forgotten.
	if (value === '' && field.required) return false;
	const checker = new Checker();
	checker.check(field, value, '/value');
	return checker.problems.length === 0;
}

function* candidates(field: Field, variant: number): Iterable<Json> {
	switch (field.kind) {
		case 'string':
			yield* textsFor(field, variant);
			return;
		case 'number':
			yield* numbers(field, variant);
			return;
		case 'boolean':
			yield* [field.example, field.default, true, false].filter((value): value is boolean => typeof value === 'boolean').slice(variant);
			return;
		case 'date':
			yield* [field.example, field.dateOnly ? '2030-01-31' : '2030-01-31T09:30:00Z'].filter(
				(value): value is string => typeof value === 'string',
			);
			return;
		case 'enum': {
			const values = field.choices.map(({ value }) => value);
			const first = [field.example, field.default].filter((value): value is string => values.includes(value as string));
			yield* [...new Set([...first, ...values])].slice(variant);
			return;
		}
		case 'const':
			yield field.value;
			return;
		case 'object':
			yield* objects(field);
			return;
		case 'record':
			yield* maps(field);
			return;
		case 'array':
			yield* lists(field);
			return;
		case 'union':
			for (const option of field.options) {
				const value = sampleOf(option.field, variant);
				if (value !== undefined) yield value;
			}
			return;
		case 'json':
			yield* [field.example, field.default].filter((value): value is Json => value !== undefined);
			yield* valuesFor(field.schema);
	}
}

function* numbers(field: NumberField, variant: number): Iterable<number> {
	const schema = typeof field.schema === 'object' ? field.schema : {};
	const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = schema as { [keyword: string]: number | undefined };
	const step = multipleOf ?? 1;
	const limits = [minimum, exclusiveMinimum, maximum, exclusiveMaximum].filter((limit) => limit !== undefined);
	const middle = limits.length > 1 ? [limits.reduce((sum, limit) => sum + limit, 0) / limits.length] : [];
	const steps = limits.flatMap((limit) => [
		limit,
		Math.ceil(limit / step) * step,
		(Math.floor(limit / step) + 1) * step,
		(Math.ceil(limit / step) - 1) * step,
	]);
	const given = variant === 0 ? [field.example, field.default] : [];
	for (const value of [...given, ...steps, 1, step, ...middle, 0]) if (typeof value === 'number') yield value + variant * step;
}

/** The required fields alone, then with one optional field each, and with all so far: a rule on the object may require some. */
function* objects(field: ObjectField): Iterable<Json> {
	const required: { [name: string]: Json } = {};
	for (const child of field.fields.filter((one) => one.required)) {
		const value = sampleOf(child);
		if (value === undefined) return;
		required[child.name] = value;
	}
	yield required;
	const all = { ...required };
	for (const child of field.fields.filter((one) => !one.required)) {
		const value = sampleOf(child);
		if (value === undefined) continue;
		yield { ...required, [child.name]: value };
		all[child.name] = value;
		yield { ...all };
	}
	for (const entries of field.extra ? maps(field.extra) : []) yield { ...required, ...(entries as object) };
}

function* maps(field: RecordField): Iterable<Json> {
	const names = [...Object.keys(field.suggestions ?? {}).slice(0, 2), ...namesOf(field), 'example', 'another'];
	const entries = [...new Set(names)]
		.map((name, index) => [name, sampleOf(field.value, index)] as const)
		.filter((entry): entry is [string, Json] => entry[1] !== undefined);
	if (typeof field.example === 'object' && field.example !== null && Object.keys(field.example).length > 0) yield field.example;
	for (const entry of entries) yield Object.fromEntries([entry]);
	yield {};
	yield Object.fromEntries(entries);
}

/** Names that a map's rules accept. */
function namesOf(field: RecordField): string[] {
	const rules = (typeof field.schema === 'object' ? field.schema : {}) as {
		propertyNames?: { pattern?: string; enum?: string[] };
		patternProperties?: object;
	};
	const patterns = [rules.propertyNames?.pattern, ...Object.keys(rules.patternProperties ?? {})].filter((pattern) => pattern !== undefined);
	const name = { kind: 'string', name: 'example', label: 'Example', required: true, nullable: false, secret: false, key: '' } as const;
	const matching = patterns.flatMap((pattern) => sampleOf({ ...name, schema: { type: 'string', pattern } }) ?? []);
	return [...(rules.propertyNames?.enum ?? []), ...matching] as string[];
}

function* lists(field: ArrayField): Iterable<Json> {
	const { minItems = 1 } = (typeof field.schema === 'object' ? field.schema : {}) as { minItems?: number };
	if (Array.isArray(field.example) && field.example.length > 0) yield field.example;
	const items = Array.from({ length: Math.max(1, minItems) }, (_, index) => sampleOf(field.item, index) ?? sampleOf(field.item));
	if (items.every((item) => item !== undefined)) yield items;
	yield [];
}
