/**
 * The one model that form, reader, checker and request walk. It is plain data: the build writes it as JSON beside the
 * node, and the shipped code interprets it.
 */

/** A JSON Schema (2020-12), or the part of one that a field still has to satisfy. */
export type JsonSchema = boolean | { [keyword: string]: unknown };

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** How a composite field can be entered: field by field, as one JSON text, as null on purpose, or not at all. */
export type InputMode = 'fields' | 'json' | 'null' | 'none';

interface BaseField {
	/** Name in the request: property name, parameter name; '' for list items, map values and branches. */
	name: string;
	/** Words that the operator sees, Title Case. */
	label: string;
	description?: string;
	/** Has to be given; shown without being added first. */
	required: boolean;
	/** Optional, but in view like a required field, since it is nearly always given. */
	shown?: true;
	/** Null is a value that the vendor accepts. */
	nullable: boolean;
	/** The value is masked in the form and never shown again. */
	secret: boolean;
	/** What the value has to satisfy. On a composite only what its children do not say already. */
	schema: JsonSchema;
	/** n8n parameter that holds the value, within its level. */
	key: string;
	/** n8n `collection` of the same level that the parameter stands in: set on every optional field that is not shown. */
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
	/** The text can be picked from what exists at the vendor: the n8n method that lists it. */
	lookup?: string;
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
	/** The document says that there are no further names, where it could have been silent. */
	closed?: true;
}
export interface MapField extends BaseField, Composite {
	kind: 'map';
	/** One value; its `name` is what the operator types. */
	value: Field;
	/** Names that are known, with what they are for. Any other is accepted too. */
	suggestions?: { [name: string]: string };
	/** Which of them go with which value of another field: that field's place in the request, and names by its value. */
	suggestedBy?: { by: string; names: { [value: string]: string[] } };
	/** The names are known to the vendor alone, and fetched. */
	dynamic?: Dynamic;
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
	/** Value of the selector that leaves the whole out, where it is shown without being required. */
	leftOut?: string;
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
	/** Says in which order a list comes. */
	sort?: true;
	/** Place in the form among the inputs. */
	order?: number;
}

/** How a body is written. */
export interface BodyEncoding {
	mediaType: string;
	/** The document's `encoding` of each field, where the media type is a form. */
	fields: { [name: string]: { style?: string; explode?: boolean; contentType?: string } };
}

/**
 * A JSON Pointer (RFC 6901), or several of which the first that leads to a value counts. `-1` stands for the last element of
 * an array; in a response, `header:x-next` is a header.
 */
export type Place = string | string[];

/** How to read a vendor's answer. */
export interface ResultPlan {
	/** The record within the body; '' is the body itself. */
	record: Place;
	/** The list of records within the body, where the answer is one. */
	records?: Place;
	/** The record's id, within the record. */
	id?: Place;
	/** A link that the customer has to open, within the record. */
	link?: Place;
	/** Errors that a successful status may carry beside an empty record, within the body. */
	errors?: Place;
	/** What changes whenever the record changes, within the record. */
	changed?: Place;
	/** Names that a simplified record keeps. */
	simple?: string[];
	/** Names that the document has in the answer. */
	declared?: string[];
	/** The answer says no more than that the record is gone. */
	deleted?: true;
}

/** How a list comes: whole, or in pages that are asked for one after the other. */
export type PaginationStyle = 'none' | 'offset' | 'page' | 'cursor' | 'next-url' | 'link-header';

/** How a list is paged: what asks for a page, and what the answer says of the next one. */
export interface Pagination {
	style: PaginationStyle;
	/** Where each value goes: the name of a query parameter, or a JSON Pointer into the request body (`/page/cursor`). */
	request?: { offset?: string; page?: string; cursor?: string; limit?: string };
	/** Length of a page to ask for. */
	size?: number;
	/** Number of the first page; 1 where it is left out. */
	first?: number;
	/** Places in the whole body of the answer. */
	response?: { next?: Place; hasMore?: Place; done?: Place; total?: Place; pages?: Place };
}

