import type { Json, Operation, Pagination } from '../../model';
import { idOf, type VendorRecord } from '../response/response';
import { invalid, nounOf } from './errors';
import { firstPosition, pageRequest, promisesMore, signsIn, type PageSigns, type Position } from '../response/pagination';
import { wordedList, type ListParams } from '../problems/failures';
import { problem } from '../problems/problem';
import { requestOf, type RequestInputs } from '../request/request';
import type { Connection } from './send';
import { failed, success, type Failed, type Result } from '../problems/result';

/** Most pages of a list, and most empty pages in a row, before reading it is given up. */
const MAX_PAGES = 5_000;
const MAX_EMPTY_PAGES = 100;
/** How often a list that changes during reading is read again from the start, and how many pages to step back. */
const MAX_PASSES = 4;
const MAX_STEPS_BACK = 50;

/** The code of all failures to read a list as a whole. */
const LIST_INCOMPLETE = 'listIncomplete';

/** All records of a list, or why they could not be read; never only some of them. */
export type Listed = Result<VendorRecord[]>;

/**
 * Reads a list, page by page if the vendor pages it. A record that occurs twice, by its id, is returned once.
 * @param limit most records to return; an expression may have given it
 */
export async function listOf(connection: Connection, operation: Operation, inputs: RequestInputs, limit = Infinity): Promise<Listed> {
	if (limit !== Infinity && !(Number.isInteger(limit) && limit >= 1))
		return failed(invalid([problem('wholeNumber', { label: 'Limit' }, '', { least: 1, isOption: false })]));
	// Vendors also read with POST, so treat the operation as a list whatever its name in the form.
	const list = new List(connection, { ...operation, operation: 'getAll' }, inputs, limit);
	const { pagination } = operation;
	if (!pagination || pagination.style === 'none') return await list.atOnce();
	return await list.byPages(pagination);
}

/** The records of an operation: a whole list, or the single record that it returns. */
export async function recordsOf(connection: Connection, operation: Operation, inputs: RequestInputs): Promise<Listed> {
	if (operation.result.records !== undefined) return await listOf(connection, operation, inputs);
	const called = await connection.call(operation, inputs);
	return called.ok ? success(called.value.records) : called;
}

/** One page of a list, and the position of the next page if there is one: for a list that a person scrolls through. */
export async function pageOf(
	connection: Connection,
	operation: Operation,
	inputs: RequestInputs,
	position: Position | undefined,
	filter: Array<[name: string, value: Json]>,
): Promise<Result<{ records: VendorRecord[]; next?: Position }>> {
	const list = new List(connection, operation, inputs, Infinity);
	const { pagination = { style: 'none' } } = operation;
	const page = await list.fetch(pagination, position ?? firstPosition(pagination), filter);
	if (!page.ok) return page;
	const { records, signs, next } = page.value;
	const isOver = records.length === 0 || isLast(signs, (position?.offset ?? 0) + records.length, records.length);
	return success({ records, ...(next && !isOver ? { next } : {}) });
}

/** What a request for a page returned. */
interface Page {
	records: VendorRecord[];
	signs: PageSigns;
	/** How many records were asked for, if the vendor lets the client choose. */
	requestedSize?: number;
	/** Position of the next page, unless the response says that there is none. */
	next?: Position;
}

/** Why the list has to be read again. */
type Unsettled = 'changed' | 'repeats';
/** How a reading ended. */
type Ended = 'complete' | Unsettled | Failed;

/** One reading of a list. */
class List {
	private pages = 0;
	/** The latest version of each record read, by id. A record without an id gets a symbol of its own. */
	private found = new Map<string | symbol, VendorRecord>();

	constructor(
		private readonly connection: Connection,
		private readonly operation: Operation,
		private readonly inputs: RequestInputs,
		private readonly limit: number,
	) {}

	/** Reads a list that comes in a single response. */
	async atOnce(): Promise<Listed> {
		const called = await this.connection.call(this.operation, this.inputs);
		if (!called.ok) return called;
		const { records } = called.value;
		if (records.length < this.limit && promisesMore(this.operation, this.inputs, called.value, records.length))
			return this.incomplete('unpaged', {});
		this.add(records);
		return success([...this.found.values()].slice(0, this.limit));
	}

