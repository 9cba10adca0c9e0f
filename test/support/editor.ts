import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { additionalDataWith, asPicked, nodeTypesOf, TestCredentials, type Setup } from './engine';

type Method = (this: LoadOptionsContext, ...more: Array<string | undefined>) => Promise<unknown>;

/** A node that is open in the editor. */
type Open = Pick<Setup, 'node' | 'credential' | 'credentialData' | 'others' | 'parameters'>;

/** Fills a searchable list, as n8n does when a user opens it (`DynamicNodeParametersService`). */
export async function listSearch(open: Open, method: string, filter?: string, token?: string): Promise<INodeListSearchResult> {
	return (await call(open, open.node.methods?.listSearch?.[method] as never, [filter, token])) as INodeListSearchResult;
}

/** Fills a list of options, as n8n does when the field is shown. */
export async function loadOptions(open: Open, method: string): Promise<INodePropertyOptions[]> {
	return (await call(open, open.node.methods?.loadOptions?.[method] as never, [])) as INodePropertyOptions[];
}

/** Fetches the fields of a resource mapper, as n8n does when it is shown or a parameter that it depends on changes. */
export async function resourceMapping(open: Open, method: string): Promise<ResourceMapperFields> {
	return (await call(open, open.node.methods?.resourceMapping?.[method] as never, [])) as ResourceMapperFields;
}

/** The name of the list method behind a field, in the form of the given resource and operation. */
export function methodBehind(node: INodeType, name: string, resource: string, operation: string): string {
	const shown = (show: { [name: string]: unknown } = {}) =>
		[
			['resource', resource],
			['operation', operation],
		].every(([by, value]) => !Array.isArray(show[by]) || (show[by] as unknown[]).includes(value));
	const property = node.description.properties.find((one) => one.name === name && shown(one.displayOptions?.show));
	return property?.modes?.find(({ typeOptions }) => typeOptions?.searchListMethod)?.typeOptions?.searchListMethod as string;
}

async function call(
	{ node, credential, credentialData, others, parameters }: Open,
	method: Method,
	more: Array<string | undefined>,
): Promise<unknown> {
	const credentials = new TestCredentials(credential, credentialData, others);
	const current = asPicked(node.description.properties, parameters);
	const temporary: INode = {
		id: '1',
		name: 'Temp-Node',
		type: 'test.node',
		typeVersion: 1,
		position: [0, 0],
		parameters: current,
		credentials: credentials.references,
	};
	const workflow = new Workflow({ nodes: [temporary], connections: {}, active: false, nodeTypes: nodeTypesOf({ 'test.node': node }) });
	const additionalData = {
		...additionalDataWith(credentials),
		currentNodeParameters: JSON.parse(JSON.stringify(current)) as INodeParameters,
	};
	return await method.call(new LoadOptionsContext(workflow, workflow.getNode('Temp-Node') as INode, additionalData, ''), ...more);
}
