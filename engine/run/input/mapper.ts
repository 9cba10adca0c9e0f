import type { PlacedRecordField } from '../../model';
import { MAPPER } from '../../model/layout';
import type { BodyValue } from '../request/bodyValue';
import { isSecretName } from '../../model/names';
import { has, isObject } from '../../model/values';

/** A field that the vendor asks for in a map, as far as reading needs to know it. */
export interface LayoutField {
	readonly name: string;
	readonly label: string;
	/** The vendor requires it; undefined if the vendor does not say. */
	readonly required?: boolean;
	/** Its value is one of a few, a date or the like, which no stored secret replaces. */
	readonly isPlain?: boolean;
}

/** What reading a resource mapper needs beside the parameter: the item, and the fields that the vendor asks for. */
export interface MapperSource {
	/** The item, whose columns can be mapped by name. */
	readonly columns: { readonly [name: string]: unknown };
	/** The fields of each map, by its pointer; undefined before they are fetched. */
	readonly layouts?: ReadonlyMap<string, readonly LayoutField[]>;
}

/** A map of the request, with the row names that were picked from a list rather than typed. */
export interface NamedRows {
	field: PlacedRecordField;
	pointer: string;
	picked: string[];
	/** The map was not added to the form. */
	leftOut?: true;
	/** Set if n8n's resource mapper holds the map. */
	mapped?: {
		isAutomatic: boolean;
		/** Labels of its fields, by name. */
		labels: ReadonlyMap<string, string>;
		/** What it probably holds, as long as the vendor's fields are not fetched. */
		unread?: { [name: string]: BodyValue };
	};
}

/** What was entered for one field of a mapper. */
export interface MappedEntry {
	readonly name: string;
	readonly label: string;
	readonly value: unknown;
	/** The vendor's field, if it has one of this name. */
	readonly field: LayoutField | undefined;
}

/** A map that n8n's resource mapper can hold. */
export type MappedField = PlacedRecordField & { readonly mapper: NonNullable<PlacedRecordField['mapper']> };

/** Whether the operator has chosen the resource mapper. */
export function isInMapper(field: PlacedRecordField, values: (name: string) => unknown): field is MappedField {
	return field.mapper !== undefined && values(field.mapper.selector) === MAPPER;
}

/** Whether a mapper takes the columns of the item by name (n8n's mapping mode "Map Automatically"). */
export function isAutomatic(entered: unknown): boolean {
	return isObject(entered) && entered.mappingMode === 'autoMapInputData';
}

/**
 * What a mapper holds for an item. In n8n, a field that is left empty has the value null.
 * @param entered the parameter, with its expressions resolved
 * @param stored the parameter as it is stored
 */
export function mappedEntries(
	entered: unknown,
	stored: unknown,
	{ columns }: Pick<MapperSource, 'columns'>,
	layout: readonly LayoutField[],
): MappedEntry[] {
	const fields = new Map(layout.map((field) => [field.name, field]));
	if (isAutomatic(entered)) {
		// A column that is no field of the vendor's belongs to other nodes.
		const own = layout.filter(({ name, required }) => has(columns, name) && !isBlank(columns[name], required));
		return own.map((field) => ({ name: field.name, label: field.label, value: columns[field.name], field }));
	}
	const values = valuesIn(entered);
	const written = valuesIn(stored);
	const saved = savedFields(entered);
	// What an expression leaves empty was not left empty on purpose.
	const isExpression = (name: string) => has(written, name) && String(written[name]).startsWith('=');
	return Object.entries(values)
		.filter(([name, value]) => saved.get(name)?.removed !== true && (isExpression(name) || !isEmpty(value)))
		.map(([name, value]) => {
			const field = fields.get(name);
			return { name, label: field?.label ?? saved.get(name)?.label ?? name, value, field };
		});
}

/** What a mapper seems to hold, by the fields that n8n saved: what was typed, and columns of these names or of a secret's. */
export function likelyValues(entered: unknown, { columns }: Pick<MapperSource, 'columns'>): Array<[name: string, value: unknown]> {
	if (!isAutomatic(entered)) return Object.entries(valuesIn(entered));
	const saved = savedFields(entered);
	return Object.entries(columns).filter(([name]) => saved.has(name) || isSecretName(name));
}

/** Whether a column gives nothing: null, or an empty cell of a table where the vendor does not insist on a value. */
function isBlank(value: unknown, required: boolean | undefined): boolean {
	return value === '' ? required === false : isEmpty(value);
}

/** Whether a value counts as not entered. */
export function isEmpty(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || value === '';
}

function valuesIn(entered: unknown): { [name: string]: unknown } {
	return isObject(entered) && isObject(entered.value) ? entered.value : {};
}

/** The fields that n8n saved when the form was filled in, by name. They may be out of date. */
function savedFields(entered: unknown): Map<string, { label?: string; removed: boolean }> {
	const schema: unknown = isObject(entered) ? entered.schema : undefined;
	const fields = Array.isArray(schema) ? (schema as unknown[]).filter(isObject) : [];
	return new Map(
		fields.map(({ id, displayName, removed }) => [
			String(id),
			{ ...(typeof displayName === 'string' && displayName ? { label: displayName } : {}), removed: removed === true },
		]),
	);
}
