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

/** What n8n offers a node for requests: the same in a run, an editor list and a poll. */
export type Context = Pick<IAllExecuteFunctions, 'helpers' | 'getNode'>;

/** Counts the requests of one item that must not be repeated endlessly. */
export class Tries {
	count = 0;

	/** @param doubtful whether an earlier request may have done its work */
	constructor(readonly doubtful = false) {}
}

/** The connection to a vendor for one item, with its n8n credential and a redactor for its secrets. */
export class Connection {
	/** @param timeout how long the vendor may take for one whole response, in milliseconds */
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
	 * Sends values that have been checked.
	 * @param page requests one page of a list
	 */
	async call(operation: Operation, inputs: RequestInputs, page?: PageRequest): Promise<Result<Answered>> {
		const { request, problems } = requestOf(operation, inputs, this.credential.baseUrl);
		const wrong = [...problems, ...missingInPath(operation, inputs)];
		if (wrong.length > 0) return failed(invalid(wrong));
		return await this.send(operation, page ? withPage(request, page) : request);
	}

	/**
	 * Sends a request and interprets the response. A request that failed temporarily is repeated if it cannot have done
	 * its work, or if doing it twice is harmless.
	 * @param tries shared by several calls for one item
	 */
	async send(operation: Operation, request: HttpRequest, files?: Map<string, BinaryFile>, tries = new Tries()): Promise<Result<Answered>> {
		for (let doubtful = tries.doubtful; ;) {
			await this.pace.turn();
			if (this.pace.stopped) return failed(stopped());
			tries.count++;
			const called = await this.once(operation, request, files);
			if (called.ok) return called;
			const { failure } = called;
			// An earlier attempt may have deleted the record: it is gone, as intended.
			if (doubtful && effectOf(operation) === 'deletes' && GONE.has(failure.status ?? 0))
				return success({ records: [{}], body: undefined, headers: {} });
			// An earlier attempt may have created the record that causes the conflict.
			if (doubtful && failure.status === 409 && effectOf(operation) === 'creates')
				return failed(uncertain(this.vendor, operation, failure));
			if (failure.done === 'unknown') doubtful = true;
			if (!failure.retryable || (failure.done === 'unknown' && !isIdempotent(operation))) return called;
			if (!(await this.pause(tries, failure))) return called;
		}
	}

	/** Records with their secrets hidden. Names that the document declares are kept. */
	async shown(operation: Operation, records: VendorRecord[]): Promise<VendorRecord[]> {
		return await this.redactor.jsonInTurns(records, namesIn(operation));
	}

	/**
	 * Waits before another attempt.
	 * @returns false if there must not be one: too many attempts, or the execution was stopped
	 */
	async pause(tries: Tries, failure: Failure): Promise<boolean> {
		return await this.pace.again(tries.count, failure.retryAfter);
	}

	/** Waits until a time in epoch milliseconds, or until the execution is stopped. */
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
		await this.redactor.prepare();
		const outcome = outcomeOf(operation, response, this.redactor);
		if (outcome.ok) return outcome;
		return failed(refused(this.vendor, operation, outcome.failure, (path) => labelAt(operation, path, this.redactor)));
	}

	/**
	 * Runs work with a signal that aborts a request when it takes too long, or some time after the execution was stopped.
	 * (In Node.js 20, signals of `AbortSignal.any` can be garbage-collected too early.)
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
	 * The `this` of n8n's request helper. The helper takes its abort signal from there and ignores the one in the options.
	 * Without this proxy, nothing would limit the time for one response, and stopping the execution would cut off requests
	 * in flight.
	 */
	private callerWith(signal: AbortSignal): IAllExecuteFunctions {
		return new Proxy(this.context as IAllExecuteFunctions, {
			has: (context, name) => name === SIGNAL || name in context,
			get: (context, name) => (name === SIGNAL ? () => signal : (Reflect.get(context, name) as unknown)),
		});
	}

	/** Sends a single request: returns the whole response as text, follows no redirect, and throws for no status. */
	private async answerTo(request: IHttpRequestOptions): Promise<HttpResponse> {
		const options: IHttpRequestOptions = {
			...request,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			encoding: 'text',
			// n8n's timeout restarts with every byte.
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

/** Statuses of a record that does not exist, or no longer does. */
const GONE = new Set([404, 410]);

/** The method through which n8n's helper gets its abort signal. */
const SIGNAL = 'getExecutionCancelSignal';

/** Error codes of axios for a response that did not come in time. */
const WAITED_TOO_LONG = new Set(['ERR_CANCELED', 'ECONNABORTED', 'ETIMEDOUT']);

/** A list's request, extended to ask for one page. */
function withPage(request: HttpRequest, { query, body, url }: PageRequest): HttpRequest {
	if (url !== undefined) return { ...request, url };
	const pairs = query.flatMap(([name, value]) => pairsOf(name, value, {}));
	const joined = pairs.length === 0 ? request.url : `${request.url}${request.url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
	const paged = body.reduce<BodyValue | undefined>((whole, [pointer, value]) => withValueAt(whole, partsOf(pointer), value), request.body);
	return { ...request, url: joined, ...(paged === undefined ? {} : { body: paged }) };
}

/** The code of a network error, however many layers wrap it. */
function codeOf(error: unknown): string {
	let current = error as { code?: unknown; httpCode?: unknown; cause?: unknown } | undefined;
	for (let depth = 0; current && depth < 4; depth++) {
		for (const code of [current.code, current.httpCode]) if (typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code)) return code;
		current = current.cause as typeof current;
	}
	return 'no answer';
}

/** The operator's label for a field that the vendor names: `label`, `credential_data.client_id`. */
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
	// Names that the document does not declare are the vendor's words, so hide secrets in them.
	const others = names.slice(known).join('.');
	const shown = [...names.slice(0, known), ...(others === '' ? [] : [redactor.text(others)])].join('.');
	return label === undefined ? shown : `${label} (${shown})`;
}
