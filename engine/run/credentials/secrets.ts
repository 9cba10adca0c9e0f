import type { Field, ObjectField } from '../../model';
import { isSecretName } from '../../model/names';
import { secretsWithin } from '../redact/within';
import { BinaryReference, ExactNumber, type BodyValue } from '../request/bodyValue';

export { HIDDEN, Redactor } from '../redact';

/** All texts of a value that its field marks as secret. Constants and choices are in the document, so they are no secrets. */
export function secretsOf(field: Field, value: BodyValue): string[] {
	const isWhole = typeof value !== 'object' || value === null || value instanceof ExactNumber;
	switch (field.kind) {
		case 'const':
		case 'boolean':
			return [];
		case 'enum':
			return field.secret && !field.choices.some((choice) => choice.value === value) ? textsOf(value) : [];
		case 'object':
			if (isWhole) return marked(field, value);
			return Object.entries(value).flatMap(([name, one]) => {
				const child = fieldsOf(field).get(name) ?? field.extra?.value;
				return child ? namedOrMarked(name, child, one as BodyValue) : [];
			});
		case 'record':
			return isWhole
				? marked(field, value)
				: Object.entries(value).flatMap(([name, one]) => namedOrMarked(name, field.value, one as BodyValue));
		case 'array':
			return Array.isArray(value) ? value.flatMap((one) => secretsOf(field.item, one)) : marked(field, value);
		case 'union':
			return field.options.flatMap((option) => secretsOf(option.field, value));
		case 'string':
		case 'number':
		case 'date':
		case 'json':
			return marked(field, value);
	}
}

const byName = new WeakMap<ObjectField, Map<string, Field>>();

/** The fields of an object by name, cached: an object can have thousands. */
function fieldsOf(object: ObjectField): Map<string, Field> {
	const known = byName.get(object) ?? new Map(object.fields.map((field) => [field.name, field]));
	byName.set(object, known);
	return known;
}

/** A name that the document does not declare can still mark its value as secret. */
function namedOrMarked(name: string, field: Field, value: BodyValue): string[] {
	return field.name !== name && isSecretName(name) ? textsOf(value) : secretsOf(field, value);
}

function marked(field: Field, value: BodyValue): string[] {
	return field.secret ? textsOf(value) : namedSecrets(value);
}

/** Secrets in a value without a field: found by name, or inside a text that is JSON or contains a private key. */
function namedSecrets(value: BodyValue): string[] {
	if (typeof value === 'string') return secretsWithin(value);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, one]) => (isSecretName(name) ? textsOf(one as BodyValue) : namedSecrets(one as BodyValue)));
}

/** The secret values of an n8n credential, recognized by their field names. */
export function credentialSecrets(data: { [name: string]: unknown }): string[] {
	return Object.entries(data).flatMap(([name, value]) => (isSecretName(name) ? textsOf(value as BodyValue) : []));
}

function textsOf(value: BodyValue): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value === 'number' || value instanceof ExactNumber) return [String(value)];
	// The property name is no secret; the file's content is added when the file is read.
	if (value instanceof BinaryReference) return [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap((one) => textsOf(one)) : [];
}
