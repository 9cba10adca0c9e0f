import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { loadVendor, methodsOf, pollList } from '../../engine/run';
import generated from './alloyConnectivity.generated.json';

const { vendor, trigger } = loadVendor(generated);

/** Alloy Connectivity: starts a workflow when a credential is linked, changed or removed. */
export class AlloyConnectivityTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Alloy Connectivity Trigger',
		name: 'alloyConnectivityTrigger',
		icon: { light: 'file:../../icons/alloyConnectivity.svg', dark: 'file:../../icons/alloyConnectivity.dark.svg' },
		group: ['trigger'],
		version: 1,
		// n8n's panel shows it for the node and its trigger together.
		description: 'Create credentials of connectors, or links that customers connect with; or start when one is linked, changed or removed',
		subtitle: '=Credential linked or changed',
		defaults: { name: 'Alloy Connectivity Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'alloyApi', required: true }],
		properties: trigger,
	};

	methods = methodsOf(vendor);

	async poll(this: IPollFunctions) {
		return await pollList(this, vendor);
	}
}
