import type { Json, Operation, Pagination } from '../model';
import { idOf, type VendorRecord } from './answer';
import { invalid, nounOf, type Failure } from './errors';
import { firstPosition, pageRequest, promisesMore, signsIn, type PageSigns, type Position } from './pagination';
import { wordedList, type ListParams } from './problems/failures';
import { problem } from './problems/problem';
import type { Given } from './request';
import type { Connection } from './send';

/** A vendor whose list never ends is given up after so many pages, or so many empty ones in a row. */
const MAX_PAGES = 5_000;
const MAX_EMPTY_PAGES = 100;
/** How often a list that changes while it is read is begun anew, or followed back. */
const MAX_PASSES = 4;
const MAX_STEPS_BACK = 50;

/** The code of each failure that says that a list was not read as a whole. */
export const LIST_INCOMPLETE = 'listIncomplete';

/** The records of a list, or why they could not be read: never a part of them for the whole. */
export type Listed = { records: VendorRecord[] } | { failure: Failure };

/**
 * Reads a list, page after page where the vendor pages it. Records are told apart by their id, so each comes once.
 * @param limit how many records are wanted at most, as an expression may have given it
 */
export async function listOf(connection: Connection, operation: Operation, given: Given, limit = Infinity): Promise<Listed> {
	if (limit !== Infinity && !(Number.isInteger(limit) && limit >= 1))
		return { failure: invalid([problem('wholeNumber', { label: 'Limit' }, '', { least: 1, isOption: false })]) };
	// Read with POST as well, whatever its name in the form.
	const list = new List(connection, { ...operation, operation: 'getAll' }, given, limit);
	const { pagination } = operation;
	if (!pagination || pagination.style === 'none') return await list.atOnce();
	return await list.byPages(pagination);
}

/** One page of a list, and where the next one begins if there is one: for a list that a person scrolls through. */
export async function pageOf(
	connection: Connection,
	operation: Operation,
	given: Given,
	position: Position | undefined,
	filter: Array<[name: string, value: Json]>,
): Promise<{ records: VendorRecord[]; next?: Position } | { failure: Failure }> {
	const list = new List(connection, operation, given, Infinity);
	const { pagination = { style: 'none' } } = operation;
	const page = await list.fetch(pagination, position ?? firstPosition(pagination), filter);
	if ('failure' in page) return page;
	const { records, signs, next } = page;
	const isOver = records.length === 0 || isLast(signs, (position?.offset ?? 0) + records.length, records.length);
	return { records, ...(next && !isOver ? { next } : {}) };
}

/** What one request for a page brought. */
interface Page {
	records: VendorRecord[];
	signs: PageSigns;
	/** How many records were asked for, where the vendor takes a wish. */
	asked?: number;
	/** Where the next one begins, unless the answer says that there is none. */
	next?: Position;
}

/** Why a reading has to begin anew. */
type Unsettled = 'changed' | 'repeats';
/** How a reading ended. */
type Ended = 'complete' | Unsettled | { failure: Failure };

/** One reading of one list. */
class List {
	private pages = 0;
	/** What was read, by what tells the records apart; the last version of each. */
	private found = new Map<string, VendorRecord>();

	constructor(
		private readonly connection: Connection,
		private readonly operation: Operation,
		private readonly given: Given,
		private readonly limit: number,
	) {}

	/** A list that comes in one answer. */
	async atOnce(): Promise<Listed> {
		const called = await this.connection.call(this.operation, this.given);
		if ('failure' in called) return called;
		const { records } = called;
		if (records.length < this.limit && promisesMore(this.operation, called)) return this.incomplete('unpaged', {});
		return { records: records.slice(0, this.limit) };
	}

	/** A list that comes page by page; one that changes meanwhile is begun anew. */
	async byPages(pagination: Pagination): Promise<Listed> {
		let ended: Ended = 'changed';
		for (let pass = 0; pass < MAX_PASSES && (ended === 'changed' || ended === 'repeats'); pass++) {
			this.found = new Map();
			ended = await this.pass(pagination);
		}
		if (ended === 'complete') return { records: [...this.found.values()].slice(0, this.limit) };
		if (ended === 'repeats') return this.incomplete('repeats', {});
		return ended === 'changed' ? this.incomplete('changes', {}) : ended;
	}

	private async pass(pagination: Pagination): Promise<Ended> {
		if (pagination.style === 'offset') return await this.byOffset(pagination);
		return pagination.style === 'page' ? await this.inEqualPasses(pagination) : await this.byReference(pagination);
	}

