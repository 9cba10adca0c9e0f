import { words } from '../../model/names';
import { ABOUT, DONE, LIMIT, MORE, NEXT, OFFSET, PAGE, PAGES, PLACE, TOTAL, WRAPPER } from '../../model/paginationNames';
import { escapePart, lastPartOf } from '../../model/pointer';
import { AFTER, CURSOR, isAddressName, MAYBE_CURSOR } from '../operation/paged';
import type { Api, ApiOperation } from './facts';
import type { Records } from './records';
import type { View } from './view';

/** How a list is paged. */
export interface PagingGuess {
	style: 'none' | 'offset' | 'page' | 'cursor' | 'next-url' | 'link-header';
	/** Names of query parameters, or `body:/…` for properties of the body. */
	request: { cursor?: string; page?: string; offset?: string; limit?: string };
	/** Pointers into the response. */
	response: { next?: string; records?: string; hasMore?: string; done?: string; total?: string; pages?: string };
	why: string;
	/** 0 to 1. */
	sure: number;
}

/** A name in a request or a response. */
interface Name {
	/** The request's name, or a pointer into the response. */
	place: string;
	words: string;
	kinds: Set<string>;
	format: unknown;
	/** It is within an object about paging. */
	about: boolean;
}

/** Further names of inputs that take a position in a list, in addition to those that forms recognize. */
const MORE_CURSORS = /^(page marker|page cursor|next page|paging token|list token|continuation marker|pagination cursor|position|page id)$/;
/** The id of a page's last record, which some responses repeat outside the records. */
const LAST = /^last id$/;
const END = /^(end cursor|end)$/;

/**
 * How a list is paged, judging by the names in its request and its response.
 * @param records where its records are, if known
 */
export function pagingOf({ view }: Api, operation: ApiOperation, records: Records | undefined): PagingGuess {
	const request = requestNames(view, operation);
	const response = answerNames(view, operation.answer, records?.pointer);
	return new Reading(view, request, response, operation, records).result();
}

class Reading {
	private readonly limit: Name | undefined;
	private readonly next: Name[];

	constructor(
		private readonly view: View,
		private readonly request: Name[],
		private readonly response: Name[],
		private readonly operation: ApiOperation,
		private readonly records: Records | undefined,
	) {
		this.limit =
			this.asked((one) => LIMIT.test(one.words) && !isOnlyText(one.kinds)) ??
			this.asked((one) => /^(limit|page size|per page|max (results|items))$/.test(one.words));
		const echoed = (one: Name) => this.request.some(({ place }) => lastPartOf(place) === lastPartOf(one.place) && isText(one.kinds));
		this.next = this.response.filter(
			(one) =>
				!one.kinds.has('array') &&
				!one.kinds.has('boolean') &&
				!(one.kinds.has('object') && !one.kinds.has('string')) &&
				(NEXT.test(one.words) ||
					PLACE.test(one.words) ||
					END.test(one.words) ||
					(/^(after|token|position)$/.test(one.words) && (echoed(one) || one.about))),
		);
	}

	result(): PagingGuess {
		const more = this.given(MORE, 'boolean');
		const done = this.given(DONE, 'boolean');
		const ends = { ...(more ? { hasMore: more.place } : {}), ...(done && !more ? { done: done.place } : {}) };
		const found = this.byLink() ?? this.byCursor(more !== undefined) ?? this.byNumber() ?? this.byAddress();
		const records = this.records ? { records: this.records.pointer } : {};
		if (!found) {
			const why = this.limit ? `"${this.limit.place}" alone cannot go on` : 'nothing asks for a page, or tells of a next one';
			return { style: 'none', request: {}, response: records, why, sure: this.limit || this.response.length === 0 ? 0.7 : 0.92 };
		}
		const total = this.given(TOTAL, 'integer');
		const pages = this.given(PAGES, 'integer');
		const counts = { ...(total ? { total: total.place } : {}), ...(pages ? { pages: pages.place } : {}) };
		const own = this.limitBeside(Object.values(found.request)[0]);
		const limit = own && !Object.values(found.request).includes(own.place) ? { limit: own.place } : {};
		return {
			...found,
			request: { ...found.request, ...limit },
			response: { ...found.response, ...records, ...ends, ...counts },
		};
	}

