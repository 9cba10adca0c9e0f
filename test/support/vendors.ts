import type { ICredentialDataDecryptedObject, ICredentialType, INodeParameters, INodeType } from 'n8n-workflow';
import { AlloyApi } from '../../credentials/AlloyApi.credentials';
import { ArklowApi } from '../../credentials/ArklowApi.credentials';
import { MieltoApi } from '../../credentials/MieltoApi.credentials';
import { NylasApi } from '../../credentials/NylasApi.credentials';
import { AlloyConnectivity } from '../../nodes/AlloyConnectivity/AlloyConnectivity.node';
import { AlloyEmbedded } from '../../nodes/AlloyEmbedded/AlloyEmbedded.node';
import { Arklow } from '../../nodes/Arklow/Arklow.node';
import { Mielto } from '../../nodes/Mielto/Mielto.node';
import { Nylas } from '../../nodes/Nylas/Nylas.node';
import { KEYS } from './mockServer';
import { runNode, type Ran, type Setup } from './engine';

/** A vendor, as tests use it. */
interface TestVendor {
	node: new () => INodeType;
	credential: new () => ICredentialType;
	credentialData(url: string): ICredentialDataDecryptedObject;
}

export const VENDORS: { [name: string]: TestVendor } = {
	nylas: { node: Nylas, credential: NylasApi, credentialData: (url) => ({ baseUrl: 'other', otherBaseUrl: url, apiKey: KEYS.nylas }) },
	arklow: { node: Arklow, credential: ArklowApi, credentialData: (url) => ({ baseUrl: url, apiKey: KEYS.arklow }) },
	mielto: { node: Mielto, credential: MieltoApi, credentialData: (url) => ({ baseUrl: url, apiKey: KEYS.mielto, workspaceId: '' }) },
	alloyEmbedded: {
		node: AlloyEmbedded,
		credential: AlloyApi,
		credentialData: (url) => ({ baseUrl: url, apiKey: KEYS.alloy, apiVersion: '2025-09' }),
	},
	alloyConnectivity: {
		node: AlloyConnectivity,
		credential: AlloyApi,
		credentialData: (url) => ({ baseUrl: url, apiKey: KEYS.alloy, apiVersion: '2025-09' }),
	},
};

/** Runs a vendor's Create Credential against a mock server. */
export async function create(vendor: string, url: string, parameters: INodeParameters, more: Partial<Setup> = {}): Promise<Ran> {
	const { node, credential, credentialData } = VENDORS[vendor];
	return await runNode({
		node: new node(),
		credential: new credential(),
		credentialData: credentialData(url),
		parameters: { resource: 'credential', operation: 'create', ...parameters },
		...more,
	});
}
