import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf, SUBTITLE } from '../../engine/run';
import generated from './mielto.generated.json';

const { vendor, properties } = loadVendor(generated);

/** Mielto: what it offers is written in mielto.openapi.yaml and mielto.overlay.yaml. */
export class Mielto implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Mielto',
		name: 'mielto',
		icon: { light: 'file:../../icons/mielto.svg', dark: 'file:../../icons/mielto.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Create credentials in your Mielto workspace',
		defaults: { name: 'Mielto' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'mieltoApi', required: true },
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
