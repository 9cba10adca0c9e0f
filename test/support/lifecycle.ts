import type { ICredentialDataDecryptedObject, INodeParameters, INodeType } from 'n8n-workflow';
import { literal } from '../../engine/model/layout';
import { CredentialSecretsApi } from '../../credentials/CredentialSecretsApi.credentials';
import { AlloyConnectivityTrigger } from '../../nodes/AlloyConnectivity/AlloyConnectivityTrigger.node';
import { AlloyEmbeddedTrigger } from '../../nodes/AlloyEmbedded/AlloyEmbeddedTrigger.node';
import { MieltoTrigger } from '../../nodes/Mielto/MieltoTrigger.node';
import { NylasTrigger } from '../../nodes/Nylas/NylasTrigger.node';
import type { RecordedRequest, MockServer } from './mockServer';
import type { OtherCredential, Ran, Setup } from './engine';
import { ActiveWorkflow } from './polling';
import { create, VENDORS } from './vendors';

/** IDs of the users that the mock server starts with. */
export const ACME = '5eba51a03fe9631316668514';
export const GLOBEX = '5eba51a03fe9631316668515';

/** Runs an operation of a vendor, such as `user.getAll`. */
export async function operate(
	vendor: string,
	url: string,
	which: string,
	parameters: INodeParameters = {},
	more: Partial<Setup> = {},
): Promise<Ran> {
	const [resource, operation] = which.split('.');
	return await create(vendor, url, { resource, operation, ...parameters }, more);
}

/** A vendor's node, open in the editor. */
export function opened(vendor: string, url: string, parameters: INodeParameters, credential: ICredentialDataDecryptedObject = {}) {
	const { node, credential: type, credentialData } = VENDORS[vendor];
	return { node: new node(), credential: new type(), credentialData: { ...credentialData(url), ...credential }, parameters };
}

const TRIGGERS: { [vendor: string]: new () => INodeType } = {
	nylas: NylasTrigger,
	mielto: MieltoTrigger,
	alloyEmbedded: AlloyEmbeddedTrigger,
	alloyConnectivity: AlloyConnectivityTrigger,
};

/** A vendor's trigger, open in the editor. */
export function openedTrigger(vendor: string, url: string) {
	return { ...opened(vendor, url, {}), node: new TRIGGERS[vendor]() };
}

/** A workflow that starts with a vendor's trigger. */
export function watching(vendor: string, url: string, parameters: INodeParameters): ActiveWorkflow {
	const { credential, credentialData } = VENDORS[vendor];
	return new ActiveWorkflow({
		node: new TRIGGERS[vendor](),
		credential: new credential(),
		credentialData: credentialData(url),
		parameters,
	});
}

/** n8n's encrypted store with the given secrets, by name. */
export function storeWith(secrets: { [name: string]: string }): OtherCredential {
	return {
		credential: new CredentialSecretsApi(),
		data: { entries: { items: Object.entries(secrets).map(([name, value]) => ({ name, value: literal(value) })) } },
	};
}

/** A request as method, path and query: `GET /users?limit=1`. */
export function lineOf({ method, path, query }: RecordedRequest): string {
	const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => `${name}=${one}`));
	return `${method} ${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

/** What Alloy Connectivity asks for when somebody signs in with an API key: the schema of its `data`. */
export function requireData(mockServer: MockServer, data: object): void {
	mockServer.fault({
		vendor: 'alloyConnectivity',
		path: '/connectors/{connectorId}/credentials/metadata',
		body: { metadata: [{ authenticationType: 'apiKey', inputSchema: { type: 'object', properties: { data } } }] },
		times: Infinity,
	});
}

/** Adds existing credentials at Nylas, oldest first: `n1`, `n2`, … */
export function seedNylas(mockServer: MockServer, count: number, provider = 'google'): void {
	for (let number = 1; number <= count; number++) {
		const record = { id: `id-${number}`, name: `n${number}`, created_at: 1_700_000_000 + number, updated_at: 1_700_000_000 + number };
		mockServer.credentials.push({ vendor: 'nylas', id: record.id, params: { provider }, body: { name: record.name }, record });
	}
}

/** Adds existing credentials at Mielto: `m1`, `m2`, … */
export function seedMielto(mockServer: MockServer, count: number): void {
	for (let number = 1; number <= count; number++) seedMieltoRecord(mockServer, { id: `id-${number}`, label: `m${number}` });
}

/** Adds an existing credential at Mielto. */
export function seedMieltoRecord(mockServer: MockServer, more: { id: string; label: string; [name: string]: unknown }): void {
	const time = '2026-01-01T00:00:00.000Z';
	const record = {
		...{ description: null, auth_type: 'api_key', credential_type: null, credential_scope: 'workspace', provider: 'custom', user_id: null },
		...{
			workspace_id: 'workspace_demo',
			created_by: 'user_demo',
			status: 'active',
			expires_at: null,
			last_used_at: null,
			created_at: time,
			updated_at: time,
		},
		...more,
	};
	mockServer.credentials.push({ vendor: 'mielto', id: more.id, params: {}, body: {}, record });
}

/** Adds an existing credential at one of Alloy's two APIs. */
export function seedAlloy(
	mockServer: MockServer,
	vendor: 'alloyEmbedded' | 'alloyConnectivity',
	id: string,
	more: { userId: string; connectorId?: string; type?: string; name?: string },
): void {
	const { userId, connectorId = 'slack', type = 'openAi', name = `${type} ${id}` } = more;
	const time = '2026-01-01T00:00:00.000Z';
	mockServer.credentials.push({
		vendor,
		id,
		params: { connectorId },
		body: { userId },
		record: { credentialId: id, type, name, createdAt: time, updatedAt: time },
	});
}
