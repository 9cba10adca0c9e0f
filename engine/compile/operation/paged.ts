import type { Pagination, Pointers, ResultPlan } from '../../model';
import { words } from '../../model/names';
import { ABOUT, DONE, LIMIT, MORE, NEXT, OFFSET, PAGE, PAGES, PLACE, TOTAL, WRAPPER } from '../../model/paginationNames';
import { escapePart, lastPartOf, valueAt } from '../../model/pointer';
import { DocumentError, ifReadable, isPart, type Document } from '../document/document';
import type { Found } from '../document/find';
import { recordsOf } from './lists';
import { Schemas, type FlatSchema } from '../schema/flatten';
import { typesOf } from '../schema/keywords';
import { Shapes, type Spot } from '../schema/shapes';
import { parametersOf } from '../document/parameters';
import { answerOf, bodySpots, schemaOf } from './signature';

/** Why a list looks paged, and how to declare it. */
export interface Paged {
	/** The names that suggest paging, in words. */
	signs: string[];
	/** A value for `x-n8n-pagination`; undefined if the document does not tell enough. */
	proposal?: Pagination;
	/** The document states every part of the proposal: request and response match by name and type. */
	sure: boolean;
}

/** A named value in a request or response. */
interface Name {
	/** The parameter's name in a request, or a pointer into the body. */
	place: string;
	/** The name's words: `page[size]` → `page size`. */
	words: string;
	kinds: Set<string>;
	spots: Spot[];
}

/** Names in words. Those of the second pattern prove nothing alone, since filters have such names too. */
export const CURSOR =
	/^((next |page |start |after |continuation |pagination |paging )?(cursor|token)|next page token|starting (after|token)|start after|after (id|cursor)|(next )?marker|continuation|continue|bookmark|scroll id|exclusive start key|cursor mark)$/;
export const MAYBE_CURSOR = /^(after|since id|next|token|start|from|last id|max id)$/;
/** A token without further words is more likely a key. */
const BARE_TOKEN = 'token';
/** Parameters that take the id of the last record read. */
export const AFTER = /^(starting after|start after|after|after id|since id|last id)$/;
const MAYBE_OFFSET = /^(start|from|first)$/;
/** Says how the list continues only if the request takes the same name, or if it is inside an object about paging. */
const MAYBE_NEXT = /^(after|token|position)$/;
const ADDRESS = /(^| |next)(link|url|uri|href)$/;
const CURRENT = /^(page|page (number|no|num|index)|current page|offset|skip|start|start index)$/;
/** Page length to request where the document allows more. */
const PAGE_SIZE = 100;

/**
 * Whether a list's parameters or response look paged.
 * @param records where its records are, as far as known
 * @returns undefined if nothing suggests paging
 */
export function pagedIn(document: Document, found: Found, records?: Pointers): Paged | undefined {
	const shapes = new Shapes(new Schemas(document));
	const answer = answerOf(document, found);
	const request = requestNames(document, found, shapes);
	const places = [records ?? []].flat();
	const response = answerNames(shapes, answer?.body ?? [], places);
	const headers = isPart(answer?.node.headers) ? Object.keys(answer.node.headers) : [];
	return new Reading(shapes, request, response, headers, places[0], answer?.body ?? []).result();
}

class Reading {
	private readonly limit: Name | undefined;
	private readonly next: Name[];

	constructor(
		private readonly shapes: Shapes,
		private readonly request: Name[],
		private readonly response: Name[],
		private readonly headers: string[],
		private readonly records: string | undefined,
		private readonly body: Spot[],
	) {
		this.limit = this.asked(LIMIT, 'number');
		const echoed = ({ place }: Name) => this.request.some((one) => one.place === lastPartOf(place));
		const maybe = this.given(MAYBE_NEXT).filter((one) => echoed(one) || (one.words === 'after' && one.place.lastIndexOf('/') > 0));
		this.next = [...this.response.filter((one) => NEXT.test(one.words) || PLACE.test(one.words)), ...maybe].filter(
			({ kinds }) => isText(kinds) || isNumber(kinds),
		);
	}

