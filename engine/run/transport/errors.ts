import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INode, type JsonObject } from 'n8n-workflow';
import type { Operation, Vendor } from '../../model';
import { labelOf } from '../../model/names';
import type { ErrorResponse } from '../response/response';
import { certaintyOfCode, certaintyOfStatus, certaintyOfUnread, isIdempotent } from './certainty';
import { nodeOf } from '../input/node';
import { effectOf } from '../input/operation';
import { UNREAD, worded, type Aim, type RefusalCode, type Worded } from '../problems/failures';
import type { Problem } from '../problems/problem';
import type { Failure } from '../problems/result';
import { hintsOf, sentencesOf } from '../problems/sentences';

/** The failure of an item that was refused before anything was sent. */
export function invalid(problems: readonly Problem[]): Failure {
	return { message: sentencesOf(problems), description: hintsOf(problems), retryable: false };
}

const DONE = { creates: 'created', updates: 'changed', deletes: 'deleted', acts: 'changed', reads: undefined } as const;

/** What a request is about, in words. */
function aimOf(operation: Operation): Aim {
	const done = DONE[effectOf(operation)];
	return { noun: nounOf(operation), ...(done === undefined ? {} : { done }) };
}

/** The kind of a refusal, by its status. */
function kindOf({ status, unread, retryAfter }: ErrorResponse, operation: Operation): RefusalCode {
	if (status >= 200 && status < 300) {
		if (effectOf(operation) === 'reads') return 'noAnswer';
		return unread ? 'unread' : 'notDone';
	}
	if (status >= 300 && status < 400) return 'redirected';
	if (status === 503 && retryAfter !== undefined) return 'unavailable';
	if (status >= 500) return 'serverError';
	return STATUSES.get(status) ?? 'refused';
}

/** Statuses with a kind of refusal of their own. */
const STATUSES: ReadonlyMap<number, RefusalCode> = new Map<number, RefusalCode>([
	[401, 'unauthorized'],
	[402, 'paymentRequired'],
	[403, 'forbidden'],
	[404, 'notFound'],
	[408, 'requestTimeout'],
	[409, 'conflict'],
	[429, 'tooManyRequests'],
]);

/** Kinds of refusals after which the operator should first look at the vendor. */
const LOOKING: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['unread', 'requestTimeout', 'serverError']);

/** What an operator calls a record of this resource: 'credential'. */
export function nounOf({ resource }: Pick<Operation, 'resource'>): string {
	return labelOf(resource).toLowerCase();
}

/** The failure of an item that the vendor refused. `label` turns the vendor's name of a field into the operator's words. */
export function refused(vendor: Vendor, operation: Operation, errorResponse: ErrorResponse, label: (path: string) => string): Failure {
	const code = kindOf(errorResponse, operation);
	const aim = aimOf(operation);
	const { message, description } = worded(code, { vendor: vendor.name, aim });
	const hint = operation.hints[String(errorResponse.status)];
	const details = errorResponse.fields.filter(({ path }) => path !== '').map(({ path, message }) => `${label(path)}: ${message}`);
	if (details.length > 0 && errorResponse.more !== undefined) details.push(`and ${errorResponse.more} more`);
	const unread = errorResponse.unread && UNREAD[errorResponse.unread](aim.noun);
	const detail = details.length > 0 ? details.join('; ') : (errorResponse.message ?? unread);
	const reference = [
		`${vendor.name}, ${operation.action}, status ${errorResponse.status}`,
		errorResponse.code && `code ${errorResponse.code}`,
		errorResponse.requestId && `request ID ${errorResponse.requestId}`,
	];
	return {
		message: `${message}${detail ? `: ${detail.replace(/\.$/, '')}` : ''}`,
		description: `${(hint ?? description).replace(/\.$/, '')}. (${reference.filter(Boolean).join(', ')})`,
		status: errorResponse.status,
		...(errorResponse.code ? { code: errorResponse.code } : {}),
		...(errorResponse.requestId ? { requestId: errorResponse.requestId } : {}),
		...(errorResponse.unread
			? certaintyOfUnread(errorResponse.unread === 'broken')
			: certaintyOfStatus(errorResponse.status, errorResponse.retryAfter !== undefined)),
		...(errorResponse.retryAfter === undefined ? {} : { retryAfter: errorResponse.retryAfter }),
		...(hint === undefined && LOOKING.has(code) ? { look: aim } : {}),
	};
}

