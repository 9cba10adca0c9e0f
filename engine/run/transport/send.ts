import type { IAllExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Input, Operation, Vendor } from '../../model';
import { namedWithin } from '../../model/children';
import { partsOf, withValueAt } from '../../model/pointer';
import { outcomeOf, type Answered, type HttpResponse, type VendorRecord } from '../response/response';
import { encodeBody, type BinaryFile } from '../request/body';
import type { BodyValue } from '../request/bodyValue';
import type { NodeCredential } from '../credentials/credential';
import { isIdempotent } from './certainty';
import { invalid, refused, stopped, unanswered, uncertain } from './errors';
import { namesIn } from '../redact/declared';
import { effectOf } from '../input/operation';
import { Pace } from '../pacing/pace';
import type { PageRequest } from '../response/pagination';
import { missingInPath, requestOf, type RequestInputs, type HttpRequest } from '../request/request';
import type { Redactor } from '../credentials/secrets';
import { pairsOf } from '../request/serialize';
import { failed, success, type Failure, type Result } from '../problems/result';

/** What n8n gives to a node: the same for a run, a list in the editor and a poll. */
export type Context = Pick<IAllExecuteFunctions, 'helpers' | 'getNode'>;

/** How often the requests of one item were sent that must not be repeated without end. */
export class Tries {
	count = 0;

	/** @param doubtful whether one that was sent before may have done its work */
	constructor(readonly doubtful = false) {}
}

/** The way to a vendor for one item: its n8n credential, and what must not be said. */
export class Connection {
	/** @param timeout how long the vendor may take for one answer as a whole, in milliseconds */
	constructor(
		private readonly context: Context,
		readonly vendor: Vendor,
		readonly credential: NodeCredential,
		readonly redactor: Redactor,
		private readonly timeout: number,
		readonly itemIndex: number,
		private readonly pace = new Pace({}),
	) {}

	/**
	 * Sends values that were checked.
	 * @param page what asks for one page of a list
	 */
	async call(operation: Operation, inputs: RequestInputs, page?: PageRequest): Promise<Result<Answered>> {
		const { request, problems } = requestOf(operation, inputs, this.credential.baseUrl);
		const wrong = [...problems, ...missingInPath(operation, inputs)];
		if (wrong.length > 0) return failed(invalid(wrong));
		return await this.send(operation, page ? withPage(request, page) : request);
	}

	/**
	 * Sends a request and reads the answer. Where nothing can have been done, or doing it twice is harmless, a request that
	 * failed for a while is sent again.
	 * @param tries counts over several calls that belong to one item
	 */
	async send(operation: Operation, request: HttpRequest, files?: Map<string, BinaryFile>, tries = new Tries()): Promise<Result<Answered>> {
		for (let doubtful = tries.doubtful; ;) {
			await this.pace.turn();
			if (this.pace.stopped) return failed(stopped());
			tries.count++;
			const called = await this.once(operation, request, files);
			if (called.ok) return called;
			const { failure } = called;
			// What an earlier try may have deleted is gone, as was wanted.
			if (doubtful && effectOf(operation) === 'deletes' && GONE.has(failure.status ?? 0))
				return success({ records: [{}], body: undefined, headers: {} });
			// What an earlier try may have made is there, and it may be that.
			if (doubtful && failure.status === 409 && effectOf(operation) === 'creates')
				return failed(uncertain(this.vendor, operation, failure));
			if (failure.done === 'unknown') doubtful = true;
			if (!failure.retryable || (failure.done === 'unknown' && !isIdempotent(operation))) return called;
			if (!(await this.pause(tries, failure))) return called;
		}
	}

	/** What the vendor says of records, without secrets. The names that the document has are no secret. */
	async shown(operation: Operation, records: VendorRecord[]): Promise<VendorRecord[]> {
		return await this.redactor.jsonInTurns(records, namesIn(operation));
	}

	/**
	 * Waits before something is tried again.
	 * @returns false where it is not to be tried again: often enough, or the execution was stopped
	 */
	async pause(tries: Tries, failure: Failure): Promise<boolean> {
		return await this.pace.again(tries.count, failure.retryAfter);
	}

	/** Waits until a time, or until the execution is stopped. */
	async until(time: number): Promise<void> {
		await this.pace.until(time);
	}

