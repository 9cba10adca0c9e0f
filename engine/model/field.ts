import type { Json, JsonSchema } from './json';
import type { Dynamic } from './reference';

/** How a composite field can be entered: field by field, as one JSON text, as null on purpose, or not at all. */
export type InputMode = 'fields' | 'json' | 'null' | 'none';

/** What every kind of field has. */
export interface BaseField {
	/** Name in the request: property name, parameter name; '' for list items, map values and options. */
	readonly name: string;
	/** Words that the operator sees, Title Case. */
	readonly label: string;
	readonly description?: string;
	/** Has to be given; shown without being added first. */
	readonly required: boolean;
	/** Optional, but in view like a required field, since it is nearly always given. */
	readonly shown?: true;
	/** Null is a value that the vendor accepts. */
	readonly nullable: boolean;
	/** The value is masked in the form and never shown again. */
	readonly secret: boolean;
	/** What the value has to satisfy. On a composite only what its children do not say already. */
	readonly schema: JsonSchema;
	/** Shown where the field is added. Never sent by itself. */
	readonly default?: Json;
	/** Only ever a placeholder. */
	readonly example?: Json;
}

export interface StringField extends BaseField {
	readonly kind: 'string';
	/** Lines to show; more than one for long text. */
	readonly rows?: number;
	/** The text may come from the item's binary data. */
	readonly file?: true;
	/** The text can be picked from what exists at the vendor: the n8n method that lists it. */
	readonly lookup?: string;
}
export interface NumberField extends BaseField {
	readonly kind: 'number';
	readonly integer: boolean;
}
export interface BooleanField extends BaseField {
	readonly kind: 'boolean';
}
export interface DateField extends BaseField {
	readonly kind: 'date';
	/** A day, or a point in time. */
	readonly dateOnly: boolean;
}
export interface Choice {
	readonly value: string | number | boolean | null;
	readonly label: string;
	readonly description?: string;
}
export interface EnumField extends BaseField {
	readonly kind: 'enum';
	readonly choices: readonly Choice[];
	/** The vendor accepts a text that is none of the choices, too. */
	readonly open?: true;
}
/** Sent with this value, never shown. */
export interface ConstField extends BaseField {
	readonly kind: 'const';
	readonly value: Json;
}
export interface ObjectField extends BaseField, Composite {
	readonly kind: 'object';
	readonly fields: readonly Field[];
	/** Further names that the vendor accepts, as rows. */
	readonly extra?: RecordField;
	/** The document says that there are no further names, where it could have been silent. */
	readonly closed?: true;
}
export interface RecordField extends BaseField, Composite {
	readonly kind: 'record';
	/** One value; its `name` is what the operator types. */
	readonly value: Field;
	/** Names that are known, with what they are for. Any other is accepted too. */
	readonly suggestions?: { [name: string]: string };
	/** Which of them go with which value of another field: that field's place in the request, and names by its value. */
	readonly suggestedBy?: { by: string; names: { [value: string]: readonly string[] } };
	/** The names are known to the vendor alone, and fetched. */
	readonly dynamic?: Dynamic;
}
export interface ArrayField extends BaseField, Composite {
	readonly kind: 'array';
	readonly item: Field;
}
export interface UnionOption {
	/** Value of the selector. */
	readonly value: string;
	readonly label: string;
	readonly description?: string;
	readonly field: Field;
}
export interface UnionField extends BaseField {
	readonly kind: 'union';
	readonly selectorLabel: string;
	readonly options: readonly UnionOption[];
	/** Value of the selector that leaves the whole out, where it is shown without being required. */
	readonly leftOut?: string;
}
/** The escape hatch: anything, written as JSON. */
export interface JsonField extends BaseField {
	readonly kind: 'json';
}

interface Composite {
	/** Where several modes are offered; the first one is the default. */
	readonly input?: { modes: readonly InputMode[] };
}

export type Field =
	| StringField
	| NumberField
	| BooleanField
	| DateField
	| EnumField
	| ConstField
	| ObjectField
	| RecordField
	| ArrayField
	| UnionField
	| JsonField;
