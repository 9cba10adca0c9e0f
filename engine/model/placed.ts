import type {
	BooleanField,
	Branch,
	ChoiceField,
	DateField,
	FixedField,
	GroupField,
	InputMode,
	JsonField,
	ListField,
	MapField,
	NumberField,
	TextField,
	VariantField,
} from './field';
import type { Input, Operation } from './operation';

/**
 * The fields of a form: those of the model, each with the n8n parameters that hold its value. `layOut` makes them, reader and
 * writer follow them. An operation that is only called has none.
 */

interface Placed {
	/** n8n `collection` of the same level that the parameter stands in: set on every optional field that is not shown. */
	readonly collection?: string;
	/** Parameter of the collection that holds the field in a row of its own, where one parameter is not enough. */
	readonly wrap?: string;
}

interface Keyed extends Placed {
	/** n8n parameter that holds the value, within its level; '' where the level is the value itself (the entry of a plain list). */
	readonly key: string;
}

interface PlacedComposite extends Placed {
	/** Parameter of the mode, and of the JSON text where that is a mode. */
	readonly input?: { readonly modes: readonly InputMode[]; readonly key: string; readonly jsonKey?: string };
}

export interface PlacedTextField extends TextField, Keyed {
	/** Parameter that chooses between text and file, and the one that names the item's binary property. */
	readonly fileKeys?: { readonly source: string; readonly binary: string };
}
export interface PlacedNumberField extends NumberField, Keyed {}
export interface PlacedBooleanField extends BooleanField, Keyed {}
export interface PlacedDateField extends DateField, Keyed {}
export interface PlacedJsonField extends JsonField, Keyed {}
export interface PlacedChoiceField extends ChoiceField, Keyed {
	/** Parameter for a text that is none of the choices. */
	readonly otherKey?: string;
}
export interface PlacedFixedField extends FixedField, Placed {}
export interface PlacedGroupField extends GroupField, PlacedComposite {
	readonly input?: PlacedComposite['input'];
	readonly fields: readonly PlacedField[];
	readonly extra?: PlacedMapField;
}
export interface PlacedMapField extends MapField, PlacedComposite, Keyed {
	readonly input?: PlacedComposite['input'];
	readonly value: PlacedField;
}
export interface PlacedListField extends ListField, PlacedComposite, Keyed {
	readonly input?: PlacedComposite['input'];
	readonly item: PlacedField;
}
export interface PlacedBranch extends Branch {
	readonly field: PlacedField;
}
export interface PlacedVariantField extends VariantField, Placed {
	/** Parameter that selects the branch, in the level of the branches' fields. */
	readonly selector: string;
	readonly branches: readonly PlacedBranch[];
}

/** A field that is one parameter. */
export type PlacedSingleField =
	PlacedTextField | PlacedNumberField | PlacedBooleanField | PlacedDateField | PlacedChoiceField | PlacedJsonField;

export type PlacedField = PlacedSingleField | PlacedFixedField | PlacedGroupField | PlacedMapField | PlacedListField | PlacedVariantField;

export interface PlacedInput extends Input {
	readonly field: PlacedField;
	/** Parameter that says whether an optional body is sent at all. */
	readonly toggle?: string;
}

/** An operation with a form. */
export interface PlacedOperation extends Operation {
	readonly inputs: readonly PlacedInput[];
}