	result(): Paged | undefined {
		const cursor = this.cursor();
		// A text parameter of such a name may be a filter.
		const kind = this.limit || this.next.length > 0 ? 'number' : 'integer';
		const offset = this.asked(OFFSET, kind) ?? (this.limit && this.asked(MAYBE_OFFSET, 'integer', [this.limit]));
		const page = this.asked(PAGE, kind);
		const link = this.headers.find((name) => name.toLowerCase() === 'link');
		const more = this.given(MORE).find(({ kinds }) => kinds.has('boolean'));
		const done = this.given(DONE).find(({ kinds }) => kinds.has('boolean'));
		const total = this.count(TOTAL);
		const pages = this.count(PAGES);
		const current = this.count(CURRENT);
		// A total alone does not suggest paging: a list that comes whole may give one too.
		const counted = total && (this.limit ?? current);
		const asked = [cursor, offset, page].filter((one) => one !== undefined);
		const told = [...this.next.slice(0, 1), more, counted && total, pages && (current ?? this.limit) && pages].filter(
			(one) => one !== undefined,
		);
		if (asked.length + told.length === 0 && link === undefined) return undefined;
		const signs = [
			...[...asked, ...(this.limit ? [this.limit] : [])].map(({ place }) => `the parameter "${place}"`),
			...told.map(({ place }) => `"${place}" in the answer`),
			...(link === undefined ? [] : [`the header ${link} of the answer`]),
		];
		const ends = { ...(more ? { hasMore: more.place } : done ? { done: done.place } : {}) };
		const counts = { ...(total ? { total: total.place } : {}), ...(pages && page ? { pages: pages.place } : {}) };
		return { signs: [...new Set(signs)], sure: false, ...this.proposed({ cursor, offset, page, link }, ends, counts) };
	}

	private proposed(
		{ cursor, offset, page, link }: { cursor?: Name; offset?: Name; page?: Name; link?: string },
		ends: NonNullable<Pagination['response']>,
		counts: NonNullable<Pagination['response']>,
	): Pick<Paged, 'proposal'> & { sure?: boolean } {
		const limit = this.limit && ![cursor, offset, page].includes(this.limit) ? this.limit : undefined;
		const size = limit && sizeOf(this.shapes, limit);
		const request = limit ? { limit: limit.place } : {};
		const sized = size === undefined ? {} : { size };
		const address = this.next.find((one) => this.isAddress(one));
		const token = cursor && this.tokenFor(cursor);
		if (cursor && token) {
			const sure = words(token.place).join(' ').includes(words(cursor.place).slice(-1).join(' '));
			const response = { next: token.place, ...ends };
			return { proposal: { style: 'cursor', request: { cursor: cursor.place, ...request }, ...sized, response }, sure };
		}
		if (address) return { proposal: { style: 'next-url', request, ...sized, response: { next: address.place, ...ends } }, sure: true };
		if (link !== undefined) return { proposal: { style: 'link-header', request, ...sized }, sure: true };
		const response = { ...ends, ...counts };
		const rest = Object.keys(response).length > 0 ? { response } : {};
		if (offset) return { proposal: { style: 'offset', request: { offset: offset.place, ...request }, ...sized, ...rest }, sure: true };
		if (page) {
			const first = firstOf(this.shapes, page);
			return {
				proposal: { style: 'page', request: { page: page.place, ...request }, ...sized, ...(first === 0 ? { first } : {}), ...rest },
				sure: true,
			};
		}
		const last = cursor && AFTER.test(cursor.words) ? this.lastId() : undefined;
		if (cursor && last !== undefined)
			return { proposal: { style: 'cursor', request: { cursor: cursor.place, ...request }, ...sized, response: { next: last, ...ends } } };
		return {};
	}

