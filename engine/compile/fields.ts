import type { Choice, Field, InputMode, Json, JsonSchema, MapField } from '../model';
import { isSecretName, labelOf } from '../names';
import { choicesOf } from './choices';
import { child, DocumentError, isPart, type Part } from './document';
import { CHECKED_FORMATS, FORMAT_ALIASES, impliedType, LEAF, REST, withoutWords } from './keywords';
import { inside, secretAsAWhole, type SchemaPlace } from './place';
import { typesOf, type FlatSchema, type Schemas } from './schema';
import { inheritance, typeUnion, unionField } from './unions';
import type { Lookups } from './lookups';
import { enumLabel, sentenceOf, titleOf } from './words';
import { has } from '../values';

/** Deeper than this, and beyond so many groups and unions, a field is JSON. */
const MAX_DEPTH = 24;
const MAX_COMPOSITES = 2000;

/** Turns schemas into fields: the place where every construct of JSON Schema becomes one of a few kinds. */
export class Fields {
	/** Groups and unions so far: beyond a number, no form is one that a person can use. */
	private composites = 0;

	constructor(
		readonly schemas: Schemas,
		private readonly lookups: Lookups,
	) {}

	/**
	 * @param schema a schema of the document
	 * @throws DocumentError where it is no schema, or a $ref leads nowhere
	 */
	compile(schema: unknown, place: SchemaPlace): Field {
		const flat = this.schemas.flatten(schema, place.pointer);
		if (this.recurs(flat, place) || this.isTooMuch(place)) return this.json(schema, flat, place);
		return this.compileFlat(flat, place);
	}

	/** Whether a schema leads back to one that it stands in. */
	recurs(flat: FlatSchema, place: SchemaPlace): boolean {
		return flat.refs.some((ref) => place.refs?.includes(ref));
	}

	countComposite(): void {
		this.composites++;
	}

	private isTooMuch(place: SchemaPlace): boolean {
		return (place.depth ?? 0) > MAX_DEPTH || this.composites > MAX_COMPOSITES;
	}

	/** Compiles what has been flattened, or put together from several schemas, already. */
	compileFlat(flat: FlatSchema, given: SchemaPlace): Field {
		const place = { ...given, here: { refs: [...(given.here?.refs ?? []), ...flat.refs], unions: given.here?.unions ?? [] } };
		const field = this.kindOf(flat, place);
		if (field.shown && !SHOWN_KINDS.has(field.kind))
			throw DocumentError.at(
				child(place.pointer, 'x-n8n-shown'),
				'a switch, a choice or a list is never empty, so it cannot be left out in view; remove this, or make the field required',
			);
		// Only what is required can be sent without being asked for.
		if (field.kind !== 'fixed' || place.required) return field;
		const { value, ...base } = field;
		if (typeof value === 'object') return { ...base, kind: 'json', schema: { const: value }, example: value };
		return { ...base, kind: 'choice', choices: [{ value, label: enumLabel(value) }], schema: { enum: [value] } };
	}

	private kindOf(flat: FlatSchema, place: SchemaPlace): Field {
		const { schema } = flat;
		if (schema['x-n8n-lookup'] !== undefined) return this.lookedUp(flat, place);
		if (schema['x-n8n-input'] === 'text') return this.asText(schema, flat, place);
		const inherited = inheritance(this.schemas, flat);
		if (inherited) return this.kindOf(inherited, place);

		const union = (schema.oneOf ?? schema.anyOf) as unknown[] | undefined;
		if (union) return unionField(this, flat, place, union);

		const types = typesOf(schema).filter((type) => type !== 'null');
		const nullable =
			place.nullable === true ||
			schema.nullable === true ||
			typesOf(schema).includes('null') ||
			(Array.isArray(schema.enum) && types.length === 0 && schema.enum.includes(null));
		const base = { ...this.base(flat, place), nullable };
		// A list with an enum beside its items means the entries.
		if (Array.isArray(schema.enum) && types[0] === 'array' && !schema.enum.some(Array.isArray))
			return this.list(
				{ ...flat, schema: { ...schema, enum: undefined, items: { allOf: [schema.items ?? {}, { enum: schema.enum }] } } },
				place,
				base,
			);
		if (schema.const !== undefined) return this.choice({ ...flat, schema: { ...schema, enum: [schema.const] } }, place, base);
		if (Array.isArray(schema.enum)) return this.choice(flat, place, base);
		if (types.length > 1) return typeUnion(this, flat, place, types, nullable);

		switch (types[0] ?? impliedType(schema)) {
			case 'object':
				return this.object(flat, place, base);
			case 'array':
				return this.list(flat, place, base);
			case 'string':
				return this.text(flat, base);
			case 'integer':
			case 'number':
				return {
					...base,
					kind: 'number',
					secret: place.secret === true,
					integer: typesOf(schema).includes('integer'),
					schema: this.leaf(flat, place),
				};
			case 'boolean':
				return { ...base, kind: 'boolean', secret: place.secret === true, schema: this.leaf(flat, place) };
			case 'null':
				return { ...base, kind: 'fixed', value: null };
			default:
				if (typesOf(schema).includes('null')) return { ...base, kind: 'fixed', value: null };
				return this.json(schema, flat, place);
		}
	}

