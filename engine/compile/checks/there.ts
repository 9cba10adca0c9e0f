import type { Pagination, Pointers, Reference, ResultPlan } from '../../model';
import { escapePart, partsOf } from '../../model/pointer';
import { has } from '../../model/values';
import { child, DocumentError, type Document } from '../document/document';
import { findOperations, type Found } from '../document/find';
import { recordsOf } from '../operation/lists';
import { thereIs } from '../document/nearest';
import { Schemas } from '../schema/flatten';
import { Shapes, type Lead, type Spot } from '../schema/shapes';
import { parametersOf, type Parameter } from '../document/parameters';
import { answerOf, bodySpots, schemaOf } from '../operation/signature';

/** Looks up what a document contains (operations, parameters, properties, places), and reports what does not exist. */
export class There {
	readonly shapes: Shapes;
	readonly all: Found[];

	constructor(readonly document: Document) {
		this.shapes = new Shapes(new Schemas(document));
		this.all = findOperations(document);
	}

	/** The values that schemas list (`enum`, `const`), as text. */
	valuesAt(spots: Spot[]): string[] {
		const schemas = spots.flatMap((spot) => this.shapes.merged(spot)).map(({ schema }) => schema);
		return schemas
			.flatMap((schema) => (Array.isArray(schema.enum) ? (schema.enum as unknown[]) : schema.const === undefined ? [] : [schema.const]))
			.map(String);
	}

	/** Follows each pointer of a place. */
	place(from: Spot[], place: Pointers, at: string, what: string): Array<{ spots: Spot[]; pointer: string; place: string }> {
		return [place].flat().map((one, index) => {
			const pointer = Array.isArray(place) ? child(at, index) : at;
			const { spots, open } = this.shapes.lead(from, one);
			if (spots.length === 0 && !open) throw DocumentError.at(pointer, `there is no "${one}" in the ${what}${this.near(from, one)}`);
			return { spots, pointer, place: one };
		});
	}

	near(from: Spot[], place: string): string {
		return thereIs(place, this.shapes.places(from), 'it declares nothing');
	}

	lists(from: Spot[], place: string): string {
		return this.placesOfType(from, place, ['array']);
	}

	placesOfType(from: Spot[], place: string, types: string[]): string {
		const isOne = (spots: Spot[]) => types.some((type) => this.shapes.kinds(spots).has(type));
		const places = this.shapes.places(from).filter((one) => isOne(this.shapes.lead(from, one).spots));
		return thereIs(place, [...places, ...(isOne(from) ? ['"" (the whole of it)'] : [])], 'there is none');
	}

	property(record: Spot[], name: string, at: string, of?: string): void {
		const { spots, open } = this.shapes.lead(record, `/${escapePart(name)}`);
		if (spots.length === 0 && !open)
			throw DocumentError.at(
				at,
				`a record${of === undefined ? '' : ` of ${of}`} has no property ` +
					`"${name}"${thereIs(name, this.shapes.names(record), 'it declares none')}`,
			);
	}

	/** Whether a value may have one of these types. */
	is(spots: Spot[], types: string[]): boolean {
		const kinds = this.shapes.kinds(spots);
		return spots.length === 0 || kinds.has('any') || types.some((type) => kinds.has(type));
	}

	operation(id: unknown, at: string): Found {
		const found = this.all.find(({ node }) => node.operationId === id);
		if (found) return found;
		const ids = this.all.flatMap(({ node }) => (typeof node.operationId === 'string' ? [node.operationId] : []));
		throw DocumentError.at(at, `there is no operation "${String(id)}"${thereIs(String(id), ids, 'no operation has an operationId')}`);
	}

	/** The parameters that a reference can fill. A referenced operation sends no body, and the engine fills its paging parameters. */
	callable(found: Found): Parameter[] {
		const paged = Object.values((found.node['x-n8n-pagination'] as Pagination | undefined)?.request ?? {});
		return parametersOf(this.document, found).filter((one) => !one.fromCredential && !(one.in === 'query' && paged.includes(one.name)));
	}

