import type { Dynamic, Json, JsonSchema, RecordField, Vendor } from '../../model';
import { labelOf } from '../../model/names';
import { escapePart, valueAt, firstValueAt } from '../../model/pointer';
import { has, isPattern, TYPES } from '../../model/values';
import { dateOf } from '../input/dates';
import { isRecord, type VendorRecord } from '../response/response';
import type { Steps } from '../pacing/turns';
import { Checker } from '../validate/check';
import { recordsOf } from '../transport/pages';
import { problem, type Problem } from '../problems/problem';
import type { NamedRows } from '../input/mapper';
import { EVERY_NAME } from '../redact';
import { parseEntered } from '../request/json';
import { inputsFor, type CurrentRequest } from '../request/reference';
import type { Connection } from '../transport/send';
import { success, type Result } from '../problems/result';

/** A property name that the vendor asks for in a map. */
export interface Property {
	name: string;
	label: string;
	description?: string;
	required: boolean;
}

/** What the vendor asks for, given the current request. */
export interface Rules {
	kind: 'rules';
	properties: Property[];
	/** The vendor listed all names, even if there are none. */
	isComplete: boolean;
	/** Set if the vendor provides a JSON Schema. */
	schema?: JsonSchema;
}

/** No rules for the current request: either fields they depend on are empty, or the vendor has none for what was entered. */
export type NoRules = { kind: 'missing'; labels: string[] } | { kind: 'notOffered'; problem: Problem; none: boolean };

/** Fetches the vendor's rules for a map. */
export async function rulesOf(
	connection: Connection,
	vendor: Vendor,
	dynamic: Dynamic,
	currentRequest: CurrentRequest,
): Promise<Result<Rules | NoRules>> {
	const operation = vendor.references[dynamic.operation];
	const { inputs, missing } = inputsFor(dynamic, operation, currentRequest);
	const matches = Object.entries(dynamic.match ?? {});
	const open = matches.filter(([, pointer]) => valueAt(currentRequest, pointer) === undefined).map(([name]) => labelOf(name));
	if (missing.length + open.length > 0) return success({ kind: 'missing', labels: [...missing, ...open] });
	const found = await recordsOf(connection, operation, inputs);
	if (!found.ok) return found;
	// Labels and descriptions are the vendor's own words; property names must stay as they are, since they are sent.
	const records = await connection.redactor.jsonInTurns(found.value, EVERY_NAME);
	const index = found.value.findIndex((one) =>
		matches.every(([name, pointer]) => String(valueAt(one, `/${name}`)) === String(valueAt(currentRequest, pointer))),
	);
	if (index === -1) return success({ kind: 'notOffered', problem: notOffered(records, matches), none: records.length === 0 });
	const { schema } = dynamic;
	if (schema === undefined) return success(listed(records[index], dynamic));
	// Values are compared with those of the schema, so these must stay as well. A choice that anybody can look up is no secret.
	return success({ ...bySchema(firstValueAt(records[index], schema)), schema: schemaIn(firstValueAt(found.value[index], schema)) });
}

function schemaIn(value: Json | undefined): JsonSchema | undefined {
	return isRecord(value) ? value : undefined;
}

function notOffered(records: VendorRecord[], matches: Array<[string, string]>): Problem {
	const [name, pointer] = matches[0] ?? ['type', '/type'];
	const offered = records.flatMap((one) => valueAt(one, `/${name}`) ?? []).map(String);
	return problem('notOffered', { label: labelOf(name) }, pointer, { offered });
}

function listed(record: VendorRecord, { properties: place = '', name = '/name', label, description }: Dynamic): Rules {
	const list = firstValueAt(record, place);
	const properties = (Array.isArray(list) ? list : []).flatMap((one): Property[] => {
		const own = firstValueAt(one, name);
		if (typeof own !== 'string' || own === '') return [];
		const said = label === undefined ? undefined : firstValueAt(one, label);
		const about = description === undefined ? undefined : firstValueAt(one, description);
		return [
			{
				name: own,
				label: typeof said === 'string' && said ? said : labelOf(own),
				...(typeof about === 'string' && about ? { description: about } : {}),
				required: false,
			},
		];
	});
	return { kind: 'rules', properties, isComplete: Array.isArray(list) };
}

function bySchema(schema: Json | undefined): Rules {
	if (!isRecord(schema)) return { kind: 'rules', properties: [], isComplete: false };
	const required = Array.isArray(schema.required) ? schema.required : [];
	const properties = Object.entries(isRecord(schema.properties) ? schema.properties : {}).map(([name, given]): Property => {
		const { title, description } = isRecord(given) ? given : {};
		return {
			name,
			label: typeof title === 'string' ? title : labelOf(name),
			...(typeof description === 'string' ? { description } : {}),
			required: required.includes(name),
		};
	});
	return { kind: 'rules', properties, schema, isComplete: isRecord(schema.properties) };
}

