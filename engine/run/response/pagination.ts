import type { Json, Operation, Pagination, Pointers } from '../../model';
import { words } from '../../model/names';
import { ABOUT, DONE, LIMIT, MORE, NEXT, OFFSET, PAGE, PAGES, TOTAL, WRAPPER } from '../../model/paginationNames';
import { firstValueAt } from '../../model/pointer';
import { has, isObject } from '../../model/values';
import type { RequestInputs } from '../request/request';

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
export function signsIn({ style, response: signs = {} }: Pagination, response: PageResponse): PageSigns {
	const at = (place: Pointers | undefined) => (place === undefined ? undefined : valueIn(response, place));
	const hasMore = asBoolean(at(signs.hasMore));
	const done = asBoolean(at(signs.done));
	const more = hasMore ?? (done === undefined ? undefined : !done);
	const next = style === 'link-header' ? nextLink(headerIn(response.headers, 'link')) : at(signs.next);
	const found = { more, total: countOf(at(signs.total)), pages: countOf(at(signs.pages)), next: isEmpty(next) ? undefined : next };
	return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/**
 * Whether an answer of a list that is not known to be paged says all the same that there is more.
 * @param operation whose records are not looked into
 * @param inputs an operator who entered how many to give, or from where, knows that there are more
 * @param count how many records the answer holds
 */
export function promisesMore({ result }: Operation, inputs: RequestInputs, { body, headers }: PageResponse, count: number): boolean {
	if (nextLink(headerIn(headers, 'link')) !== undefined) return true;
	const records = result.records === undefined ? undefined : firstValueAt(body, result.records);
	const said = [...namedIn(headers), ...namedWithin(body, records)];
	const more = said.flatMap(({ words: name, value }) => {
		const isMore = MORE.test(name);
		const told = isMore || DONE.test(name) ? asBoolean(value) : undefined;
		return told === undefined ? [] : [told === isMore];
	});
	if (more.length > 0) return more.includes(true);
	if (said.some(({ words: name, value }) => NEXT.test(name) && leadsOn(value))) return true;
	// A page count can be the number of records on the page.
	const exceeds = ({ words: name, value }: Said) =>
		(TOTAL.test(name) && (countOf(value) ?? 0) > count) ||
		(PAGES.test(name) && (countOf(value) ?? 0) > 1 && !(name.startsWith('page ') && countOf(value) === count));
	return !isLimited(inputs) && (said.some(exceeds) || (totalOfRange(headers) ?? 0) > count);
}

/** One thing that an answer says of itself. */
interface Said {
	/** Its name, in words. */
	words: string;
	value: Json;
}

/** What headers say: `X-Next-Cursor` → `next cursor`. */
function namedIn(headers: PageResponse['headers']): Said[] {
	return Object.keys(headers).flatMap((name) => {
		const value = headerIn(headers, name);
		return value === undefined ? [] : [{ words: words(name).join(' ').replace(/^x /, ''), value }];
	});
}

/**
 * What a body says outside of its records.
 * @param isAbout the part is about the list; elsewhere, `total` and such can be of anything
 */
function namedWithin(part: Json | undefined, records: Json | undefined, before = '', isAbout = true, depth = 0): Said[] {
	if (!isObject(part)) return [];
	return Object.entries(part).flatMap(([name, value]): Said[] => {
		if (value === records) return [];
		const own = words(name).join(' ');
		const isOwn = isAbout || /^(has|next)\b/.test(own);
		const names = [...(isOwn ? [own] : []), ...(before === '' ? [] : [`${before} ${own}`])];
		const said = names.map((one) => ({ words: one, value }));
		if (depth >= MAX_DEPTH) return said;
		const isPart = isAbout && (ABOUT.test(own) || own === 'next' || (depth === 0 && WRAPPER.test(own)));
		// `next: { href }` is the address; `pages: { total }` says what the total is of.
		const inner = namedWithin(value, records, /^(next|page|pages)$/.test(own) ? own : '', isPart, depth + 1);
		return [...said, ...inner, ...(isPart && Array.isArray(value) ? linksIn(value) : [])];
	});
}

/** How deep an answer is looked into: `meta`, `pagination`, `links`, `next`. */
const MAX_DEPTH = 3;

/** The links of a list of links: `{ rel: next, href }`. */
function linksIn(links: Json[]): Said[] {
	return links.flatMap((one) => (isObject(one) && one.rel === 'next' && has(one, 'href') ? [{ words: 'next', value: one.href }] : []));
}

/** Whether a value is a place to go on from. */
function leadsOn(value: Json): boolean {
	return !isEmpty(value) && typeof value !== 'object' && !/^(0|null)$/.test(String(value));
}

/** Whether what was entered asks for a part of a list. */
function isLimited(inputs: RequestInputs): boolean {
	const names = inputs.flatMap(({ input, value }) => (input.in === 'body' && isObject(value) ? Object.keys(value) : [input.field.name]));
	return names.some((name) => [LIMIT, OFFSET, PAGE].some((which) => which.test(words(name).join(' '))));
}

/** How many there are in all by a header Content-Range: `items 0-9/25`. */
function totalOfRange(headers: PageResponse['headers']): number | undefined {
	return countOf(/\/(\d+)$/.exec(headerIn(headers, 'content-range') ?? '')?.[1]);
}

function valueIn({ body, headers }: PageResponse, place: Pointers): Json | undefined {
	for (const one of [place].flat()) {
		const found = one.startsWith('header:') ? headerIn(headers, one.slice('header:'.length)) : firstValueAt(body, one);
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

/** Whether a value says that there is no next page; -1 is no place in any list. */
function isEmpty(value: Json | undefined): boolean {
	return value === undefined || value === null || value === '' || value === false || String(value) === '-1';
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
