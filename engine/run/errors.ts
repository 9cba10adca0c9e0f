import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INode, type JsonObject } from 'n8n-workflow';
import type { Operation, Vendor } from '../model';
import { labelOf } from '../names';
import type { Refusal } from './answer';
import { certaintyOfCode, certaintyOfStatus, certaintyOfUnread, type Certainty } from './certainty';
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
	/** Whether the request did its work all the same; left out where none was sent. */
	done?: Certainty;
	/** How long the vendor wants to be left alone, in milliseconds. */
	retryAfter?: number;
	/** When the request failed that is in doubt, in milliseconds, where that was in an earlier try. */
	since?: number;
}

/** An item that was refused before anything was sent. */
export function invalid(problems: Problem[]): Failure {
	return { message: sentenceOf(problems), description: [...new Set(problems.map(({ hint }) => hint))].join('. '), retryable: false };
}

const DONE = { creates: 'created', updates: 'changed', deletes: 'deleted', acts: 'changed' } as const;

/** What each status means to an operator, and the way out. */
function meaningOf({ status, unread }: Refusal, vendor: string, operation: Operation): [what: string, wayOut: string] {
	const object = nounOf(operation);
	if (status >= 200 && status < 300) {
		const effect = effectOf(operation);
		if (effect === 'reads')
			return [`${vendor} answered without what was asked for`, 'Check the values in the fields, and the base URL in the n8n credential'];
		if (unread) return [`${vendor} answered without the ${object}`, lookFirst(vendor, operation)];
		return [`${vendor} ${DONE[effect]} no ${object}`, 'Check the values; the request itself was understood'];
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
		case 408:
			return [`${vendor} gave up waiting for the request`, lookFirst(vendor, operation)];
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
	return `Look at ${vendor} whether the ${nounOf(operation)} was ${DONE[effect]} before you run this item again`;
}

/** What an operator calls a record: 'credential'. */
export function nounOf({ resource }: Pick<Operation, 'resource'>): string {
	return labelOf(resource).toLowerCase();
}

/** An item that the vendor refused. `label` says in the operator's words what the vendor's name of a field stands for. */
export function refused(vendor: Vendor, operation: Operation, refusal: Refusal, label: (path: string) => string): Failure {
	const [what, wayOut] = meaningOf(refusal, vendor.name, operation);
	const details = refusal.fields.filter(({ path }) => path !== '').map(({ path, message }) => `${label(path)}: ${message}`);
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
		...(refusal.unread
			? certaintyOfUnread(refusal.unread === 'broken')
			: certaintyOfStatus(refusal.status, refusal.retryAfter !== undefined)),
		...(refusal.retryAfter === undefined ? {} : { retryAfter: refusal.retryAfter }),
	};
}

/**
 * An item whose request got no answer.
 * @param timeout how long it was waited for, in milliseconds, where that is why
 */
export function unanswered(vendor: Vendor, operation: Operation, code: string, timeout?: number): Failure {
	const reference = `(${vendor.name}, ${operation.action}, ${code})`;
	const known = certaintyOfCode(code);
	if (known.done === 'no') {
		return {
			message: `${vendor.name} cannot be reached`,
			description: `Nothing was sent. Check the base URL in the n8n credential and the network of your n8n. ${reference}`,
			code,
			...known,
		};
	}
	const arrived = effectOf(operation) === 'reads' ? '' : 'The request may have arrived. ';
	return {
		message: `${vendor.name} did not answer${timeout === undefined ? '' : ` within ${timeout / 1000} seconds`}`,
		description: `${arrived}${lookFirst(vendor.name, operation)}. ${reference}`,
		code,
		...known,
	};
}

/** The code of a failure that leaves open whether the request did its work. */
export const UNCERTAIN = 'uncertain';

/**
 * An item of which nobody knows whether it did its work: n8n's retries hold it back until a person has decided.
 * @param why what happened, in words
 */
export function uncertain(
	vendor: Vendor,
	operation: Operation,
	why: Pick<Failure, 'message' | 'description' | 'status' | 'requestId'>,
): Failure {
	const { message, description, status, requestId } = why;
	const wayOut = `${lookFirst(vendor.name, operation)}`;
	const said = description.includes(wayOut) ? description : `${description.replace(/\.$/, '')}. ${wayOut}`;
	return {
		message,
		description: `${said.replace(/\.$/, '')}. n8n's retries do not send it again; to send it all the same, set Options → 'Uncertain Items' to 'Send Again'`,
		...(status === undefined ? {} : { status }),
		...(requestId === undefined ? {} : { requestId }),
		code: UNCERTAIN,
		retryable: false,
		done: 'unknown',
	};
}

/** A request that was not sent, since the execution was stopped. */
export function stopped(): Failure {
	return { message: 'The execution was stopped', description: 'Nothing was sent', retryable: true, done: 'no' };
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
