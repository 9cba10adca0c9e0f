import type { INodeProperties } from 'n8n-workflow';
import type { Vendor } from '../model';

export { methodsOf } from './editor';
export { executeOperations } from './execute/execute';
export { pollList } from './poll';

/** What n8n shows below the name of a node: its operation and resource in words, such as "get many: credential". */
export const SUBTITLE =
	'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace("getAll", "getMany").replace(/([A-Z])/g, " $1").toLowerCase() }}';

/** Gives types to what the build writes next to a node: the vendor's model, the node's form, and the trigger's form if it has one. */
export function loadVendor(generated: unknown): { vendor: Vendor; properties: INodeProperties[]; trigger: INodeProperties[] } {
	return generated as { vendor: Vendor; properties: INodeProperties[]; trigger: INodeProperties[] };
}