	private cursor(): Name | undefined {
		const sure = this.request.filter((one) => CURSOR.test(one.words) && one.words !== BARE_TOKEN && isText(one.kinds));
		if (sure.length > 0) return sure.find(({ place }) => this.next.some((one) => lastPartOf(one.place) === place)) ?? sure[0];
		const told = this.next.length > 0 || this.given(MORE).length > 0;
		const maybe = (one: Name) =>
			(MAYBE_CURSOR.test(one.words) || one.words === BARE_TOKEN) && isText(one.kinds) && !isDate(this.shapes, one);
		if (told || this.limit) {
			const found = this.request.find((one) => maybe(one) && (told || one.words === 'after'));
			if (found) return found;
		}
		// A value that the response gives and the request takes under the same name, along with a limit.
		const echoed = this.next.find((one) => this.request.some(({ place }) => place === lastPartOf(one.place)));
		return echoed && this.limit ? this.request.find(({ place }) => place === lastPartOf(echoed.place)) : undefined;
	}

	/** The value in the response that a cursor takes: the one named like it, or else the most likely one. */
	private tokenFor(cursor: Name): Name | undefined {
		const tokens = this.next.filter((one) => !this.isAddress(one) && isText(one.kinds));
		const like = tokens.find(({ words: told }) => told === `next ${cursor.words}` || told === cursor.words);
		return like ?? tokens.find(({ words: told }) => told.startsWith('next')) ?? tokens[0];
	}

	private isAddress(name: Name): boolean {
		return isAddressName(
			name,
			name.spots.map((spot) => formatOf(this.shapes, spot)),
		);
	}

	/** Pointer to the id of the last record, if records have an id. */
	private lastId(): string | undefined {
		if (this.records === undefined) return undefined;
		const place = `${this.records}/-1/id`;
		return this.shapes.lead(this.body, place).spots.length > 0 ? place : undefined;
	}

	private count(which: RegExp): Name | undefined {
		return this.given(which).find(({ kinds }) => isNumber(kinds));
	}

	private given(which: RegExp): Name[] {
		return this.response.filter((one) => which.test(one.words));
	}

	private asked(which: RegExp, kind: 'number' | 'integer', but: Name[] = []): Name | undefined {
		const fits = ({ kinds }: Name) => (kind === 'number' ? isNumber(kinds) || isText(kinds) : kinds.has('integer') || kinds.has('number'));
		return this.request.find((one) => which.test(one.words) && fits(one) && !but.includes(one));
	}
}

/** The values that can request a page: query parameters, and the body's properties at the top and in objects about paging. */
function requestNames(document: Document, found: Found, shapes: Shapes): Name[] {
	const query = parametersOf(document, found).filter((one) => one.in === 'query' && !one.fromCredential);
	const names = query.map((one) => nameAt(shapes, one.name, words(one.name), [schemaOf(one)]));
	if (found.method === 'GET') return names;
	return [...names, ...within(shapes, bodySpots(document, found), '', 2)];
}

/** The named values of a response outside its records. */
function answerNames(shapes: Shapes, body: Spot[], records: string[]): Name[] {
	return within(shapes, body, '', 3).filter(({ place }) => !records.includes(place));
}

/** The properties at the top and in objects about paging; lists are not searched. */
function within(shapes: Shapes, spots: Spot[], pointer: string, depth: number): Name[] {
	return shapes.names(spots).flatMap((name): Name[] => {
		const place = `${pointer}/${escapePart(name)}`;
		const inner = shapes.lead(spots, `/${escapePart(name)}`).spots;
		const own = nameAt(shapes, place, words(name), inner);
		if (depth <= 1 || !own.kinds.has('object')) return [own];
		const next = own.words === 'next' || own.words === 'cursor' || own.words === 'cursors';
		if (!ABOUT.test(own.words) && !next && !(pointer === '' && WRAPPER.test(own.words))) return [own];
		const more = within(shapes, inner, place, depth - 1);
		// `next: { href }` holds the next address; in `page: { size }`, the outer name says what the size is of.
		const prefixed = more.map((one) => (next || /^(page|pages)$/.test(own.words) ? { ...one, also: `${own.words} ${one.words}` } : one));
		return [own, ...prefixed.flatMap((one) => ('also' in one ? [one, { ...one, words: one.also }] : [one]))];
	});
}

function nameAt(shapes: Shapes, place: string, all: string[], spots: Spot[]): Name {
	return { place, words: all.join(' '), kinds: shapes.kinds(spots), spots };
}

