import type { Json, Operation, Pagination, Place } from '../model';
import { valueAtPlace } from '../pointer';

/** Where a reading stands: what asks for the next page. */
export interface Position {
	/** Records before the page (offset). */
	offset?: number;
	/** Number of the page (page). */
	page?: number;
	/** What the vendor gave for the next page (cursor). */
	cursor?: Json;
	/** Address of the next page (next-url, link-header). */
	url?: string;
}

/** What asks for one page, beside what the list itself is given. */
export interface PageRequest {
	query: Array<[name: string, value: Json]>;
	/** Values by JSON Pointer into the body. */
	body: Array<[pointer: string, value: Json]>;
	/** Takes the place of the whole address. */
	url?: string;
}

/** An answer, as far as it says where the list goes on. */
export interface PageResponse {
	body: Json | undefined;
	/** Names in any case. */
	headers: { [name: string]: unknown };
}

/** What an answer says of the rest of the list. */
export interface PageSigns {
	/** Whether there is more, where the vendor says so. */
	more?: boolean;
	/** How many records there are in all, where the vendor says so. */
	total?: number;
	/** How many pages there are in all. */
	pages?: number;
	/** What asks for the next page: a cursor or an address. */
	next?: Json;
}

/** Where a list begins. */
export function firstPosition({ style, first = 1 }: Pagination): Position {
	if (style === 'offset') return { offset: 0 };
	return style === 'page' ? { page: first } : {};
}

/**
 * What asks for the page at a position.
 * @param size how many records the page should have, where the vendor takes a wish
 */
export function pageRequest({ request = {} }: Pagination, position: Position, size: number | undefined): PageRequest {
	if (position.url !== undefined) return { query: [], body: [], url: position.url };
	const values: Array<[name: string | undefined, value: Json | undefined]> = [
		[request.limit, size],
		[request.offset, position.offset],
		[request.page, position.page],
		[request.cursor, position.cursor],
	];
	const given = values.filter((pair): pair is [string, Json] => pair[0] !== undefined && pair[1] !== undefined);
	return { query: given.filter(([name]) => !name.startsWith('/')), body: given.filter(([name]) => name.startsWith('/')) };
}

/** Reads what an answer says of the rest of the list. */
export function signsIn({ style, response = {} }: Pagination, answer: PageResponse): PageSigns {
	const at = (place: Place | undefined) => (place === undefined ? undefined : valueIn(answer, place));
	const hasMore = asBoolean(at(response.hasMore));
	const done = asBoolean(at(response.done));
	const more = hasMore ?? (done === undefined ? undefined : !done);
	const next = style === 'link-header' ? nextLink(headerIn(answer.headers, 'link')) : at(response.next);
	const signs = { more, total: countOf(at(response.total)), pages: countOf(at(response.pages)), next: isEmpty(next) ? undefined : next };
	return Object.fromEntries(Object.entries(signs).filter(([, value]) => value !== undefined));
}

/**
 * Whether an answer of a list that is not known to be paged says all the same that there is more.
 * @param operation whose records are not looked into
 */
export function promisesMore({ result }: Operation, { body, headers }: PageResponse): boolean {
	if (nextLink(headerIn(headers, 'link')) !== undefined) return true;
	const records = result.records === undefined ? undefined : valueAtPlace(body, result.records);
	const within = (value: Json | undefined, depth: number): boolean =>
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.entries(value).some(([name, one]) => {
			if (one === records) return false;
			if (/^has_?(more|next(_?page)?)$/i.test(name)) return one === true;
			if (/^next(_?(cursor|page|offset|page_?token|token|url|uri|link))?$/i.test(name) && !isEmpty(one) && typeof one !== 'object')
				return true;
			return depth < 2 && within(one, depth + 1);
		});
	return within(body, 0);
}

function valueIn({ body, headers }: PageResponse, place: Place): Json | undefined {
	for (const one of [place].flat()) {
		const found = one.startsWith('header:') ? headerIn(headers, one.slice('header:'.length)) : valueAtPlace(body, one);
		if (found !== undefined) return found;
	}
	return undefined;
}

function headerIn(headers: PageResponse['headers'], name: string): string | undefined {
	const [, value] = Object.entries(headers).find(([own]) => own.toLowerCase() === name.toLowerCase()) ?? [];
	const text = Array.isArray(value) ? value.join(', ') : value;
	return typeof text === 'string' && text !== '' ? text : undefined;
}

/** One link of the header Link: https://www.rfc-editor.org/rfc/rfc8288#section-3 */
const LINK = /<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]+))?)*)/g;

/** The address with the relation "next". */
function nextLink(header: string | undefined): string | undefined {
	for (const [, address, parameters] of (header ?? '').matchAll(LINK)) {
		const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(parameters);
		if ((rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/).includes('next')) return address;
	}
	return undefined;
}

function isEmpty(value: Json | undefined): boolean {
	return value === undefined || value === null || value === '' || value === false;
}

/** A truth value; some vendors write it as a number or as text (`1`, `"True"`), and null is none. */
function asBoolean(value: Json | undefined): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value === 'number') return value !== 0;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (text === 'true' || text === '1') return true;
	return text === 'false' || text === '0' ? false : undefined;
}

/** A count; some vendors write it as text, and null is none. */
function countOf(value: Json | undefined): number | undefined {
	const isCount = (typeof value === 'number' && value >= 0) || (typeof value === 'string' && /^\d+$/.test(value));
	return isCount ? Number(value) : undefined;
}
