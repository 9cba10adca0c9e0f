import type { Json, Operation } from '../../model';
import { failed, success, type Result } from '../problems/result';
import { parseExactly } from '../request/json';
import { effectOf, idParameterOf } from '../input/operation';
import { retryAfter } from '../pacing/pace';
import type { Redactor } from '../redact';
import { firstValueAt } from '../../model/pointer';
import { has, isObject } from '../../model/values';

/** A vendor's answer as it came. */
export interface HttpResponse {
	status: number;
	headers: { [name: string]: unknown };
	text: string;
}

/** What a vendor says in a refusal. */
export interface ErrorResponse {
	status: number;
	/** The vendor's own words, where it gave any. */
	message?: string;
	code?: string;
	requestId?: string;
	/** How long the vendor wants to be left alone, in milliseconds. */
	retryAfter?: number;
	/** The status promises success, but the answer cannot be read, or does not hold what the document promises. */
	unread?: 'broken' | 'missing';
	/** Values that the vendor objects to: its own name of each (`credential_data.client_id`), as it came, and why. */
	fields: Array<{ path: string; message: string }>;
	/** How many more there are than anybody reads. */
	more?: number;
}

export type VendorRecord = { [name: string]: Json };

/** What an answer holds: the vendor's records, one unless the operation lists, and what they were found in. */
export interface Answered {
	records: VendorRecord[];
	body: Json | undefined;
	headers: HttpResponse['headers'];
}

/** Reads an answer: the records that the document's plan finds in it, or why there are none, in words without secrets. */
export function outcomeOf(operation: Operation, response: HttpResponse, redactor: Redactor): Result<Answered, ErrorResponse> {
	const { result } = operation;
	const { headers } = response;
	const body = parseExactly(response.text);
	if (response.status < 200 || response.status >= 300) return failed(errorResponseOf(response, body, redactor));
	const errors = result.errors === undefined ? undefined : firstValueAt(body, result.errors);
	const hasErrors = Array.isArray(errors) && errors.length > 0;
	const effect = effectOf(operation);
	const found = firstValueAt(body, result.records ?? result.record);
	// A status that promises success is enough for a deletion, whatever the document says of the answer; a page to sign in is none.
	if (effect === 'deletes' && !hasErrors && !isPage(response, body))
		return success({ records: [isRecord(found) ? found : {}], body, headers });
	// An update need not say what it changed: that was asked for by its id. A list can be empty.
	const promised = effect !== 'updates' && result.records === undefined && isNamed(result);
	// Some vendors write a list without a record as null, or send nothing and say so with the status.
	if (effect === 'reads' && result.records !== undefined && isNothing(response, body, found))
		return success({ records: [], body, headers });
	// A list is never one record, also where the document does not say that it is one.
	if (Array.isArray(found)) {
		const all = found.map((one) => (isRecord(one) ? one : { value: one }));
		// What was done for an item is told of it; and a record that was asked for by its id is not there.
		const isOne = result.records === undefined && (effect !== 'reads' || idParameterOf(operation) !== undefined);
		const records = isOne && all.length === 0 && effect !== 'reads' ? [{}] : all;
		if (isOne && records.length === 0) return failed({ ...errorResponseOf(response, body, redactor), unread: 'missing' });
		if (!promised || effect === 'reads' || records.some((record) => isNamed(result, record))) return success({ records, body, headers });
	} else if (result.records === undefined) {
		const record = isRecord(found) ? found : {};
		if (isNamed(result, record)) return success({ records: [record], body, headers });
		if (!promised && !hasErrors && isReadable(response, body)) return success({ records: [record], body, headers });
	}
	// A status that promises success, and nothing to show for it.
	const errorResponse = errorResponseOf(response, hasErrors ? { errors } : body, redactor);
	if (hasErrors) return failed(errorResponse);
	if (!isReadable(response, body)) return failed({ ...errorResponse, message: undefined, unread: 'broken' });
	return failed({ ...errorResponse, unread: 'missing' });
}

/** Whether the document says where the id or the link stands; with a record, whether one stands there. */
function isNamed(result: Operation['result'], record?: VendorRecord): boolean {
	if (record === undefined) return result.id !== undefined || result.link !== undefined;
	return idOf(result, record) !== undefined || linkOf(result, record) !== undefined;
}

/** Whether an answer to a list says that there is no record: 204, or null in its place and no error beside it. */
function isNothing({ status, text }: HttpResponse, body: Json | undefined, found: Json | undefined): boolean {
	if (status === 204) return text.trim() === '';
	if (found !== null) return false;
	return !isRecord(body) || [body.error, body.errors].every((one) => !one || (Array.isArray(one) && one.length === 0));
}

/** Whether an answer is what it means to be: JSON that is cut off is not, and no page of HTML is. */
function isReadable({ headers, text }: HttpResponse, body: Json | undefined): boolean {
	if (body !== undefined || text.trim() === '') return true;
	const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
	return !/json|html/i.test(String(type ?? '')) && !/^\s*[[{<"]/.test(text);
}

/** Whether an answer is a page for people, which says nothing of what was asked for. */
function isPage({ text }: HttpResponse, body: Json | undefined): boolean {
	return body === undefined && /^\s*<(!doctype html|html)\b/i.test(text);
}

/** The id of a record, as text: some vendors use numbers. An empty text tells no record from others. */
export function idOf({ id }: Operation['result'], record: VendorRecord): string | undefined {
	const value = id === undefined ? undefined : firstValueAt(record, id);
	return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** The link that the customer has to open, where the answer is one. */
export function linkOf({ link }: Operation['result'], record: VendorRecord): string | undefined {
	const value = link === undefined ? undefined : firstValueAt(record, link);
	return typeof value === 'string' ? value : undefined;
}

/** A longer text is no answer of a person's. */
const MAX_TEXT = 1_000_000;
/** More objections than these are counted. */
const MOST_DETAILS = 20;

/**
 * Finds the words in the error bodies that are in use: RFC 9457, FastAPI, `error`, `errors`, `message`. Secrets are hidden
 * before anything is cut: a part of one is not recognized any more.
 */
function errorResponseOf({ status, headers, text }: HttpResponse, body: Json | undefined, redactor: Redactor): ErrorResponse {
	const errorResponse: ErrorResponse = { status, fields: [] };
	const header = (which: RegExp) => Object.entries(headers).find(([name]) => which.test(name))?.[1];
	const id = header(/^(x-)?request-id$/i);
	if (typeof id === 'string') errorResponse.requestId = redactor.text(id);
	const pause = retryAfter(header(/^retry-after$/i));
	if (pause !== undefined) errorResponse.retryAfter = pause;
	if (!isRecord(body)) {
		// A page of HTML says nothing to an operator.
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

export function isRecord(value: unknown): value is VendorRecord {
	return isObject(value);
}
