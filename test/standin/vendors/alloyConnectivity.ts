import type { Call, Vendor, VendorAnswer } from '../types';
import { alloy, alloyId } from './alloy';

/** Alloy Connectivity: a creation with OAuth yields a link, and the credential only once someone has opened it. */
export const alloyConnectivity: Vendor = { ...alloy, answers: { createCredential, listConnectors } };

function createCredential({ params, body }: Call): VendorAnswer {
	const { userId, authenticationType } = body as { userId: string; authenticationType: string };
	if (authenticationType === 'oauth2') {
		return { body: { oauthUrl: `https://oauth.example.com/authorize?state=${alloyId()}` } };
	}
	const credentialId = alloyId();
	const type = `${String(params.connectorId)}-${authenticationType}`;
	const record = { credentialId, type, userId, createdAt: new Date().toISOString() };
	return { body: { credentialId }, created: { id: credentialId, record } };
}

function listConnectors(): VendorAnswer {
	const connectors = [
		{ id: 'slack', name: 'Slack' },
		{ id: 'shopify', name: 'Shopify' },
		{ id: 'netsuite', name: 'NetSuite' },
	];
	return { body: { connectors } };
}