	/** The page size with the location and capitalization of the paging input, as some documents declare it twice. */
	private limitBeside(place: string | undefined): Name | undefined {
		if (place === undefined) return this.limit;
		const isBody = place.startsWith('body:');
		const isCapital = /^[A-Z]/.test(lastPartOf(place));
		const like = (one: Name) => one.place.startsWith('body:') === isBody && /^[A-Z]/.test(lastPartOf(one.place)) === isCapital;
		return this.asked((one) => LIMIT.test(one.words) && one.words === this.limit?.words && like(one)) ?? this.limit;
	}

	/** Paging by the header Link with rel="next" (RFC 8288, section 3). */
	private byLink(): PagingGuess | undefined {
		const link = this.operation.headers.find((name) => name.toLowerCase() === 'link');
		if (link === undefined) return undefined;
		const cursor = this.cursor(true);
		return {
			style: 'link-header',
			request: cursor ? { cursor: cursor.place } : {},
			response: {},
			why: `the answer has the header ${link}`,
			sure: 0.92,
		};
	}

	private byCursor(hasMore: boolean): PagingGuess | undefined {
		const cursor = this.cursor(hasMore);
		if (!cursor) return undefined;
		const request = { cursor: cursor.place };
		const tokens = this.next.filter((one) => !isAddress(one));
		const own = lastPartOf(cursor.place);
		const last = AFTER.test(cursor.words) ? this.lastId() : undefined;
		const like =
			tokens.find((one) => one.words === `next ${cursor.words}` || lastPartOf(one.place) === own) ??
			tokens.find((one) => one.words.startsWith('next')) ??
			tokens.find((one) => END.test(one.words)) ??
			tokens.find((one) => !LAST.test(one.words) || last === undefined);
		if (like) return { style: 'cursor', request, response: { next: like.place }, why: this.pair(cursor, like), sure: 0.97 };
		const address = this.next.find(isAddress);
		if (address) return { style: 'next-url', request, response: { next: address.place }, why: this.pair(cursor, address), sure: 0.9 };
		if (last !== undefined)
			return { style: 'cursor', request, response: { next: last }, why: `"${cursor.place}" takes the id of the last record`, sure: 0.92 };
		return { style: 'cursor', request, response: {}, why: `"${cursor.place}" takes a place in the list`, sure: 0.85 };
	}

	private byNumber(): PagingGuess | undefined {
		const offset =
			this.asked((one) => OFFSET.test(one.words) && !one.kinds.has('array')) ??
			(this.limit && this.asked((one) => /^(start|from)$/.test(one.words) && one.kinds.has('integer')));
		if (offset)
			return {
				style: 'offset',
				request: { offset: offset.place },
				response: {},
				why: `"${offset.place}" counts records`,
				sure: this.limit ? 0.97 : 0.9,
			};
		const page = this.asked((one) => PAGE.test(one.words) && !one.kinds.has('array'));
		if (page && !(page.kinds.has('object') && !page.kinds.has('integer')))
			return {
				style: 'page',
				request: { page: page.place },
				response: {},
				why: `"${page.place}" counts pages`,
				sure: this.limit ? 0.97 : 0.9,
			};
		return undefined;
	}

	/** Paging by a URL or token in the response that no input of the request takes. */
	private byAddress(): PagingGuess | undefined {
		const address = this.next.find(isAddress);
		if (address)
			return {
				style: 'next-url',
				request: {},
				response: { next: address.place },
				why: `"${address.place}" is the address of the next page`,
				sure: 0.93,
			};
		const token = this.next.find((one) => /^(next (page )?(token|cursor)|next page token)$/.test(one.words));
		if (!token) return undefined;
		return {
			style: 'cursor',
			request: {},
			response: { next: token.place },
			why: `"${token.place}" is where the next page begins`,
			sure: 0.8,
		};
	}

