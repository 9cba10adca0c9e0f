import type { Field, Json } from '../model';
import { isSecretName } from '../names';
import { ExactNumber } from './json';

/** What stands where a secret stood. */
export const HIDDEN = '[hidden]';

/** All texts of a value that its field marks as secret. */
export function secretsOf(field: Field, value: Json): string[] {
	if (field.secret) return textsOf(value);
	if (typeof value !== 'object' || value === null) return [];
	switch (field.kind) {
		case 'group':
			return Object.entries(value).flatMap(([name, one]) => {
				const child = field.fields.find((candidate) => candidate.name === name) ?? field.extra?.value;
				// A name that the document does not know can still say that its value is secret.
				return child ? (isSecretName(name) ? textsOf(one as Json) : secretsOf(child, one as Json)) : [];
			});
		case 'map':
			return Object.entries(value).flatMap(([name, one]) =>
				isSecretName(name) ? textsOf(one as Json) : secretsOf(field.value, one as Json),
			);
		case 'list':
			return Array.isArray(value) ? value.flatMap((one) => secretsOf(field.item, one)) : [];
		case 'variant':
			return field.branches.flatMap((branch) => secretsOf(branch.field, value));
		default:
			return namedSecrets(value);
	}
}

/** What no field describes can still say by its names what is secret. */
function namedSecrets(value: Json): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, one]) => (isSecretName(name) ? textsOf(one as Json) : namedSecrets(one as Json)));
}

/** The secret values of an n8n credential, told by the names of its fields. */
export function credentialSecrets(data: { [name: string]: unknown }): string[] {
	return Object.entries(data).flatMap(([name, value]) => (isSecretName(name) ? textsOf(value as Json) : []));
}

function textsOf(value: Json): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value === 'number') return [String(value)];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap((one) => textsOf(one as Json)) : [];
}

/** Shorter values are hidden only where they stand alone: they are part of too many words. */
const SHORT = 8;
/** A line of a longer secret is secret too, from this length on. */
const LINE = 16;

/**
 * Replaces known secrets wherever they turn up: an answer, an error, a log. It knows the forms that a value takes on its
 * way: in a URL, within JSON, line by line.
 */
export class Redactor {
	private known?: string[];

	constructor(private readonly secrets: string[]) {}

	/** Found when they are first needed: thousands of items wait to be sent. */
	private get forms(): string[] {
		return (this.known ??= formsOf(this.secrets));
	}

	/** A text without the secrets: the longest goes first, since a shorter one can be a part of it. */
	text(text: string): string {
		let clean = text;
		for (const form of this.forms) {
			// What is looked for is nearly never there; and a pattern of a text that is very long is an error with that text in it.
			if (clean.includes(form)) clean = clean.replaceAll(form.length < SHORT ? alone(form) : form, () => HIDDEN);
		}
		return clean;
	}

	/** A JSON value without the secrets, in names as well as in values. */
	json<T extends Json>(value: T): T {
		if (this.forms.length === 0) return value;
		if ((value as unknown) instanceof ExactNumber) return this.text(String(value)) as T;
		if (typeof value === 'string') return this.text(value) as T;
		if (typeof value === 'number') return (this.text(String(value)) === String(value) ? value : HIDDEN) as T;
		if (Array.isArray(value)) return value.map((one) => this.json(one)) as T;
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [this.text(name), this.json(one as Json)])) as T;
	}
}

function formsOf(secrets: string[]): string[] {
	const forms = new Set<string>();
	for (const secret of secrets) {
		for (const one of [secret, secret.trim(), ...secret.split(/\r?\n|\\n/).filter((line) => line.trim().length >= LINE)]) {
			if (one === '') continue;
			for (const form of [one, JSON.stringify(one).slice(1, -1), ...inUrl(one), toBase64(one)]) forms.add(form);
		}
	}
	return [...forms].sort((a, b) => b.length - a.length);
}

/** A text that is no part of a word. */
function alone(form: string): RegExp {
	const escaped = form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/\\-/g, '\\x2d');
	return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu');
}

/** Nothing where a text cannot stand in a URL: half of a character that is written in two parts. */
function inUrl(text: string): string[] {
	try {
		return [encodeURIComponent(text)];
	} catch {
		return [];
	}
}

function toBase64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
}
