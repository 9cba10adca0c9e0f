import type { Json, Operation } from '../../model';
import { failed, success, type Result } from '../problems/result';
import { parseExactly } from '../request/json';
import { effectOf, idParameterOf } from '../input/operation';
import { retryAfter } from '../pacing/pace';
import type { Redactor } from '../redact';
import { firstValueAt } from '../../model/pointer';
import { has, isObject } from '../../model/values';

/** A vendor's response as received. */
export interface HttpResponse {
	status: number;
	headers: { [name: string]: unknown };
	text: string;
}

/** What a vendor says when it refuses a request. */
export interface ErrorResponse {
	status: number;
	/** The vendor's own words, if it gave any. */
	message?: string;
	code?: string;
	requestId?: string;
	/** How long the vendor asks to wait, in milliseconds. */
	retryAfter?: number;
	/** Set if the status promises success, but the response cannot be parsed ('broken') or lacks what the document promises. */
	unread?: 'broken' | 'missing';
	/** Values that the vendor objects to: its own name for each (`credential_data.client_id`), unchanged, and the reason. */
	fields: Array<{ path: string; message: string }>;
	/** Number of further objections, beyond those in `fields`. */
	more?: number;
}

/** A record as the vendor returns it. */
export type VendorRecord = { [name: string]: Json };

/** The content of a response: the records (one unless the operation lists), and the body and headers they came in. */
export interface Answered {
	records: VendorRecord[];
	body: Json | undefined;
	headers: HttpResponse['headers'];
}

/** Interprets a response: the records where the document's plan finds them, or why there are none, without secrets. */
export function outcomeOf(operation: Operation, response: HttpResponse, redactor: Redactor): Result<Answered, ErrorResponse> {
	const { result } = operation;
	const { headers } = response;
	const body = parseExactly(response.text);
	if (response.status < 200 || response.status >= 300) return failed(errorResponseOf(response, body, redactor));
	const errors = result.errors === undefined ? undefined : firstValueAt(body, result.errors);
	const hasErrors = Array.isArray(errors) && errors.length > 0;
	const effect = effectOf(operation);
	const found = firstValueAt(body, result.records ?? result.record);
	// For a deletion, a successful status is enough, whatever the document says about the body; a sign-in page is no success.
	if (effect === 'deletes' && !hasErrors && !isPage(response, body))
		return success({ records: [isRecord(found) ? found : {}], body, headers });
	// An update need not repeat what it changed, since it was requested by id. A list may be empty.
	const promised = effect !== 'updates' && result.records === undefined && isNamed(result);
	// For an empty list, some vendors send null, or only a status without a body.
	if (effect === 'reads' && result.records !== undefined && isNothing(response, body, found))
		return success({ records: [], body, headers });
	// An array is a list of records, even if the document does not declare a list.
	if (Array.isArray(found)) {
		const all = found.map((one) => (isRecord(one) ? one : { value: one }));
		// An action, creation or update always concerns one record. And a record requested by id that is not in the array is missing.
		const isOne = result.records === undefined && (effect !== 'reads' || idParameterOf(operation) !== undefined);
		const records = isOne && all.length === 0 && effect !== 'reads' ? [{}] : all;
		if (isOne && records.length === 0) return failed({ ...errorResponseOf(response, body, redactor), unread: 'missing' });
		if (!promised || effect === 'reads' || records.some((record) => isNamed(result, record))) return success({ records, body, headers });
	} else if (result.records === undefined) {
		const record = isRecord(found) ? found : {};
		if (isNamed(result, record)) return success({ records: [record], body, headers });
		if (!promised && !hasErrors && isReadable(response, body)) return success({ records: [record], body, headers });
	}
	// The status promises success, but there is no record.
	const errorResponse = errorResponseOf(response, hasErrors ? { errors } : body, redactor);
	if (hasErrors) return failed(errorResponse);
	if (!isReadable(response, body)) return failed({ ...errorResponse, message: undefined, unread: 'broken' });
	return failed({ ...errorResponse, unread: 'missing' });
}

/** Without a record: whether the document says where id or link are. With a record: whether it has one of them. */
function isNamed(result: Operation['result'], record?: VendorRecord): boolean {
	if (record === undefined) return result.id !== undefined || result.link !== undefined;
	return idOf(result, record) !== undefined || linkOf(result, record) !== undefined;
}