	private async once(operation: Operation, request: HttpRequest, files?: Map<string, BinaryFile>): Promise<Result<Answered>> {
		const { body, ...rest } = request;
		const encoded = body === undefined || !operation.body ? undefined : encodeBody(body, operation.body, files);
		const payload = encoded ? { body: encoded.content, headers: { ...request.headers, 'content-type': encoded.contentType } } : {};
		let response: HttpResponse;
		try {
			response = await this.answerTo({ ...rest, ...payload });
		} catch (error) {
			const code = codeOf(error);
			const isLate = WAITED_TOO_LONG.has(code);
			return failed(unanswered(this.vendor, operation, code, isLate && !this.pace.stopped ? this.timeout : undefined));
		}
		const outcome = outcomeOf(operation, response, this.redactor);
		if (outcome.ok) return outcome;
		return failed(refused(this.vendor, operation, outcome.failure, (path) => labelAt(operation, path, this.redactor)));
	}

	/**
	 * Calls with a signal that ends a request which takes too long, or goes on long after the execution was stopped. (The signals
	 * of `AbortSignal.any` can be lost to garbage collection in Node.js 20.)
	 */
	private async endedInTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
		const ending = new AbortController();
		const late = AbortSignal.timeout(this.timeout);
		const end = () => ending.abort();
		late.addEventListener('abort', end);
		this.pace.keep(ending);
		try {
			return await work(ending.signal);
		} finally {
			late.removeEventListener('abort', end);
			this.pace.release(ending);
		}
	}

	/**
	 * What n8n's request helper is called on. It takes the signal that ends a request from there and passes over the one in the
	 * options, so that there would be none for the time that one answer may take, and what is under way would be cut off when the
	 * execution is stopped.
	 */
	private callerWith(signal: AbortSignal): IAllExecuteFunctions {
		return new Proxy(this.context as IAllExecuteFunctions, {
			has: (context, name) => name === SIGNAL || name in context,
			get: (context, name) => (name === SIGNAL ? () => signal : (Reflect.get(context, name) as unknown)),
		});
	}

	/** One request per call, the whole answer, nothing followed and nothing thrown for a status; the text as it came. */
	private async answerTo(request: IHttpRequestOptions): Promise<HttpResponse> {
		const options: IHttpRequestOptions = {
			...request,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			encoding: 'text',
			// This one counts from byte to byte.
			timeout: this.timeout,
		};
		const { decrypted } = this.credential;
		const response = await this.endedInTime(
			async (signal) =>
				(await this.context.helpers.httpRequestWithAuthentication.call(
					this.callerWith(signal),
					this.vendor.credential,
					{ ...options, abortSignal: signal },
					{ credentialsDecrypted: decrypted },
				)) as IN8nHttpFullResponse,
		);
		return {
			status: response.statusCode,
			headers: response.headers,
			text: typeof response.body === 'string' ? response.body : JSON.stringify(response.body ?? ''),
		};
	}
}

/** Statuses for a record that is not there (any more). */
const GONE = new Set([404, 410]);

/** The name under which n8n's helper asks for the signal that ends a request. */
const SIGNAL = 'getExecutionCancelSignal';

/** Codes of axios for an answer that did not come in time. */
const WAITED_TOO_LONG = new Set(['ERR_CANCELED', 'ECONNABORTED', 'ETIMEDOUT']);

/** A list's request that asks for one page. */
function withPage(request: HttpRequest, { query, body, url }: PageRequest): HttpRequest {
	if (url !== undefined) return { ...request, url };
	const pairs = query.flatMap(([name, value]) => pairsOf(name, value, {}));
	const joined = pairs.length === 0 ? request.url : `${request.url}${request.url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
	const paged = body.reduce<BodyValue | undefined>((whole, [pointer, value]) => withValueAt(whole, partsOf(pointer), value), request.body);
	return { ...request, url: joined, ...(paged === undefined ? {} : { body: paged }) };
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
function labelAt(operation: Operation, path: string, redactor: Redactor): string {
	const names = path.split('.');
	let fields: ReadonlyArray<Input['field']> = operation.inputs.flatMap(({ field }) => (field.name === '' ? namedWithin(field) : [field]));
	let label: string | undefined;
	let known = 0;
	for (; known < names.length; known++) {
		const found = fields.find((field) => field.name === names[known]);
		if (!found) break;
		({ label } = found);
		fields = namedWithin(found);
	}
	// What the document does not name are the vendor's words.
	const others = names.slice(known).join('.');
	const shown = [...names.slice(0, known), ...(others === '' ? [] : [redactor.text(others)])].join('.');
	return label === undefined ? shown : `${label} (${shown})`;
}
