import type { Pagination } from '../../model';
import { has } from '../../model/values';
import { child, DocumentError, isPart } from '../document/document';
import type { Found } from '../document/find';
import { thereIs } from '../document/nearest';
import type { Spot } from '../schema/shapes';
import { parametersOf, type Parameter } from '../document/parameters';
import { answerOf, schemaOf, type Response } from '../operation/signature';
import type { There } from './there';

/** What each pagination style requires. */
const NEEDS: { [style in Pagination['style']]: Array<['request' | 'response', string]> } = {
	none: [],
	offset: [['request', 'offset']],
	page: [['request', 'page']],
	cursor: [
		['request', 'cursor'],
		['response', 'next'],
	],
	'next-url': [['response', 'next']],
	'link-header': [],
};

/** The types that each sign in a response may have; some vendors write numbers as text. */
const SIGNS: { [sign in keyof NonNullable<Pagination['response']>]: { what: string; types: string[] } } = {
	next: { what: 'neither text nor a number', types: ['string', 'integer', 'number'] },
	hasMore: { what: 'no boolean', types: ['boolean'] },
	done: { what: 'no boolean', types: ['boolean'] },
	total: { what: 'no number', types: ['integer', 'number', 'string'] },
	pages: { what: 'no number', types: ['integer', 'number', 'string'] },
};

/** Checks that whatever `x-n8n-pagination` names exists and has a suitable type. */
export class PaginationCheck {
	constructor(private readonly there: There) {}

	check(found: Found): void {
		const said = found.node['x-n8n-pagination'] as Pagination | undefined;
		if (said === undefined) return;
		const at = child(found.pointer, 'x-n8n-pagination');
		const { style, request = {}, response = {}, size, first } = said;
		if (this.there.resultOf(found).records === undefined)
			throw DocumentError.at(at, 'only a list has pages: an operation with an x-n8n-result with "records" in its answer');
		for (const [part, name] of NEEDS[style])
			if (!has(said[part] ?? {}, name)) throw DocumentError.at(at, `the style "${style}" needs ${part}.${name}`);
		const further = (['request', 'response', 'size', 'first'] as const).find((name) => said[name] !== undefined);
		if (style === 'none' && further !== undefined)
			throw DocumentError.at(child(at, further), 'the style "none" says that the list comes whole, so there is nothing else to say');
		if (first !== undefined && style !== 'page') throw DocumentError.at(child(at, 'first'), 'only the style "page" has a first page');
		if (size !== undefined && request.limit === undefined)
			throw DocumentError.at(child(at, 'size'), 'a size needs request.limit, which asks for it');
		const query = parametersOf(this.there.document, found).filter((one) => one.in === 'query' && !one.fromCredential);
		for (const [part, name] of Object.entries(request))
			this.pageParameter(found, query, name, child(at, 'request', part), part === 'limit' ? size : undefined);
		const answer = answerOf(this.there.document, found);
		for (const [part, place] of Object.entries(response))
			[place].flat().forEach((one, index) => {
				const pointer = Array.isArray(place) ? child(at, 'response', part, index) : child(at, 'response', part);
				if (one.startsWith('header:')) this.header(answer, one.slice('header:'.length), pointer);
				else this.sign(answer?.body ?? [], part as keyof typeof SIGNS, one, pointer);
			});
	}

	private sign(body: Spot[], name: keyof typeof SIGNS, place: string, at: string): void {
		const { what, types } = SIGNS[name] as { what: string; types: string[] };
		const [{ spots }] = this.there.place(body, place, at, 'answer');
		// A vendor may write a boolean as text, if its enum says so.
		const words = name === 'hasMore' || name === 'done' ? this.there.valuesAt(spots) : [];
		if (this.there.is(spots, types) || (words.length > 0 && words.every((word) => word === 'true' || word === 'false'))) return;
		throw DocumentError.at(at, `what "${place}" in the answer holds is ${what}${this.there.placesOfType(body, place, types)}`);
	}

	private pageParameter(found: Found, query: Parameter[], name: string, at: string, size: number | undefined): void {
		const parameter = query.find((one) => one.name === name);
		const inBody = name.startsWith('/') && parameter === undefined;
		if (!inBody && !parameter)
			throw DocumentError.at(
				at,
				`the operation has no query parameter "${name}"${thereIs(
					name,
					query.map((one) => one.name),
					'it has none',
				)}`,
			);
		if (inBody && found.node.requestBody === undefined)
			throw DocumentError.at(at, `the operation has no body, so there is no "${name}" in it`);
		if (inBody) this.there.place(this.there.bodyOf(found), name, at, 'body of the request');
		const spots = parameter ? [schemaOf(parameter)] : this.there.shapes.lead(this.there.bodyOf(found), name).spots;
		const limits = spots.flatMap((spot) => this.there.shapes.merged(spot)).map(({ schema }) => schema.maximum);
		const most = limits.find((one) => typeof one === 'number');
		if (size !== undefined && most !== undefined && size > most)
			throw DocumentError.at(at.replace(/\/request\/limit$/, '/size'), `"${name}" takes ${most} at most`);
	}

	private header(answer: Response | undefined, name: string, at: string): void {
		const declared = isPart(answer?.node.headers) ? Object.keys(answer.node.headers) : [];
		if (declared.length > 0 && !declared.some((one) => one.toLowerCase() === name.toLowerCase()))
			throw DocumentError.at(at, `the answer has no header "${name}"${thereIs(name, declared, '')}`);
	}
}
