import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf, SUBTITLE } from '../../engine/run';
import generated from './alloyEmbedded.generated.json';

const { vendor, properties } = loadVendor(generated);

/** Alloy Embedded: what it offers is written in alloyEmbedded.openapi.yaml and alloyEmbedded.overlay.yaml. */
export class AlloyEmbedded implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Alloy Embedded',
		name: 'alloyEmbedded',
		icon: { light: 'file:../../icons/alloyEmbedded.svg', dark: 'file:../../icons/alloyEmbedded.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Create credentials for the users of your embedded integrations',
		defaults: { name: 'Alloy Embedded' },
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