/**
 * Problems for names that were picked from an earlier list and are not in the current one: they remained in the form when
 * another choice was made, and their values would go to the wrong recipient. Typed names (Other) are intentional.
 */
export function ofAnotherList({ field, pointer, picked, mapped }: NamedRows, { properties, schema, isComplete }: Rules): Problem[] {
	const patterned = isRecord(schema) ? schema.patternProperties : undefined;
	const patterns = isRecord(patterned) ? Object.keys(patterned) : [];
	const names = properties.map(({ name }) => name);
	const known = new Set(names);
	const isKnown = (name: string) =>
		known.has(name) || patterns.some((pattern) => !isPattern(pattern) || new RegExp(pattern, 'u').test(name));
	return picked
		.filter((name) => isComplete && !isKnown(name))
		.map((name) => {
			const where = `${pointer}/${escapePart(name)}`;
			if (!mapped) return problem('notAsked', { label: `${field.label}: ${name}` }, where, { names });
			const label = `${field.label}: ${mapped.labels.get(name) ?? name}`;
			return problem('foreignField', { label }, where, { labels: properties.map((one) => one.label) });
		});
}

/**
 * Converts the texts of a map to what the vendor's schema wants, if nothing is lost: a number, a boolean, a list or an
 * object, a date.
 * @param timezone IANA name of the workflow's zone, for picked dates, which have none
 */
export function coerced(value: { [name: string]: Json }, { schema }: Rules, timezone: string): { [name: string]: Json } {
	const declared = isRecord(schema) && isRecord(schema.properties) ? schema.properties : {};
	return Object.fromEntries(
		Object.entries(value).map(([name, entered]) => {
			const own = has(declared, name) ? declared[name] : undefined;
			return [name, isRecord(own) ? converted(entered, own, timezone) : entered];
		}),
	);
}

/** Checks a map against the vendor's rules, in steps: there can be thousands of them. */
export function* checkByRules(
	field: RecordField,
	value: { [name: string]: Json },
	pointer: string,
	{ properties, schema }: Rules,
): Steps<Problem[]> {
	// A plain list only says what to offer; other names may be valid too.
	if (!isRecord(schema)) return [];
	const declared = isRecord(schema.properties) ? schema.properties : {};
	const checker = new Checker();
	// Labels from the vendor's schema, so that problems use the words of the list.
	const fields = properties.map(({ name, label, required }) => ({
		kind: 'json' as const,
		name,
		label: `${field.label}: ${label}`,
		required,
		nullable: true,
		secret: field.secret,
		schema: clear(declared[name]),
		key: '',
	}));
	const extra = schema.additionalProperties === false && schema.patternProperties === undefined ? {} : { extra: field };
	const {
		properties: _properties,
		required: _required,
		additionalProperties: _additional,
		unevaluatedProperties: _unevaluated,
		...rest
	} = schema;
	yield* checker.objectSteps({ ...field, kind: 'object', fields, ...extra, schema: clear(rest) }, value, pointer);
	return checker.problems;
}

/** A part of the vendor's schema if all of it can be checked here; otherwise `{}`, which leaves the check to the vendor. */
function clear(schema: Json | undefined): JsonSchema {
	return isRecord(schema) && isClear(schema) ? schema : {};
}

function isClear(schema: Json): boolean {
	if (Array.isArray(schema)) return schema.every(isClear);
	if (!isRecord(schema)) return true;
	const { $ref, type, pattern } = schema;
	// Under `properties`, these are property names whose values are schemas rather than texts.
	if (
		typeof $ref === 'string' ||
		[type].flat().some((one) => typeof one === 'string' && !TYPES.has(one)) ||
		(typeof pattern === 'string' && !isPattern(pattern))
	)
		return false;
	return Object.values(schema).every(isClear);
}

function converted(value: Json, { type, format }: { [keyword: string]: Json }, timezone: string): Json {
	if (typeof value !== 'string') return value;
	const types = [type].flat();
	if (types.includes('string')) return format === 'date-time' || format === 'date' ? dateOf(value, format === 'date', timezone) : value;
	if (types.includes('array') || types.includes('object')) return parsed(value);
	if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
	const number = Number(value);
	const numeric = types.includes('number') || (types.includes('integer') && Number.isSafeInteger(number));
	return numeric && value.trim() !== '' && String(number) === value.trim() ? number : value;
}

/** The value of a JSON text; any other text stays as it is, so that the check refuses it. */
function parsed(text: string): Json {
	try {
		return parseEntered(text) as Json;
	} catch {
		return text;
	}
}
