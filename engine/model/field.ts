import type { Json, JsonSchema } from './json';
import type { Dynamic } from './reference';

/** How a composite field can be entered: field by field, in n8n's resource mapper, as one JSON text, as null on purpose, or not at all. */
export type InputMode = 'fields' | 'mapper' | 'json' | 'null' | 'none';

/** What all kinds of field have in common. */
export interface BaseField {
	/** Name in the request: property name, parameter name; '' for list items, map values and options. */
	readonly name: string;
	/** Label that the operator sees, in Title Case. */
	readonly label: string;
	readonly description?: string;
	/** Must be given; shown without having to be added first. */
	readonly required: boolean;
	/** Optional, but shown like a required field, since it is nearly always given. */
	readonly shown?: true;
	/** The vendor accepts null. */
	readonly nullable: boolean;
	/** The value is masked in the form and never shown again. */
	readonly secret: boolean;
	/** What the value must satisfy. On a composite, only what its children do not already state. */
	readonly schema: JsonSchema;
	/** Prefilled when the field is added. Never sent on its own. */
	readonly default?: Json;
	/** Used only as a placeholder. */
	readonly example?: Json;
}

export interface StringField extends BaseField {
	readonly kind: 'string';
	/** Number of lines to show; more than one for long text. */
	readonly rows?: number;
	/** The text may come from the item's binary data. */
	readonly file?: true;
	/** n8n method that lists the vendor's existing values to pick from. */
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
	/** A calendar day rather than a point in time. */
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
	/** The vendor also accepts texts that are none of the choices. */
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
	/** Rows for the additional names that the vendor accepts. */
	readonly extra?: RecordField;
	/** The document explicitly forbids additional names. */
	readonly closed?: true;
}
export interface RecordField extends BaseField, Composite {
	readonly kind: 'record';
	/** The field of each value; the operator types its name. */
	readonly value: Field;
	/** Known names and what each is for. Other names are accepted too. */
	readonly suggestions?: { [name: string]: string };
	/** Which suggestions suit another field's value: `by` is that field's place in the request, `names` lists them by its value. */
	readonly suggestedBy?: { by: string; names: { [value: string]: readonly string[] } };
	/** Only the vendor knows the names; they are fetched at run time. */
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
	/** Selector value that leaves the whole union out; set where an optional union is always shown. */
	readonly leftOut?: string;
}
/** The escape hatch: any value, entered as JSON. */
export interface JsonField extends BaseField {
	readonly kind: 'json';
}

interface Composite {
	/** Set where several modes are offered; the first is the default. */
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
