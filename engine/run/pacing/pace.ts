import { sleep } from 'n8n-workflow';
import { sleepUntilAborted } from './sleepUntilAborted';

/** Pauses before a repetition, where the vendor names none: the first, its growth, the longest; in milliseconds. */
const PAUSE = 500;
const GROWTH = 2;
const LONGEST = 30_000;
/** A vendor that wants a longer pause than this gets its answer passed on instead, in milliseconds. */
const PATIENCE = 120_000;

/**
 * The least time from one request to the next where several may be under way, in milliseconds: about what n8n takes for one.
 * Those that go out together are answered together, and then the vendor waits while n8n's one thread works through the answers.
 */
const GAP = 2;

/**
 * How long what is under way may take once the execution is stopped, in milliseconds. n8n would end it at once, and nobody knew
 * whether it was done.
 */
const GRACE = 5_000;

/** What a run keeps to. */
export interface Limits {
	/** Requests that may begin in a second; no limit where it is left out. */
	perSecond?: number;
	/** Requests that may be under way at once. */
	concurrent?: number;
	/** How often one request is repeated at most. */
	retries?: number;
	/** Of the execution: when it is stopped, nothing waits any longer. */
	signal?: AbortSignal;
}

/** When requests may go out, and again: what a run of a node keeps to. */
export class Pace {
	private readonly gap: number;
	private readonly retries: number;
	private readonly signal?: AbortSignal;
	private readonly underWay = new Set<AbortController>();
	private nextTurn = 0;
	/** How often the vendor asked to be left alone for a while. */
	pauses = 0;
	/** No request before this time: the vendor said so to one of them. */
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

	/** Keeps a request that is under way, to end it some time after the execution was stopped: until then its answer counts. */
	keep(request: AbortController): void {
		this.underWay.add(request);
	}

	/** Forgets a request that is over. */
	release(request: AbortController): void {
		this.underWay.delete(request);
	}

	/** Waits until a request may go out. */
	async turn(): Promise<void> {
		const now = Date.now();
		const at = Math.max(now, this.notBefore, this.nextTurn);
		this.nextTurn = at + this.gap;
		if (at > now) await sleepUntilAborted(at - now, this.signal);
	}

	/** Whether the execution was stopped: nothing goes out any more. */
	get stopped(): boolean {
		return this.signal?.aborted ?? false;
	}

	/** Waits until a time, in milliseconds as of `Date.now()`, or until the execution is stopped. */
	async until(time: number): Promise<void> {
		await sleepUntilAborted(time - Date.now(), this.signal);
	}

	/**
	 * Waits before a repetition.
	 * @param attempt how often the request has been sent
	 * @param asked how long the vendor wants to be left alone, in milliseconds
	 * @returns false where the request is not to be repeated
	 */
	async again(attempt: number, asked?: number): Promise<boolean> {
		if (attempt > this.retries || this.signal?.aborted || (asked ?? 0) > PATIENCE) return false;
		// Spread, so that what was refused together does not come back together.
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
 * Reads the header Retry-After (RFC 9110, 10.2.3): seconds or a date.
 * @returns milliseconds from now; undefined where it says nothing
 */
export function retryAfter(header: unknown, now = Date.now()): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// JavaScript takes -1 for a date.
	const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