	/** Reads a list page by page; starts again if it changes meanwhile. */
	async byPages(pagination: Pagination): Promise<Listed> {
		let ended: Ended = 'changed';
		for (let pass = 0; pass < MAX_PASSES && (ended === 'changed' || ended === 'repeats'); pass++) {
			this.found = new Map();
			ended = await this.pass(pagination);
		}
		if (ended === 'complete') return success([...this.found.values()].slice(0, this.limit));
		if (ended === 'repeats') return this.incomplete('repeats', {});
		return ended === 'changed' ? this.incomplete('changes', {}) : ended;
	}

	private async pass(pagination: Pagination): Promise<Ended> {
		if (pagination.style === 'offset') return await this.byOffset(pagination);
		return pagination.style === 'page' ? await this.inEqualPasses(pagination) : await this.byReference(pagination);
	}

	/**
	 * Pages by the number of preceding records. Each page starts one record before the end of what was read, and must
	 * contain a known, unchanged record: then whatever follows that record in the list is read after it. (A changed record
	 * may have moved past others.) A page without such a record shows that the list has become shorter, so the reading
	 * steps back.
	 */
	private async byOffset(pagination: Pagination): Promise<Ended> {
		const fetched = await this.fetch(pagination, { offset: 0 });
		if (!fetched.ok) return fetched;
		const first = fetched.value;
		this.add(first.records);
		let page: Page = first;
		let end = first.records.length;
		let longest = end;
		let back = 1;
		for (let steps = 0; !this.isEnough && page.records.length > 0 && !isLast(page.signs, end, longest);) {
			// Records without ids cannot be recognized on an overlapping page.
			if (!this.haveIds(page.records)) return await this.inEqualPasses(pagination, page === first ? first : undefined);
			const from = Math.max(longest > 1 ? 0 : 1, end - back);
			const next = await this.fetch(pagination, { offset: from });
			if (!next.ok && !(longest === 1 && next.failure.status === 404)) return next;
			const { records, signs }: Page = next.ok ? next.value : { records: [], signs: first.signs };
			if (from > 0 && this.isBeginning(records, first.records)) return 'repeats';
			// Pages of one record cannot overlap.
			if (longest === 1)
				return records.length === 0 && first.requestedSize !== 1 ? this.atEnd(signs, 1) : await this.inEqualPasses(pagination);
			if (!this.haveIds(records)) return await this.inEqualPasses(pagination);
			if (!records.some((record) => this.isKnown(record))) {
				// The previous page is here, but no record is unchanged: a value in the records differs in every response.
				if (back > 1 && records.some((record) => this.isFound(record))) return await this.inEqualPasses(pagination);
				if (++steps > MAX_STEPS_BACK) return 'changed';
				if (from > 0) {
					back += longest;
					continue;
				}
			}
			const before = this.found.size;
			this.add(records);
			if (back === 1 && this.found.size === before && this.isSame(records, page.records))
				return this.again({ records, signs }, longest, end);
			const advanced = from + records.length > end || back > 1;
			end = from + records.length;
			if (!advanced) return this.atEnd(signs, end);
			page = { records, signs };
			longest = Math.max(longest, records.length);
			back = 1;
		}
		return this.isEnough ? 'complete' : this.atEnd(page.signs, end);
	}

	/**
	 * For pages that cannot overlap: reads all of them until two readings are equal.
	 * @param first the first page, if it was just read
	 */
	private async inEqualPasses(pagination: Pagination, first?: Page): Promise<Ended> {
		for (let pass = 0, before: string | undefined; pass < MAX_PASSES; pass++) {
			this.found = new Map();
			const read = await this.onePass(pagination, pass === 0 ? first : undefined);
			if (typeof read !== 'object' || 'ok' in read) return read;
			// A single response shows the list at one moment.
			if (read.pages === 1 || this.isEnough) return 'complete';
			const now = JSON.stringify(read.keys);
			if (now === before) return 'complete';
			before = now;
		}
		return this.incomplete('changes', {});
	}

