import { sleep } from 'n8n-workflow';
import { sleepUntilAborted } from './sleepUntilAborted';

/** Pauses before a repetition, unless the vendor asks for one: the first, its growth factor, the longest; in milliseconds. */
const PAUSE = 500;
const GROWTH = 2;
const LONGEST = 30_000;
/** If a vendor asks for a longer pause than this, its refusal is passed on instead; in milliseconds. */
const PATIENCE = 120_000;

/**
 * Least time between the starts of two requests when several may be in flight, in milliseconds: about as long as n8n
 * takes for one. Requests that start together are answered together, and then the vendor idles while n8n's one thread
 * works through the answers.
 */
const GAP = 2;

/**
 * How long requests in flight may continue after the execution is stopped, in milliseconds. n8n would abort them at
 * once, and nobody would know whether they did their work.
 */
const GRACE = 5_000;

/** The limits of a run. */
export interface Limits {
	/** Most requests that may start per second; no limit if absent. */
	perSecond?: number;
	/** Most requests that may be in flight at once. */
	concurrent?: number;
	/** Most repetitions of one request. */
	retries?: number;
	/** Cancel signal of the execution: once aborted, nothing waits any longer. */
	signal?: AbortSignal;
}

/** Decides when requests may be sent, and sent again, during a run of a node. */
export class Pace {
	private readonly gap: number;
	private readonly retries: number;
	private readonly signal?: AbortSignal;
	private readonly underWay = new Set<AbortController>();
	private nextTurn = 0;
	/** How often the vendor asked to be left alone for a while. */
	pauses = 0;
	/** No request may start before this time (epoch milliseconds), because the vendor asked one of them to wait. */
	private notBefore = 0;

	constructor({ perSecond = Infinity, concurrent = 1, retries = 0, signal }: Limits) {
		this.gap = Math.max(concurrent > 1 ? GAP : 0, 1000 / perSecond);
		this.retries = retries;
		this.signal = signal;
		const endAll = () => {
			for (const request of this.underWay) request.abort();
		};
		signal?.addEventListener('abort', () => void sleep(GRACE).then(endAll), { once: true });
	}

	/** Registers a request in flight. It is aborted `GRACE` after the execution is stopped; until then its response counts. */
	keep(request: AbortController): void {
		this.underWay.add(request);
	}

	/** Unregisters a finished request. */
	release(request: AbortController): void {
		this.underWay.delete(request);
	}

	/** Waits until the next request may start. */
	async turn(): Promise<void> {
		const now = Date.now();
		const at = Math.max(now, this.notBefore, this.nextTurn);
		this.nextTurn = at + this.gap;
		if (at > now) await sleepUntilAborted(at - now, this.signal);
	}

	/** Whether the execution was stopped: nothing more is sent. */
	get stopped(): boolean {
		return this.signal?.aborted ?? false;
	}

	/** Waits until a time in epoch milliseconds, or until the execution is stopped. */
	async until(time: number): Promise<void> {
		await sleepUntilAborted(time - Date.now(), this.signal);
	}

	/**
	 * Waits before a repetition.
	 * @param attempt how often the request has been sent so far
	 * @param asked how long the vendor asks to wait, in milliseconds
	 * @returns false if the request must not be repeated
	 */
	async again(attempt: number, asked?: number): Promise<boolean> {
		if (attempt > this.retries || this.signal?.aborted || (asked ?? 0) > PATIENCE) return false;
		// Jitter: requests that were refused together must not come back together.
		const pause = Math.min(PAUSE * GROWTH ** (attempt - 1), LONGEST) * (0.5 + Math.random() / 2);
		if (asked !== undefined) {
			// Requests that were refused together wait once.
			if (Date.now() >= this.notBefore) this.pauses++;
			this.notBefore = Math.max(this.notBefore, Date.now() + asked);
		}
		await sleepUntilAborted(Math.max(asked ?? 0, pause), this.signal);
		return !this.signal?.aborted;
	}
}

/**
 * Reads the header Retry-After (RFC 9110, section 10.2.3): seconds or a date.
 * @returns milliseconds from now; undefined if the header is missing or invalid
 */
export function retryAfter(header: unknown, now = Date.now()): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// JavaScript parses -1 as a date.
	const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
