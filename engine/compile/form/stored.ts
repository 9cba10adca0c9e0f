import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { STORE, storedKey } from '../../model/layout';
import { LISTED, SEVERAL_LISTED } from './listed';

/**
 * Lets every masked parameter be taken from n8n's encrypted store: beside each stands a list of the names in the store,
 * and one parameter says which of the two is shown. What is typed stays in the workflow in clear (n8n masks the typing
 * only); a name does not matter.
 */
export function withStored(properties: INodeProperties[]): INodeProperties[] {
	const doubled = properties.flatMap((property) => inBothWays(property, STORE.parameter));
	const first = doubled.findIndex((property) => property.displayOptions?.show?.[STORE.parameter]);
	const nested = properties.findIndex(holdsMasked);
	if (first === -1 && nested === -1) return properties;
	return [...doubled.slice(0, first === -1 ? nested : first), SELECTOR, ...doubled.slice(first === -1 ? nested : first)];
}

const SELECTOR: INodeProperties = {
	displayName: 'Secrets From',
	name: STORE.parameter,
	type: 'options',
	options: [
		{ name: 'This Form', value: STORE.typed, description: 'Masked while you type, but stored readable in the workflow and its executions' },
		{
			name: 'Credential Secrets',
			value: STORE.stored,
			description: "Taken by name from n8n's encrypted credentials, and stored nowhere else",
		},
	],
	default: STORE.typed,
	description: 'Where the secret fields get their values',
};

function holdsMasked(property: INodeProperties): boolean {
	if (property.typeOptions?.password) return true;
	return ((property.options ?? []) as Array<Partial<INodeProperties & INodePropertyCollection>>).some(
		(one) => (one.values ?? []).some(holdsMasked) || (one.type !== undefined && holdsMasked(one as INodeProperties)),
	);
}

/** @param selector what displayOptions call the parameter that says which is shown: within others it is one of the root */
function inBothWays(property: INodeProperties, selector: string): INodeProperties[] {
	const within = `/${STORE.parameter}`;
	if (property.type === 'collection')
		return [
			{
				...property,
				options: (property.options as INodeProperties[])
					.flatMap((one) => inBothWays(one, within))
					.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
			},
		];
	if (property.type === 'fixedCollection') {
		const options = (property.options as INodePropertyCollection[]).map((one) => ({
			...one,
			values: one.values.flatMap((value) => inBothWays(value, within)),
		}));
		return [{ ...property, options }];
	}
	return property.typeOptions?.password
		? [shownFor(property, selector, STORE.typed), shownFor(twin(property), selector, STORE.stored)]
		: [property];
}

/** The list of the names in the store, in place of a masked parameter. */
function twin({ displayName, name, required, displayOptions, typeOptions }: INodeProperties): INodeProperties {
	const several = typeOptions?.multipleValues === true;
	return {
		displayName: `${displayName}: ${several ? 'Secret Names or IDs' : 'Secret Name or ID'}`,
		name: storedKey(name),
		type: several ? 'multiOptions' : 'options',
		typeOptions: { loadOptionsMethod: STORE.method },
		default: several ? [] : '',
		...(required ? { required } : {}),
		description: several ? SEVERAL_LISTED : LISTED,
		...(displayOptions ? { displayOptions } : {}),
	};
}

/** The condition stands first: at the first selector that is an expression, n8n shows a parameter without looking further. */
function shownFor(property: INodeProperties, selector: string, source: string): INodeProperties {
	return { ...property, displayOptions: { ...property.displayOptions, show: { [selector]: [source], ...property.displayOptions?.show } } };
}
