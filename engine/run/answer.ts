import type { Json, Operation } from '../model';
import { valueAt } from '../pointer';

/** A vendor's answer as it came. */
export interface HttpAnswer {
	status: number;
	headers: { [name: string]: unknown };
	text: string;
}

/** What a vendor says in a refusal. */
export interface Refusal {
	status: number;
	/** The vendor's own words, where it gave any. */
	message?: string;
	code?: string;
	requestId?: string;
	/** Values that the vendor objects to: its own name of each (`credential_data.client_id`), and why. */
	fields: Array<{ path: string; message: string }>;
}

export type Outcome = { record: { [name: string]: Json } } | { refusal: Refusal };

/** Reads an answer: the record that the document's plan finds in it, or why there is none. */
export function outcomeOf(operation: Operation, answer: HttpAnswer, vendor: string): Outcome {
	const body = bodyOf(answer.text);
	if (answer.status < 200 || answer.status >= 300) return { refusal: refusalOf(answer, body) };
	const { result } = operation;
	const found = valueAt(body, result.record);
	const errors = result.errors === undefined ? undefined : valueAt(body, result.errors);
	if (isRecord(found)) {
		const id = result.id === undefined ? undefined : valueAt(found, result.id);
		const link = result.link === undefined ? undefined : valueAt(found, result.link);
		if (id !== undefined || link !== undefined) {
			// Under the same names for every vendor, and first: a table shows the first columns.
			const stable = {
				...(id === undefined ? {} : { credentialId: typeof id === 'number' ? String(id) : id }),
				...(link === undefined ? {} : { link }),
				vendor,
				outcome: id === undefined ? 'linkCreated' : 'created',
			};
			return {
				record: { ...stable, ...found, ...stable },
			};
		}
	}
	// A status that promises success, and nothing to show for it.
	const refusal = refusalOf(answer, Array.isArray(errors) && errors.length > 0 ? ({ errors } as Json) : body);
	return { refusal: { ...refusal, message: refusal.message ?? 'The answer holds no credential' } };
}

function bodyOf(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

/** Finds the words in the error bodies that are in use: RFC 9457, FastAPI, `error`, `errors`, `message`. */
function refusalOf({ status, headers, text }: HttpAnswer, body: Json | undefined): Refusal {
	const refusal: Refusal = { status, fields: [] };
	const header = Object.entries(headers).find(([name]) => /^(x-)?request-id$/i.test(name))?.[1];
	if (typeof header === 'string') refusal.requestId = header;
	if (!isRecord(body)) {
		// A page of HTML says nothing to an operator.
		const plain = text.trim();
		if (plain && !plain.startsWith('<') && body === undefined) refusal.message = plain.slice(0, 300);
		if (typeof body === 'string') refusal.message = body.slice(0, 300);
		return refusal;
	}
	const inner = [body.error, body.detail, Array.isArray(body.errors) ? body.errors[0] : body.errors].filter(isRecord);
	const all = [...inner, body];
	refusal.message = firstText(all, ['message', 'error_description', 'detail', 'title', 'msg', 'reason', 'error']);
	refusal.code = firstText(all, ['code', 'error_code', 'type', 'error']);
	refusal.requestId = firstText([body], ['request_id', 'requestId']) ?? refusal.requestId;
	if (refusal.code === refusal.message) delete refusal.code;
	const details = [body.detail, body.errors].find(Array.isArray) ?? [];
	for (const one of details) {
		if (!isRecord(one)) continue;
		const path = Array.isArray(one.loc) ? one.loc.slice(1).join('.') : (firstText([one], ['field', 'path', 'param']) ?? '');
		const message = firstText([one], ['msg', 'message', 'detail']);
		if (message) refusal.fields.push({ path, message });
	}
	const [first] = refusal.fields;
	if (!refusal.message && first) refusal.message = first.message;
	return refusal;
}

function firstText(records: Array<{ [name: string]: Json }>, names: string[]): string | undefined {
	for (const record of records) {
		for (const name of names) {
			const value = Object.prototype.hasOwnProperty.call(record, name) ? record[name] : undefined;
			if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') return String(value).slice(0, 1000);
		}
	}
	return undefined;
}

function isRecord(value: unknown): value is { [name: string]: Json } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
