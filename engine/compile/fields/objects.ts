import type { BaseField, Field, InputMode, RecordField } from '../../model';
import { holdsSecret } from '../../model/layout';
import { has } from '../../model/values';
import type { FieldCompiler } from './compiler';
import { child, isPart, type Part } from '../document/document';
import { inside, secretAsAWhole, type SchemaPlace } from '../schema/context';
import type { FlatSchema } from '../schema/flatten';

/** Compiles an object with named fields, a map of values by name, or both. */
export function objectField(fields: FieldCompiler, flat: FlatSchema, place: SchemaPlace, base: BaseField): Field {
	fields.countComposite();
	const { schema } = flat;
	const properties = (schema.properties ?? {}) as Part;
	const required = new Set((schema.required as string[] | undefined) ?? []);
	const names = Object.keys(properties).filter((name) => !isReadOnly(fields, properties[name], flat, place));
	const unnamed = [...required].filter((name) => !has(properties, name));
	const rest = fields.rest(flat, place);
	const input = (modes: InputMode[]) => {
		const first = schema['x-n8n-input'];
		const offered = first === undefined ? modes : [...new Set<InputMode>([...modes, 'json'])];
		const all = [...offered, ...(base.nullable ? ['null' as const] : []), ...(base.shown ? ['none' as const] : [])];
		if (all.length < 2) return {};
		return {
			input: { modes: typeof first === 'string' ? all.sort((a, b) => Number(b === first) - Number(a === first)) : all },
		};
	};
	if (names.length === 0 && unnamed.length === 0) {
		const extra = extraSchema(flat) ?? (Object.keys(properties).length === 0 && schema.additionalProperties !== false ? true : undefined);
		if (extra === undefined) return { ...base, kind: 'object', fields: [], schema: rest, ...input(['fields']) };
		return { ...recordField(fields, extra, flat, place, base), schema: rest, ...input(['fields', 'json']) };
	}
	// Fields of an object that is always shown appear among others, so they need a prefix; an added object has its own box.
	const prefix = place.name === '' ? place.prefix : place.required || base.shown ? base.label : undefined;
	const own = [...names, ...unnamed].map((name) =>
		fields.compile(properties[name] ?? true, {
			name,
			pointer: flat.pointers.get(properties[name]) ?? child(place.pointer, 'properties', name),
			required: required.has(name),
			prefix,
			// An object that is merely named like a secret may hold other values too; their own names decide.
			secret: secretAsAWhole(flat, place),
			...inside(place),
		}),
	);
	const extra = extraSchema(flat);
	const closed = schema.additionalProperties === false ? { closed: true as const } : {};
	if (extra === undefined)
		return { ...base, kind: 'object', fields: ordered(own, properties), ...closed, schema: rest, ...input(['fields']) };
	const { shown: _shown, ...silent } = base;
	const extraBase = { ...silent, name: '', label: prefix ? `${prefix}: Other Values` : 'Other Values', required: false, nullable: false };
	const map = {
		...recordField(fields, extra, flat, place, {
			...extraBase,
			description: 'Further values, by name',
			default: undefined,
			example: undefined,
		}),
		schema: {},
	};
	return { ...base, kind: 'object', fields: ordered(own, properties), extra: map, schema: rest, ...input(['fields', 'json']) };
}

/** Schema of the values of additional names, if the document allows any explicitly. */
function extraSchema(flat: FlatSchema): unknown {
	const { additionalProperties: additional, patternProperties: patterns } = flat.schema;
	if (additional !== undefined && additional !== false) return additional;
	return isPart(patterns) && Object.keys(patterns).length > 0
		? Object.keys(patterns).length === 1
			? Object.values(patterns)[0]
			: true
		: undefined;
}

/** Compiles a map: values by names that the document does not list. */
function recordField(fields: FieldCompiler, values: unknown, flat: FlatSchema, place: SchemaPlace, base: BaseField) {
	const any = values === true || (isPart(values) && Object.keys(values).length === 0);
	const value = fields.compile(any ? { type: 'string' } : values, {
		name: '',
		role: 'Value',
		pointer: flat.pointers.get(values) ?? child(place.pointer, 'additionalProperties'),
		required: true,
		secret: secretAsAWhole(flat, place),
		secretName: base.secret,
		...inside(place),
	});
	const suggested = suggestionsOf(flat.schema['x-n8n-suggestions']);
	const said = flat.schema['x-n8n-fields-from'];
	const from = child(place.pointer, 'x-n8n-fields-from');
	const dynamic = said === undefined ? {} : { dynamic: fields.lookups.dynamic(said, from, holdsSecret(value)) };
	// For values of any type, rows offer a text; everything else can be entered as JSON.
	return {
		...base,
		kind: 'record' as const,
		value: any ? { ...value, nullable: true, schema: {} } : value,
		...suggested,
		...dynamic,
	};
}

function isReadOnly(fields: FieldCompiler, schema: unknown, flat: FlatSchema, place: SchemaPlace): boolean {
	return fields.schemas.flatten(schema, flat.pointers.get(schema) ?? place.pointer).schema.readOnly === true;
}

/** Suggested names of a map: always the same, or by the value of another field. */
function suggestionsOf(said: unknown): { suggestions?: { [name: string]: string }; suggestedBy?: RecordField['suggestedBy'] } {
	if (!isPart(said)) return {};
	if (!isPart(said.names)) return { suggestions: said as { [name: string]: string } };
	const byValue = Object.entries(said.names as { [value: string]: { [name: string]: string } });
	return {
		suggestions: Object.fromEntries(byValue.flatMap(([, names]) => Object.entries(names))),
		suggestedBy: { by: said.by as string, names: Object.fromEntries(byValue.map(([value, names]) => [value, Object.keys(names)])) },
	};
}

/** Fields in document order, except where `x-n8n-order` says otherwise. */
function ordered(fields: Field[], properties: Part): Field[] {
	const order = (field: Field) => Number((properties[field.name] as Part | undefined)?.['x-n8n-order'] ?? 1000);
	return fields
		.map((field, index) => ({ field, index }))
		.sort((a, b) => order(a.field) - order(b.field) || a.index - b.index)
		.map(({ field }) => field);
}
