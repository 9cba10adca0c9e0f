import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { loadVendor, methodsOf, pollList } from '../../engine/run';
import generated from './nylas.generated.json';

const { vendor, trigger } = loadVendor(generated);

/** Nylas: starts a workflow when a credential is linked, changed or removed. */
export class NylasTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Nylas Trigger',
		name: 'nylasTrigger',
		icon: { light: 'file:../../icons/nylas.svg', dark: 'file:../../icons/nylas.dark.svg' },
		group: ['trigger'],
		version: 1,
		// n8n's panel shows it for the node and its trigger together.
		description: 'Create credentials of your Nylas connectors; or start when one is linked, changed or removed',
		subtitle: '=Credential linked or changed',
		defaults: { name: 'Nylas Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'nylasApi', required: true }],
		properties: trigger,
	};

	methods = methodsOf(vendor);

	async poll(this: IPollFunctions) {
		return await pollList(this, vendor);
	}
}