	/** What every kind of field has. */
	base(flat: FlatSchema, place: SchemaPlace) {
		const { schema } = flat;
		const said = schema['x-n8n-secret'];
		const label = place.label ?? (schema['x-n8n-label'] as string | undefined);
		const title = typeof schema.title === 'string' && place.name === '' ? schema.title : undefined;
		const own =
			label ??
			(place.name === '' ? (place.role ?? (title === undefined ? 'Value' : titleOf(title))) : labelOf(place.name).trim() || 'Value');
		const secret =
			typeof said === 'boolean'
				? said
				: place.secret === true ||
					place.secretName === true ||
					schema.format === 'password' ||
					schema.writeOnly === true ||
					isSecretName(place.name);
		return {
			name: place.name,
			label: label === undefined && place.prefix ? `${place.prefix}: ${own}` : own,
			description: sentenceOf(place.description ?? (schema.description as string | undefined)),
			required: place.required,
			...(schema['x-n8n-shown'] === true && !place.required ? { shown: true as const } : {}),
			nullable: false,
			secret,
			schema: {} as JsonSchema,
			default: schema.default as Json | undefined,
			example: (place.example ?? schema.example) as Json | undefined,
		};
	}

	private text(flat: FlatSchema, base: ReturnType<Fields['base']>): Field {
		const schema = this.leaf(flat, { pointer: '#' });
		const { format } = schema as Part;
		if (format === 'date-time' || format === 'date') return { ...base, kind: 'date', dateOnly: format === 'date', schema };
		const long = /\b(pem|certificate|markdown|multi-?line)\b/i.test(`${base.name.replace(/_/g, ' ')} ${flat.schema.format ?? ''}`);
		const rows = long || Number(flat.schema.minLength ?? 0) > 200 ? 4 : undefined;
		const file =
			flat.schema.format === 'binary' || (flat.schema.contentMediaType !== undefined && flat.schema.contentEncoding === undefined);
		return {
			...base,
			kind: 'text',
			...(rows || file ? { rows: rows ?? 4 } : {}),
			...(file ? { file: true as const } : {}),
			schema,
		};
	}

	/** A value of several types that nearly always is a text. What else it can be, JSON around it can say. */
	private asText(schema: Part, flat: FlatSchema, place: SchemaPlace): Field {
		return {
			...this.base(flat, place),
			kind: 'text',
			nullable: acceptsNull(flat.schema),
			schema: this.schemas.standalone(withoutWords(schema), place.pointer),
		};
	}

	/** A text that can be picked from what exists; the list does not say that nothing else is right. */
	private lookedUp(flat: FlatSchema, place: SchemaPlace): Field {
		const { 'x-n8n-lookup': said, title: _title, description: _description, ...schema } = flat.schema;
		const { label, ...base } = this.base(flat, place);
		const { method } = this.lookups.lookup(said, child(place.pointer, 'x-n8n-lookup'));
		// What is picked has a name; that its id is sent is how it is done.
		return {
			...base,
			label: label.replace(/(.) ID$/, '$1'),
			kind: 'text',
			lookup: method,
			schema: this.schemas.standalone(withoutWords(schema), place.pointer),
		};
	}