	private async onePass(pagination: Pagination, first?: Page): Promise<{ pages: number; keys: string[] } | Ended> {
		const keys: string[] = [];
		let position = firstPosition(pagination);
		let last: Page = { records: [], signs: {} };
		let beginning: VendorRecord[] = [];
		for (let pages = 1, longest = 0; ; pages++) {
			const fetched = pages === 1 && first ? success(first) : await this.fetch(pagination, position);
			// Some vendors answer 404 after the last page, instead of returning an empty page.
			const isBeyond = !fetched.ok && fetched.failure.status === 404 && pages > Math.max(1, last.signs.pages ?? 0);
			if (!fetched.ok && !isBeyond) return fetched;
			const page: Page = fetched.ok ? fetched.value : { records: [], signs: last.signs };
			const { records, signs } = page;
			if (pages === 1) beginning = records;
			else if (this.isBeginning(records, beginning)) return 'repeats';
			else if (records.length > 0 && this.isSame(records, last.records)) {
				const ended = this.again(page, longest, keys.length, pages);
				return ended === 'complete' ? { pages, keys } : ended;
			}
			last = page;
			this.add(records);
			for (const record of records) keys.push(this.keyOf(record));
			if (this.isEnough) return { pages, keys };
			longest = Math.max(longest, records.length);
			// The list ends with an empty page, unless the vendor counts further pages. A short page alone is not the end.
			const isOver = signs.pages === undefined ? records.length === 0 : pages >= signs.pages;
			if (isOver || isLast(signs, keys.length, longest)) {
				const ended = this.atEnd(signs, keys.length);
				return ended === 'complete' ? { pages, keys } : ended;
			}
			position = pagination.style === 'page' ? { page: (position.page ?? 0) + 1 } : { offset: keys.length };
		}
	}

	/**
	 * How a reading ends if the previous page is repeated. For positions beyond the end, some vendors return the last
	 * page. If that page is shorter than others, it is the last, and the position was respected before. A full page may
	 * also be the furthest that the vendor goes, with more records behind it.
	 */
	private again({ records, signs }: Page, longest: number, end: number, pages = Infinity): Ended {
		const isTheLast = records.length < longest && pages > (signs.pages ?? 0);
		return isTheLast ? this.atEnd(signs, end) : 'repeats';
	}

	/** Pages by what each response gives for the next page. */
	private async byReference(pagination: Pagination): Promise<Ended> {
		const seen = new Set<string>();
		const unnamed = new Set<string>();
		let position = firstPosition(pagination);
		let first: Page | undefined;
		let last: PageSigns = {};
		for (let empty = 0; ;) {
			const fetched = await this.fetch(pagination, position);
			if (!fetched.ok) return fetched;
			const page = fetched.value;
			const { records, signs, next } = page;
			// Some vendors treat cursor 0 as the beginning rather than a position, so the page that led to it was the last.
			if (first && Number(position.cursor) === 0 && this.isBeginning(records, first.records)) return this.atEnd(last, this.found.size);
			first ??= page;
			last = signs;
			const before = this.found.size;
			this.add(records);
			if (this.isEnough) return 'complete';
			if (signs.more === false || next === undefined) {
				// An empty page has no last record to continue from.
				const promised = signs.more === true && signs.next === undefined;
				return promised ? this.incomplete('moreWithoutPlace', {}) : this.atEnd(signs, this.found.size);
			}
			const key = JSON.stringify(next);
			// Records without ids are recognized by the whole page.
			const text = this.haveIds(records) ? undefined : JSON.stringify(records);
			const isAgain = text === undefined ? before > 0 && this.found.size === before : unnamed.has(text);
			if (records.length > 0 && isAgain) return 'repeats';
			if (text !== undefined) unnamed.add(text);
			if (seen.has(key)) return this.incomplete('loops', {});
			seen.add(key);
			empty = records.length === 0 ? empty + 1 : 0;
			if (empty > MAX_EMPTY_PAGES) return this.incomplete('emptyPages', {});
			position = next;
		}
	}

	/** Requests one page. */
	async fetch(pagination: Pagination, position: Position, filter: Array<[name: string, value: Json]> = []): Promise<Result<Page>> {
		if (++this.pages > MAX_PAGES) return this.incomplete('endless', { pages: MAX_PAGES });
		const requestedSize = this.pageSize(pagination);
		const request = pageRequest(pagination, position, requestedSize);
		// The position may come from the editor, whose address must not be trusted unchecked.
		const { baseUrl } = this.connection.credential;
		if (request.url !== undefined && originOf(request.url) !== originOf(baseUrl))
			return this.incomplete('elsewhere', { origin: this.connection.redactor.text(originOf(request.url) ?? 'it') });
		const called = await this.connection.call(this.operation, this.inputs, { ...request, query: [...filter, ...request.query] });
		if (!called.ok) return called;
		const { records } = called.value;
		const signs = signsIn(pagination, called.value);
		const next = this.after(pagination, position, request.url, records.length, signs);
		if (!next.ok) return next;
		return success({ records, signs, requestedSize, ...(next.value === undefined ? {} : { next: next.value }) });
	}

