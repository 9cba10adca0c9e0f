import type { BaseField, Choice, Field, InputMode, Json, JsonSchema } from '../../model';
import { isSecretName, labelOf } from '../../model/names';
import { choicesOf } from './choices';
import type { FieldCompiler } from './compiler';
import { child, DocumentError, type Part } from '../document/document';
import { CHECKED_FORMATS, FORMAT_ALIASES, impliedType, LEAF, REST, withoutWords } from '../document/keywords';
import { objectField } from './objects';
import { singular } from '../text/plural';
import { inside, secretAsAWhole, type SchemaPlace } from '../schema/context';
import type { FlatSchema, Schemas } from '../schema/flatten';
import { typesOf } from '../schema/keywords';
import { Standalone } from '../schema/standalone';
import { inheritance } from '../schema/inheritance';
import { typeUnion, unionField } from './unions';
import type { Lookups } from './lookups';
import { enumLabel, sentenceOf, titleOf } from '../text/words';

/** Deeper schemas, and those after this many objects and unions, become JSON fields. */
const MAX_DEPTH = 24;
const MAX_COMPOSITES = 2000;

/** Turns schemas into fields: here, every construct of JSON Schema becomes one of a few kinds. */
export class Fields implements FieldCompiler {
	/** Number of objects and unions so far: with too many, no person could use the form. */
	private composites = 0;

	private readonly standalone: Standalone;

	constructor(
		readonly schemas: Schemas,
		readonly lookups: Lookups,
	) {
		this.standalone = new Standalone(schemas.document);
	}

	/**
	 * @param schema a schema of the document
	 * @throws DocumentError if it is not a schema, or a $ref leads nowhere
	 */
	compile(schema: unknown, place: SchemaPlace): Field {
		const flat = this.schemas.flatten(schema, place.pointer);
		if (this.recurs(flat, place) || this.isTooMuch(place)) return this.json(schema, flat, place);
		return this.compileFlat(flat, place);
	}

	/** Whether a schema refers back to one that contains it. */
	recurs(flat: FlatSchema, place: SchemaPlace): boolean {
		return flat.refs.some((ref) => place.refs?.includes(ref));
	}

	countComposite(): void {
		this.composites++;
	}

	private isTooMuch(place: SchemaPlace): boolean {
		return (place.depth ?? 0) > MAX_DEPTH || this.composites > MAX_COMPOSITES;
	}

