import type { Call, StoredCredential, Vendor, VendorAnswer } from '../types';
import { alloy } from './alloy';
import { deleteFrom, newCredential, userOf } from './alloyCredentials';
import { type Connector, connectorOf, CONNECTORS, iconOf, unknownConnector } from './alloyConnectors';

/** Alloy Embedded: creating returns just the ID, and a separate operation returns links. */
export const alloyEmbedded: Vendor = {
	...alloy,
	answers: { ...alloy.answers, createCredential, listCredentials, deleteCredential, createLink, listConnectors, getCredentialMetadata },
	linked: (link, stored) => newCredential(String(link.params.app), ownOf(stored, userOf(link))),
};

function createCredential({ body, stored }: Call): VendorAnswer {
	const { userId, credential } = body as { userId: string; credential: { type: string } };
	const created = newCredential(credential.type, ownOf(stored, userId));
	return { body: { success: true, credentialId: created.id }, created };
}

// The list is empty even for an unknown user, since Alloy documents no refusal.
function listCredentials({ params, stored }: Call): VendorAnswer {
	return { body: { data: ownOf(stored, params.userId).map(({ record }) => record) } };
}

function deleteCredential({ params, stored, state }: Call): VendorAnswer {
	if (deleteFrom(state.credentials, ownOf(stored, params.userId), params.credentialId)) return { body: { success: true } };
	return { refused: { status: 404, message: `There is no credential ${String(params.credentialId)}` } };
}

function ownOf(stored: StoredCredential[], userId: unknown): StoredCredential[] {
	return stored.filter((each) => userOf(each) === userId);
}

function createLink(call: Call): VendorAnswer {
	const connector = connectorOf(call.params.app);
	if (!connector) return unknownConnector(call.params.app);
	if (!isOauth(connector)) return { refused: { status: 400, message: `${connector.name} does not sign in with OAuth` } };
	return { body: { oauthUrl: call.link() } };
}

function listConnectors(): VendorAnswer {
	return { body: { data: CONNECTORS.map(metadataOf) } };
}

function getCredentialMetadata({ params }: Call): VendorAnswer {
	const connector = connectorOf(params.credentialName);
	return connector ? { body: { data: metadataOf(connector) } } : unknownConnector(params.credentialName);
}

// This API only has one way to sign in to each connector: OAuth if available.
function metadataOf(connector: Connector) {
	const [first] = Object.values(connector.ways);
	return { connector: connector.id, icon: iconOf(connector), isOauth: isOauth(connector), properties: connector.ways.oauth2 ?? first };
}

function isOauth({ ways }: Connector): boolean {
	return Object.hasOwn(ways, 'oauth2');
}
