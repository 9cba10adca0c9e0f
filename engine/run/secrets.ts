import type { Field, Json } from '../model';
import { isSecretName } from '../names';

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
	private readonly forms: string[];
	private compiled?: RegExp;

	constructor(secrets: string[]) {
		const forms = new Set<string>();
		for (const secret of secrets) {
			for (const one of [secret, secret.trim(), ...secret.split(/\r?\n|\\n/).filter((line) => line.trim().length >= LINE)]) {
				if (one === '') continue;
				for (const form of [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one), toBase64(one)]) forms.add(form);
			}
		}
		this.forms = [...forms].sort((a, b) => b.length - a.length);
	}

	/** A text without the secrets. */
	text(text: string): string {
		// A pattern of its own for each of thousands of items takes longer than to look for what is nearly never there.
		return this.forms.some((form) => text.includes(form)) ? text.replace(this.pattern, HIDDEN) : text;
	}

	private get pattern(): RegExp {
		const sourceOf = (form: string) => (form.length < SHORT ? `(?<![\\p{L}\\p{N}])${escape(form)}(?![\\p{L}\\p{N}])` : escape(form));
		return (this.compiled ??= new RegExp(this.forms.map(sourceOf).join('|'), 'gu'));
	}

	/** A JSON value without the secrets, in names as well as in values. */
	json<T extends Json>(value: T): T {
		if (this.forms.length === 0) return value;
		if (typeof value === 'string') return this.text(value) as T;
		if (typeof value === 'number') return (this.text(String(value)) === String(value) ? value : HIDDEN) as T;
		if (Array.isArray(value)) return value.map((one) => this.json(one)) as T;
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [this.text(name), this.json(one as Json)])) as T;
	}
}

function escape(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replace(/\\-/g, '\\x2d');
}

function toBase64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
}
