import type { Json, Operation, Pagination, Pointers } from '../../model';
import { words } from '../../model/names';
import { ABOUT, DONE, LIMIT, MORE, NEXT, OFFSET, PAGE, PAGES, TOTAL, WRAPPER } from '../../model/paginationNames';
import { firstValueAt } from '../../model/pointer';
import { has, isObject } from '../../model/values';
import type { RequestInputs } from '../request/request';

/** Where reading a list has got to: what to request the next page with. Which property is set depends on the style. */
export interface Position {
	/** Records before the page (style offset). */
	offset?: number;
	/** Number of the page (style page). */
	page?: number;
	/** Cursor that the vendor gave for the next page (style cursor). */
	cursor?: Json;
	/** Address of the next page (styles next-url and link-header). */
	url?: string;
}

/** What requests one page, in addition to the list's own parameters. */
export interface PageRequest {
	query: Array<[name: string, value: Json]>;
	/** Values by JSON Pointer into the body. */
	body: Array<[pointer: string, value: Json]>;
	/** Replaces the whole address. */
	url?: string;
}

/** The parts of a response that can say how the list continues. */
export interface PageResponse {
	body: Json | undefined;
	/** Header names may be in any case. */
	headers: { [name: string]: unknown };
}

/** What a response says about the rest of the list. */
export interface PageSigns {
	/** Whether there is more, if the vendor says so. */
	more?: boolean;
	/** Total number of records, if the vendor says so. */
	total?: number;
	/** Total number of pages, if the vendor says so. */
	pages?: number;
	/** Requests the next page: a cursor or an address. */
	next?: Json;
}

/** The position at which reading a list starts. */
export function firstPosition({ style, first = 1 }: Pagination): Position {
	if (style === 'offset') return { offset: 0 };
	return style === 'page' ? { page: first } : {};
}

/**
 * The parameters that request the page at a position.
 * @param size number of records to ask for, if the vendor lets the client choose
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

/** Reads what a response says about the rest of the list. */
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
 * Whether a response suggests that there is more, although the document does not declare the list as paged.
 * @param operation its records are not searched for hints
 * @param inputs if they limit the list or set its start, the operator already knows that there is more
 * @param count number of records in the response
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
	// Some vendors call the number of records on this page a page count.
	const exceeds = ({ words: name, value }: Said) =>
		(TOTAL.test(name) && (countOf(value) ?? 0) > count) ||
		(PAGES.test(name) && (countOf(value) ?? 0) > 1 && !(name.startsWith('page ') && countOf(value) === count));
	return !isLimited(inputs) && (said.some(exceeds) || (totalOfRange(headers) ?? 0) > count);
}

/** One named statement in a response. */
interface Said {
	/** The name's words, separated by spaces. */
	words: string;
	value: Json;
}

/** The statements in headers: `X-Next-Cursor` → `next cursor`. */
function namedIn(headers: PageResponse['headers']): Said[] {
	return Object.keys(headers).flatMap((name) => {
		const value = headerIn(headers, name);
		return value === undefined ? [] : [{ words: words(name).join(' ').replace(/^x /, ''), value }];
	});
}

/**
 * The statements in a body outside its records.
 * @param isAbout whether this part is about the list; elsewhere, `total` and the like may refer to anything
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
		// `next: { href }` holds the next address; in `pages: { total }`, the outer name says what is counted.
		const inner = namedWithin(value, records, /^(next|page|pages)$/.test(own) ? own : '', isPart, depth + 1);
		return [...said, ...inner, ...(isPart && Array.isArray(value) ? linksIn(value) : [])];
	});
}

/** Most levels to search: `meta`, `pagination`, `links`, `next`. */
const MAX_DEPTH = 3;

/** The next address in a list of links: `{ rel: next, href }`. */
function linksIn(links: Json[]): Said[] {
	return links.flatMap((one) => (isObject(one) && one.rel === 'next' && has(one, 'href') ? [{ words: 'next', value: one.href }] : []));
}

/** Whether a value is a cursor, address or offset to continue from. */
function leadsOn(value: Json): boolean {
	return !isEmpty(value) && typeof value !== 'object' && !/^(0|null)$/.test(String(value));
}

/** Whether the operator asked for only a part of the list. */
function isLimited(inputs: RequestInputs): boolean {
	const names = inputs.flatMap(({ input, value }) => (input.in === 'body' && isObject(value) ? Object.keys(value) : [input.field.name]));
	return names.some((name) => [LIMIT, OFFSET, PAGE].some((which) => which.test(words(name).join(' '))));
}

/** The total in a header Content-Range (RFC 9110, section 14.4), with any range unit: `items 0-9/25`. */
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

/** One link of the header Link (RFC 8288, section 3): https://www.rfc-editor.org/rfc/rfc8288#section-3 */
const LINK = /<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]+))?)*)/g;

/** The target of the link with the relation type "next". */
function nextLink(header: string | undefined): string | undefined {
	for (const [, address, parameters] of (header ?? '').matchAll(LINK)) {
		const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(parameters);
		if ((rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/).includes('next')) return address;
	}
	return undefined;
}

/** Whether a value says that there is no next page; -1 is not a position in any list. */
function isEmpty(value: Json | undefined): boolean {
	return value === undefined || value === null || value === '' || value === false || String(value) === '-1';
}

/** Reads a boolean; some vendors write it as a number or text (`1`, `"True"`). Undefined for anything else, including null. */
function asBoolean(value: Json | undefined): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value === 'number') return value !== 0;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (text === 'true' || text === '1') return true;
	return text === 'false' || text === '0' ? false : undefined;
}

/** Reads a count; some vendors write it as text. Undefined for anything else, including null. */
function countOf(value: Json | undefined): number | undefined {
	const isCount = (typeof value === 'number' && value >= 0) || (typeof value === 'string' && /^\d+$/.test(value));
	return isCount ? Number(value) : undefined;
}
