import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { loadVendor, methodsOf, pollList } from '../../engine/run';
import generated from './alloyEmbedded.generated.json';

const { vendor, trigger } = loadVendor(generated);

/** Alloy Embedded: starts a workflow when a credential is linked, changed or removed. */
export class AlloyEmbeddedTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Alloy Embedded Trigger',
		name: 'alloyEmbeddedTrigger',
		icon: { light: 'file:../../icons/alloyEmbedded.svg', dark: 'file:../../icons/alloyEmbedded.dark.svg' },
		group: ['trigger'],
		version: 1,
		// n8n's panel shows it for the node and its trigger together.
		description: 'Create credentials for the users of your embedded integrations; or start when one is linked, changed or removed',
		subtitle: '=Credential linked or changed',
		defaults: { name: 'Alloy Embedded Trigger' },
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