	parameter(all: Parameter[], name: string, at: string, of: string, what = 'parameter'): void {
		if (all.some((one) => one.name === name)) return;
		throw DocumentError.at(
			at,
			`${of} has no ${what} "${name}"${thereIs(
				name,
				all.map((one) => one.name),
				'it has none',
			)}`,
		);
	}

	/** Checks what another operation is called with: its parameters, and their places in the current request. */
	passed(found: Found, called: Found, places: Reference['with'] = {}, at: string): void {
		const parameters = this.callable(called);
		for (const [name, place] of Object.entries(places)) {
			this.parameter(parameters, name, child(at, 'with', name), nameOf(called));
			this.requestPlace(found, place, child(at, 'with', name));
		}
		this.covered(found, parameters, places, at, nameOf(called));
	}

	/** Checks that every required parameter gets a value from somewhere. */
	covered(found: Found, parameters: Parameter[], places: Reference['with'] = {}, at: string, of: string): void {
		for (const { name, in: location, node } of parameters) {
			if ((location !== 'path' && node.required !== true) || has(places, name)) continue;
			if (this.hasPlace(found, `/${location}/${escapePart(name)}`)) continue;
			throw DocumentError.at(
				at,
				`${of} needs "${name}", and the request of ${nameOf(found)} has no ${location} parameter of that name. Say with ` +
					`"with" where it comes from${thereIs(name, this.placesOf(found), 'the request has nothing')}`,
			);
		}
	}

	requestPlace(found: Found, place: string, at: string): void {
		if (!this.hasPlace(found, place))
			throw DocumentError.at(
				at,
				`there is no "${place}" in the request of ${nameOf(found)}${thereIs(place, this.placesOf(found), 'it has nothing')}`,
			);
	}

	hasPlace(found: Found, place: string): boolean {
		const { spots, open } = this.leadOf(found, place);
		return open || spots.length > 0;
	}

	/** The schemas at a place in an operation's request. */
	leadOf(found: Found, place: string): Lead {
		const [location, name, ...rest] = partsOf(place);
		const within = (spots: Spot[], parts: string[]) => this.shapes.lead(spots, parts.map((part) => `/${escapePart(part)}`).join(''));
		const nothing = { spots: [], open: false };
		if (location === 'body')
			return found.node.requestBody === undefined ? nothing : within(this.bodyOf(found), name === undefined ? [] : [name, ...rest]);
		const parameter = this.callable(found).find((one) => one.in === location && one.name === name);
		return parameter === undefined ? nothing : within([schemaOf(parameter)], rest);
	}

	placesOf(found: Found): string[] {
		const parameters = this.callable(found).map((one) => `/${one.in}/${escapePart(one.name)}`);
		return [...parameters, ...this.shapes.places(this.bodyOf(found)).map((place) => `/body${place}`)];
	}

	bodyOf(found: Found): Spot[] {
		return bodySpots(this.document, found);
	}

	resultOf(found: Found): ResultPlan {
		const said = (answerOf(this.document, found)?.node['x-n8n-result'] ?? {}) as Partial<ResultPlan>;
		const records = said.records ?? recordsOf(this.document, found, said);
		return { record: '', ...said, ...(records === undefined ? {} : { records }) };
	}

	recordOf(found: Found): Spot[] {
		const answer = answerOf(this.document, found);
		return this.recordIn(found, answer?.body ?? [], answer?.node['x-n8n-result'] ?? {});
	}

	/** The schemas of a record in a response. */
	recordIn(found: Found, body: Spot[], said: Partial<ResultPlan>): Spot[] {
		const records = said.records ?? recordsOf(this.document, found, said);
		const lead = (place: Pointers) => [place].flat().flatMap((one) => this.shapes.lead(body, one).spots);
		return records === undefined ? lead(said.record ?? '') : lead(records).flatMap((spot) => this.shapes.elements([spot]).spots);
	}
}

/** How a message names an operation: by its operationId, or by method and path. */
export function nameOf({ node, method, path }: Found): string {
	return typeof node.operationId === 'string' ? node.operationId : `${method} ${path}`;
}
