import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf, SUBTITLE } from '../../engine/run';
import generated from './arklow.generated.json';

const { vendor, properties } = loadVendor(generated);

/** Arklow: what it offers is written in arklow.openapi.yaml and arklow.overlay.yaml. */
export class Arklow implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Arklow',
		name: 'arklow',
		icon: { light: 'file:../../icons/arklow.svg', dark: 'file:../../icons/arklow.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Create credentials in your Arklow organization',
		defaults: { name: 'Arklow' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'arklowApi', required: true },
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
