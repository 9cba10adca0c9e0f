import { childrenOf } from './children';
import type { ArrayField, Field } from './field';
import type { Json } from './json';

/** How values stand in n8n's parameters: what the form, which writes them, and the reader agree on. */

/** Value of the choice that opens a text field for anything else. */
export const OTHER = '__other';
/** Option of a fixedCollection that holds its one row. */
export const ROW = 'value';
/** Hidden parameter of a row in which nothing has to be entered: it is there. */
export const PRESENT = 'present';
/** Option of a fixedCollection that holds its list of rows. */
export const ROWS = 'items';

/** Whether an optional field takes more than one parameter, and so a row of its own. */
export function needsRow(field: Field): boolean {
	if (field.kind === 'string') return field.file === true;
	if (field.kind === 'object' || field.kind === 'union' || field.kind === 'record') return true;
	return field.kind === 'array' ? field.input !== undefined : field.kind === 'enum' && field.open === true;
}

/** Whether a list is one parameter whose value is the list itself, rather than rows. */
export function isPlainList({ item }: ArrayField): boolean {
	return !item.nullable && ((item.kind === 'string' && !item.file) || item.kind === 'number' || (item.kind === 'enum' && !item.open));
}

/** Names of the parameters that stand beside the vendor's own. */
export const CONTROLS = {
	all: 'returnAll',
	limit: 'limit',
	simplify: 'simplify',
	known: 'knownCredentialIds',
	waitFor: 'waitFor',
	seconds: 'maxWaitTime',
	otherwise: 'ifNotLinked',
	matchOn: 'matchOn',
	existingName: 'existingName',
	events: 'events',
} as const;

/** Parameter that has no value: where it stands, n8n shows its credentials. */
export const CREDENTIALS = 'n8nCredentials';

/** How a secret is taken from n8n's encrypted store instead of being typed. */
export const STORE = {
	/** Name of the n8n credential type that holds named secrets. */
	credential: 'credentialSecretsApi',
	/** Parameter that says where secrets come from, and its values. */
	parameter: 'secretsFrom',
	typed: 'typed',
	stored: 'stored',
	/** n8n method that lists the names. */
	method: 'listSecrets',
	/** n8n method that tests the credential. */
	test: 'checkSecrets',
} as const;

/** Parameter that names a secret of the store, beside the one that it would be typed into. */
export function storedKey(key: string): string {
	return `${key}Stored`;
}

/** Whether the one parameter that a field is entered in is masked. */
export function isMasked(field: Field): boolean {
	if (field.kind === 'string') return field.secret;
	if (field.kind === 'array') return isPlainList(field) && isMasked(field.item);
	return field.kind === 'json' && holdsSecret(field);
}

/** Whether a field is secret, or any field within it. */
export function holdsSecret(field: Field): boolean {
	return field.secret || childrenOf(field).some((child) => holdsSecret(child.field));
}

/** Requests in flight, where neither the operator nor the vendor's document says otherwise. */
export const CONCURRENT = 10;
/** How often an item is sent again at most, where the operator does not say. */
export const RETRIES = 4;
/** n8n's usual length of a list. */
export const LIMIT = 50;
/** How long a node waits for a link to be used, in seconds: usually, and at most, since it keeps a worker from other work. */
export const WAIT = { usual: 120, most: 600 } as const;
/** How long a vendor may take to answer, where the operator does not say; in milliseconds. */
export const TIMEOUT = 60_000;

/** A text that begins with `=` is an expression for n8n, so as a text it has to be one that gives it. */
export function literal(value: string): string;
export function literal(value: Json): Json;
export function literal(value: Json): Json {
	return typeof value === 'string' && value.startsWith('=')
		? `={{ ${JSON.stringify(value).replace(/\}\}/g, '}\\u007d').replace(/\{\{/g, '{\\u007b')} }}`
		: value;
}
