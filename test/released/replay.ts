import type { INodeType } from 'n8n-workflow';

import { ActiveWorkflow } from '../support/polling';
import { runNode } from '../support/engine';
import { storeWith } from '../support/lifecycle';
import { VENDORS } from '../support/vendors';
import type { RecordedRequest, MockServer } from '../support/mockServer';
import type { StoredNode } from './opened';

/** A request as a vendor saw it. */
export interface Sent {
	method: string;
	path: string;
	query?: RecordedRequest['query'];
	/** Those that the package or a workflow decides on; without the key. */
	headers?: { [name: string]: string };
	body?: unknown;
}

/** Headers that are n8n's, axios's, or hold the key. */
const NOT_OURS = new Set(['authorization', 'x-api-key', 'accept', 'accept-encoding', 'connection', 'content-length', 'host', 'user-agent']);

/**
 * Runs one stored node, and gives what it sent. Waits are cut short, so the same look is told once.
 *
 * @param vendor name of the vendor, as in the mock server
 * @param type the node of today
 */
export async function replay(
	vendor: string,
	type: INodeType,
	{ parameters, typeVersion }: StoredNode,
	secrets: { [name: string]: string },
	mockServer: MockServer,
): Promise<Sent[]> {
	mockServer.reset();
	const { credential, credentialData } = VENDORS[vendor];
	const setup = {
		node: type,
		credential: new credential(),
		credentialData: credentialData(mockServer.url),
		parameters,
		typeVersion,
	};
	// What the vendor makes of it does not matter here.
	if (type.poll) await new ActiveWorkflow(setup).activate().catch(() => undefined);
	else await runNode({ ...setup, others: Object.keys(secrets).length > 0 ? [storeWith(secrets)] : [] });
	const all = mockServer.requests.map(asSent);
	return all.filter((one, index) => JSON.stringify(one) !== JSON.stringify(all[index - 1]));
}

function asSent({ method, path, query, headers, body, rawBody }: RecordedRequest): Sent {
	const own = Object.entries(headers).filter(([name]) => !NOT_OURS.has(name));
	return {
		method,
		path,
		...(Object.keys(query).length > 0 ? { query } : {}),
		...(own.length > 0 ? { headers: Object.fromEntries(own.sort()) } : {}),
		...(rawBody === '' ? {} : { body: body ?? rawBody }),
	};
}
