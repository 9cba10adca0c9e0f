import type { Json, Operation, Pagination } from '../../model';
import { idOf, type VendorRecord } from '../response/response';
import { invalid, nounOf } from './errors';
import { firstPosition, pageRequest, promisesMore, signsIn, type PageSigns, type Position } from '../response/pagination';
import { wordedList, type ListParams } from '../problems/failures';
import { problem } from '../problems/problem';
import { requestOf, type RequestInputs } from '../request/request';
import type { Connection } from './send';
import { failed, success, type Failed, type Result } from '../problems/result';

/** A vendor whose list never ends is given up after so many pages, or so many empty ones in a row. */
const MAX_PAGES = 5_000;
const MAX_EMPTY_PAGES = 100;
/** How often a list that changes while it is read is begun anew, or followed back. */
const MAX_PASSES = 4;
const MAX_STEPS_BACK = 50;

/** The code of each failure that says that a list was not read as a whole. */
const LIST_INCOMPLETE = 'listIncomplete';

/** The records of a list, or why they could not be read: never a part of them for the whole. */
export type Listed = Result<VendorRecord[]>;

/**
 * Reads a list, page after page where the vendor pages it. Records are told apart by their id, so each comes once.
 * @param limit how many records are wanted at most, as an expression may have given it
 */
export async function listOf(connection: Connection, operation: Operation, inputs: RequestInputs, limit = Infinity): Promise<Listed> {
	if (limit !== Infinity && !(Number.isInteger(limit) && limit >= 1))
		return failed(invalid([problem('wholeNumber', { label: 'Limit' }, '', { least: 1, isOption: false })]));
	// Read with POST as well, whatever its name in the form.
	const list = new List(connection, { ...operation, operation: 'getAll' }, inputs, limit);
	const { pagination } = operation;
	if (!pagination || pagination.style === 'none') return await list.atOnce();
	return await list.byPages(pagination);
}

/** What an operation answers with: the whole list, or the record that it is asked for. */
export async function recordsOf(connection: Connection, operation: Operation, inputs: RequestInputs): Promise<Listed> {
	if (operation.result.records !== undefined) return await listOf(connection, operation, inputs);
	const called = await connection.call(operation, inputs);
	return called.ok ? success(called.value.records) : called;
}

/** One page of a list, and where the next one begins if there is one: for a list that a person scrolls through. */
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

/** What one request for a page brought. */
interface Page {
	records: VendorRecord[];
	signs: PageSigns;
	/** How many records were asked for, where the vendor takes a wish. */
	requestedSize?: number;
	/** Where the next one begins, unless the answer says that there is none. */
	next?: Position;
}

/** Why a reading has to begin anew. */
type Unsettled = 'changed' | 'repeats';
/** How a reading ended. */
type Ended = 'complete' | Unsettled | Failed;

/** One reading of one list. */
class List {
	private pages = 0;
	/** What was read: the last version of each record, told apart by id. One without an id has a place of its own. */
	private found = new Map<string | symbol, VendorRecord>();

	constructor(
		private readonly connection: Connection,
		private readonly operation: Operation,
		private readonly inputs: RequestInputs,
		private readonly limit: number,
	) {}

	/** A list that comes in one answer. */
	async atOnce(): Promise<Listed> {
		const called = await this.connection.call(this.operation, this.inputs);
		if (!called.ok) return called;
		const { records } = called.value;
		if (records.length < this.limit && promisesMore(this.operation, this.inputs, called.value, records.length))
			return this.incomplete('unpaged', {});
		this.add(records);
		return success([...this.found.values()].slice(0, this.limit));
	}

