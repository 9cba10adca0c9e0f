import { randomInt } from 'node:crypto';

import type { Call, Failure, Vendor, VendorAnswer } from '../types';

// The default of `provider` by type. Requests with any other type have to name it.
const PROVIDERS: Record<string, string> = { http_auth_headers: 'http', gcp_sa: 'gcp', aws: 'aws', metric: 'datadog' };

// Arklow publishes no list of its error codes; these are ours, in its style.
const CODES: Record<number, string> = {
	400: 'bad_request',
	401: 'unauthorized',
	404: 'not_found',
	405: 'method_not_allowed',
	409: 'conflict',
	422: 'unprocessable',
	429: 'rate_limited',
};

/** Arklow: responses have both `data` and `errors`, one of them null. */
export const arklow: Vendor = {
	key: 'arklow-demo-key',
	refusal: 400,
	error,
	answers: { createCredential, getSelf },
};

function error({ status, message, echo }: Failure) {
	const code = CODES[status] ?? 'internal_error';
	return { data: null, errors: [{ code, message, ...(echo ? { received: echo } : {}) }] };
}

function createCredential({ params, body }: Call): VendorAnswer {
	const sent = body as { type: string; provider?: string; label?: string; metadata?: unknown };
	const record = {
		id: String(randomInt(1_000_000, 10_000_000)),
		org_id: params.org_id,
		type: sent.type,
		provider: sent.provider ?? PROVIDERS[sent.type],
		label: sent.label ?? '',
		version: 1,
		metadata: sent.metadata ?? null,
		expires_at: null,
		updated_at: new Date().toISOString(),
		deleted_at: null,
	};
	return { body: { data: record, errors: null }, created: { id: record.id, record } };
}

function getSelf(): VendorAnswer {
	const data = {
		id: '77',
		name: 'Demo User',
		email: 'demo@example.com',
		memberships: [
			{ org_id: '1024', permissions: ['admin'] },
			{ org_id: '2048', permissions: ['read'] },
		],
		deleted_at: null,
	};
	return { body: { data, errors: null } };
}
