import type { INodeProperties } from 'n8n-workflow';
import type { Vendor } from '../model';

export { executeOperations } from './execute';

/** Types what the build wrote beside a node: the vendor's model and the form. */
export function loadVendor(generated: unknown): { vendor: Vendor; properties: INodeProperties[] } {
	return generated as { vendor: Vendor; properties: INodeProperties[] };
}
