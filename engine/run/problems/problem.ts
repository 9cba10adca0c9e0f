import type { Json } from '../../model';

/**
 * A value that was entered, as far as a sentence may repeat it: a text, a number or the like as JSON has it, or how long a text
 * is that is too long to be repeated. What is secret in it is hidden here, before it becomes part of a sentence.
 */
export type ReceivedValue = { readonly text: string } | { readonly literal: string } | { readonly characters: number };

type None = { readonly [name: string]: never };
type WithGiven = { readonly received: ReceivedValue | undefined };
type WithLimit = { readonly limit: Json | undefined };

/** What each kind of problem has to say beside where it stands. */
export interface Params {
	// A value is not there.
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
	// How it was entered.
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
	notOffered: { readonly offered: readonly string[] };
	identity: { readonly labels: readonly string[] };
	scope: None;
}

/** What kind of problem it is; the catalogue has its sentence. */
export type Code = keyof Params;

/** Where a value stands, for an operator and in the request. */
export interface Place {
	/** 'Client Secret' */
	readonly label: string;
	/** `/body/credential_data/client_id`, its first part being the location; empty for what is no part of a request. */
	readonly pointer: string;
}

/** One thing that is wrong with one item, as data. It never holds a secret of the field that it is about. */
export interface Problem<C extends Code = Code> extends Place {
	readonly code: C;
	readonly params: Params[C];
}

/**
 * @param field what the value is called
 * @param pointer where it stands
 */
export function problem<C extends Code>(code: C, { label }: Pick<Place, 'label'>, pointer: string, params: Params[C]): Problem<C> {
	return { code, params, pointer, label };
}

/** Whether a problem is of one kind. */
export function isOf<C extends Code>(code: C, one: Problem): one is Problem<C> {
	return one.code === code;
}

/** Longer texts are not repeated in a message. */
const LONG = 60;

/** What can be said of a value that was entered; nothing where it is no single value. */
export function receivedOf(value: unknown): ReceivedValue | undefined {
	if (typeof value === 'string') return value.length > LONG ? { characters: value.length } : { text: value };
	return typeof value === 'number' || typeof value === 'boolean' ? { literal: String(value) } : undefined;
}
