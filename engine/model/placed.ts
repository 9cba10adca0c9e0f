import type {
	BooleanField,
	UnionOption,
	EnumField,
	DateField,
	ConstField,
	ObjectField,
	InputMode,
	JsonField,
	ArrayField,
	RecordField,
	NumberField,
	StringField,
	UnionField,
} from './field';
import type { Input, Operation } from './operation';

/**
 * The fields of a form: those of the model, each with the n8n parameters that hold its value. `layOut` creates them;
 * reader and writer follow them. An operation that is only called by others has none.
 */

interface Placed {
	/** n8n `collection` on the same level that contains the parameter; set on every optional field that is not always shown. */
	readonly collection?: string;
	/** Parameter of the collection that holds the field in a row of its own, where a single parameter is not enough. */
	readonly wrap?: string;
}

interface Keyed extends Placed {
	/** n8n parameter that holds the value, within its level; '' if the level is the value itself (an entry of a plain list). */
	readonly key: string;
}

interface PlacedComposite extends Placed {
	/** Parameter that selects the mode, and the one for the JSON text if that is a mode. */
	readonly input?: { readonly modes: readonly InputMode[]; readonly key: string; readonly jsonKey?: string };
}

export interface PlacedStringField extends StringField, Keyed {
	/** Parameter that chooses between text and file, and the one that names the item's binary property. */
	readonly fileKeys?: { readonly source: string; readonly binary: string };
}
export interface PlacedNumberField extends NumberField, Keyed {}
export interface PlacedBooleanField extends BooleanField, Keyed {}
export interface PlacedDateField extends DateField, Keyed {}
export interface PlacedJsonField extends JsonField, Keyed {}
export interface PlacedEnumField extends EnumField, Keyed {
	/** Parameter for a text that is none of the choices. */
	readonly otherKey?: string;
}
export interface PlacedConstField extends ConstField, Placed {}
export interface PlacedObjectField extends ObjectField, PlacedComposite {
	readonly input?: PlacedComposite['input'];
	readonly fields: readonly PlacedField[];
	readonly extra?: PlacedRecordField;
}
export interface PlacedRecordField extends RecordField, PlacedComposite, Keyed {
	readonly input?: PlacedComposite['input'];
	/** Set where the map can be entered in n8n's resource mapper: the root parameter that chooses it, and the mapper's own. */
	readonly mapper?: { readonly selector: string; readonly key: string };
	readonly value: PlacedField;
}
export interface PlacedArrayField extends ArrayField, PlacedComposite, Keyed {
	readonly input?: PlacedComposite['input'];
	readonly item: PlacedField;
}
export interface PlacedUnionOption extends UnionOption {
	readonly field: PlacedField;
}
export interface PlacedUnionField extends UnionField, Placed {
	/** Parameter that selects the option, on the same level as the options' fields. */
	readonly selector: string;
	readonly options: readonly PlacedUnionOption[];
}

/** A field that is a single parameter. */
export type PlacedSingleField =
	PlacedStringField | PlacedNumberField | PlacedBooleanField | PlacedDateField | PlacedEnumField | PlacedJsonField;

export type PlacedField =
	PlacedSingleField | PlacedConstField | PlacedObjectField | PlacedRecordField | PlacedArrayField | PlacedUnionField;

export interface PlacedInput extends Input {
	readonly field: PlacedField;
	/** Parameter that says whether to send an optional body at all. */
	readonly toggle?: string;
}

/** An operation with a form. */
export interface PlacedOperation extends Operation {
	readonly inputs: readonly PlacedInput[];
}
