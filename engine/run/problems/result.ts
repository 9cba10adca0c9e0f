import type { Aim } from './failures';

/** Whether a request that failed did its work all the same: it did not, or nobody can tell. */
export type Certainty = 'no' | 'unknown';

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
	/** What the description says to look for at the vendor before the item is run again. */
	look?: Aim;
	/** When the request failed that is in doubt, in milliseconds, where that was in an earlier try. */
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

/** What a step came to: its value, or why there is none. Nothing is thrown for what may happen to any item. */
export type Result<T, F = Failure> = Success<T> | Failed<F>;

export function success<T>(value: T): Success<T> {
	return { ok: true, value };
}

export function failed<F>(failure: F): Failed<F> {
	return { ok: false, failure };
}
