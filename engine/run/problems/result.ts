import type { Aim } from './failures';

/** Whether a failed request did its work nevertheless: it did not, or nobody can tell. */
export type Certainty = 'no' | 'unknown';

/** Why an item has no result, ready to show: it contains no secret and requires no knowledge of HTTP. */
export interface Failure {
	/** What happened. The item number is added where the failure is shown. */
	message: string;
	/** What to do next, and what the vendor said that helps its support team. */
	description: string;
	/** HTTP status, if the vendor answered. */
	status?: number;
	code?: string;
	requestId?: string;
	/** Whether the same request may succeed later. */
	retryable: boolean;
	/** Whether the request did its work nevertheless; absent if none was sent. */
	done?: Certainty;
	/** How long the vendor asks to wait, in milliseconds. */
	retryAfter?: number;
	/** What the description tells the operator to look for at the vendor before running the item again. */
	look?: Aim;
	/** When an earlier attempt's doubtful request failed, in epoch milliseconds. */
	since?: number;
}

export interface Success<T> {
	readonly ok: true;
	readonly value: T;
}

export interface Failed<F = Failure> {
	readonly ok: false;
	readonly failure: F;
}

/** The value of a step, or why there is none. Failures that any item may meet are returned, not thrown. */
export type Result<T, F = Failure> = Success<T> | Failed<F>;

/** A successful result. */
export function success<T>(value: T): Success<T> {
	return { ok: true, value };
}

/** A failed result. */
export function failed<F>(failure: F): Failed<F> {
	return { ok: false, failure };
}
