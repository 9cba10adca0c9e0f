import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { PlacedField, PlacedInput } from '../../model';
import { OTHER, ROWS } from '../../model/layout';
import { fieldAt } from '../../run/request/reference';
import { has } from '../../model/values';

/**
 * Offers those names in a map's rows that suit the value of another field: the map's parameter is repeated for each set
 * of names. All repetitions have the same name, so that nothing entered is lost; names that no longer fit are refused
 * when they are read.
 */
export function withSuggestions(field: PlacedField, inputs: readonly PlacedInput[], properties: INodeProperties[]): INodeProperties[] {
	if (field.kind === 'object') return field.fields.reduce((all, child) => withSuggestions(child, inputs, all), properties);
	if (field.kind !== 'record' || !field.suggestedBy) return properties;
	const { by, names } = field.suggestedBy;
	const selector = fieldAt(inputs, by) as PlacedField | undefined;
	if (selector?.kind !== 'enum' || !selector.required) return properties;
	const { key } = selector;
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
					displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, [key]: values } },
				})),
	);
}

/** A map's parameter with fewer names to pick from; its first row has the first of them. */
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
	const [first] = (property.default as { [ROWS]?: object[] })[ROWS] ?? [];
	return {
		...property,
		default: first ? { [ROWS]: [{ ...first, name: names[0] }] } : property.default,
		options: [{ ...rows, values } as INodePropertyCollection],
	};
}
