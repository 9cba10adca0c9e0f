import type { Field } from './field';
import type { PlacedField } from './placed';

/** A field within another one. */
export interface Child<F extends Field = Field> {
	readonly field: F;
	/** Its part of a JSON Pointer; null for any name or index, undefined where it stands at the same place (an option). */
	readonly step: string | null | undefined;
}

/** The fields directly within a field, each with the step that leads to its value. */
export function childrenOf(field: PlacedField): ReadonlyArray<Child<PlacedField>>;
export function childrenOf(field: Field): readonly Child[];
export function childrenOf(field: Field): readonly Child[] {
	switch (field.kind) {
		case 'object': {
			const named = field.fields.map((one) => ({ field: one, step: one.name }));
			// The further names are those of the object itself.
			return field.extra ? [...named, { field: field.extra, step: undefined }] : named;
		}
		case 'record':
			return [{ field: field.value, step: null }];
		case 'array':
			return [{ field: field.item, step: null }];
		case 'union':
			return field.options.map((option) => ({ field: option.field, step: undefined }));
		case 'string':
		case 'number':
		case 'boolean':
		case 'date':
		case 'enum':
		case 'const':
		case 'json':
			return [];
	}
}

/** A field and all fields within it. */
export function fieldsWithin(field: PlacedField): PlacedField[];
export function fieldsWithin(field: Field): Field[];
export function fieldsWithin(field: Field): Field[] {
	return [field, ...childrenOf(field).flatMap((child) => fieldsWithin(child.field))];
}

/** The fields with a name of their own directly within a field, whichever option they are of. */
export function namedWithin(field: Field): Field[] {
	return childrenOf(field).flatMap((child) =>
		child.step === undefined ? namedWithin(child.field) : child.step === null ? [] : [child.field],
	);
}