/**
 * The failure of a request without a response.
 * @param timeout set if the vendor took too long: how long it was given, in milliseconds
 */
export function unanswered(vendor: Vendor, operation: Operation, code: string, timeout?: number): Failure {
	const reference = `(${vendor.name}, ${operation.action}, ${code})`;
	const known = certaintyOfCode(code);
	if (known.done === 'no') return { ...worded('unreachable', { vendor: vendor.name, reference }), code, ...known };
	const aim = aimOf(operation);
	const seconds = timeout === undefined ? undefined : timeout / 1000;
	return { ...worded('unanswered', { vendor: vendor.name, aim, seconds, reference }), code, ...known, look: aim };
}

/** The code of failures that leave open whether the request did its work. */
export const UNCERTAIN = 'uncertain';

/**
 * The failure of an item that may have done its work: n8n's retries hold it back until a person decides.
 * @param why what happened, in words
 */
export function uncertain(vendor: Vendor, operation: Operation, why: Worded & Pick<Failure, 'status' | 'requestId' | 'look'>): Failure {
	const { message, description, status, requestId, look } = why;
	const aim = aimOf(operation);
	const saysSo = look !== undefined && look.noun === aim.noun && look.done === aim.done;
	return {
		...worded('uncertain', { message, description, vendor: vendor.name, aim, saysSo }),
		...(status === undefined ? {} : { status }),
		...(requestId === undefined ? {} : { requestId }),
		code: UNCERTAIN,
		retryable: false,
		done: 'unknown',
	};
}

/**
 * The failure to report for a failed request: uncertain if it may have done its work and must not be repeated.
 * @param operation the one that the operator chose
 * @param sent the one whose request failed, if different
 */
export function uncertainIfOpen(vendor: Vendor, operation: Operation, failure: Failure, sent = operation): Failure {
	return failure.done === 'unknown' && !isIdempotent(sent) ? uncertain(vendor, operation, failure) : failure;
}

/** The failure of a request that was not sent, because the execution was stopped. */
export function stopped(): Failure {
	return { ...worded('stopped', {}), retryable: true, done: 'no' };
}

/**
 * The failure of an item for which n8n itself could not do something, such as resolve an expression or find a
 * credential, in n8n's own words.
 * @param label of the field with the expression
 */
export function toFailure(error: unknown, label?: string): Failure {
	const { message, description } = (error ?? {}) as { message?: unknown; description?: unknown };
	const detail = typeof message === 'string' && message !== '' ? message : undefined;
	const more = typeof description === 'string' && description !== '' ? description.replace(/\.$/, '') : undefined;
	return { ...worded('unprepared', { error: detail, more, label }), retryable: false };
}

/** The JSON of a failed item, for "On Error: Continue". Only an item of this shape is routed to n8n's error output as a whole. */
export function asItem({ message, description, status, code, requestId, retryable }: Failure, itemIndex: number): { error: JsonObject } {
	return {
		error: JSON.parse(
			JSON.stringify({ message: `${message} [item ${itemIndex}]`, description, status, code, requestId, retryable }),
		) as JsonObject,
	};
}

/**
 * The error that ends the run. n8n stores the error's node, so the node is passed without its parameters, which may
 * contain typed secrets.
 * @param itemIndex the failed item; absent for a trigger
 */
export function asError(
	context: Pick<IExecuteFunctions, 'getNode'>,
	failure: Failure,
	itemIndex?: number,
	details?: JsonObject,
): NodeApiError | NodeOperationError {
	const node: INode = { ...nodeOf(context), parameters: {} };
	const { description, status } = failure;
	const message = itemIndex === undefined ? failure.message : `${failure.message} [item ${itemIndex}]`;
	const error =
		status === undefined
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(node, {}, { message, description, httpCode: String(status), itemIndex });
	if (details) error.context.data = details;
	return error;
}
