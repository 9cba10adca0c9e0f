import type { INodeProperties } from 'n8n-workflow';
import type {
	EnumField,
	Field,
	ObjectField,
	Input,
	InputMode,
	ArrayField,
	RecordField,
	Operation,
	PlacedField,
	PlacedObjectField,
	PlacedInput,
	PlacedArrayField,
	PlacedRecordField,
	PlacedOperation,
	PlacedSingleField,
	PlacedStringField,
	PlacedUnionField,
	StringField,
	UnionField,
} from '../../model';
import { keyOf } from '../../model/names';
import { isPlainList, MAPPER, needsRow, OTHER, PRESENT, ROW, ROWS } from '../../model/layout';
import { COLLECTIONS, Level, type Scope } from './level';
import { addMapper, isMappable, mapperChoice, mapperSelector, withDependencies } from './mapper';
import { jsonEditor, lastPart, masked, optionsOf, single, sorted, titled, type SingleField } from './properties';
import { NAME, rowName } from './rowName';
import { withSuggestions } from './suggestions';

const MODE_LABELS: { [mode in Exclude<InputMode, 'mapper'>]: string } = {
	fields: 'Using Fields Below',
	json: 'Using JSON',
	null: 'Null',
	none: 'Leave Out',
};

/** An operation whose fields know their n8n parameters, and those parameters. */
export interface LaidOut {
	operation: PlacedOperation;
	properties: INodeProperties[];
}

/**
 * Lays out an operation's inputs as n8n parameters.
 * @param collection name of the collection of optional fields: `additionalFields`, `filters`, `updateFields`
 * @returns a copy of the operation, in which each field has the parameters that hold its value
 *
 * n8n only keeps what was entered if these rules are followed (tested on n8n 2.4 and 2.41):
 * - a parameter's displayOptions name siblings on its own level, or parameters of the root as `/name`;
 * - an optional field is in a `collection`, where `false`, `0` and `''` survive as entered;
 * - an optional union is in a `fixedCollection` inside it, since a selector in a collection is lost at its default.
 */
export function layOut(operation: Operation, collection?: string): LaidOut {
	const root = Level.root();
	const inputs = operation.inputs.map((input) => placeInput(input, root.scope(input.sort ? 'sort' : collection)));
	const properties = inputs.reduce((all, { field }) => withSuggestions(field, inputs, all), root.properties());
	return { operation: { ...operation, inputs }, properties: withDependencies(inputs, properties) };
}

function placeInput(input: Input, scope: Scope): PlacedInput {
	const { in: identity, field, optional } = input;
	const spot = { identity, path: field.name === '' ? [] : [field.name] };
	if (!optional) return { ...input, field: place(field, scope, spot) };
	// An optional body is sent unless the operator says otherwise.
	const toggle = scope.level.add(
		'sendBody',
		{ displayName: 'Send Body', name: '', type: 'boolean', default: true, description: 'Whether the request has a body' },
		{ identity: 'toggle', path: [] },
		scope,
	);
	return { ...input, field: place(field, scope.within(toggle, true), spot), toggle };
}

/** The place of a field: its names from the top of the level, and a prefix (`identity`) that separates equal names. */
interface Spot {
	identity: string;
	path: string[];
	/** The names belong to an object that has fields of its own. */
	isExtra?: true;
}

/** Places a field, and returns it with the parameters that it was given. */
function place(field: Field, scope: Scope, spot: Spot): PlacedField {
	if (field.required || field.shown) return placeOwn(field, scope, spot);
	const { collection } = scope;
	const options = scope.level.collection(scope);
	if (needsRow(field)) {
		const row = Level.row();
		const own = placeOwn(field, row.scope(), { identity: 'row', path: field.name === '' ? [] : [field.name] });
		// n8n stores no row in which nothing is entered, but an empty object can be intended.
		if (field.kind === 'object' && !field.fields.some((one) => one.required && one.kind !== 'const'))
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
		const mapper = field.kind === 'record' ? placeMapper(field, scope, spot) : {};
		return { ...own, ...mapper, collection, wrap: options.add(keyOf(spot.path), property, spot, scope) };
	}
	const add = (property: INodeProperties) => options.add(keyFor(field, spot), { ...property, required: undefined }, spot, scope);
	if (field.kind !== 'array') return { ...keyed(field as SingleField, add(single(field as SingleField))), collection };
	const { item, property } = list(field);
	return { ...field, input: undefined, item, key: add(property), collection };
}

/** Places a field directly in its level, because it is required or always shown. */
function placeOwn(field: Field, scope: Scope, spot: Spot): PlacedField {
	switch (field.kind) {
		case 'const':
			return field;
		case 'object':
			return placeObject(field, scope, spot);
		case 'record':
			return placeRecord(field, scope, spot);
		case 'array':
			return placeArray(field, scope, spot);
		case 'union':
			return placeUnion(field, scope, spot);
		case 'string':
			return field.file ? placeFile(field, scope, spot) : placeSingle(field, scope, spot);
		case 'enum':
			return field.open ? placeOpenEnum(field, scope, spot) : placeSingle(field, scope, spot);
		case 'number':
		case 'boolean':
		case 'date':
		case 'json':
			return placeSingle(field, scope, spot);
	}
}