	/**
	 * By the number of records before a page. Each page begins one record before the end of what was read, and has to hold a
	 * record that is known and unchanged: what comes after that one in the list comes after it here, too. A page that holds none
	 * shows that the list has become shorter, and the reading steps back.
	 */
	private async byOffset(pagination: Pagination): Promise<Ended> {
		const first = await this.fetch(pagination, { offset: 0 });
		if ('failure' in first) return first;
		this.add(first.records);
		let page: Page = first;
		let end = first.records.length;
		let longest = end;
		let back = 1;
		for (let steps = 0; !this.isEnough && page.records.length > 0 && !isLast(page.signs, end, longest);) {
			const from = Math.max(longest > 1 ? 0 : 1, end - back);
			const next = await this.fetch(pagination, { offset: from });
			if ('failure' in next) return next;
			const { records, signs, asked } = next;
			if (from > 0 && records.length > 0 && this.isSame(records[0], first.records[0])) return 'repeats';
			// Pages of one record cannot overlap.
			if (longest === 1) return records.length === 0 && first.asked !== 1 ? this.atEnd(signs, 1) : await this.inEqualPasses(pagination);
			if (from > 0 && !records.some((record) => this.isKnown(record))) {
				if (++steps > MAX_STEPS_BACK) return 'changed';
				back += longest;
				continue;
			}
			this.add(records);
			const advanced = from + records.length > end || back > 1;
			end = from + records.length;
			if (!advanced || this.isShort(next, longest, asked)) return this.isEnough ? 'complete' : this.atEnd(signs, end);
			page = next;
			longest = Math.max(longest, records.length);
			back = 1;
		}
		return this.isEnough ? 'complete' : this.atEnd(page.signs, end);
	}

	/** Where pages cannot overlap: all of them, until two readings are equal. */
	private async inEqualPasses(pagination: Pagination): Promise<Ended> {
		for (let pass = 0, before: string | undefined; pass < MAX_PASSES; pass++) {
			this.found = new Map();
			const read = await this.onePass(pagination);
			if (typeof read !== 'object' || 'failure' in read) return read;
			// One answer is of one moment.
			if (read.pages === 1 || this.isEnough) return 'complete';
			const now = JSON.stringify(read.keys);
			if (now === before) return 'complete';
			before = now;
		}
		return 'changed';
	}

	private async onePass(pagination: Pagination): Promise<{ pages: number; keys: string[] } | Ended> {
		const keys: string[] = [];
		let position = firstPosition(pagination);
		let last: PageSigns = {};
		for (let pages = 1, longest = 0; ; pages++) {
			const fetched = await this.fetch(pagination, position);
			// Some vendors have no page after the last one, instead of an empty one.
			const isBeyond =
				'failure' in fetched && fetched.failure.status === 404 && pagination.style === 'page' && pages > Math.max(1, last.pages ?? 0);
			if ('failure' in fetched && !isBeyond) return fetched;
			const page: Page = 'failure' in fetched ? { records: [], signs: last } : fetched;
			const { records, signs, asked } = page;
			last = signs;
			if (records.length > 0 && this.keyOf(records[0]) === keys[0]) return 'repeats';
			this.add(records);
			for (const record of records) keys.push(this.keyOf(record));
			if (this.isEnough) return { pages, keys };
			const isShort = this.isShort(page, longest, asked);
			longest = Math.max(longest, records.length);
			// An empty page is the end, unless the vendor says that there are further ones.
			const isOver = signs.pages === undefined ? records.length === 0 : pages >= signs.pages;
			if (isOver || isShort || isLast(signs, keys.length, longest)) {
				const ended = this.atEnd(signs, keys.length);
				return ended === 'complete' ? { pages, keys } : ended;
			}
			position = pagination.style === 'page' ? { page: (position.page ?? 0) + 1 } : { offset: keys.length };
		}
	}

	/** Whether a page shows by its length that it is the last: shorter than one before it, and nothing says otherwise. */
	private isShort({ records, signs }: Page, longest: number, asked = Infinity): boolean {
		const isTold = signs.more !== undefined || signs.pages !== undefined || (signs.total ?? 0) > longest;
		return !isTold && records.length < Math.min(longest, asked);
	}

	/** By what each answer gives for the next page. */
	private async byReference(pagination: Pagination): Promise<Ended> {
		const seen = new Set<string>();
		let position = firstPosition(pagination);
		for (let empty = 0; ;) {
			const page = await this.fetch(pagination, position);
			if ('failure' in page) return page;
			const { records, signs, next } = page;
			const before = this.found.size;
			this.add(records);
			if (this.isEnough) return 'complete';
			if (signs.more === false || next === undefined) {
				// Without a record there is no last one to go on from.
				const promised = signs.more === true && signs.next === undefined;
				return promised ? this.incomplete('moreWithoutPlace', {}) : this.atEnd(signs, this.found.size);
			}
			if (records.length > 0 && before > 0 && this.found.size === before) return 'repeats';
			const key = JSON.stringify(next);
			if (seen.has(key)) return this.incomplete('loops', {});
			seen.add(key);
			empty = records.length === 0 ? empty + 1 : 0;
			if (empty > MAX_EMPTY_PAGES) return this.incomplete('emptyPages', {});
			position = next;
		}
	}

