import type { Field, Json } from '../model';
import { isSecretName } from '../names';

export { HIDDEN, Redactor } from './redact';

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