	/** What the value of a leaf has to satisfy, without null: that is the field's `nullable`. */
	leaf(flat: FlatSchema, place: { pointer: string }): JsonSchema {
		const kept: Part = {};
		for (const [keyword, value] of Object.entries(flat.schema)) if (LEAF.has(keyword)) kept[keyword] = value;
		const types = typesOf(kept).filter((type) => type !== 'null');
		if (types.length > 0) kept.type = types.length === 1 ? types[0] : types;
		else delete kept.type;
		if (typeof kept.format === 'string') {
			kept.format = FORMAT_ALIASES[kept.format] ?? kept.format;
			if (!CHECKED_FORMATS.has(kept.format as string)) delete kept.format;
		}
		return this.schemas.standalone(kept, place.pointer);
	}

	/** What a composite has to satisfy beyond its children. */
	private rest(flat: FlatSchema, place: SchemaPlace): JsonSchema {
		const { schema } = flat;
		if (schema.unevaluatedProperties !== undefined || schema.unevaluatedItems !== undefined) {
			return this.schemas.standalone(schema, place.pointer);
		}
		const kept: Part = {};
		for (const [keyword, value] of Object.entries(schema)) if (REST.has(keyword)) kept[keyword] = value;
		if (schema.patternProperties !== undefined && schema.additionalProperties !== undefined) {
			kept.additionalProperties = schema.additionalProperties;
			kept.properties = Object.fromEntries(Object.keys((schema.properties as Part | undefined) ?? {}).map((name) => [name, true]));
		}
		return Object.keys(kept).length === 0 ? {} : this.schemas.standalone(kept, place.pointer);
	}

	/** The escape hatch. */
	json(schema: unknown, flat: FlatSchema, place: SchemaPlace): Field {
		return {
			...this.base(flat, place),
			kind: 'json',
			nullable: acceptsNull(flat.schema),
			schema: this.schemas.standalone(schema, place.pointer),
		};
	}

	private choice(flat: FlatSchema, place: SchemaPlace, base: ReturnType<Fields['base']>): Field {
		const values = (flat.schema.enum as unknown[]).filter((value) => value !== null);
		const nullable = base.nullable || ((flat.schema.enum as unknown[]).includes(null) && values.length > 0);
		if (values.some((value) => typeof value === 'object')) {
			if (values.length === 1 && place.required) return { ...base, kind: 'fixed', value: values[0] as Json };
			return this.json(flat.schema, flat, place);
		}
		if (values.length === 0) return { ...base, kind: 'fixed', value: null };
		if (values.length === 1 && place.required && !nullable) return { ...base, kind: 'fixed', value: values[0] as Json };
		const choices = choicesOf(flat.schema, values as Array<Choice['value']>);
		return { ...base, nullable, kind: 'choice', choices, schema: { enum: choices.map((choice) => choice.value) } };
	}

