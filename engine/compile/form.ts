import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, NodeParameterValue } from 'n8n-workflow';
import type { ChoiceField, Field, Input, InputMode, ListField, MapField, TextField, VariantField } from '../model';
import { keyOf } from '../names';
import { holdsSecret, isPlainList, needsRow, OTHER, PRESENT, ROW, ROWS } from '../parameters';
import { fieldAt } from '../run/reference';
import { has } from '../values';
import { Level, type Scope } from './level';
import { LISTED } from './listed';
import { booleanDescription, enumLabel, unlikeLabel } from './words';

const MODE_LABELS: { [mode in InputMode]: string } = { fields: 'Using Fields Below', json: 'Using JSON', null: 'Null', none: 'Leave Out' };

/**
 * Lays the inputs of an operation out as n8n parameters, and notes in each field which parameter holds its value.
 * @param collection what the collection of the optional ones is called: `additionalFields`, `filters`, `updateFields`
 *
 * n8n keeps what was entered only where these hold (tried on n8n 2.4 and 2.41):
 * - a parameter's displayOptions name siblings of its own level, or parameters of the root as `/name`;
 * - an optional field stands in a `collection`, where `false`, `0` and `''` survive as entered;
 * - a union that is optional stands in a `fixedCollection` within it, since a selector in a collection is lost at its default.
 */
export function layOut(inputs: Input[], collection?: string): INodeProperties[] {
	const root = Level.root();
	for (const input of inputs)
		place(input.field, scopeOf(input, root.scope(input.sort ? 'sort' : collection)), {
			identity: input.in,
			path: input.field.name === '' ? [] : [input.field.name],
		});
	return inputs.reduce((properties, { field }) => withSuggestions(field, inputs, properties), root.properties());
}

/**
 * Offers in the rows of a map what goes with the value of another field: the map's parameter is there once for each set of
 * names. All have one name, so that what was entered is not lost; what does not fit any more is refused when it is read.
 */
function withSuggestions(field: Field, inputs: Input[], properties: INodeProperties[]): INodeProperties[] {
	if (field.kind === 'group') return field.fields.reduce((all, child) => withSuggestions(child, inputs, all), properties);
	if (field.kind !== 'map' || !field.suggestedBy) return properties;
	const { by, names } = field.suggestedBy;
	const selector = fieldAt(inputs, by);
	if (selector?.kind !== 'choice' || !selector.required) return properties;
	const sets = new Map<string, string[]>();
	for (const { value } of selector.choices) {
		const own = has(names, String(value)) ? names[String(value)] : Object.keys(field.suggestions ?? {});
		sets.set(JSON.stringify(own), [...(sets.get(JSON.stringify(own)) ?? []), String(value)]);
	}
	return properties.flatMap((property) =>
		property.name !== field.key
			? [property]
			: [...sets].map(([own, values]) => ({
					...offering(property, JSON.parse(own) as string[]),
					displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, [selector.key]: values } },
				})),
	);
}

/** The parameter of a map with fewer names to choose from; its first row has the first of them. */
function offering(property: INodeProperties, names: string[]): INodeProperties {
	const [rows] = property.options as Array<{ values: INodeProperties[] }>;
	const values = rows.values.map((value) =>
		value.name === 'name'
			? {
					...value,
					options: (value.options as INodePropertyOptions[]).filter((option) => [...names, OTHER].includes(option.value as string)),
				}
			: value,
	);
	const [first] = ((property.default as { [ROWS]?: object[] })[ROWS] ?? []) as object[];
	return {
		...property,
		default: first ? { [ROWS]: [{ ...first, name: names[0] }] } : property.default,
		options: [{ ...rows, values } as INodePropertyCollection],
	} as INodeProperties;
}

/** An optional body is sent unless the operator says otherwise. */
function scopeOf(input: Input, scope: Scope): Scope {
	if (input.toggle === undefined) return scope;
	input.toggle = scope.level.add(
		'sendBody',
		{ displayName: 'Send Body', name: '', type: 'boolean', default: true, description: 'Whether the request has a body' },
		{ identity: 'toggle', path: [] },
		scope,
	);
	return scope.within(input.toggle, true);
}

/** Where a field stands: its names from the level's top, and a prefix that keeps equal names of different places apart. */
interface Spot {
	identity: string;
	path: string[];
}

