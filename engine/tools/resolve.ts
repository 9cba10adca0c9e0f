import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
} from 'n8n-workflow';

import { has, isObject } from '../model/values';

/** A node that only has a description and parameters, which is all n8n needs to process them. */
function nodeOf(description: INodeTypeDescription, parameters: INodeParameters): INode {
	return { id: '1', name: description.displayName, type: description.name, typeVersion: 1, position: [0, 0], parameters };
}

/**
 * A form without those collection entries that have no value: they have no effect, and n8n compares each entry of a
 * collection with every other one.
 */
function withoutUnused(properties: INodeProperties[], parameters: INodeParameters): INodeProperties[] {
	return properties.map((property) => {
		const value = parameters[property.name];
		if (property.type !== 'collection' || !isObject(value)) return property;
		const options = property.options as INodeProperties[];
		return { ...property, options: options.filter(({ name, displayOptions }) => displayOptions || has(value, name)) };
	});
}

/** The parameters as the editor stores them: without hidden ones, and without defaults. */
export function asStored(description: INodeTypeDescription, parameters: INodeParameters): INodeParameters {
	const properties = withoutUnused(description.properties, parameters);
	return NodeHelpers.getNodeParameters(properties, parameters, false, false, nodeOf(description, parameters), description) ?? {};
}

/** The parameters as n8n passes them to a node: with defaults, and with expressions evaluated. */
export function asResolved(description: INodeTypeDescription, stored: INodeParameters): { [name: string]: unknown } {
	const nodeType: INodeType = { description: { ...description, properties: withoutUnused(description.properties, stored) } };
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) } as INodeTypes;
	const node = nodeOf(description, stored);
	const workflow = new Workflow({ id: '1', nodes: [node], connections: {}, active: false, nodeTypes });
	const [known] = Object.values(workflow.nodes);
	return workflow.expression.getParameterValue(known.parameters, null, 0, 0, node.name, [], 'manual', {}) as { [name: string]: unknown };
}
