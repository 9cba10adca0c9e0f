/**
 * The one model that form, reader, checker and request walk. It is plain data: the build writes it as JSON beside the
 * node, and the shipped code interprets it.
 */

/** A JSON Schema (2020-12), or the part of one that a field still has to satisfy. */
export type JsonSchema = boolean | { [keyword: string]: unknown };

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** How a composite field can be entered: field by field, as one JSON text, or as null on purpose. */
export type InputMode = 'fields' | 'json' | 'null';

interface BaseField {
	/** Name in the request: property name, parameter name; '' for list items, map values and branches. */
	name: string;
	/** Words that the operator sees, Title Case. */
	label: string;
	description?: string;
	/** Has to be given; shown without being added first. */
	required: boolean;
	/** Null is a value that the vendor accepts. */
	nullable: boolean;
	/** The value is masked in the form and never shown again. */
	secret: boolean;
	/** What the value has to satisfy. On a composite only what its children do not say already. */
	schema: JsonSchema;
	/** n8n parameter that holds the value, within its level. */
	key: string;
	/** n8n `collection` of the same level that the parameter stands in: set on every optional field. */
	collection?: string;
	/** Parameter of the collection that holds the field in a row of its own, where one parameter is not enough. */
	wrap?: string;
	/** Shown where the field is added. Never sent by itself. */
	default?: Json;
	/** Only ever a placeholder. */
	example?: Json;
}

export interface TextField extends BaseField {
	kind: 'text';
	/** Lines to show; more than one for long text. */
	rows?: number;
	/** The text may come from the item's binary data: parameter that chooses, parameter that names the binary property. */
	file?: { key: string; binaryKey: string };
}
export interface NumberField extends BaseField {
	kind: 'number';
	integer: boolean;
}
export interface BooleanField extends BaseField {
	kind: 'boolean';
}
export interface DateField extends BaseField {
	kind: 'date';
	/** A day, or a point in time. */
	dateOnly: boolean;
}
export interface Choice {
	value: string | number | boolean | null;
	label: string;
	description?: string;
}
export interface ChoiceField extends BaseField {
	kind: 'choice';
	choices: Choice[];
	/** Parameter for a text that is none of the choices, where the vendor accepts one. */
	otherKey?: string;
}
/** Sent with this value, never shown. */
export interface FixedField extends BaseField {
	kind: 'fixed';
	value: Json;
}
export interface GroupField extends BaseField, Composite {
	kind: 'group';
	fields: Field[];
	/** Further names that the vendor accepts, as rows. */
	extra?: MapField;
}
export interface MapField extends BaseField, Composite {
	kind: 'map';
	/** One value; its `name` is what the operator types. */
	value: Field;
	/** Names that are known, with what they are for. Any other is accepted too. */
	suggestions?: { [name: string]: string };
}
export interface ListField extends BaseField, Composite {
	kind: 'list';
	item: Field;
}
export interface Branch {
	/** Value of the selector. */
	value: string;
	label: string;
	description?: string;
	field: Field;
}
export interface VariantField extends BaseField {
	kind: 'variant';
	/** Parameter that selects the branch, in the level of the branches' fields. */
	selector: string;
	selectorLabel: string;
	branches: Branch[];
}
/** The escape hatch: anything, written as JSON. */
export interface JsonField extends BaseField {
	kind: 'json';
}

interface Composite {
	/** Where several modes are offered: parameter of the mode, parameter of the JSON text; the first mode is the default. */
	input?: { key: string; jsonKey: string; modes: InputMode[] };
}

export type Field =
	| TextField
	| NumberField
	| BooleanField
	| DateField
	| ChoiceField
	| FixedField
	| GroupField
	| MapField
	| ListField
	| VariantField
	| JsonField;

export type Location = 'path' | 'query' | 'header' | 'cookie' | 'body';

/** One input of an operation, and where its value goes. */
export interface Input {
	in: Location;
	field: Field;
	/** OpenAPI's serialization of a parameter. */
	style?: string;
	explode?: boolean;
	/** A parameter that the document describes by `content`: written as JSON. */
	json?: boolean;
	/** Parameter that says whether an optional body is sent at all. */
	toggle?: string;
}

/** How a body is written. */
export interface BodyEncoding {
	mediaType: string;
	/** The document's `encoding` of each field, where the media type is a form. */
	fields: { [name: string]: { style?: string; explode?: boolean; contentType?: string } };
}

/** How to read a vendor's answer; each is a JSON Pointer (RFC 6901). */
export interface ResultPlan {
	/** The record within the body; '' is the body itself. */
	record: string;
	/** The credential's id within the record. */
	id?: string;
	/** A link that the customer has to open, within the record. */
	link?: string;
	/** Errors that a successful status may carry beside an empty record, within the body. */
	errors?: string;
}

export interface Operation {
	/** n8n's values of the parameters Resource and Operation. */
	resource: string;
	operation: string;
	/** n8n's words: 'Create', 'Create credential', 'Create a credential of a connector'. */
	name: string;
	action: string;
	description: string;
	method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
	/** Path template of the document, '/v1/orgs/{org_id}/credentials/'. */
	path: string;
	inputs: Input[];
	/** Parameters that the n8n credential sends, as 'header x-api-version'. */
	fromCredential?: string[];
	body?: BodyEncoding;
	result: ResultPlan;
	/** What to do next, by status of the answer, in the vendor's document. */
	hints: { [status: string]: string };
}

/** Everything that the shipped node knows about its vendor. */
export interface Vendor {
	/** Display name, 'Nylas'. */
	name: string;
	/** Name of the n8n credential type. */
	credential: string;
	operations: Operation[];
}