	/** A list that comes page by page; one that changes meanwhile is begun anew. */
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
	 * By the number of records before a page. Each page begins one record before the end of what was read, and has to hold a
	 * record that is known and unchanged: what comes after that one in the list comes after it here, too. (One that was changed
	 * may have moved, and passed others.) A page that holds none shows that the list has become shorter, and the reading steps back.
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
			// A record without an id cannot be found again.
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
				// The page before the last one is here, and nothing of it as it was: a value in the records differs in each answer.
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
	 * Where pages cannot overlap: all of them, until two readings are equal.
	 * @param first the first page, where it was just read
	 */
	private async inEqualPasses(pagination: Pagination, first?: Page): Promise<Ended> {
		for (let pass = 0, before: string | undefined; pass < MAX_PASSES; pass++) {
			this.found = new Map();
			const read = await this.onePass(pagination, pass === 0 ? first : undefined);
			if (typeof read !== 'object' || 'ok' in read) return read;
			// One answer is of one moment.
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
			// Some vendors have no page after the last one, instead of an empty one.
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
			// An empty page is the end, unless the vendor says that there are further ones; a shorter one is none.
			const isOver = signs.pages === undefined ? records.length === 0 : pages >= signs.pages;
			if (isOver || isLast(signs, keys.length, longest)) {
				const ended = this.atEnd(signs, keys.length);
				return ended === 'complete' ? { pages, keys } : ended;
			}
			position = pagination.style === 'page' ? { page: (position.page ?? 0) + 1 } : { offset: keys.length };
		}
	}

	/**
	 * How a reading ended in which the page before came once more. Some vendors answer with the last page to whatever lies beyond
	 * the end: one that is shorter than others is the last, and the position was heeded before. A full one can as well be the
	 * furthest that the vendor goes, with more behind it.
	 */
	private again({ records, signs }: Page, longest: number, end: number, pages = Infinity): Ended {
		const isTheLast = records.length < longest && pages > (signs.pages ?? 0);
		return isTheLast ? this.atEnd(signs, end) : 'repeats';
	}

	/** By what each answer gives for the next page. */
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
			// For some vendors 0 is no place to go on from, but the beginning: what leads there was the end.
			if (first && Number(position.cursor) === 0 && this.isBeginning(records, first.records)) return this.atEnd(last, this.found.size);
			first ??= page;
			last = signs;
			const before = this.found.size;
			this.add(records);
			if (this.isEnough) return 'complete';
			if (signs.more === false || next === undefined) {
				// Without a record there is no last one to go on from.
				const promised = signs.more === true && signs.next === undefined;
				return promised ? this.incomplete('moreWithoutPlace', {}) : this.atEnd(signs, this.found.size);
			}
			const key = JSON.stringify(next);
			// What has no id is known again by a whole page.
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

	/** One request for one page. */
	async fetch(pagination: Pagination, position: Position, filter: Array<[name: string, value: Json]> = []): Promise<Result<Page>> {
		if (++this.pages > MAX_PAGES) return this.incomplete('endless', { pages: MAX_PAGES });
		const requestedSize = this.pageSize(pagination);
		const request = pageRequest(pagination, position, requestedSize);
		// It may have come from the editor, which is no place to take an address from unseen.
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

	/** Where the page after this one begins. */
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
		// A relative one begins at the address that was asked, with the values in its path.
		const requested = url ?? requestOf(this.operation, this.inputs, this.connection.credential.baseUrl).request.url;
		const next = typeof signs.next === 'string' ? addressAt(signs.next, requested) : undefined;
		if (next === undefined) return this.incomplete('noAddress', {});
		return success({ url: next });
	}

	/** How long a page should be: no longer than is wanted, and one more where pages overlap. */
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

	/** Whether a record of this id was read, whatever else it holds now. */
	private isFound(record: VendorRecord): boolean {
		const id = this.idOf(record);
		return id !== undefined && this.found.has(id);
	}

	private haveIds(records: VendorRecord[]): boolean {
		return records.every((record) => this.idOf(record) !== undefined);
	}

	/** Whether a later page begins the list anew. Records without an id can look alike, so all of them count. */
	private isBeginning(records: VendorRecord[], first: VendorRecord[]): boolean {
		if (records.length === 0 || first.length === 0) return false;
		return this.haveIds(records.slice(0, 1)) ? this.keyOf(records[0]) === this.keyOf(first[0]) : this.isSame(records, first);
	}

	/** Whether two pages hold the same records in the same order. */
	private isSame(page: VendorRecord[], other: VendorRecord[]): boolean {
		return page.length === other.length && page.every((record, index) => this.keyOf(record) === this.keyOf(other[index]));
	}

	/** What tells a record from others. */
	private idOf(record: VendorRecord): string | undefined {
		return idOf(this.operation.result, record);
	}

	/** What a record is compared by with one at the same place of another page or reading. */
	private keyOf(record: VendorRecord): string {
		const id = this.idOf(record);
		return id === undefined ? JSON.stringify(record) : JSON.stringify([id]);
	}

	/** @param end how many records the list has, as far as it was read */
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
