import type { INodeProperties } from 'n8n-workflow';
import type { Vendor } from '../model';

export { methodsOf } from './editor';
export { executeOperations } from './execute/execute';
export { pollList } from './poll';

/** Gives types to what the build writes next to a node: the vendor's model, the node's form, and the trigger's form if it has one. */
export function loadVendor(generated: unknown): { vendor: Vendor; properties: INodeProperties[]; trigger: INodeProperties[] } {
	return generated as { vendor: Vendor; properties: INodeProperties[]; trigger: INodeProperties[] };
}
