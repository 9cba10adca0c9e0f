import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Input, Operation, Vendor } from '../model';
import { outcomeOf, type HttpAnswer, type Outcome } from './answer';
import { encodeBody, type BinaryFile } from './body';
import type { NodeCredential } from './credential';
import { refused, unanswered, type Failure } from './errors';
import { effectOf } from './operation';
import { Pace } from './pace';
import { requestOf, type Given, type HttpRequest } from './request';
import type { Redactor } from './secrets';

/** What n8n gives to a node: the same for a run, a list in the editor and a poll. */
export type Context = Pick<IAllExecuteFunctions, 'helpers' | 'getNode'>;

/** What a call came to: the vendor's records, or why there are none, in words and without secrets. */
export type Called = Extract<Outcome, { records: unknown }> | { failure: Failure };

/** The way to a vendor for one item: its n8n credential, and what must not be said. */
export class Connection {
	/** @param timeout how long the vendor may take to answer, in milliseconds */
	constructor(
		private readonly context: Context,
		readonly vendor: Vendor,
		readonly credential: NodeCredential,
		readonly redactor: Redactor,
		private readonly timeout: number,
		readonly itemIndex: number,
		private readonly pace = new Pace({}),
	) {}

	/** Sends values that were checked. */
	async call(operation: Operation, given: Given, query = ''): Promise<Called> {
		const { request } = requestOf(operation, given, this.credential.baseUrl);
		const url = query === '' ? request.url : `${request.url}${request.url.includes('?') ? '&' : '?'}${query}`;
		return await this.send(operation, { ...request, url });
	}

	/**
	 * Sends a request and reads the answer. Where nothing can have been done, or doing it twice is harmless, a request that
	 * failed for a while is sent again.
	 */
	async send(operation: Operation, request: HttpRequest, files?: Map<string, BinaryFile>): Promise<Called> {
		for (let attempt = 1, before: Failure | undefined; ; attempt++) {
			await this.pace.turn();
			const called = await this.once(operation, request, files);
			if (!('failure' in called)) return called;
			const { failure } = called;
			// What an earlier try may have deleted is gone, as was wanted.
			if (before?.uncertain && effectOf(operation) === 'deletes' && failure.status === 404) return { records: [{}], body: undefined };
			if (!failure.retryable || (failure.uncertain && !isHarmless(operation))) return called;
			if (!(await this.pace.again(attempt, failure.retryAfter))) return called;
			before = before?.uncertain ? before : failure;
		}
	}

	/** Waits before something is tried again that only the caller can judge. */
	async pause(attempt: number, failure: Failure): Promise<boolean> {
		return await this.pace.again(attempt, failure.retryAfter);
	}

	private async once(operation: Operation, request: HttpRequest, files?: Map<string, BinaryFile>): Promise<Called> {
		const { body, ...rest } = request;
		const encoded = body === undefined || !operation.body ? undefined : encodeBody(body, operation.body, files);
		const payload = encoded ? { body: encoded.content, headers: { ...request.headers, 'content-type': encoded.contentType } } : {};
		let answer: HttpAnswer;
		try {
			answer = await this.answerTo({ ...rest, ...payload });
		} catch (error) {
			return { failure: unanswered(this.vendor, operation, codeOf(error)) };
		}
		const outcome = outcomeOf(operation, answer);
		if ('records' in outcome) return outcome;
		const { message, description, code, requestId, ...failure } = refused(this.vendor, operation, outcome.refusal, (path) =>
			labelAt(operation, path),
		);
		const said = { message, description, ...(code === undefined ? {} : { code }), ...(requestId === undefined ? {} : { requestId }) };
		return { failure: { ...failure, ...this.redactor.json(said) } };
	}

	/** One request per call, the whole answer, nothing followed and nothing thrown for a status; the text as it came. */
	private async answerTo(request: IHttpRequestOptions): Promise<HttpAnswer> {
		const options: IHttpRequestOptions = {
			...request,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			encoding: 'text',
			timeout: this.timeout,
		};
		const { decrypted } = this.credential;
		const response = await this.context.helpers.httpRequestWithAuthentication.call(this.context as never, this.vendor.credential, options, {
			credentialsDecrypted: decrypted,
		});
		return {
			status: response.statusCode,
			headers: response.headers,
			text: typeof response.body === 'string' ? response.body : JSON.stringify(response.body ?? ''),
		};
	}
}

/** Whether it makes no difference that a request arrives twice. */
function isHarmless(operation: Operation): boolean {
	return operation.repeatable === true || effectOf(operation) !== 'creates';
}

/** The code of a network error, from whichever layer wrapped it. */
function codeOf(error: unknown): string {
	let current = error as { code?: unknown; httpCode?: unknown; cause?: unknown } | undefined;
	for (let depth = 0; current && depth < 4; depth++) {
		for (const code of [current.code, current.httpCode]) if (typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code)) return code;
		current = current.cause as typeof current;
	}
	return 'no answer';
}

/** The operator's words for a field that the vendor names: `label`, `credential_data.client_id`. */
function labelAt(operation: Operation, path: string): string | undefined {
	const names = path.split('.');
	let fields = operation.inputs.flatMap(({ field }) => (field.name === '' ? fieldsWithin(field) : [field]));
	let label: string | undefined;
	for (const name of names) {
		const found = fields.find((field) => field.name === name);
		if (!found) break;
		label = `${found.label} (${path})`;
		fields = fieldsWithin(found);
	}
	return label;
}

function fieldsWithin(field: Input['field']): Array<Input['field']> {
	if (field.kind === 'group') return field.fields;
	return field.kind === 'variant' ? field.branches.flatMap((branch) => fieldsWithin(branch.field)) : [];
}
