import type { Field } from './field';
import type { PlacedField } from './placed';

/** A field directly inside another one. */
export interface Child<F extends Field = Field> {
	readonly field: F;
	/** Its reference token in a JSON Pointer; null for any name or index, undefined if it shares its parent's place (union option). */
	readonly step: string | null | undefined;
}

/** The direct children of a field, each with the step that leads to its value. */
export function childrenOf(field: PlacedField): ReadonlyArray<Child<PlacedField>>;
export function childrenOf(field: Field): readonly Child[];
export function childrenOf(field: Field): readonly Child[] {
	switch (field.kind) {
		case 'object': {
			const named = field.fields.map((one) => ({ field: one, step: one.name }));
			// Additional names are properties of the object itself, so the record shares its place.
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

/** A field and all its descendants. */
export function fieldsWithin(field: PlacedField): PlacedField[];
export function fieldsWithin(field: Field): Field[];
export function fieldsWithin(field: Field): Field[] {
	return [field, ...childrenOf(field).flatMap((child) => fieldsWithin(child.field))];
}

/** The nearest descendants that have a name of their own, in any union option. */
export function namedWithin(field: Field): Field[] {
	return childrenOf(field).flatMap((child) =>
		child.step === undefined ? namedWithin(child.field) : child.step === null ? [] : [child.field],
	);
}
