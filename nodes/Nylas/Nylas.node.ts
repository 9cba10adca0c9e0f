import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf, SUBTITLE } from '../../engine/run';
import generated from './nylas.generated.json';

const { vendor, properties } = loadVendor(generated);

/** Nylas: what it offers is written in nylas.openapi.yaml and nylas.overlay.yaml. */
export class Nylas implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Nylas',
		name: 'nylas',
		icon: { light: 'file:../../icons/nylas.svg', dark: 'file:../../icons/nylas.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Create credentials of your Nylas connectors',
		defaults: { name: 'Nylas' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'nylasApi', required: true },
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
