import type { Operation } from '../../model';
import { effectOf } from '../input/operation';
import type { Certainty } from '../problems/result';

/**
 * How long after a doubtful request a list is trusted to show its effect, in milliseconds. A vendor that stores later,
 * or whose lists lag further behind, can still surprise; docs/bulk.md says so.
 */
export const SETTLED = 3_000;

/** Error codes of Node.js and axios for a vendor that could not be reached, but may be reachable later. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Codes for a request that was never sent, and that repeating does not help: wrong address, untrusted certificate, invalid header. */
const UNSENT = new Set([
	...['ERR_INVALID_URL', 'ERR_UNESCAPED_CHARACTERS', 'ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN', 'ERR_HTTP_INVALID_HEADER_VALUE'],
	...['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'],
	...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
	...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

/** Whether a failed request did its work, and whether repeating it may succeed. */
export interface Known {
	done: Certainty;
	retryable: boolean;
}

/**
 * What the status of a refusal says (RFC 9110, section 15; RFC 6585, section 4, for 429). A vendor or gateway that
 * answers 408 or 5xx may have stored something first; one that asks for a pause with its 503 has not begun.
 * @param namesPause whether the response has a Retry-After header
 */
export function certaintyOfStatus(status: number, namesPause: boolean): Known {
	if (status === 429) return { done: 'no', retryable: true };
	if (status === 503) return { done: namesPause ? 'no' : 'unknown', retryable: true };
	if (status === 408 || status >= 500) return { done: 'unknown', retryable: true };
	// 303 points to the result of work that was done.
	return { done: status === 303 ? 'unknown' : 'no', retryable: false };
}

/**
 * A successful status without the promised content: the work may well be done.
 * @param broken whether the response could not be parsed at all
 */
export function certaintyOfUnread(broken: boolean): Known {
	return { done: 'unknown', retryable: broken };
}

/** A request without a response, by the code of the network error. */
export function certaintyOfCode(code: string): Known {
	if (UNREACHED.has(code)) return { done: 'no', retryable: true };
	return UNSENT.has(code) ? { done: 'no', retryable: false } : { done: 'unknown', retryable: true };
}

/**
 * Whether sending a request twice does no harm: it only reads, its method is idempotent (RFC 9110, section 9.2.2) and
 * it names its record, it sets values, or the document says so.
 */
export function isIdempotent(operation: Operation): boolean {
	if (operation.idempotent === true) return true;
	const effect = effectOf(operation);
	return effect === 'reads' || ((effect === 'updates' || effect === 'deletes') && operation.method !== 'POST');
}
