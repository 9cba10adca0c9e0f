import { childrenOf } from './children';
import type { ArrayField, Field, InputMode } from './field';
import type { Json } from './json';

/** How values are laid out in n8n's parameters: the contract between the form, the writer and the reader. */

/** Choice that opens a text field for any other value. */
export const OTHER = '__other';
/** Option of a fixedCollection that holds its single row. */
export const ROW = 'value';
/** Hidden parameter that marks a row as present when nothing in it has to be entered. */
export const PRESENT = 'present';
/** Option of a fixedCollection that holds its list of rows. */
export const ROWS = 'items';

/** Mode in which n8n's resource mapper lays out all fields of a map. */
export const MAPPER = 'mapper' satisfies InputMode;

/** Whether an optional field takes more than one parameter, and so needs a row of its own. */
export function needsRow(field: Field): boolean {
	if (field.kind === 'string') return field.file === true;
	if (field.kind === 'object' || field.kind === 'union' || field.kind === 'record') return true;
	return field.kind === 'array' ? field.input !== undefined : field.kind === 'enum' && field.open === true;
}

/** Whether a list is a single parameter whose value is the list itself, rather than rows. */
export function isPlainList({ item }: ArrayField): boolean {
	return !item.nullable && ((item.kind === 'string' && !item.file) || item.kind === 'number' || (item.kind === 'enum' && !item.open));
}

/** Names of the parameters that this package adds to the vendor's own. */
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

/** Parameter without a value: n8n shows the credentials at its position. */
export const CREDENTIALS = 'n8nCredentials';

/** How a secret is read from n8n's encrypted store instead of being typed. */
export const STORE = {
	/** Name of the n8n credential type that holds named secrets. */
	credential: 'credentialSecretsApi',
	/** What the node calls it, instead of "Credential for …". */
	label: 'Credential Secrets',
	/** Parameter that says where secrets come from, and its values. */
	parameter: 'secretsFrom',
	typed: 'typed',
	stored: 'stored',
	/** n8n method that lists the names. */
	method: 'listSecrets',
	/** n8n method that tests the credential. */
	test: 'checkSecrets',
} as const;

/** Parameter that names a stored secret, next to the one that the secret would be typed into. */
export function storedKey(key: string): string {
	return `${key}Stored`;
}

/** Whether the single parameter of a field is masked. */
export function isMasked(field: Field): boolean {
	if (field.kind === 'string') return field.secret;
	if (field.kind === 'array') return isPlainList(field) && isMasked(field.item);
	return field.kind === 'json' && holdsSecret(field);
}

/** Whether a field or any of its descendants is secret. */
export function holdsSecret(field: Field): boolean {
	return field.secret || childrenOf(field).some((child) => holdsSecret(child.field));
}

/** Requests in flight, unless the operator or the vendor's document says otherwise. */
export const CONCURRENT = 10;
/** Maximum number of retries per item, unless the operator says otherwise. */
export const RETRIES = 4;
/** n8n's usual limit of a list. */
export const LIMIT = 50;
/** Seconds a node waits for a link to be used: by default, and at most, since a waiting node occupies a worker. */
export const WAIT = { usual: 120, most: 600 } as const;
/** Milliseconds a vendor may take to answer, unless the operator says otherwise. */
export const TIMEOUT = 60_000;

/** n8n reads a text that begins with `=` as an expression; returns an expression that yields such a text, other values as they are. */
export function literal(value: string): string;
export function literal(value: Json): Json;
export function literal(value: Json): Json {
	return typeof value === 'string' && value.startsWith('=')
		? `={{ ${JSON.stringify(value).replace(/\}\}/g, '}\\u007d').replace(/\{\{/g, '{\\u007b')} }}`
		: value;
}