	/** The position of the following page. */
	private after(
		{ style }: Pagination,
		position: Position,
		url: string | undefined,
		count: number,
		signs: PageSigns,
	): Result<Position | undefined> {
		if (style === 'none' || signs.more === false) return success(undefined);
		if (style === 'offset') return success({ offset: (position.offset ?? 0) + count });
		if (style === 'page') return success({ page: (position.page ?? 0) + 1 });
		if (signs.next === undefined) return success(undefined);
		if (style === 'cursor') return success({ cursor: signs.next });
		// A relative address refers to the requested one, including its path parameters.
		const requested = url ?? requestOf(this.operation, this.inputs, this.connection.credential.baseUrl).request.url;
		const next = typeof signs.next === 'string' ? addressAt(signs.next, requested) : undefined;
		if (next === undefined) return this.incomplete('noAddress', {});
		return success({ url: next });
	}

	/** The page length to ask for: no more than is wanted, plus one where pages overlap. */
	private pageSize({ style, size }: Pagination): number | undefined {
		const wanted = this.limit - this.found.size + (style === 'offset' && this.found.size > 0 ? 1 : 0);
		return size === undefined || style === 'page' ? size : Math.max(1, Math.min(size, wanted));
	}

	private get isEnough(): boolean {
		return this.found.size >= this.limit;
	}

	private add(records: VendorRecord[]): void {
		for (const record of records) this.found.set(this.idOf(record) ?? Symbol('without id'), record);
	}

	private isKnown(record: VendorRecord): boolean {
		const known = this.found.get(this.idOf(record) ?? '');
		return known !== undefined && JSON.stringify(known) === JSON.stringify(record);
	}

	/** Whether a record with this id was read, even if its content differs. */
	private isFound(record: VendorRecord): boolean {
		const id = this.idOf(record);
		return id !== undefined && this.found.has(id);
	}

	private haveIds(records: VendorRecord[]): boolean {
		return records.every((record) => this.idOf(record) !== undefined);
	}

	/** Whether a later page starts the list again. Records without ids may look alike, so the whole page is compared. */
	private isBeginning(records: VendorRecord[], first: VendorRecord[]): boolean {
		if (records.length === 0 || first.length === 0) return false;
		return this.haveIds(records.slice(0, 1)) ? this.keyOf(records[0]) === this.keyOf(first[0]) : this.isSame(records, first);
	}

	/** Whether two pages have the same records in the same order. */
	private isSame(page: VendorRecord[], other: VendorRecord[]): boolean {
		return page.length === other.length && page.every((record, index) => this.keyOf(record) === this.keyOf(other[index]));
	}

	/** The id that identifies a record. */
	private idOf(record: VendorRecord): string | undefined {
		return idOf(this.operation.result, record);
	}

	/** A key for comparing records at the same place of two pages or readings. */
	private keyOf(record: VendorRecord): string {
		const id = this.idOf(record);
		return id === undefined ? JSON.stringify(record) : JSON.stringify([id]);
	}

	/** @param end number of records in the list, as far as it was read */
	private atEnd({ total, more }: PageSigns, end: number): Ended {
		if (total !== undefined && end < total) return this.incomplete('tooShort', { total, end });
		return more === true ? this.incomplete('moreWithoutMore', {}) : 'complete';
	}

	private incomplete<C extends keyof ListParams>(code: C, params: ListParams[C]): Failed {
		const { operation, connection } = this;
		const of = { list: operation.plural ?? nounOf(operation), vendor: connection.vendor.name, action: operation.action };
		return failed({ ...wordedList(code, params, of), code: LIST_INCOMPLETE, retryable: true, done: 'no' });
	}
}

/** Whether a response says that nothing follows. A total only counts if it exceeds a single page. */
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

/** Resolves an address from a response, which may be relative (RFC 3986, section 5); undefined unless http(s) without credentials. */
function addressAt(text: string, base: string): string | undefined {
	try {
		const { href, username, password, protocol } = new URL(text, base);
		return username === '' && password === '' && /^https?:$/.test(protocol) ? href : undefined;
	} catch {
		return undefined;
	}
}
