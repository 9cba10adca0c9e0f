import type { INodeProperties, NodeParameterValue } from 'n8n-workflow';
import type { BooleanField, EnumField, DateField, Field, JsonField, NumberField, StringField } from '../../model';
import { holdsSecret, OTHER } from '../../model/layout';
import { booleanDescription, unlikeLabel } from '../text/words';

/** A field whose value is a single parameter. */
export type SingleField = StringField | NumberField | BooleanField | DateField | EnumField | JsonField;

/** The parameter of a single-parameter field; its name is set when it is placed. */
export function single(field: SingleField): INodeProperties {
	const common = { ...titled(field), required: field.required || undefined };
	const limits = field.schema as { [keyword: string]: number | undefined };
	switch (field.kind) {
		case 'string':
			if (field.lookup !== undefined) return locator(field, field.lookup);
			return { ...common, type: 'string', default: asText(field.default), placeholder: placeholder(field), ...masked(field) };
		case 'number':
			return {
				...common,
				type: 'number',
				typeOptions: clean({ minValue: limits.minimum, maxValue: limits.maximum, numberPrecision: field.integer ? 0 : undefined }),
				// n8n does not store default values, so the default of a field that must be filled in is '', to tell "not entered" from 0.
				default: typeof field.default === 'number' ? field.default : field.required || field.shown ? '' : Math.max(0, limits.minimum ?? 0),
				placeholder: placeholder(field),
			};
		case 'boolean':
			return {
				...common,
				type: 'boolean',
				default: field.default === true,
				description: booleanDescription(field.label, field.description),
			};
		case 'date':
			return {
				...common,
				type: 'dateTime',
				default: asText(field.default),
				...(field.dateOnly ? { typeOptions: { dateOnly: true } } : {}),
			};
		case 'enum': {
			const options = optionsOf(field);
			const given = field.choices.some((choice) => choice.value === field.default)
				? (field.default as NodeParameterValue)
				: field.choices[0].value;
			return { ...common, type: 'options', options, default: given ?? '' };
		}
		case 'json':
			return { ...jsonEditor(field, field.label), required: field.required || undefined };
	}
}

/** A text that can be picked from a list, or entered directly. */
function locator(field: StringField, method: string): INodeProperties {
	const name = /\bname$/i.test(field.name) || !/id$/i.test(field.name) ? 'By Name' : 'By ID';
	return {
		...titled(field),
		required: field.required || undefined,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: method, searchable: true } },
			{ displayName: name, name: 'id', type: 'string', placeholder: placeholder(field) },
		],
	};
}

/** A JSON editor; for secret JSON, a masked line, since n8n's editor cannot mask. */
export function jsonEditor(field: Field, displayName: string): INodeProperties {
	const common = { displayName, name: '', default: '', description: field.description };
	if (!holdsSecret(field)) return { ...common, type: 'json', typeOptions: { rows: 4 }, placeholder: jsonExample(field) };
	return { ...common, type: 'string', typeOptions: { password: true }, placeholder: jsonExample(field) };
}

function jsonExample(field: Field): string {
	const example = field.example !== null && typeof field.example === 'object' ? JSON.stringify(field.example) : undefined;
	if (example && example.length <= 100 && !/\b(id|url)s?\b/i.test(example)) return `e.g. ${example}`;
	if (field.kind === 'object')
		return `e.g. {${field.fields
			.filter((one) => one.required)
			.slice(0, 4)
			.map((one) => ` ${JSON.stringify(one.name)}: …`)
			.join(',')} }`;
	return field.kind === 'array' ? 'e.g. [ … ]' : 'e.g. { "name": "value" }';
}

/** The choices of an enum as n8n options; an open enum also has Other. */
export function optionsOf(field: EnumField) {
	const options = sorted(
		field.choices.map(({ label, value, description }) => ({
			name: label,
			value: value as string,
			...(description ? { description } : {}),
		})),
	);
	return field.open ? sorted([...options, { name: 'Other', value: OTHER, description: 'A value that is not in the list' }]) : options;
}

/** Sorts options by name if there are at least five, as n8n's linter requires. */
export function sorted<T extends { name: string }>(options: T[]): T[] {
	return options.length < 5 ? options : [...options].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Label and description of a field's parameter. */
export function titled(field: Field) {
	const description = unlikeLabel(field.description, field.label);
	return { displayName: field.label, name: '', ...(description ? { description } : {}) };
}

/** Masks a secret field; gives a long text its rows. */
export function masked(field: Field) {
	if (field.secret) return { typeOptions: { password: true } };
	return field.kind === 'string' && field.rows ? { typeOptions: { rows: field.rows } } : {};
}

function placeholder(field: Field): string | undefined {
	if (field.secret) return undefined;
	if (field.example === undefined || field.example === '' || typeof field.example === 'object')
		return /\bemail\b/i.test(field.label) && field.kind === 'string' ? 'e.g. nathan@example.com' : undefined;
	return `e.g. ${String(field.example).slice(0, 100)}`;
}

function asText(value: unknown): string {
	return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function clean<T extends object>(options: T): T | undefined {
	const kept = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
	return Object.keys(kept).length > 0 ? (kept as T) : undefined;
}

/** The part of a label after the object's prefix: 'Credential Data: Client ID' → 'Client ID'. */
export function lastPart(label: string): string {
	return label.slice(label.lastIndexOf(': ') + 1).trim();
}