	private object(flat: FlatSchema, place: SchemaPlace, base: ReturnType<Fields['base']>): Field {
		this.countComposite();
		const { schema } = flat;
		const properties = (schema.properties ?? {}) as Part;
		const required = new Set((schema.required as string[] | undefined) ?? []);
		const names = Object.keys(properties).filter((name) => !this.isReadOnly(properties[name], flat, place));
		const unnamed = [...required].filter((name) => !has(properties, name));
		const rest = this.rest(flat, place);
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
			const extra =
				this.extraSchema(flat) ?? (Object.keys(properties).length === 0 && schema.additionalProperties !== false ? true : undefined);
			if (extra === undefined) return { ...base, kind: 'group', fields: [], schema: rest, ...input(['fields']) };
			return { ...this.map(extra, flat, place, base), schema: rest, ...input(['fields', 'json']) };
		}
		// Only the fields of a group in view stand among others; another one has a box of its own.
		const prefix = place.name === '' ? place.prefix : place.required || base.shown ? base.label : undefined;
		const fields = [...names, ...unnamed].map((name) =>
			this.compile(properties[name] ?? true, {
				name,
				pointer: flat.pointers.get(properties[name]) ?? child(place.pointer, 'properties', name),
				required: required.has(name),
				prefix,
				// A group that is only named like a secret holds other things too, each with a name of its own.
				secret: secretAsAWhole(flat, place),
				...inside(place),
			}),
		);
		const extra = this.extraSchema(flat);
		const closed = schema.additionalProperties === false ? { closed: true as const } : {};
		if (extra === undefined)
			return { ...base, kind: 'group', fields: ordered(fields, properties), ...closed, schema: rest, ...input(['fields']) };
		const { shown: _shown, ...silent } = base;
		const extraBase = { ...silent, name: '', label: prefix ? `${prefix}: Other Values` : 'Other Values', required: false, nullable: false };
		const map = {
			...this.map(extra, flat, place, { ...extraBase, description: 'Further values, by name', default: undefined, example: undefined }),
			schema: {},
		};
		return { ...base, kind: 'group', fields: ordered(fields, properties), extra: map, schema: rest, ...input(['fields', 'json']) };
	}

	/** Schema of the values of names that are not listed, where the document says that there can be some. */
	private extraSchema(flat: FlatSchema): unknown {
		const { additionalProperties: additional, patternProperties: patterns } = flat.schema;
		if (additional !== undefined && additional !== false) return additional;
		return isPart(patterns) && Object.keys(patterns).length > 0
			? Object.keys(patterns).length === 1
				? Object.values(patterns)[0]
				: true
			: undefined;
	}

	private map(values: unknown, flat: FlatSchema, place: SchemaPlace, base: ReturnType<Fields['base']>) {
		const any = values === true || (isPart(values) && Object.keys(values).length === 0);
		const value = this.compile(any ? { type: 'string' } : values, {
			name: '',
			role: 'Value',
			pointer: flat.pointers.get(values) ?? child(place.pointer, 'additionalProperties'),
			required: true,
			secret: secretAsAWhole(flat, place),
			secretName: base.secret,
			...inside(place),
		});
		const suggested = suggestionsOf(flat.schema['x-n8n-suggestions']);
		const said = flat.schema['x-n8n-dynamic'];
		const dynamic = said === undefined ? {} : { dynamic: this.lookups.dynamic(said, child(place.pointer, 'x-n8n-dynamic')) };
		// Rows offer a text for a value that can be anything; the JSON mode accepts the rest.
		return {
			...base,
			kind: 'map' as const,
			value: any ? { ...value, nullable: true, schema: {} } : value,
			...suggested,
			...dynamic,
		};
	}

	private list(flat: FlatSchema, place: SchemaPlace, base: ReturnType<Fields['base']>): Field {
		const { schema } = flat;
		if (schema.items === undefined || schema.prefixItems !== undefined || schema.items === false) return this.json(schema, flat, place);
		const item = this.compile(schema.items, {
			name: '',
			role: itemLabel(base.label),
			pointer: flat.pointers.get(schema.items) ?? child(place.pointer, 'items'),
			required: true,
			secret: secretAsAWhole(flat, place),
			secretName: base.secret,
			...inside(place),
		});
		const input = base.nullable ? { input: { modes: ['fields', 'null'] as InputMode[] } } : {};
		return { ...base, kind: 'list', item, schema: this.rest(flat, place), ...input };
	}

	private isReadOnly(schema: unknown, flat: FlatSchema, place: SchemaPlace): boolean {
		return this.schemas.flatten(schema, flat.pointers.get(schema) ?? place.pointer).schema.readOnly === true;
	}
}

/** Kinds that can be left empty in view. */
const SHOWN_KINDS = new Set<Field['kind']>(['text', 'number', 'date', 'json', 'group', 'map', 'variant']);

/** Known names of a map: for all cases, or by the value of another field. */
function suggestionsOf(said: unknown): { suggestions?: { [name: string]: string }; suggestedBy?: MapField['suggestedBy'] } {
	if (!isPart(said)) return {};
	if (!isPart(said.names)) return { suggestions: said as { [name: string]: string } };
	const byValue = Object.entries(said.names as { [value: string]: { [name: string]: string } });
	return {
		suggestions: Object.assign({}, ...byValue.map(([, names]) => names)) as { [name: string]: string },
		suggestedBy: { by: said.by as string, names: Object.fromEntries(byValue.map(([value, names]) => [value, Object.keys(names)])) },
	};
}

function acceptsNull(schema: Part): boolean {
	const types = typesOf(schema);
	return types.length === 0 || types.includes('null');
}

/** Sorted by `x-n8n-order` where given, else as the document has them. */
function ordered(fields: Field[], properties: Part): Field[] {
	const order = (field: Field) => Number((properties[field.name] as Part | undefined)?.['x-n8n-order'] ?? 1000);
	return fields
		.map((field, index) => ({ field, index }))
		.sort((a, b) => order(a.field) - order(b.field) || a.index - b.index)
		.map(({ field }) => field);
}

/** 'Scopes' → 'Scope'. */
function itemLabel(label: string): string {
	if (/ies$/.test(label)) return label.replace(/ies$/, 'y');
	return /[^s]s$/.test(label) ? label.slice(0, -1) : label;
}
