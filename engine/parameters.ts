import type { Field, ListField } from './model';

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
	if (field.kind === 'text') return field.file !== undefined;
	if (field.kind === 'group' || field.kind === 'variant' || field.kind === 'map') return true;
	return field.kind === 'list' ? field.input !== undefined : field.kind === 'choice' && field.otherKey !== undefined;
}

/** Whether a list is one parameter whose value is the list itself, rather than rows. */
export function isPlainList({ item }: ListField): boolean {
	return !item.nullable && ((item.kind === 'text' && item.file === undefined) || item.kind === 'number' || (item.kind === 'choice' && item.otherKey === undefined));
}