	/** One request for one page. */
	async fetch(
		pagination: Pagination,
		position: Position,
		filter: Array<[name: string, value: Json]> = [],
	): Promise<Page | { failure: Failure }> {
		if (++this.pages > MAX_PAGES) return this.incomplete('endless', { pages: MAX_PAGES });
		const asked = this.asked(pagination);
		const request = pageRequest(pagination, position, asked);
		// It may have come from the editor, which is no place to take an address from unseen.
		const { baseUrl } = this.connection.credential;
		if (request.url !== undefined && originOf(request.url) !== originOf(baseUrl))
			return this.incomplete('elsewhere', { origin: this.connection.redactor.text(originOf(request.url) ?? 'it') });
		const called = await this.connection.call(this.operation, this.given, { ...request, query: [...filter, ...request.query] });
		if ('failure' in called) return called;
		const { records } = called;
		const signs = signsIn(pagination, called);
		const next = this.after(pagination, position, request.url, records.length, signs);
		if (next !== undefined && 'failure' in next) return next;
		return { records, signs, asked, ...(next === undefined ? {} : { next }) };
	}

	/** Where the page after this one begins. */
	private after(
		{ style }: Pagination,
		position: Position,
		url: string | undefined,
		count: number,
		signs: PageSigns,
	): Position | { failure: Failure } | undefined {
		if (style === 'none' || signs.more === false) return undefined;
		if (style === 'offset') return { offset: (position.offset ?? 0) + count };
		if (style === 'page') return { page: (position.page ?? 0) + 1 };
		if (signs.next === undefined) return undefined;
		if (style === 'cursor') return { cursor: signs.next };
		const base = this.connection.credential.baseUrl;
		const next =
			typeof signs.next === 'string' ? addressAt(signs.next, url ?? `${base.replace(/\/+$/, '')}${this.operation.path}`) : undefined;
		if (next === undefined) return this.incomplete('noAddress', {});
		return { url: next };
	}

	/** How long a page should be: no longer than is wanted, and one more where pages overlap. */
	private asked({ style, size }: Pagination): number | undefined {
		const wanted = this.limit - this.found.size + (style === 'offset' && this.found.size > 0 ? 1 : 0);
		return size === undefined || style === 'page' ? size : Math.max(1, Math.min(size, wanted));
	}

	private get isEnough(): boolean {
		return this.found.size >= this.limit;
	}

	private add(records: VendorRecord[]): void {
		for (const record of records) this.found.set(this.keyOf(record), record);
	}

	private isKnown(record: VendorRecord): boolean {
		const known = this.found.get(this.keyOf(record));
		return known !== undefined && JSON.stringify(known) === JSON.stringify(record);
	}

	private isSame(one: VendorRecord, other: VendorRecord): boolean {
		return this.keyOf(one) === this.keyOf(other);
	}

	private keyOf(record: VendorRecord): string {
		return idOf(this.operation.result, record) ?? JSON.stringify(record);
	}

	/** @param end how many records the list has, as far as it was read */
	private atEnd({ total, more }: PageSigns, end: number): Ended {
		if (total !== undefined && end < total) return this.incomplete('tooShort', { total, end });
		return more === true ? this.incomplete('moreWithoutMore', {}) : 'complete';
	}

	private incomplete<C extends keyof ListParams>(code: C, params: ListParams[C]): { failure: Failure } {
		const { operation, connection } = this;
		const of = { list: operation.plural ?? nounOf(operation), vendor: connection.vendor.name, action: operation.action };
		return { failure: { ...wordedList(code, params, of), code: LIST_INCOMPLETE, retryable: true, done: 'no' } };
	}
}

/** Whether an answer says that nothing comes after it. A total counts where it is of more than one page. */
function isLast({ more, total }: PageSigns, end: number, longest: number): boolean {
	if (more !== undefined) return !more;
	return total !== undefined && total > longest && end >= total;
}

function originOf(address: string): string | undefined {
	try {
		return new URL(address).origin;
	} catch {
		return undefined;
	}
}

/** An address as it stands in an answer, which may be relative (RFC 3986, 5). */
function addressAt(text: string, base: string): string | undefined {
	try {
		const { href, username, password, protocol } = new URL(text, base);
		return username === '' && password === '' && /^https?:$/.test(protocol) ? href : undefined;
	} catch {
		return undefined;
	}
}
