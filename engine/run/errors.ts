import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INode, type JsonObject } from 'n8n-workflow';
import type { Operation, Vendor } from '../model';
import { labelOf } from '../names';
import type { Refusal } from './answer';
import { effectOf } from './operation';
import { sentenceOf, type Problem } from './problems';

/** Why an item has no result, ready to be shown: no secret in it, no HTTP knowledge needed. */
export interface Failure {
	/** What happened. The item is added where the failure is shown. */
	message: string;
	/** What to do next, and what the vendor said that helps its support. */
	description: string;
	/** HTTP status, where the vendor answered. */
	status?: number;
	code?: string;
	requestId?: string;
	/** The same request may succeed later. */
	retryable: boolean;
	/** The request may have done its work all the same. */
	uncertain?: boolean;
	/** How long the vendor wants to be left alone, in milliseconds. */
	retryAfter?: number;
}

/** An item that was refused before anything was sent. */
export function invalid(problems: Problem[]): Failure {
	return { message: sentenceOf(problems), description: [...new Set(problems.map(({ hint }) => hint))].join('. '), retryable: false };
}

const DONE = { creates: 'created', updates: 'changed', deletes: 'deleted' } as const;

/** What each status means to an operator, and the way out. */
function meaningOf(status: number, vendor: string, operation: Operation): [what: string, wayOut: string] {
	const object = labelOf(operation.resource).toLowerCase();
	if (status >= 200 && status < 300) {
		const effect = effectOf(operation);
		if (effect === 'reads')
			return [`${vendor} answered without what was asked for`, 'Check the values in the fields, and the base URL in the n8n credential'];
		return [
			`${vendor} ${effect === 'updates' ? 'changed' : 'created'} no ${object}`,
			'Check the values; the request itself was understood',
		];
	}
	if (status >= 300 && status < 400)
		return [`${vendor} pointed to another address`, 'Check the base URL in the n8n credential: the API key is not sent to another address'];
	switch (status) {
		case 401:
			return [`${vendor} refused the API key`, 'Check the key in the n8n credential'];
		case 402:
			return [`${vendor} asks for payment`, `Check the plan of your ${vendor} account`];
		case 403:
			return [`${vendor} does not allow this with the API key`, 'Use a key that has the permission'];
		case 404:
			return [`${vendor} did not find what the request names`, 'Check the IDs and names in the fields'];
		case 409:
			return [`${vendor} has a record already that conflicts with this one`, 'Use another name, or remove the existing record'];
		case 429:
			return [`${vendor} is getting too many requests`, 'Wait, and send fewer items at once'];
	}
	if (status >= 500) return [`${vendor} could not answer`, lookFirst(vendor, operation)];
	return [`${vendor} refused the request`, 'Check the values in the fields'];
}

/** What to do where it is not known whether a request did its work. */
function lookFirst(vendor: string, operation: Operation): string {
	const effect = effectOf(operation);
	if (effect === 'reads') return 'Run the item again in a while';
	return `Look at ${vendor} whether the ${labelOf(operation.resource).toLowerCase()} was ${DONE[effect]} before you run this item again`;
}

/** An item that the vendor refused. `label` finds the operator's words for the vendor's name of a field. */
export function refused(vendor: Vendor, operation: Operation, refusal: Refusal, label: (path: string) => string | undefined): Failure {
	const [what, wayOut] = meaningOf(refusal.status, vendor.name, operation);
	const details = refusal.fields.filter(({ path }) => path !== '').map(({ path, message }) => `${label(path) ?? path}: ${message}`);
	const said = details.length > 0 ? details.join('; ') : refusal.message;
	const reference = [
		`${vendor.name}, ${operation.action}, status ${refusal.status}`,
		refusal.code && `code ${refusal.code}`,
		refusal.requestId && `request ID ${refusal.requestId}`,
	];
	return {
		message: `${what}${said ? `: ${said.replace(/\.$/, '')}` : ''}`,
		description: `${(operation.hints[String(refusal.status)] ?? wayOut).replace(/\.$/, '')}. (${reference.filter(Boolean).join(', ')})`,
		status: refusal.status,
		...(refusal.code ? { code: refusal.code } : {}),
		...(refusal.requestId ? { requestId: refusal.requestId } : {}),
		retryable: refusal.status === 429 || refusal.status >= 500,
		// A vendor that is too busy (429, 503) has not begun.
		...(refusal.status >= 500 && refusal.status !== 503 ? { uncertain: true } : {}),
		...(refusal.retryAfter === undefined ? {} : { retryAfter: refusal.retryAfter }),
	};
}

/** Codes of Node.js and axios for a vendor that was not reached, and may be in a while. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Codes for an address that is wrong, or a certificate that is not trusted: nothing was sent, and no repetition mends it. */
const UNTRUSTED = new Set([
	...['ERR_INVALID_URL', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
	...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

/** An item whose request got no answer. */
export function unanswered(vendor: Vendor, operation: Operation, code: string): Failure {
	const reference = `(${vendor.name}, ${operation.action}, ${code})`;
	if (UNREACHED.has(code) || UNTRUSTED.has(code)) {
		return {
			message: `${vendor.name} cannot be reached`,
			description: `Nothing was sent. Check the base URL in the n8n credential and the network of your n8n. ${reference}`,
			code,
			retryable: UNREACHED.has(code),
		};
	}
	const arrived = effectOf(operation) === 'reads' ? '' : 'The request may have arrived. ';
	return {
		message: `${vendor.name} did not answer`,
		description: `${arrived}${lookFirst(vendor.name, operation)}. ${reference}`,
		code,
		retryable: true,
		uncertain: true,
	};
}

/**
 * What n8n itself could not do for an item: an expression that it cannot resolve, an n8n credential that is not set.
 * n8n's own words say what.
 * @param label of the field whose expression it is
 */
export function unprepared(error: unknown, label?: string): Failure {
	const { message, description } = (error ?? {}) as { message?: unknown; description?: unknown };
	const what = typeof message === 'string' && message !== '' ? message : 'n8n could not read the fields of this item';
	const more = typeof description === 'string' && description !== '' ? description.replace(/\.$/, '') : undefined;
	const wayOut =
		label === undefined
			? (more ?? 'Check the expressions in the fields, and the n8n credential')
			: [more, `Correct the expression in '${label}'`].filter(Boolean).join('. ');
	return {
		message: label === undefined ? what : `${label}: ${what}`,
		description: wayOut,
		retryable: false,
	};
}

/** A failed item's JSON, for "On Error: Continue": the one shape that n8n routes whole to the error output. */
export function asItem({ message, description, status, code, requestId, retryable }: Failure, itemIndex: number): { error: JsonObject } {
	return {
		error: JSON.parse(
			JSON.stringify({ message: `${message} [item ${itemIndex}]`, description, status, code, requestId, retryable }),
		) as JsonObject,
	};
}

/**
 * The error that ends the run. n8n stores the node with an error, so it gets one without parameters: they can hold
 * secrets that were typed.
 * @param itemIndex the item that failed; none for a trigger
 */
export function asError(
	context: Pick<IExecuteFunctions, 'getNode'>,
	failure: Failure,
	itemIndex?: number,
	account?: JsonObject,
): NodeApiError | NodeOperationError {
	const node: INode = { ...context.getNode(), parameters: {} };
	const { description, status } = failure;
	const message = itemIndex === undefined ? failure.message : `${failure.message} [item ${itemIndex}]`;
	const error =
		status === undefined
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(node, {}, { message, description, httpCode: String(status), itemIndex });
	if (account) error.context.data = account;
	return error;
}
