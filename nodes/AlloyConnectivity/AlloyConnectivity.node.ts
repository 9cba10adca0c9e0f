import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf, SUBTITLE } from '../../engine/run';
import generated from './alloyConnectivity.generated.json';

const { vendor, properties } = loadVendor(generated);

/** Alloy Connectivity: what it offers is written in alloyConnectivity.openapi.yaml and alloyConnectivity.overlay.yaml. */
export class AlloyConnectivity implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Alloy Connectivity',
		name: 'alloyConnectivity',
		icon: { light: 'file:../../icons/alloyConnectivity.svg', dark: 'file:../../icons/alloyConnectivity.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Create credentials of connectors, or links that customers connect with',
		defaults: { name: 'Alloy Connectivity' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'alloyApi', required: true },
			{
				name: 'credentialSecretsApi',
				displayName: 'Credential Secrets',
				required: true,
				testedBy: 'checkSecrets',
				displayOptions: { show: { secretsFrom: ['stored'] } },
			},
		],
		properties,
	};

	methods = methodsOf(vendor);

	async execute(this: IExecuteFunctions) {
		return await executeOperations(this, vendor);
	}
}
