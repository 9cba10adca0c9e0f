import { STATUS_CODES } from 'node:http';

import { credentialHeaders } from './authentication';
import type { Operation } from './document';
import { problemText } from './problems';
import type { Echo, Fault, Problem, RecordedRequest, Vendor } from './types';

/** A response that is ready to be sent. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** A response with the given body: undefined for none, a text as is, anything else as JSON. */
export function answerWith(status: number, body: unknown): Answer {
	if (body === undefined) return { status, headers: {}, text: '' };
	if (typeof body === 'string') return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, text: body };
	return { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) };
}

/** The body with which the vendor refuses a request; with `echo`, it repeats body and key, in its text and as data. */
export function refusalBody(vendor: Vendor, status: number, problems: Problem[], operation?: Operation, echo?: RecordedRequest): unknown {
	const reason = status === 401 ? 'The API key is missing or wrong' : (STATUS_CODES[status] ?? 'Refused');
	let message = problems.length > 0 ? problems.map(problemText).join(', ') : reason;
	let repeated: Echo | undefined;
	if (echo) {
		repeated = { body: echo.body ?? echo.rawBody, credentials: credentialHeaders(operation, echo) };
		const headers = Object.entries(repeated.credentials).map(([name, value]) => `${name}: ${value}`);
		message += `. Received ${[echo.rawBody, ...headers].join(' with ')}`;
	}
	return vendor.error({ status, message, problems, echo: repeated, schema: operation?.answers[status] });
}

/** Adds a fault's headers to a response, replacing existing ones. */
export function withHeaders(answer: Answer, fault: Fault): Answer {
	const headers = { ...answer.headers };
	if (fault.contentType !== undefined) headers['content-type'] = fault.contentType;
	if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
	for (const [name, value] of Object.entries(fault.headers ?? {})) headers[name.toLowerCase()] = value;
	return { ...answer, headers };
}
