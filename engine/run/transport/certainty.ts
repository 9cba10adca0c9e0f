import type { Operation } from '../../model';
import { effectOf } from '../input/operation';
import type { Certainty } from '../problems/result';

/**
 * How long after a doubtful request a list counts, in milliseconds: a vendor that stores later than that, or whose list lags
 * behind by more, can still surprise. docs/bulk.md says so.
 */
export const SETTLED = 3_000;

/** Codes of Node.js and axios for a vendor that was not reached, and may be in a while. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Codes for a request that was never sent, and that no repetition mends: a wrong address, no trust, what no header can carry. */
const UNSENT = new Set([
	...['ERR_INVALID_URL', 'ERR_UNESCAPED_CHARACTERS', 'ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN', 'ERR_HTTP_INVALID_HEADER_VALUE'],
	...['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'],
	...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
	...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

/** What is known of a request that failed, and whether the same request may succeed later. */
export interface Known {
	done: Certainty;
	retryable: boolean;
}

/**
 * A refusal by its status (RFC 9110, 15; RFC 6585, 4 for 429). A vendor or a gateway that answers 408, or 5xx, may have stored
 * before it did; one that names a pause has not begun.
 * @param namesPause whether the answer has a Retry-After
 */
export function certaintyOfStatus(status: number, namesPause: boolean): Known {
	if (status === 429) return { done: 'no', retryable: true };
	if (status === 503) return { done: namesPause ? 'no' : 'unknown', retryable: true };
	if (status === 408 || status >= 500) return { done: 'unknown', retryable: true };
	// 303 sends to the result of what was done.
	return { done: status === 303 ? 'unknown' : 'no', retryable: false };
}

/**
 * A status that promises success, without what was promised: the work may well be done.
 * @param broken whether the answer could not be read at all
 */
export function certaintyOfUnread(broken: boolean): Known {
	return { done: 'unknown', retryable: broken };
}

/** A request without an answer, by the code of the network's error. */
export function certaintyOfCode(code: string): Known {
	if (UNREACHED.has(code)) return { done: 'no', retryable: true };
	return UNSENT.has(code) ? { done: 'no', retryable: false } : { done: 'unknown', retryable: true };
}

/**
 * Whether it makes no difference that a request arrives twice: one that reads, one whose method is idempotent (RFC 9110,
 * 9.2.2) and names its record, one that sets values, and what the document says of.
 */
export function isIdempotent(operation: Operation): boolean {
	if (operation.idempotent === true) return true;
	const effect = effectOf(operation);
	return effect === 'reads' || ((effect === 'updates' || effect === 'deletes') && operation.method !== 'POST');
}