function placeSingle(field: SingleField, scope: Scope, spot: Spot): PlacedSingleField {
	return keyed(field, scope.level.add(keyFor(field, spot), single(field), spot, scope));
}

function keyed(field: SingleField, key: string): PlacedSingleField {
	return { ...field, key };
}

function placeObject(field: ObjectField, scope: Scope, spot: Spot): PlacedObjectField {
	const { input, scope: inner } = withModes(field, scope, spot);
	const within = (name: string) => ({ identity: spot.identity, path: [...spot.path, name] });
	const fields = field.fields.map((one) => place(one, inner, within(one.name)));
	const { extra, ...object } = field;
	const others = extra && (place(extra, inner, { ...within('otherValues'), isExtra: true }) as PlacedRecordField);
	return { ...object, ...input, fields, ...(others ? { extra: others } : {}) };
}

function placeRecord(field: RecordField, scope: Scope, spot: Spot): PlacedRecordField {
	const { input: modes } = field;
	const mappable = modes && scope.level.isRoot && !spot.isExtra && isMappable(field) ? field : undefined;
	const [first, ...others] = modes?.modes ?? [];
	const { input, scope: inner } = withModes(mappable ? { ...field, input: { modes: [first, MAPPER, ...others] } } : field, scope, spot);
	const { value, property } = entries(field);
	const key = inner.level.add(keyFor(field, spot), opened(field, property, inner), spot, inner);
	if (!mappable || !input.input) return { ...field, ...input, value, key };
	const mapper = addMapper(mappable, input.input.key, keyFor(field, spot), spot.path, scope);
	return { ...field, input: { ...input.input, modes: [first, ...others] }, value, key, mapper };
}

/** The resource mapper of an optional map at the root, with the parameter that chooses it. */
function placeMapper(field: RecordField, scope: Scope, spot: Spot): Pick<PlacedRecordField, 'mapper'> {
	if (!scope.level.isRoot || spot.isExtra || !isMappable(field)) return {};
	const { displayName } = COLLECTIONS[scope.collection] ?? COLLECTIONS.additionalFields;
	const at = { identity: `${spot.identity} mapper mode`, path: spot.path };
	const selector = scope.level.add(keyOf(['specify', keyFor(field, spot)]), mapperSelector(field, displayName), at, scope);
	return { mapper: addMapper(field, selector, keyFor(field, spot), spot.path, scope) };
}

function placeArray(field: ArrayField, scope: Scope, spot: Spot): PlacedArrayField {
	const { input, scope: inner } = withModes(field, scope, spot);
	const { item, property } = list(field);
	const key = inner.level.add(keyFor(field, spot), opened(field, property, inner), spot, inner);
	return { ...field, ...input, item, key };
}

/** The selector between fields, JSON and null, if a composite can be entered in several ways; and the scope of its fields. */
function withModes(
	field: ObjectField | RecordField | ArrayField,
	scope: Scope,
	spot: Spot,
): { input: { input: PlacedObjectField['input'] }; scope: Scope } {
	const { label, input } = field;
	if (!input) return { input: { input: undefined }, scope };
	const name = keyFor(field, spot);
	const options = input.modes.map((mode) =>
		mode === MAPPER ? mapperChoice(field as RecordField) : { name: MODE_LABELS[mode], value: mode },
	);
	const key = scope.level.add(
		keyOf(['specify', name]),
		{ displayName: `Specify ${label}`, name: '', type: 'options', options, default: input.modes[0] },
		{ identity: `${spot.identity} mode`, path: spot.path },
		scope,
	);
	const inFields = scope.within(key, 'fields');
	if (!input.modes.includes('json')) return { input: { input: { ...input, key } }, scope: inFields };
	const json = scope.within(key, 'json');
	const property = { ...jsonEditor(field, `${label} (JSON)`), required: true };
	const jsonKey = json.level.add(keyOf([name, 'json']), property, { identity: `${spot.identity} json`, path: spot.path }, json);
	return { input: { input: { ...input, key, jsonKey } }, scope: inFields };
}

