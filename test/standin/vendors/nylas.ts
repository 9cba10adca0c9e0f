import { randomUUID } from 'node:crypto';

import type { Call, Failure, Vendor, VendorAnswer } from '../types';

// developer.nylas.com/docs/api/errors
const ERROR_TYPES: Record<number, string> = {
	400: 'api.invalid_request_error',
	401: 'api.authentication_error',
	404: 'api.not_found_error',
	423: 'api.resource_blocked',
	429: 'api.rate_limit_error',
};

/** Nylas: every answer carries a request id, also the errors. */
export const nylas: Vendor = {
	key: 'nylas-demo-key',
	refusal: 400,
	error,
	answers: { createCredential, getApplication },
};

function error({ status, message, problems, echo }: Failure) {
	const aboutBody = status === 400 && problems.some((problem) => problem.in === 'body');
	const fallback = status >= 500 ? 'api.internal_error' : ERROR_TYPES[400];
	const type = aboutBody ? 'api.invalid_request_payload' : (ERROR_TYPES[status] ?? fallback);
	return { request_id: randomUUID(), error: { type, message, ...(echo ? { provider_error: { ...echo } } : {}) } };
}

function createCredential({ body }: Call): VendorAnswer {
	const now = Math.floor(Date.now() / 1000);
	const { name } = body as { name: string };
	const record = { id: randomUUID(), name, created_at: now, updated_at: now };
	return { body: { request_id: randomUUID(), data: record }, created: { id: record.id, record } };
}

function getApplication(): VendorAnswer {
	const data = {
		application_id: 'ad410018-d306-43f9-8361-fa5d7b2172e0',
		organization_id: 'f5db4482-dbbe-4b32-b347-61c260d803ce',
		region: 'us',
		environment: 'sandbox',
	};
	return { body: { request_id: randomUUID(), data } };
}
