import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Dynamic, Field, PlacedField, PlacedInput, PlacedRecordField, RecordField } from '../../model';
import { childrenOf } from '../../model/children';
import { holdsSecret, MAPPER, ROW, STORE } from '../../model/layout';
import { keyOf } from '../../model/names';
import { fieldAt } from '../../run/request/reference';
import type { Scope } from './level';
import { titled } from './properties';

/** A map that n8n's resource mapper can hold: its names are fetched, and each value is a single parameter. */
export type MappableField = RecordField & { readonly dynamic: Dynamic };

/** Whether n8n's resource mapper can hold a map. */
export function isMappable(field: RecordField): field is MappableField {
	if (!field.dynamic) return false;
	return SINGLE.has(field.value.kind) && !(field.value.kind === 'string' && field.value.file);
}

const SINGLE = new Set<Field['kind']>(['string', 'number', 'boolean', 'date', 'enum', 'json']);

/** The choice of the resource mapper. It masks nothing, so its name says so where values are secret. */
export function mapperChoice(field: RecordField): INodePropertyOptions {
	const isSecret = holdsSecret(field);
	return {
		name: isSecret ? 'Using All Fields (Values Visible)' : 'Using All Fields',
		value: MAPPER,
		description:
			'Every field that the vendor asks for here is laid out, and columns of the input can be mapped by name' +
			(isSecret ? '. Nothing that is typed there is masked.' : ''),
	};
}

/** The selector of an optional map: the mapper has to be at the root, since n8n fetches no fields for one in a row. */
export function mapperSelector(field: RecordField, collection: string): INodeProperties {
	return {
		displayName: `Specify ${field.label}`,
		name: '',
		type: 'options',
		options: [
			{ name: `Under ${collection}`, value: 'fields', description: `Only if '${field.label}' is added there` },
			mapperChoice(field),
		],
		default: 'fields',
	};
}

/**
 * Adds the resource mapper of a map, shown where it is chosen.
 * @param selector the parameter that chooses it
 * @param name the name of the parameter that holds the map's rows
 */
export function addMapper(
	field: MappableField,
	selector: string,
	name: string,
	path: string[],
	scope: Scope,
): NonNullable<PlacedRecordField['mapper']> {
	const property: INodeProperties = {
		...titled(field),
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: field.dynamic.method,
				mode: 'add',
				valuesLabel: field.label,
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				supportAutoMap: true,
			},
		},
	};
	const key = scope.level.add(keyOf([name, MAPPER]), property, { identity: 'mapper', path }, scope.within(selector, MAPPER));
	return { selector, key };
}

/**
 * Lets n8n fetch a mapper's fields again, and drop what was entered, when a parameter changes that they depend on. This
 * comes after all fields are placed, since those parameters may follow the mapper.
 */
export function withDependencies(inputs: readonly PlacedInput[], properties: INodeProperties[]): INodeProperties[] {
	const records = inputs.flatMap(({ field }) => mappersIn(field));
	return properties.map((property) => {
		const record = property.type === 'resourceMapper' ? records.find(({ mapper }) => mapper?.key === property.name) : undefined;
		if (!record?.dynamic) return property;
		const { sources, secret } = record.dynamic;
		const found = sources.flatMap((place) => parametersAt(inputs, place));
		const loadOptionsDependsOn = [...new Set([...found, ...(secret ? [STORE.parameter] : [])])];
		return { ...property, typeOptions: { loadOptionsDependsOn, ...property.typeOptions } };
	});
}

function mappersIn(field: PlacedField): PlacedRecordField[] {
	const own = field.kind === 'record' && field.mapper ? [field] : [];
	return [...own, ...childrenOf(field).flatMap((child) => mappersIn(child.field))];
}

/** The parameters that hold a value of the request, as n8n's editor names them. */
function parametersAt(inputs: readonly PlacedInput[], place: string): string[] {
	const field = fieldAt(inputs, place) as PlacedField | undefined;
	if (!field || !('key' in field)) return [];
	const keys = field.kind === 'enum' && field.otherKey !== undefined ? [field.key, field.otherKey] : [field.key];
	const row = field.wrap === undefined ? [] : [field.wrap, ROW];
	const value = field.kind === 'string' && field.lookup !== undefined ? ['value'] : [];
	return keys.map((key) => [...(field.collection === undefined ? [] : [field.collection]), ...row, key, ...value].join('.'));
}