	/** Compiles a schema that is already flattened, or merged from several schemas. */
	compileFlat(flat: FlatSchema, given: SchemaPlace): Field {
		const place = { ...given, here: { refs: [...(given.here?.refs ?? []), ...flat.refs], unions: given.here?.unions ?? [] } };
		const field = this.kindOf(flat, place);
		if (field.shown && !SHOWN_KINDS.has(field.kind))
			throw DocumentError.at(
				child(place.pointer, 'x-n8n-shown'),
				'a switch, a choice or a list is never empty, so it cannot be left out in view; remove this, or make the field required',
			);
		// A constant is sent without asking only if it is required; otherwise it becomes a choice of one.
		if (field.kind !== 'const' || place.required) return field;
		const { value, ...base } = field;
		if (typeof value === 'object') return { ...base, kind: 'json', schema: { const: value }, example: value };
		return { ...base, kind: 'enum', choices: [{ value, label: enumLabel(value) }], schema: { enum: [value] } };
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
		// An enum next to an array's `items` is meant for the entries.
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
				return objectField(this, flat, place, base);
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
				return { ...base, kind: 'const', value: null };
			default:
				if (typesOf(schema).includes('null')) return { ...base, kind: 'const', value: null };
				return this.json(schema, flat, place);
		}
	}

	/** The properties that every kind of field has. */
	base(flat: FlatSchema, place: SchemaPlace): BaseField {
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
			description: sentenceOf(place.description ?? schema.description),
			required: place.required,
			...(schema['x-n8n-shown'] === true && !place.required ? { shown: true as const } : {}),
			nullable: false,
			secret,
			schema: {},
			default: schema.default as Json | undefined,
			example: (place.example ?? schema.example) as Json | undefined,
		};
	}

	private text(flat: FlatSchema, base: BaseField): Field {
		const schema = this.leaf(flat, { pointer: '#' });
		const { format } = schema as Part;
		if (format === 'date-time' || format === 'date') return { ...base, kind: 'date', dateOnly: format === 'date', schema };
		const long = /\b(pem|certificate|markdown|multi-?line)\b/i.test(`${base.name.replace(/_/g, ' ')} ${String(flat.schema.format ?? '')}`);
		const rows = long || Number(flat.schema.minLength ?? 0) > 200 ? 4 : undefined;
		const file =
			flat.schema.format === 'binary' || (flat.schema.contentMediaType !== undefined && flat.schema.contentEncoding === undefined);
		return {
			...base,
			kind: 'string',
			...(rows || file ? { rows: rows ?? 4 } : {}),
			...(file ? { file: true as const } : {}),
			schema,
		};
	}

	/** A value of several types that is nearly always a text. Its other types can be given in the JSON of an enclosing field. */
	private asText(schema: Part, flat: FlatSchema, place: SchemaPlace): Field {
		return {
			...this.base(flat, place),
			kind: 'string',
			nullable: acceptsNull(flat.schema),
			schema: this.standalone.of(withoutWords(schema), place.pointer),
		};
	}

	/** A text that can be picked from existing records; other texts remain valid. */
	private lookedUp(flat: FlatSchema, place: SchemaPlace): Field {
		const { 'x-n8n-lookup': said, title: _title, description: _description, ...schema } = flat.schema;
		const { label, ...base } = this.base(flat, place);
		const { method } = this.lookups.lookup(said, child(place.pointer, 'x-n8n-lookup'));
		// The operator picks by name. That the id is sent is a technical detail, so "ID" is dropped from the label.
		return {
			...base,
			label: label.replace(/(.) ID$/, '$1'),
			kind: 'string',
			lookup: method,
			schema: this.standalone.of(withoutWords(schema), place.pointer),
		};
	}

	/** The schema that a leaf's value must satisfy. It omits null, which is the field's `nullable`. */
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
		return this.standalone.of(kept, place.pointer);
	}

	/** The schema that a composite must satisfy beyond its children. */
	rest(flat: FlatSchema, place: SchemaPlace): JsonSchema {
		const { schema } = flat;
		if (schema.unevaluatedProperties !== undefined || schema.unevaluatedItems !== undefined) {
			return this.standalone.of(schema, place.pointer);
		}
		const kept: Part = {};
		for (const [keyword, value] of Object.entries(schema)) if (REST.has(keyword)) kept[keyword] = value;
		if (schema.patternProperties !== undefined && schema.additionalProperties !== undefined) {
			kept.additionalProperties = schema.additionalProperties;
			kept.properties = Object.fromEntries(Object.keys((schema.properties as Part | undefined) ?? {}).map((name) => [name, true]));
		}
		return Object.keys(kept).length === 0 ? {} : this.standalone.of(kept, place.pointer);
	}

	/** The escape hatch: a field for JSON. */
	json(schema: unknown, flat: FlatSchema, place: SchemaPlace): Field {
		return {
			...this.base(flat, place),
			kind: 'json',
			nullable: acceptsNull(flat.schema),
			schema: this.standalone.of(schema, place.pointer),
		};
	}

	private choice(flat: FlatSchema, place: SchemaPlace, base: BaseField): Field {
		const values = (flat.schema.enum as unknown[]).filter((value) => value !== null);
		const nullable = base.nullable || ((flat.schema.enum as unknown[]).includes(null) && values.length > 0);
		if (values.some((value) => typeof value === 'object')) {
			if (values.length === 1 && place.required) return { ...base, kind: 'const', value: values[0] as Json };
			return this.json(flat.schema, flat, place);
		}
		if (values.length === 0) return { ...base, kind: 'const', value: null };
		if (values.length === 1 && place.required && !nullable) return { ...base, kind: 'const', value: values[0] as Json };
		const choices = choicesOf(flat.schema, values as Array<Choice['value']>);
		return { ...base, nullable, kind: 'enum', choices, schema: { enum: choices.map((choice) => choice.value) } };
	}

	private list(flat: FlatSchema, place: SchemaPlace, base: BaseField): Field {
		const { schema } = flat;
		if (schema.items === undefined || schema.prefixItems !== undefined || schema.items === false) return this.json(schema, flat, place);
		const item = this.compile(schema.items, {
			name: '',
			role: singular(base.label),
			pointer: flat.pointers.get(schema.items) ?? child(place.pointer, 'items'),
			required: true,
			secret: secretAsAWhole(flat, place),
			secretName: base.secret,
			...inside(place),
		});
		const input = base.nullable ? { input: { modes: ['fields', 'null'] as InputMode[] } } : {};
		return { ...base, kind: 'array', item, schema: this.rest(flat, place), ...input };
	}
}

/** Kinds of fields that can be left empty although they are always shown. */
const SHOWN_KINDS = new Set<Field['kind']>(['string', 'number', 'date', 'json', 'object', 'record', 'union']);

function acceptsNull(schema: Part): boolean {
	const types = typesOf(schema);
	return types.length === 0 || types.includes('null');
}
