import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { STORE, storedKey } from '../../model/layout';
import { LISTED, SEVERAL_LISTED } from './listed';

/**
 * Allows every masked parameter to be filled from n8n's encrypted store: next to each comes a list of the names in the
 * store, and one parameter says which of the two is shown. A typed secret is stored in the workflow unencrypted (n8n
 * only masks the input field); a name is harmless.
 *
 * That parameter is followed by everything that holds a secret and by nothing else, apart from collections: so whatever
 * is chosen above, it is right before the first secret.
 */
export function withStored(properties: INodeProperties[]): INodeProperties[] {
	if (!properties.some(holdsMasked)) return properties;
	const isSecret = (property: INodeProperties) => property.type !== 'collection' && holdsMasked(property);
	const double = (property: INodeProperties) => inBothWays(property, STORE.parameter);
	const [plain, secret, collections] = [
		properties.filter((property) => !isSecret(property) && property.type !== 'collection'),
		properties.filter(isSecret),
		properties.filter(({ type }) => type === 'collection'),
	].map((all) => all.flatMap(double));
	return [...plain, SELECTOR, ...secret, ...collections];
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

/** Whether a resource mapper takes names of stored secrets: it fetches its fields anew when the source changes. */
function takesNames({ type, typeOptions }: Pick<INodeProperties, 'type' | 'typeOptions'>): boolean {
	return type === 'resourceMapper' && typeOptions?.loadOptionsDependsOn?.includes(STORE.parameter) === true;
}

function holdsMasked(property: INodeProperties): boolean {
	if (property.typeOptions?.password || takesNames(property)) return true;
	return ((property.options ?? []) as Array<Partial<INodeProperties & INodePropertyCollection>>).some(
		(one) => (one.values ?? []).some(holdsMasked) || (one.type !== undefined && holdsMasked(one as INodeProperties)),
	);
}

/** @param selector how displayOptions name the parameter that says which of the two is shown: from inside others, as one of the root */
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

/** The list of stored names, as an alternative to a masked parameter. */
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

/** Adds the condition as the first one: at the first selector that is an expression, n8n shows a parameter without checking the rest. */
function shownFor(property: INodeProperties, selector: string, source: string): INodeProperties {
	return { ...property, displayOptions: { ...property.displayOptions, show: { [selector]: [source], ...property.displayOptions?.show } } };
}