/**
 * Whether a value that leads to the next page is an address rather than a token.
 * @param formats `format` of each schema that the value may have
 */
export function isAddressName({ words: name, place }: Pick<Name, 'words' | 'place'>, formats: unknown[]): boolean {
	if (ADDRESS.test(name) || formats.some((format) => /^(uri|url|uri-reference)$/.test(String(format)))) return true;
	return name === 'next' && /(^|\/)_?links?\//i.test(place);
}

function isText(kinds: Set<string>): boolean {
	return kinds.has('string') || kinds.has('any');
}

function isNumber(kinds: Set<string>): boolean {
	return kinds.has('integer') || kinds.has('number') || kinds.has('any');
}

function formatOf(shapes: Shapes, spot: Spot): unknown {
	return shapes.merged(spot).find(({ schema }) => schema.format !== undefined)?.schema.format;
}

function isDate(shapes: Shapes, { spots }: Name): boolean {
	return spots.some((spot) => /^date/.test(String(formatOf(shapes, spot))));
}

function keywordOf(shapes: Shapes, { spots }: Name, keyword: string): number | undefined {
	const found = spots
		.flatMap((spot): FlatSchema[] => shapes.merged(spot))
		.filter(({ schema }) => typesOf(schema).some((type) => type === 'integer' || type === 'number'))
		.map(({ schema }) => valueAt(schema, `/${keyword}`))
		.find((value) => typeof value === 'number');
	return found;
}

/** The largest page that the document allows, up to a usual length; its default if it gives no maximum. */
function sizeOf(shapes: Shapes, limit: Name): number | undefined {
	const most = keywordOf(shapes, limit, 'maximum');
	const usual = keywordOf(shapes, limit, 'default');
	const size = most === undefined ? usual : Math.min(most, Math.max(PAGE_SIZE, usual ?? 0));
	return size !== undefined && Number.isInteger(size) && size >= 1 ? size : undefined;
}

function firstOf(shapes: Shapes, page: Name): number {
	return keywordOf(shapes, page, 'minimum') === 0 || keywordOf(shapes, page, 'default') === 0 ? 0 : 1;
}

/**
 * What to tell the author of a list that looks paged without saying how.
 * @returns undefined if it says how, is not a list, or does not look paged
 */
export function undeclaredIn(document: Document, found: Found): string | undefined {
	if (found.node['x-n8n-pagination'] !== undefined) return undefined;
	const said = (answerOf(document, found)?.node['x-n8n-result'] ?? {}) as Partial<ResultPlan>;
	const records = said.records ?? recordsOf(document, found, said);
	const paged = records === undefined ? undefined : ifReadable(() => pagedIn(document, found, records));
	if (!paged) return undefined;
	const line = paged.proposal ? lineOf(paged.proposal) : 'x-n8n-pagination with the style that the vendor documents';
	return (
		`this list looks paged (${paged.signs.join(', ')}), and nothing says how all of it is read. Add ${line}, or ` +
		`${lineOf({ style: 'none' })} if it comes whole`
	);
}

/**
 * Refuses a list that looks paged without saying how: Return All, lookups of records, triggers and the editor's lists
 * would take a part of it for the whole.
 * @throws DocumentError with the line to add
 */
export function refuseUndeclared(document: Document, found: Found): void {
	const text = undeclaredIn(document, found);
	if (text !== undefined) throw DocumentError.at(found.pointer, text);
}

/** The line that declares a list's paging, as YAML flow style. */
export function lineOf(pagination: Pagination): string {
	const flow = (value: unknown): string => {
		if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
		if (!isPart(value)) return typeof value === 'string' && !/^[\w/$.-]+$/.test(value) ? JSON.stringify(value) : String(value);
		const entries = Object.entries(value).filter(([, one]) => one !== undefined && !(isPart(one) && Object.keys(one).length === 0));
		return `{ ${entries.map(([name, one]) => `${name}: ${flow(one)}`).join(', ')} }`;
	};
	return `x-n8n-pagination: ${flow(pagination)}`;
}
