import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
} from 'n8n-workflow';

/** A node type that only describes itself: enough for n8n to read parameters. */
function nodeOf(description: INodeTypeDescription, parameters: INodeParameters): INode {
	return { id: '1', name: description.displayName, type: description.name, typeVersion: 1, position: [0, 0], parameters };
}

/** The parameters as the editor stores them: nothing that is hidden, nothing that equals its default. */
export function asStored(description: INodeTypeDescription, parameters: INodeParameters): INodeParameters {
	return (
		NodeHelpers.getNodeParameters(description.properties, parameters, false, false, nodeOf(description, parameters), description) ?? {}
	);
}

/** The parameters as n8n's engine gives them to a node: defaults filled in, expressions evaluated. */
export function asResolved(description: INodeTypeDescription, stored: INodeParameters): { [name: string]: unknown } {
	const nodeType: INodeType = { description };
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) } as INodeTypes;
	const node = nodeOf(description, stored);
	const workflow = new Workflow({ id: '1', nodes: [node], connections: {}, active: false, nodeTypes });
	const [known] = Object.values(workflow.nodes);
	return workflow.expression.getParameterValue(known.parameters, null, 0, 0, node.name, [], 'manual', {}) as { [name: string]: unknown };
}