	private cursor(hasMore: boolean): Name | undefined {
		const strong = this.request.filter(
			(one) => (CURSOR.test(one.words) || MORE_CURSORS.test(one.words)) && one.words !== 'token' && isText(one.kinds),
		);
		if (strong.length > 0) {
			const echoed = strong.find(({ place }) => this.next.some((one) => lastPartOf(one.place) === lastPartOf(place)));
			const before = (one: Name) => /^(ending|end|before|prev)/.test(one.words);
			return echoed ?? strong.find((one) => !before(one) && !one.place.startsWith('body:')) ?? strong[0];
		}
		const told = this.next.length > 0 || hasMore;
		const maybe = this.request.filter(
			(one) => (MAYBE_CURSOR.test(one.words) || one.words === 'token') && isText(one.kinds) && !/^date/.test(String(one.format)),
		);
		const weak = maybe.find(
			(one) => (told && !(/^(from|start)$/.test(one.words) && this.next.length === 0)) || (this.limit && one.words === 'after'),
		);
		if (weak) return weak;
		const echoed = this.next.find((one) => this.request.some(({ place }) => lastPartOf(place) === lastPartOf(one.place)));
		return echoed && this.limit ? this.request.find(({ place }) => lastPartOf(place) === lastPartOf(echoed.place)) : undefined;
	}

	/** A pointer to the id of the last record, if records have one. */
	private lastId(): string | undefined {
		if (!this.records) return undefined;
		const { properties } = this.view.shape(this.records.record);
		return properties.has('id') ? `${this.records.pointer}/-1/id` : undefined;
	}

	private pair(asked: Name, given: Name): string {
		return `"${asked.place}" takes what the answer gives as "${given.place}"`;
	}

	private given(which: RegExp, kind: string): Name | undefined {
		const fits = ({ kinds }: Name) => kinds.has(kind) || kinds.size === 0 || (kind === 'integer' && kinds.has('number'));
		return this.response.find((one) => which.test(one.words) && fits(one));
	}

	private asked(which: (name: Name) => boolean): Name | undefined {
		return this.request.find(which);
	}
}

/** The names in a request that may control paging. */
function requestNames(view: View, { inputs, body, method }: ApiOperation): Name[] {
	const query = inputs
		.filter((one) => one.in === 'query')
		.map((one) => nameAt(view, one.name, words(one.name).join(' '), one.schemas, false));
	if (method === 'GET') return query;
	return [...query, ...within(view, body, '', 2, false).map((one) => ({ ...one, place: `body:${one.place}` }))];
}

/** The names in a response outside its records. */
function answerNames(view: View, answer: unknown[], records: string | undefined): Name[] {
	return within(view, answer, '', 3, false).filter(({ place }) => place !== records);
}

/** Names at the top level and in objects about paging; arrays are not searched. */
function within(view: View, schemas: unknown[], pointer: string, depth: number, about: boolean): Name[] {
	return [...view.shape(schemas).properties].flatMap(([name, inner]): Name[] => {
		const place = `${pointer}/${escapePart(name)}`;
		const own = nameAt(view, place, words(name).join(' '), inner, about);
		if (depth <= 1 || own.kinds.has('array') || view.shape(inner).properties.size === 0) return [own];
		const isNext = /^(next|cursors?)$/.test(own.words);
		const isPages = ABOUT.test(own.words) || isNext;
		if (!isPages && !(pointer === '' && WRAPPER.test(own.words))) return [own];
		const more = within(view, inner, place, depth - 1, isPages);
		// The outer name belongs to the meaning: `next: { href }` is the next URL, `page: { size }` the page size.
		const prefixed = more.map((one) => ({ ...one, words: `${own.words} ${one.words}` }));
		return [own, ...more, ...(isNext || /^pages?$/.test(own.words) ? prefixed : [])];
	});
}

function nameAt(view: View, place: string, all: string, schemas: unknown[], about: boolean): Name {
	const { kinds, facts } = view.shape(schemas);
	return { place, words: all, kinds, format: facts.format, about };
}

function isAddress(name: Name): boolean {
	return isAddressName(name, [name.format]);
}

function isText(kinds: Set<string>): boolean {
	return kinds.has('string') || kinds.size === 0;
}

function isOnlyText(kinds: Set<string>): boolean {
	return kinds.size === 1 && kinds.has('string');
}