function place(field: Field, scope: Scope, spot: Spot): void {
	if (field.required || field.shown) {
		placeOwn(field, scope, spot);
		return;
	}
	field.collection = scope.collection;
	const options = scope.level.collection(scope);
	if (needsRow(field)) {
		const row = Level.row();
		placeOwn(field, row.scope(), { identity: 'row', path: field.name === '' ? [] : [field.name] });
		// n8n stores no row in which nothing was entered, but an empty object can be meant.
		if (field.kind === 'group' && !field.fields.some((one) => one.required && one.kind !== 'fixed'))
			row.add(
				PRESENT,
				{ displayName: 'Present', name: '', type: 'hidden', default: false },
				{ identity: 'present', path: [] },
				row.scope(),
			);
		const property = {
			...titled(field),
			type: 'fixedCollection' as const,
			default: { [ROW]: {} },
			placeholder: `Add ${lastPart(field.label)}`,
			options: [{ name: ROW, displayName: field.label, values: row.properties() }],
		};
		field.wrap = options.add(keyOf(spot.path), property, spot, scope);
	} else field.key = options.add(keyFor(field, spot), { ...single(field), required: undefined }, spot, scope);
}

/** Places a field that is given for certain: directly in its level. */
function placeOwn(field: Field, scope: Scope, spot: Spot): void {
	switch (field.kind) {
		case 'fixed':
			return;
		case 'group': {
			const inner = withModes(field, scope, spot);
			for (const one of field.extra ? [...field.fields, field.extra] : field.fields) {
				place(one, inner, { identity: spot.identity, path: [...spot.path, one === field.extra ? 'otherValues' : one.name] });
			}
			return;
		}
		case 'map':
		case 'list': {
			const inner = withModes(field, scope, spot);
			field.key = inner.level.add(
				keyFor(field, spot),
				opened(field, field.kind === 'map' ? entries(field) : list(field), inner),
				spot,
				inner,
			);
			return;
		}
		case 'variant':
			placeVariant(field, scope, spot);
			return;
		default:
			if (field.kind === 'text' && field.file) return placeFile(field, scope, spot);
			field.key = scope.level.add(keyFor(field, spot), single(field), spot, scope);
			if (field.kind === 'choice' && field.otherKey !== undefined) placeOther(field, scope, spot);
	}
}

/** The selector between fields, JSON and null, where there is more than one way to enter a composite. */
function withModes(field: Extract<Field, { kind: 'group' | 'map' | 'list' }>, scope: Scope, spot: Spot): Scope {
	const { input } = field;
	if (!input) return scope;
	const name = keyFor(field, spot);
	const options = input.modes.map((mode) => ({ name: MODE_LABELS[mode], value: mode }));
	const { label } = field;
	input.key = scope.level.add(
		keyOf(['specify', name]),
		{ displayName: `Specify ${label}`, name: '', type: 'options', options, default: input.modes[0] },
		{ identity: `${spot.identity} mode`, path: spot.path },
		scope,
	);
	if (input.modes.includes('json')) {
		const json = scope.within(input.key, 'json');
		const property = { ...jsonEditor(field, `${label} (JSON)`), required: true };
		input.jsonKey = json.level.add(keyOf([name, 'json']), property, { identity: `${spot.identity} json`, path: spot.path }, json);
	}
	return scope.within(input.key, 'fields');
}

function placeVariant(field: VariantField, scope: Scope, spot: Spot): void {
	const options = field.branches.map(({ label, value, description }) => ({ name: label, value, ...(description ? { description } : {}) }));
	const leftOut = field.leftOut === undefined ? [] : [{ name: MODE_LABELS.none, value: field.leftOut, description: 'Send nothing for it' }];
	const words =
		field.selectorLabel === 'Type' || field.name === '' ? [field.selectorLabel] : [...spot.path.slice(0, -1), field.selectorLabel];
	field.selector = scope.level.add(
		keyOf(words),
		{
			displayName: field.selectorLabel,
			name: '',
			type: 'options',
			options: sorted([...options, ...leftOut]),
			default: field.branches[0].value,
			description: field.description,
		},
		{ identity: `${spot.identity} selector`, path: spot.path },
		scope,
	);
	for (const branch of field.branches) placeOwn(branch.field, scope.within(field.selector, branch.value, branch.label), spot);
}

function placeOther(field: ChoiceField, scope: Scope, spot: Spot): void {
	const other = scope.within(field.key, OTHER);
	field.otherKey = other.level.add(
		keyOf([field.key, 'other']),
		{
			displayName: `Other ${lastPart(field.label)}`,
			name: '',
			type: 'string',
			default: '',
			required: true,
			description: 'Exactly as the vendor writes it',
			...masked(field),
		},
		{ identity: `${spot.identity} other`, path: spot.path },
		other,
	);
}

