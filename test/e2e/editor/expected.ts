import { NodeHelpers, type INode, type INodeParameters, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';

import type { ShownField } from './form';

/** A field that a form has to show. Of one that holds further fields, only the label is known. */
export type ExpectedField = { label: string } & Partial<ShownField>;

/** What holds further fields, whose own marks and dots are those of what is within. */
const COMPOSITES = ['collection', 'fixedCollection'];

/** The properties that n8n shows for these parameters, n8n itself being asked. */
export function visible(description: INodeTypeDescription, parameters: INodeParameters): INodeProperties[] {
	const { properties } = description;
	const node = nodeOf(parameters);
	const all = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description) ?? {};
	return properties.filter(
		(property) => !['hidden', 'credentials'].includes(property.type) && NodeHelpers.displayParameter(all, property, node, description),
	);
}

/** The form that n8n shows for these parameters, after it was tried to run it. */
export function expectedFields(description: INodeTypeDescription, parameters: INodeParameters): ExpectedField[] {
	const node = nodeOf(parameters);
	node.parameters = NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
	const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description)?.parameters ?? {};
	// A resource mapper has n8n's labels rather than one of its own.
	const shown = visible(description, parameters).filter(({ type }) => type !== 'resourceMapper');
	return shown.map(({ displayName, name, type, typeOptions }) => {
		if (COMPOSITES.includes(type)) return { label: displayName };
		return { label: displayName, masked: typeOptions?.password === true, marked: name in issues };
	});
}

function nodeOf(parameters: INodeParameters): INode {
	return { id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters };
}