function placeUnion(field: UnionField, scope: Scope, spot: Spot): PlacedUnionField {
	const choices = field.options.map(({ label, value, description }) => ({ name: label, value, ...(description ? { description } : {}) }));
	const leftOut = field.leftOut === undefined ? [] : [{ name: MODE_LABELS.none, value: field.leftOut, description: 'Send nothing for it' }];
	const words =
		field.selectorLabel === 'Type' || field.name === '' ? [field.selectorLabel] : [...spot.path.slice(0, -1), field.selectorLabel];
	const selector = scope.level.add(
		keyOf(words),
		{
			displayName: field.selectorLabel,
			name: '',
			type: 'options',
			options: sorted([...choices, ...leftOut]),
			default: field.options[0].value,
			description: field.description,
		},
		{ identity: `${spot.identity} selector`, path: spot.path },
		scope,
	);
	const options = field.options.map((option) => ({
		...option,
		field: placeOwn(option.field, scope.within(selector, option.value, option.label), spot),
	}));
	return { ...field, selector, options };
}

/** A choice, with a text parameter for values that are none of the choices. */
function placeOpenEnum(field: EnumField, scope: Scope, spot: Spot): PlacedField {
	const { key } = placeSingle(field, scope, spot);
	const other = scope.within(key, OTHER);
	const otherKey = other.level.add(
		keyOf([key, 'other']),
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
	return { ...field, key, otherKey };
}

/** A text that can come from a file in the item's binary data. */
function placeFile(field: StringField, scope: Scope, spot: Spot): PlacedStringField {
	const name = keyFor(field, spot);
	const sources = [
		{ name: 'Text', value: 'text' },
		{ name: 'Binary File', value: 'binary' },
	];
	const source = scope.level.add(
		keyOf([name, 'source']),
		{ displayName: `${field.label} Source`, name: '', type: 'options', options: sources, default: 'text' },
		{ identity: `${spot.identity} source`, path: spot.path },
		scope,
	);
	const text = scope.within(source, 'text');
	const key = text.level.add(name, single(field), spot, text);
	const inBinary = scope.within(source, 'binary');
	const property: INodeProperties = {
		displayName: `${field.label} Binary Field`,
		name: '',
		type: 'string',
		default: 'data',
		required: true,
		description: 'Name of the input field that holds the file',
	};
	const spotOfBinary = { identity: `${spot.identity} binary`, path: spot.path };
	const binary = inBinary.level.add(keyOf([name, 'binary']), property, spotOfBinary, inBinary);
	return { ...field, key, fileKeys: { source, binary } };
}

/** The rows of a map, each with name and value. */
function entries(field: RecordField): { value: PlacedField; property: INodeProperties } {
	const row = Level.row();
	const spot = { identity: 'name', path: [] };
	row.add('name', rowName(field), spot, row.scope());
	// For a name that is not on the list.
	if (field.dynamic ?? field.suggestions)
		row.add(
			'otherName',
			{ ...NAME, displayName: 'Other Name', type: 'string' },
			{ identity: 'otherName', path: [] },
			row.scope().within('name', OTHER),
		);
	const value = place(field.value, row.scope(), { identity: 'value', path: ['value'] });
	return { value, property: rows(field, 'Value', row.properties()) };
}

/** The entries of a list: a single parameter for all of them, or rows. */
function list(field: ArrayField): { item: PlacedField; property: INodeProperties } {
	if (isPlainList(field)) {
		const item = field.item as SingleField;
		return { item: keyed(item, ''), property: plainList(field, item) };
	}
	const row = Level.row();
	const item = place(field.item, row.scope(), { identity: 'item', path: [] });
	return { item, property: rows(field, lastPart(item.label), row.properties()) };
}

function plainList(field: ArrayField, item: SingleField): INodeProperties {
	const required = field.required || undefined;
	if (item.kind === 'enum') return { ...titled(field), type: 'multiOptions', default: [], options: optionsOf(item), required };
	const { type, placeholder, typeOptions: own } = single(item);
	const typeOptions = { ...own, multipleValues: true, multipleValueButtonText: `Add ${lastPart(item.label)}` };
	return { ...titled(field), type, default: [], placeholder, typeOptions, required };
}

function rows(field: RecordField | ArrayField, what: string, values: INodeProperties[]): INodeProperties {
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

/**
 * If at least one row is needed, starts with one to fill in. Not inside an option: if an expression selects the option,
 * n8n would require the rows of all other options too.
 */
function opened(field: RecordField | ArrayField, property: INodeProperties, scope: Scope): INodeProperties {
	const { minItems } = field.schema as { minItems?: number };
	const [rows] = property.type === 'fixedCollection' ? (property.options as Array<{ values: INodeProperties[] }>) : [];
	const isNeeded = field.kind === 'record' ? field.required || field.shown : (minItems ?? 0) > 0;
	if (!rows || scope.names.length > 0 || !isNeeded) return property;
	const first = rows.values
		.filter(({ displayOptions, type }) => !displayOptions && type !== 'collection')
		.map(({ name, default: value }) => [name, value] as const);
	return { ...property, default: { [ROWS]: [Object.fromEntries(first)] } };
}

function keyFor(field: Field, spot: Spot): string {
	return keyOf(spot.path.length > 0 ? spot.path : [field.label]);
}