/** A text that can be a file of the item's binary data. */
function placeFile(field: TextField, scope: Scope, spot: Spot): void {
	const file = field.file as NonNullable<TextField['file']>;
	const name = keyFor(field, spot);
	const sources = [
		{ name: 'Text', value: 'text' },
		{ name: 'Binary File', value: 'binary' },
	];
	file.key = scope.level.add(
		keyOf([name, 'source']),
		{ displayName: `${field.label} Source`, name: '', type: 'options', options: sources, default: 'text' },
		{ identity: `${spot.identity} source`, path: spot.path },
		scope,
	);
	const text = scope.within(file.key, 'text');
	field.key = text.level.add(name, single(field), spot, text);
	const binary = scope.within(file.key, 'binary');
	const property: INodeProperties = {
		displayName: `${field.label} Binary Field`,
		name: '',
		type: 'string',
		default: 'data',
		required: true,
		description: 'Name of the input field that holds the file',
	};
	file.binaryKey = binary.level.add(keyOf([name, 'binary']), property, { identity: `${spot.identity} binary`, path: spot.path }, binary);
}

/** Name and value rows of a map. */
function entries(field: MapField): INodeProperties {
	const row = Level.row();
	const name = { displayName: 'Name', name: '', default: '', required: true };
	/** For a name that is not in the list. */
	const addOther = () =>
		row.add(
			'otherName',
			{ ...name, displayName: 'Other Name', type: 'string' },
			{ identity: 'otherName', path: [] },
			row.scope().within('name', OTHER),
		);
	if (field.dynamic) {
		const typeOptions = { loadOptionsMethod: field.dynamic.method };
		row.add(
			'name',
			{ ...name, displayName: 'Name or ID', type: 'options', typeOptions, description: LISTED },
			{ identity: 'name', path: [] },
			row.scope(),
		);
		addOther();
	} else if (field.suggestions) {
		const known = Object.entries(field.suggestions).map(([value, description]) => ({
			name: enumLabel(value),
			value,
			description: `Sent as ${value}, ${description}`,
		}));
		row.add(
			'name',
			{
				...name,
				type: 'options',
				options: sorted([...known, { name: 'Other', value: OTHER, description: 'Any other name' }]),
				// n8n stores no value that equals the default: a name that depends on another field would turn into another one.
				default: field.suggestedBy ? OTHER : known[0].value,
				description: 'The names are suggestions; any other name can be given with Other',
			},
			{ identity: 'name', path: [] },
			row.scope(),
		);
		addOther();
	} else row.add('name', { ...name, type: 'string' }, { identity: 'name', path: [] }, row.scope());
	place(field.value, row.scope(), { identity: 'value', path: ['value'] });
	return rows(field, 'Value', row.properties());
}

function list(field: ListField): INodeProperties {
	const { item } = field;
	if (isPlainList(field) && item.kind === 'choice') {
		return { ...titled(field), type: 'multiOptions', default: [], options: optionsOf(item), required: field.required || undefined };
	}
	if (isPlainList(field)) {
		const one = single(item);
		const typeOptions = { ...one.typeOptions, multipleValues: true, multipleValueButtonText: `Add ${lastPart(item.label)}` };
		return {
			...titled(field),
			type: one.type,
			default: [],
			placeholder: one.placeholder,
			typeOptions,
			required: field.required || undefined,
		};
	}
	const row = Level.row();
	place(item, row.scope(), { identity: 'item', path: [] });
	return rows(field, lastPart(item.label), row.properties());
}

function rows(field: MapField | ListField, what: string, values: INodeProperties[]): INodeProperties {
	return {
		...titled(field),
		type: 'fixedCollection',
		default: {},
		placeholder: `Add ${what}`,
		typeOptions: { multipleValues: true, sortable: true },
		options: [{ name: ROWS, displayName: what, values }],
		required: field.required || undefined,
	};
}

