import type { Json } from '../../model';

/**
 * An entered value, as far as a sentence may repeat it: a text, another JSON literal, or only the length of a text that
 * is too long. Secrets are hidden at this stage, before the value becomes part of a sentence.
 */
export type ReceivedValue = { readonly text: string } | { readonly literal: string } | { readonly characters: number };

type None = { readonly [name: string]: never };
type WithGiven = { readonly received: ReceivedValue | undefined };
type WithLimit = { readonly limit: Json | undefined };

/** The parameters of each kind of problem, in addition to its place. */
export interface Params {
	// A value is missing.
	missing: None;
	missingFromShown: { readonly leaveOutIn: string | undefined };
	missingInRow: None;
	missingEntry: { readonly of: string };
	missingByExpression: { readonly of: string };
	missingProperty: { readonly of: string };
	missingInPath: None;
	missingEither: { readonly places: readonly Place[] };
	missingBaseUrl: { readonly credential: string };
	missingOption: { readonly values: readonly string[] };
	/** An expression or a column left a field of a resource mapper empty. */
	noValue: None;
	empty: None;
	emptyInRow: None;
	null: None;
	// JSON Schema.
	object: None;
	array: None;
	fixed: { readonly value: Json };
	type: { readonly types: readonly string[] } & WithGiven;
	minLength: WithLimit;
	maxLength: WithLimit;
	digits: WithGiven;
	pattern: WithLimit & WithGiven;
	format: { readonly format: string } & WithGiven;
	enum: { readonly values: readonly string[] } & WithGiven;
	unknownEnum: WithGiven;
	notEnum: { readonly values: readonly string[] } & WithGiven;
	const: { readonly value: Json | undefined };
	minimum: WithLimit & WithGiven;
	maximum: WithLimit & WithGiven;
	exclusiveMinimum: WithLimit & WithGiven;
	exclusiveMaximum: WithLimit & WithGiven;
	multipleOf: WithLimit & WithGiven;
	minItems: WithLimit;
	maxItems: WithLimit;
	uniqueItems: None;
	minProperties: WithLimit;
	maxProperties: WithLimit;
	dependentRequired: None;
	false: None;
	otherKeyword: { readonly keyword: string };
	unknownProperty: { readonly names: readonly string[] };
	noOption: { readonly values: readonly string[]; readonly other: Problem };
	// What cannot be checked or sent.
	tooDeep: None;
	unreadableRule: None;
	notFinite: { readonly value: number; readonly of: string };
	loneSurrogate: None;
	headerCharacter: None;
	dotSegment: { readonly received: ReceivedValue };
	file: { readonly property: string };
	// How the value was entered.
	json: { readonly character: number | undefined };
	mode: { readonly received: ReceivedValue; readonly modes: readonly string[] };
	twice: { readonly other: string };
	nameTwice: { readonly received: ReceivedValue };
	noName: { readonly row: number };
	wholeNumber: { readonly least: number; readonly isOption: boolean };
	seconds: None;
	storedSecret: { readonly names: readonly string[] };
	// The n8n credential.
	baseUrl: { readonly credential: string };
	unencrypted: { readonly credential: string };
	lineBreak: { readonly credential: string };
	// What depends on other values, or on the vendor.
	notOfChoice: { readonly on: string; readonly choice: string; readonly names: readonly string[] };
	notAsked: { readonly names: readonly string[] };
	foreignField: { readonly labels: readonly string[] };
	/** Columns were to be mapped by name where nobody says which names there are. */
	noFieldList: None;
	noColumns: None;
	notOffered: { readonly offered: readonly string[] };
	identity: { readonly labels: readonly string[] };
	scope: None;
}

/** Kinds of problems; the catalogue has their sentences. */
export type Code = keyof Params;

/** Where a value is: its label in the form, and its place in the request. */
export interface Place {
	/** 'Client Secret' */
	readonly label: string;
	/** JSON Pointer such as `/body/credential_data/client_id`; its first part is the location. '' if not part of a request. */
	readonly pointer: string;
}

/** One thing that is wrong with one item, as data. It never contains a secret of its own field. */
export interface Problem<C extends Code = Code> extends Place {
	readonly code: C;
	readonly params: Params[C];
}

/**
 * Creates a problem.
 * @param field gives the label of the value
 * @param pointer where the value is in the request; '' if nowhere
 */
export function problem<C extends Code>(code: C, { label }: Pick<Place, 'label'>, pointer: string, params: Params[C]): Problem<C> {
	return { code, params, pointer, label };
}

/** Whether a problem is of a given kind. */
export function isOf<C extends Code>(code: C, one: Problem): one is Problem<C> {
	return one.code === code;
}

/** Longer texts (in UTF-16 code units) are not repeated in a message. */
const LONG = 60;

/** What a message can say about an entered value; undefined if it is not a single value. */
export function receivedOf(value: unknown): ReceivedValue | undefined {
	if (typeof value === 'string') return value.length > LONG ? { characters: value.length } : { text: value };
	return typeof value === 'number' || typeof value === 'boolean' ? { literal: String(value) } : undefined;
}