/** Whether a response to a list says that it is empty: 204, or null in the list's place without an error next to it. */
function isNothing({ status, text }: HttpResponse, body: Json | undefined, found: Json | undefined): boolean {
	if (status === 204) return text.trim() === '';
	if (found !== null) return false;
	return !isRecord(body) || [body.error, body.errors].every((one) => !one || (Array.isArray(one) && one.length === 0));
}

/** Whether a response is what it claims to be, rather than truncated JSON or an HTML page. */
function isReadable({ headers, text }: HttpResponse, body: Json | undefined): boolean {
	if (body !== undefined || text.trim() === '') return true;
	const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
	return !/json|html/i.test(String(type ?? '')) && !/^\s*[[{<"]/.test(text);
}

/** Whether a response is an HTML page, which says nothing about the request. */
function isPage({ text }: HttpResponse, body: Json | undefined): boolean {
	return body === undefined && /^\s*<(!doctype html|html)\b/i.test(text);
}

/** A record's id as text, since some vendors use numbers. An empty text identifies nothing, so it does not count. */
export function idOf({ id }: Operation['result'], record: VendorRecord): string | undefined {
	const value = id === undefined ? undefined : firstValueAt(record, id);
	return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** The link that the customer has to open, if the record has one. */
export function linkOf({ link }: Operation['result'], record: VendorRecord): string | undefined {
	const value = link === undefined ? undefined : firstValueAt(record, link);
	return typeof value === 'string' ? value : undefined;
}

/** A longer text was not written for people. */
const MAX_TEXT = 1_000_000;
/** Most objections to report; the rest are only counted. */
const MOST_DETAILS = 20;

/**
 * Finds message, code and details in the error formats in use: RFC 9457, FastAPI, `error`, `errors`, `message`. Secrets
 * are hidden before anything is truncated, since a truncated secret would not be recognized.
 */
function errorResponseOf({ status, headers, text }: HttpResponse, body: Json | undefined, redactor: Redactor): ErrorResponse {
	const errorResponse: ErrorResponse = { status, fields: [] };
	const header = (which: RegExp) => Object.entries(headers).find(([name]) => which.test(name))?.[1];
	const id = header(/^(x-)?request-id$/i);
	if (typeof id === 'string') errorResponse.requestId = redactor.text(id);
	const pause = retryAfter(header(/^retry-after$/i));
	if (pause !== undefined) errorResponse.retryAfter = pause;
	if (!isRecord(body)) {
		// An HTML page is of no use to an operator.
		const plain = text.trim();
		const isPlain = plain !== '' && !plain.startsWith('<') && body === undefined && plain.length <= MAX_TEXT;
		const detail = isPlain ? plain : typeof body === 'string' ? body : undefined;
		if (detail !== undefined) errorResponse.message = redactor.beginning(detail, 300);
		return errorResponse;
	}
	const firstText = (records: VendorRecord[], names: string[]) => firstOf(records, names, redactor);
	const inner = [body.error, body.detail, Array.isArray(body.errors) ? body.errors[0] : body.errors].filter(isRecord);
	const all = [...inner, body];
	errorResponse.message = firstText(all, ['message', 'error_description', 'detail', 'title', 'msg', 'reason', 'error']);
	errorResponse.code = firstText(all, ['code', 'error_code', 'type', 'error']);
	errorResponse.requestId = firstText([body], ['request_id', 'requestId']) ?? errorResponse.requestId;
	if (errorResponse.code === errorResponse.message) delete errorResponse.code;
	const details = [body.detail, body.errors].find(Array.isArray) ?? [];
	if (details.length > MOST_DETAILS) errorResponse.more = details.length - MOST_DETAILS;
	for (const one of details.slice(0, MOST_DETAILS)) {
		if (!isRecord(one)) continue;
		const path = Array.isArray(one.loc) ? one.loc.slice(1).join('.') : (firstOf([one], ['field', 'path', 'param']) ?? '');
		const message = firstText([one], ['msg', 'message', 'detail']);
		if (message) errorResponse.fields.push({ path, message });
	}
	const [first] = errorResponse.fields;
	if (!errorResponse.message && first) errorResponse.message = first.message;
	return errorResponse;
}

function firstOf(records: VendorRecord[], names: string[], redactor?: Redactor): string | undefined {
	for (const record of records) {
		for (const name of names) {
			const value = has(record, name) ? record[name] : undefined;
			if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number')
				return redactor ? redactor.beginning(String(value), 1000) : String(value).slice(0, 1000);
		}
	}
	return undefined;
}

/** Whether a value is an object, and so may be a record. */
export function isRecord(value: unknown): value is VendorRecord {
	return isObject(value);
}