/** A field that is one parameter. */
function single(field: Field): INodeProperties {
	const common = { ...titled(field), required: field.required || undefined };
	const limits = field.schema as { [keyword: string]: number | undefined };
	switch (field.kind) {
		case 'text':
			if (field.lookup !== undefined) return locator(field, field.lookup);
			return { ...common, type: 'string', default: asText(field.default), placeholder: placeholder(field), ...masked(field) };
		case 'number':
			return {
				...common,
				type: 'number',
				typeOptions: clean({ minValue: limits.minimum, maxValue: limits.maximum, numberPrecision: field.integer ? 0 : undefined }),
				// n8n stores no value that equals the default: one that has to be given, and was not, is to be told from 0.
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
		case 'choice': {
			const options = optionsOf(field);
			const given = field.choices.some((choice) => choice.value === field.default)
				? (field.default as NodeParameterValue)
				: field.choices[0].value;
			return { ...common, type: 'options', options, default: given ?? '' };
		}
		case 'list':
			return list(field);
		default:
			return { ...jsonEditor(field, field.label), required: field.required || undefined };
	}
}

/** A text that can be picked from a list, or given as it is. */
function locator(field: TextField, method: string): INodeProperties {
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

/** A JSON editor; a masked line where the JSON is secret, since n8n's editor cannot mask. */
function jsonEditor(field: Field, displayName: string): INodeProperties {
	const common = { displayName, name: '', default: '', description: field.description };
	if (!holdsSecret(field)) return { ...common, type: 'json', typeOptions: { rows: 4 }, placeholder: jsonExample(field) };
	return { ...common, type: 'string', typeOptions: { password: true }, placeholder: jsonExample(field) };
}

/**
 * Where at least one row is needed, there is one to fill in. Not within a branch: for a branch that an expression
 * selects, n8n would insist on the rows of all others.
 */
function opened(field: MapField | ListField, property: INodeProperties, scope: Scope): INodeProperties {
	const { minItems } = field.schema as { minItems?: number };
	const [rows] = property.type === 'fixedCollection' ? (property.options as Array<{ values: INodeProperties[] }>) : [];
	const isNeeded = field.kind === 'map' ? field.required || field.shown : (minItems ?? 0) > 0;
	if (!rows || scope.names.length > 0 || !isNeeded) return property;
	const first = rows.values
		.filter(({ displayOptions, type }) => !displayOptions && type !== 'collection')
		.map(({ name, default: value }) => [name, value] as const);
	return { ...property, default: { [ROWS]: [Object.fromEntries(first)] } };
}

function jsonExample(field: Field): string {
	const example = field.example !== null && typeof field.example === 'object' ? JSON.stringify(field.example) : undefined;
	if (example && example.length <= 100 && !/\b(id|url)s?\b/i.test(example)) return `e.g. ${example}`;
	if (field.kind === 'group')
		return `e.g. {${field.fields
			.filter((one) => one.required)
			.slice(0, 4)
			.map((one) => ` ${JSON.stringify(one.name)}: …`)
			.join(',')} }`;
	return field.kind === 'list' ? 'e.g. [ … ]' : 'e.g. { "name": "value" }';
}

function optionsOf(field: ChoiceField) {
	const options = sorted(
		field.choices.map(({ label, value, description }) => ({
			name: label,
			value: value as string,
			...(description ? { description } : {}),
		})),
	);
	return field.otherKey === undefined
		? options
		: sorted([...options, { name: 'Other', value: OTHER, description: 'A value that is not in the list' }]);
}

/** n8n sorts lists from five entries on. */
function sorted<T extends { name: string }>(options: T[]): T[] {
	return options.length < 5 ? options : [...options].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function titled(field: Field) {
	const description = unlikeLabel(field.description, field.label);
	return { displayName: field.label, name: '', ...(description ? { description } : {}) };
}

function masked(field: Field) {
	if (field.secret) return { typeOptions: { password: true } };
	return field.kind === 'text' && field.rows ? { typeOptions: { rows: field.rows } } : {};
}

function placeholder(field: Field): string | undefined {
	if (field.secret) return undefined;
	if (field.example === undefined || field.example === '' || typeof field.example === 'object')
		return /\bemail\b/i.test(field.label) && field.kind === 'text' ? 'e.g. nathan@example.com' : undefined;
	return `e.g. ${String(field.example).slice(0, 100)}`;
}

function asText(value: unknown): string {
	return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function clean<T extends object>(options: T): T | undefined {
	const kept = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
	return Object.keys(kept).length > 0 ? (kept as T) : undefined;
}

function keyFor(field: Field, spot: Spot): string {
	return keyOf(spot.path.length > 0 ? spot.path : [field.label]);
}

/** 'Credential Data: Client ID' → 'Client ID'. */
function lastPart(label: string): string {
	return label.slice(label.lastIndexOf(': ') + 1).trim();
}
