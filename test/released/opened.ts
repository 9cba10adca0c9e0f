import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** A node as a workflow has it. */
export type StoredNode = Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters' | 'credentials'>;

/** A type's newest version, which the editor gives to a new node. */
export function newestVersion({ version, defaultVersion }: INodeTypeDescription): number {
	return defaultVersion ?? Math.max(...[version].flat());
}

/** The parameters as the editor stores them when the node is opened and saved again. */
export function savedAgain(
	description: INodeTypeDescription,
	{ parameters, typeVersion }: Pick<StoredNode, 'parameters' | 'typeVersion'>,
): INodeParameters {
	return NodeHelpers.getNodeParameters(description.properties, parameters, false, false, { typeVersion }, description) ?? {};
}

/** All parameters of a stored node with their values, as n8n's engine sees them. */
export function resolved(
	description: INodeTypeDescription,
	{ parameters, typeVersion }: Pick<StoredNode, 'parameters' | 'typeVersion'>,
): INodeParameters {
	return NodeHelpers.getNodeParameters(description.properties, parameters, true, false, { typeVersion }, description) ?? {};
}

/** The parameters of the root that are shown. */
export function shownOf(description: INodeTypeDescription, node: Pick<StoredNode, 'parameters' | 'typeVersion'>): INodeProperties[] {
	const values = resolved(description, node);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, { typeVersion: node.typeVersion }, description),
	);
}

/** What a description does not know any more of a stored node: places and words, nothing where all is well. */
export function unknownIn(description: INodeTypeDescription, node: StoredNode): string[] {
	const found: string[] = [];
	if (![description.version].flat().includes(node.typeVersion)) found.push(`version ${node.typeVersion} of the node`);
	const known = (description.credentials ?? []).map(({ name }) => name);
	for (const type of Object.keys(node.credentials ?? {})) if (!known.includes(type)) found.push(`credential type ${type}`);
	look(shownOf(description, node), node.parameters, '', found);
	const again = savedAgain(description, node);
	for (const name of Object.keys(node.parameters)) {
		if (JSON.stringify(again[name]) !== JSON.stringify(node.parameters[name]))
			found.push(`${name}: becomes ${JSON.stringify(again[name])} when the node is opened and saved`);
	}
	// Such as a field that has to be filled in now.
	const issues = NodeHelpers.getNodeParametersIssues(description.properties, node as INode, description);
	for (const messages of Object.values(issues?.parameters ?? {})) found.push(...messages);
	return found;
}

function look(properties: INodeProperties[], values: INodeParameters, place: string, found: string[]): void {
	for (const [name, value] of Object.entries(values)) {
		const where = `${place}${name}`;
		const named = properties.filter((property) => property.name === name);
		if (named.length === 0) found.push(`${where}: no such parameter`);
		// Of several parameters of a name, one is shown; within a row n8n does not say which.
		else if (!named.some((property) => fits(property, value, where).length === 0)) found.push(...fits(named[0], value, where));
	}
}

/** What a parameter has against a value. */
function fits(property: INodeProperties, value: unknown, where: string): string[] {
	const { type, typeOptions, options = [] } = property;
	const wrong = (what: string) => [`${where}: ${JSON.stringify(value)} is ${what}`];
	if (typeof value === 'string' && value.startsWith('='))
		return property.noDataExpression ? wrong('an expression, which it does not take') : [];
	if (typeOptions?.multipleValues && !['collection', 'fixedCollection'].includes(type)) {
		if (!Array.isArray(value)) return wrong('no list');
		return value.flatMap((one) => fits({ ...property, typeOptions: { ...typeOptions, multipleValues: false } }, one, where));
	}
	switch (type) {
		case 'string':
		case 'dateTime':
			return typeof value === 'string' ? [] : wrong('no text');
		case 'number':
		case 'boolean':
			return typeof value === type ? [] : wrong(`no ${type}`);
		case 'options':
			return isOption(property, value) ? [] : wrong('none of the options');
		case 'multiOptions':
			return Array.isArray(value) && value.every((one) => isOption(property, one)) ? [] : wrong('none of the options');
		case 'resourceLocator': {
			const { __rl: mark, mode } = (value ?? {}) as { __rl?: boolean; mode?: string };
			return mark === true && property.modes?.some(({ name }) => name === mode) ? [] : wrong('in no mode that there is');
		}
		case 'collection': {
			const found: string[] = [];
			look(options as INodeProperties[], value as INodeParameters, `${where}.`, found);
			return found;
		}
		case 'fixedCollection':
			return Object.entries(value as INodeParameters).flatMap(([name, rows]) => {
				const group = (options as INodePropertyCollection[]).find((option) => option.name === name);
				if (!group) return [`${where}.${name}: no such parameter`];
				if (Array.isArray(rows) !== (typeOptions?.multipleValues === true)) return [`${where}.${name}: one row, or several, was otherwise`];
				const found: string[] = [];
				for (const row of [rows].flat() as INodeParameters[]) look(group.values, row, `${where}.${name}.`, found);
				return found;
			});
		case 'json':
			return ['string', 'object'].includes(typeof value) ? [] : wrong('no JSON');
		default:
			return wrong(`for a parameter of type ${type}, which this test does not know`);
	}
}

function isOption({ options = [], typeOptions }: INodeProperties, value: unknown): boolean {
	// What is fetched is not known here.
	return typeOptions?.loadOptionsMethod !== undefined || (options as INodePropertyOptions[]).some((option) => option.value === value);
}
