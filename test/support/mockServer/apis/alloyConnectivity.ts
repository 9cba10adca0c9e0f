import type { Call, StoredCredential, StoredLink, Vendor, VendorAnswer } from '../types';
import { alloy } from './alloy';
import { deleteFrom, newCredential, userOf } from './alloyCredentials';
import { connectorOf, CONNECTORS, type ConnectorField, iconOf, unknownConnector } from './alloyConnectors';

/** Alloy Connectivity: creating with OAuth returns a link, and the credential only exists once someone has opened it. */
export const alloyConnectivity: Vendor = {
	...alloy,
	answers: { ...alloy.answers, createCredential, listCredentials, deleteCredential, getCredentialMetadata, listConnectors },
	linked: (link, stored) => credentialOf(link, stored),
};

function createCredential(call: Call): VendorAnswer {
	const { params, body } = call;
	const { authenticationType } = body as { authenticationType: string };
	const ways = connectorOf(params.connectorId)?.ways;
	if (ways && !Object.hasOwn(ways, authenticationType)) {
		const message = `${String(params.connectorId)} has no authentication ${authenticationType}`;
		return { refused: { status: 404, message, code: 'AUTHENTICATION_NOT_FOUND' } };
	}
	if (authenticationType === 'oauth2') return { body: { oauthUrl: call.link() } };
	const created = credentialOf(call, call.stored);
	return { body: { credentialId: created.id }, created };
}

function credentialOf({ params, body }: Pick<StoredLink, 'params' | 'body'>, stored: StoredCredential[]) {
	const { authenticationType } = body as { authenticationType: string };
	return newCredential(`${String(params.connectorId)}-${authenticationType}`, ownOf(stored, params.connectorId, userOf({ params, body })));
}

// The list is empty even for an unknown user or connector, since Alloy documents no refusal.
function listCredentials({ params, stored }: Call): VendorAnswer {
	const own = ownOf(stored, params.connectorId, params['x-alloy-userid']);
	return { body: { credentials: own.map(({ record }) => record) } };
}

// Alloy does not document the response, so it is empty.
function deleteCredential({ params, stored, state }: Call): VendorAnswer {
	const own = ownOf(stored, params.connectorId, params['x-alloy-userid']);
	if (deleteFrom(state.credentials, own, params.credentialId)) return {};
	return { refused: { status: 404, message: `There is no credential ${String(params.credentialId)}` } };
}

function ownOf(stored: StoredCredential[], connectorId: unknown, userId: unknown): StoredCredential[] {
	return stored.filter((each) => each.params.connectorId === connectorId && userOf(each) === userId);
}

function getCredentialMetadata({ params }: Call): VendorAnswer {
	const connector = connectorOf(params.connectorId);
	if (!connector) return unknownConnector(params.connectorId);
	const metadata = Object.entries(connector.ways).map(([authenticationType, fields]) => ({
		authenticationType,
		authConfigRequired: false,
		inputSchema: inputSchema(authenticationType, fields),
		sampleInput: {
			userId: '{{userId}}',
			authenticationType,
			...(fields.length > 0 ? { data: Object.fromEntries(fields.map(({ name, displayName }) => [name, displayName])) } : {}),
		},
	}));
	return { body: { metadata } };
}

// A JSON Schema of the body of Create Credential.
function inputSchema(authenticationType: string, fields: ConnectorField[]) {
	const text = (description?: string) => ({ type: 'string', ...(description ? { description } : {}) });
	const data = {
		type: 'object',
		required: fields.map(({ name }) => name),
		properties: Object.fromEntries(
			fields.map(({ name, displayName, description }) => [name, { title: displayName, ...text(description) }]),
		),
	};
	return {
		type: 'object',
		required: ['userId', 'authenticationType', ...(fields.length > 0 ? ['data'] : [])],
		properties: {
			userId: text(),
			authenticationType: { type: 'string', enum: [authenticationType] },
			...(authenticationType === 'oauth2' ? { redirectUri: { type: 'string', format: 'uri' }, authConfigId: text() } : {}),
			...(fields.length > 0 ? { data } : {}),
		},
	};
}

function listConnectors(): VendorAnswer {
	return {
		body: {
			connectors: CONNECTORS.map((connector) => ({
				id: connector.id,
				name: connector.name,
				category: connector.category,
				icon: iconOf(connector),
			})),
		},
	};
}
