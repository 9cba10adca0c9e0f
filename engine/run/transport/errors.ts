import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INode, type JsonObject } from 'n8n-workflow';
import type { Operation, Vendor } from '../../model';
import { labelOf } from '../../model/names';
import type { ErrorResponse } from '../response/response';
import { certaintyOfCode, certaintyOfStatus, certaintyOfUnread, isIdempotent } from './certainty';
import { effectOf } from '../input/operation';
import { UNREAD, worded, type Aim, type RefusalCode, type Worded } from '../problems/failures';
import type { Problem } from '../problems/problem';
import type { Failure } from '../problems/result';
import { hintsOf, sentencesOf } from '../problems/sentences';

/** An item that was refused before anything was sent. */
export function invalid(problems: readonly Problem[]): Failure {
	return { message: sentencesOf(problems), description: hintsOf(problems), retryable: false };
}

const DONE = { creates: 'created', updates: 'changed', deletes: 'deleted', acts: 'changed', reads: undefined } as const;

/** What a request was about. */
function aimOf(operation: Operation): Aim {
	const done = DONE[effectOf(operation)];
	return { noun: nounOf(operation), ...(done === undefined ? {} : { done }) };
}

/** What kind of failure a refusal is, by its status. */
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

/** The kinds of failure that have a status of their own. */
const STATUSES: ReadonlyMap<number, RefusalCode> = new Map<number, RefusalCode>([
	[401, 'unauthorized'],
	[402, 'paymentRequired'],
	[403, 'forbidden'],
	[404, 'notFound'],
	[408, 'requestTimeout'],
	[409, 'conflict'],
	[429, 'tooManyRequests'],
]);

/** Kinds of failure whose way out is to look at the vendor first. */
const LOOKING: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['unread', 'requestTimeout', 'serverError']);

/** What an operator calls a record: 'credential'. */
export function nounOf({ resource }: Pick<Operation, 'resource'>): string {
	return labelOf(resource).toLowerCase();
}

/** An item that the vendor refused. `label` says in the operator's words what the vendor's name of a field stands for. */
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
 * An item whose request got no answer.
 * @param timeout how long it was waited for, in milliseconds, where that is why
 */
export function unanswered(vendor: Vendor, operation: Operation, code: string, timeout?: number): Failure {
	const reference = `(${vendor.name}, ${operation.action}, ${code})`;
	const known = certaintyOfCode(code);
	if (known.done === 'no') return { ...worded('unreachable', { vendor: vendor.name, reference }), code, ...known };
	const aim = aimOf(operation);
	const seconds = timeout === undefined ? undefined : timeout / 1000;
	return { ...worded('unanswered', { vendor: vendor.name, aim, seconds, reference }), code, ...known, look: aim };
}

/** The code of a failure that leaves open whether the request did its work. */
export const UNCERTAIN = 'uncertain';

/**
 * An item of which nobody knows whether it did its work: n8n's retries hold it back until a person has decided.
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
 * A failed request as it is told: uncertain where it may have done its work, and sending it twice is not the same as once.
 * @param operation the one that the operator chose
 * @param sent the one whose request failed, where that is another one
 */
export function uncertainIfOpen(vendor: Vendor, operation: Operation, failure: Failure, sent = operation): Failure {
	return failure.done === 'unknown' && !isIdempotent(sent) ? uncertain(vendor, operation, failure) : failure;
}

/** A request that was not sent, since the execution was stopped. */
export function stopped(): Failure {
	return { ...worded('stopped', {}), retryable: true, done: 'no' };
}

/**
 * What n8n itself could not do for an item: an expression that it cannot resolve, an n8n credential that is not set.
 * n8n's own words say what.
 * @param label of the field whose expression it is
 */
export function toFailure(error: unknown, label?: string): Failure {
	const { message, description } = (error ?? {}) as { message?: unknown; description?: unknown };
	const detail = typeof message === 'string' && message !== '' ? message : undefined;
	const more = typeof description === 'string' && description !== '' ? description.replace(/\.$/, '') : undefined;
	return { ...worded('unprepared', { error: detail, more, label }), retryable: false };
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
	details?: JsonObject,
): NodeApiError | NodeOperationError {
	const node: INode = { ...context.getNode(), parameters: {} };
	const { description, status } = failure;
	const message = itemIndex === undefined ? failure.message : `${failure.message} [item ${itemIndex}]`;
	const error =
		status === undefined
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(node, {}, { message, description, httpCode: String(status), itemIndex });
	if (details) error.context.data = details;
	return error;
}
