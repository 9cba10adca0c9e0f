import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { loadVendor, methodsOf, pollList } from '../../engine/run';
import generated from './mielto.generated.json';

const { vendor, trigger } = loadVendor(generated);

/** Mielto: starts a workflow when a credential is linked, changed or removed. */
export class MieltoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Mielto Trigger',
		name: 'mieltoTrigger',
		icon: { light: 'file:../../icons/mielto.svg', dark: 'file:../../icons/mielto.dark.svg' },
		group: ['trigger'],
		version: 1,
		// n8n's panel shows it for the node and its trigger together.
		description: 'Create credentials in your Mielto workspace; or start when one is linked, changed or removed',
		subtitle: '=Credential linked or changed',
		defaults: { name: 'Mielto Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mieltoApi', required: true }],
		properties: trigger,
	};

	methods = methodsOf(vendor);

	async poll(this: IPollFunctions) {
		return await pollList(this, vendor);
	}
}
