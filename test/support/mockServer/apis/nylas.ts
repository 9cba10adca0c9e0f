import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { remove } from '../state';
import type { Call, Failure, State, StoredCredential, StoredRecord, Vendor, VendorAnswer } from '../types';
import { laterSecond } from './time';

// Source: developer.nylas.com/docs/api/errors
const ERROR_TYPES: Record<number, string> = {
	400: 'api.invalid_request_error',
	401: 'api.authentication_error',
	404: 'api.not_found_error',
	423: 'api.resource_blocked',
	429: 'api.rate_limit_error',
};

/** Nylas: every response has a request id, even errors. */
export const nylas: Vendor = {
	key: 'nylas-demo-key',
	refusal: 400,
	error,
	answers: {
		createCredential,
		listCredentials,
		getCredential,
		updateCredential,
		deleteCredential,
		listConnectors,
		getConnector,
		getApplication,
	},
	seed,
};

function error({ status, message, problems, echo }: Failure) {
	const aboutBody = status === 400 && problems.some((problem) => problem.in === 'body');
	const fallback = status >= 500 ? 'api.internal_error' : ERROR_TYPES[400];
	const type = aboutBody ? 'api.invalid_request_payload' : (ERROR_TYPES[status] ?? fallback);
	return { request_id: randomUUID(), error: { type, message, ...(echo ? { provider_error: { ...echo } } : {}) } };
}

function seed(): Pick<State, 'connectors'> {
	const connector = (provider: string, name: string, settings: object, scope: string[]): StoredRecord => ({
		vendor: 'nylas',
		id: provider,
		record: { name, provider, settings, scope },
	});
	return {
		connectors: [
			connector('google', 'Google', { topic_name: 'demo' }, ['https://www.googleapis.com/auth/gmail.readonly']),
			connector('microsoft', 'Microsoft', {}, ['Mail.Read']),
			connector('imap', 'IMAP', {}, []),
		],
	};
}

const answerOf = (data: unknown, more: object = {}): VendorAnswer => ({ body: { request_id: randomUUID(), data, ...more } });
const refusal = (status: number, message: string): VendorAnswer => ({ refused: { status, message } });

interface CredentialRecord {
	id: string;
	name: string;
	created_at: number;
	updated_at: number;
}

const recordOf = ({ record }: StoredCredential) => record as CredentialRecord;

// Connectors that do not exist at the start are accepted, too, so that any provider can be tried.
function createCredential(call: Call): VendorAnswer {
	const { name } = call.body as { name: string };
	const own = ownOf(call);
	const equal = own.find(({ body }) => isDeepStrictEqual(body, call.body));
	if (equal) return answerOf(equal.record);
	if (own.some((each) => recordOf(each).name === name)) return taken(name);
	const now = laterSecond();
	const record: CredentialRecord = { id: randomUUID(), name, created_at: now, updated_at: now };
	return { ...answerOf(record), created: { id: record.id, record } };
}

// Nylas says that names are unique, but not in which scope; here it is the connector. The refusal is not documented either.
function taken(name: string): VendorAnswer {
	return refusal(400, `There is another credential with the name ${name}`);
}

function listCredentials(call: Call): VendorAnswer {
	const own = ownOf(call);
	if (own.length === 0 && !connectorIn(call)) return noConnector(call);
	const { sort_by: by = 'created_at', order_by: order = 'desc' } = call.params as {
		sort_by?: 'created_at' | 'updated_at';
		order_by?: string;
	};
	// The sort is stable, so equal times stay in order of creation.
	const sorted = own.map(recordOf).sort((one, other) => one[by] - other[by]);
	return page(call, order === 'desc' ? sorted.reverse() : sorted);
}

function page({ params }: Call, all: unknown[]): VendorAnswer {
	const { limit = 10, offset = 0 } = params as { limit?: number; offset?: number };
	return answerOf(all.slice(offset, offset + limit), { limit, offset });
}

function getCredential(call: Call): VendorAnswer {
	const found = oneOf(call);
	return found ? answerOf(found.record) : noCredential(call);
}

function updateCredential(call: Call): VendorAnswer {
	const found = oneOf(call);
	if (!found) return noCredential(call);
	const sent = call.body as { name?: string };
	const { name = recordOf(found).name } = sent;
	if (ownOf(call).some((each) => each !== found && recordOf(each).name === name)) return taken(name);
	found.record = { ...recordOf(found), name, updated_at: laterSecond(recordOf(found).updated_at) };
	found.body = { ...(found.body as object), ...sent };
	return answerOf(found.record);
}

function deleteCredential(call: Call): VendorAnswer {
	const found = oneOf(call);
	if (!found) return noCredential(call);
	if (connectorIn(call)?.record.active_credential_id === found.id)
		return refusal(400, 'The active credential of a connector cannot be deleted');
	remove(call.state.credentials, found);
	return { body: { request_id: randomUUID() } };
}

function listConnectors(call: Call): VendorAnswer {
	return page(
		call,
		connectorsIn(call).map(({ record }) => record),
	);
}

function getConnector(call: Call): VendorAnswer {
	const found = connectorIn(call);
	return found ? answerOf(found.record) : noConnector(call);
}

function ownOf({ params, stored }: Call): StoredCredential[] {
	return stored.filter((each) => each.params.provider === params.provider);
}

function oneOf(call: Call): StoredCredential | undefined {
	return ownOf(call).find(({ id }) => id === call.params.id);
}

function connectorsIn({ state }: Call): StoredRecord[] {
	return state.connectors.filter(({ vendor }) => vendor === 'nylas');
}

function connectorIn(call: Call): StoredRecord | undefined {
	return connectorsIn(call).find(({ id }) => id === call.params.provider);
}

function noConnector({ params }: Call): VendorAnswer {
	return refusal(404, `There is no connector ${String(params.provider)}`);
}

function noCredential({ params }: Call): VendorAnswer {
	return refusal(404, `There is no credential ${String(params.id)}`);
}

function getApplication(): VendorAnswer {
	return answerOf({
		application_id: 'ad410018-d306-43f9-8361-fa5d7b2172e0',
		organization_id: 'f5db4482-dbbe-4b32-b347-61c260d803ce',
		region: 'us',
		environment: 'sandbox',
	});
}