/** Another operation of the vendor, and where its parameters come from in the request at hand. */
export interface Reference {
	/** Id of the operation. */
	operation: string;
	/** Place in the request (`/body/userId`) by parameter of the operation. One that is not here has the same place and name. */
	with?: { [parameter: string]: string };
}

/** Values for a field, from what exists at the vendor. */
export interface Lookup extends Reference {
	/** n8n method that lists them. */
	method: string;
	/** The value within a record. */
	value?: Place;
	/** The words to show, within a record. */
	label?: Place;
	/** The list operation's parameter for a search text; the records are looked through where there is none. */
	search?: string;
	/** Only records with these values count, by place in the record. */
	where?: { [pointer: string]: Json };
}

/** Names and rules of a map, from the vendor. Either a JSON Schema or a list of properties. */
export interface Dynamic extends Reference {
	/** n8n method that lists the names. */
	method: string;
	/** Of several records the one whose properties equal these places of the request. */
	match?: { [property: string]: string };
	/** A JSON Schema of the map, within the record. */
	schema?: Place;
	/** A list of properties within the record; name, label and description are places in one of them. */
	properties?: Place;
	name?: Place;
	label?: Place;
	description?: Place;
}

/** n8n's words for an operation. */
export interface OperationNames {
	/** n8n's value of the parameter Operation. */
	operation: string;
	/** 'Create' */
	name: string;
	/** 'Create credential' */
	action: string;
	/** 'Create a credential of a connector' */
	description: string;
}

/** What a vendor does to a text before it compares it: cut off white space, ignore case, compose Unicode (NFC). */
export type Normalization = 'trim' | 'case' | 'unicode';

/** A further operation beside the one that creates: what tells that a record exists already, and what to do then. */
export interface Identity extends OperationNames {
	/** A list operation that is searched, or one that answers the record (404: there is none). */
	find: Reference;
	/** Place in the request by name in the record, or by JSON Pointer into it: all have to be equal. */
	match: { [property: string]: string };
	/** Parameters of the list operation that tell whose record it is, and so count as a part of the identity. */
	scope?: string[];
	/** How the vendor itself compares texts, by name in `match`: exactly where nothing is said. */
	normalize?: { [property: string]: Normalization[] };
	/** Names of `match` that the operator may leave out, and the n8n parameter that holds the rest. */
	chosen?: string[];
	chosenKey?: string;
	/** Name in the record of a text that the operator may give, and the n8n parameter that holds it. */
	named?: { property: string; key: string };
	/** Id of the operation that changes what was found; it is used as it is where there is none. */
	update?: string;
}

/** Which new record an operation waits for. */
export interface Wait {
	/** Property whose value the operator may give, where a list holds more than what one link leads to. */
	only?: { property: string; label: string; description?: string };
}

export interface Operation extends OperationNames {
	/** OpenAPI's operationId. */
	id: string;
	/** n8n's value of the parameter Resource. */
	resource: string;
	/** What several of its records are called, where it answers a list of them: 'credentials'. */
	plural?: string;
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
	pagination?: Pagination;
	/** A repeated request makes nothing twice. */
	repeatable?: true;
	/** The form offers also to look first whether the record exists. */
	identity?: Identity;
	/** List operation whose ids stand beside a link, so that a later wait can tell what is new. */
	known?: Reference;
	/** The operation reads its list until there is a new record. */
	wait?: Wait;
}

/** Everything that the shipped node knows about its vendor. */
export interface Vendor {
	/** Display name, such as 'Acme'. */
	name: string;
	/** Name of the n8n credential type. */
	credential: string;
	/** What the form offers. */
	operations: Operation[];
	/** How many requests the vendor takes at once, and in a second. */
	limits?: { concurrent?: number; perSecond?: number };
	/** The list that the trigger watches, with the form of the trigger. */
	trigger?: Operation;
	/** What others refer to, by operationId. */
	references: { [id: string]: Operation };
	/** What fields can be picked from, by n8n method. */
	lookups: { [method: string]: Lookup };
	/** Maps whose names are fetched, by n8n method. */
	dynamics: { [method: string]: Dynamic };
}
