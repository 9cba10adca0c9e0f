import type { Identity, Pagination, Place, ResultPlan } from '../model';
import { escapePart, partsOf } from '../pointer';
import { has } from '../values';
import { child, DocumentError, isPart, type Document, type Part } from './document';
import { findOperations, type Found } from './found';
import { recordsOf } from './lists';
import { thereIs } from './nearest';
import { Schemas } from './schema';
import { Shapes, type Lead, type Spot } from './shapes';
import { answerOf, bodySpots, parametersOf, responsesOf, schemaOf, type Parameter, type Response } from './signature';

/** Keywords whose value is data, which may look like anything. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const']);
/** Keywords under which names stand, not keywords. */
const NAMES = new Set(['properties', 'patternProperties', 'dependentSchemas', 'schemas', 'parameters', 'responses', 'paths']);
/** What each style of pagination cannot do without. */
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

/** What each sign in an answer can be; a number is a text at some vendors. */
const SIGNS: { [sign in keyof NonNullable<Pagination['response']>]: { what: string; types: string[] } } = {
	next: { what: 'neither text nor a number', types: ['string', 'integer', 'number'] },
	hasMore: { what: 'no boolean', types: ['boolean'] },
	done: { what: 'no boolean', types: ['boolean'] },
	total: { what: 'no number', types: ['integer', 'number', 'string'] },
	pages: { what: 'no number', types: ['integer', 'number', 'string'] },
};

interface SaidReference {
	operation: string;
	with?: { [parameter: string]: string };
}
interface SaidIdentity extends Partial<Pick<Identity, 'match' | 'scope' | 'normalize' | 'chosen'>> {
	find: string;
	with?: SaidReference['with'];
	named?: string;
	update?: string;
}
interface SaidLookup extends SaidReference {
	value?: Place;
	label?: Place;
	search?: string;
	where?: { [pointer: string]: unknown };
}
interface SaidDynamic extends SaidReference {
	match?: { [property: string]: string };
	schema?: Place;
	properties?: Place;
	name?: Place;
	label?: Place;
	description?: Place;
}

/**
 * Makes sure that whatever the `x-n8n-…` words of a document name is there: operations, parameters, properties, and places
 * in requests and answers. What a schema leaves open is believed.
 * @throws DocumentError with the place in the document, and what there is instead
 */
export function checkReferences(document: Document): void {
	new References(document).check();
}

class References {
	private readonly shapes: Shapes;
	private readonly all: Found[];

	constructor(private readonly document: Document) {
		this.shapes = new Shapes(new Schemas(document));
		this.all = findOperations(document);
	}

	check(): void {
		this.checkSchemas(this.document.root, '#', false);
		for (const found of this.all) {
			this.checkMeaning(found);
			for (const response of responsesOf(this.document, found)) this.checkResult(found, response);
			this.checkPagination(found);
			this.checkIdentity(found);
			this.checkKnown(found);
			this.checkWait(found);
			this.checkUses(found);
		}
		this.checkTriggers();
	}

	/** Words that mean nothing for this operation, parameter or response, though they may stand at others. */
	private checkMeaning(found: Found): void {
		const { method, node, pointer } = found;
		const refuse = (at: string, word: string, text: string): never => {
			throw DocumentError.at(child(at, word), text);
		};
		if (method === 'GET' && node['x-n8n-repeatable'] !== undefined)
			refuse(pointer, 'x-n8n-repeatable', 'what only reads is repeated anyway, so there is nothing to say here');
		if (['GET', 'DELETE'].includes(method) && node['x-n8n-identity'] !== undefined)
			refuse(pointer, 'x-n8n-identity', `only what creates can look first whether a record exists, and this is a ${method}`);
		for (const parameter of parametersOf(this.document, found))
			if (parameter.in !== 'query' && parameter.node['x-n8n-sort'] !== undefined)
				refuse(parameter.pointer, 'x-n8n-sort', `only a query parameter sorts, and this is in: ${parameter.in}`);
		const successes = responsesOf(this.document, found).map(({ status }) => status);
		for (const [status, given] of Object.entries(isPart(node.responses) ? node.responses : {})) {
			if (status.startsWith('x-') || successes.includes(status)) continue;
			const response = this.document.follow(given, child(pointer, 'responses', status));
			if (response.node['x-n8n-result'] !== undefined)
				refuse(response.pointer, 'x-n8n-result', `only a success (2xx) has a result, and this is the response to ${status}`);
		}
	}

	private checkResult(found: Found, { node, pointer, body }: Response): void {
		const said = node['x-n8n-result'] as Partial<ResultPlan> | undefined;
		if (said === undefined) return;
		const at = child(pointer, 'x-n8n-result');
		const { record, id, link, changed, simple = [], deleted } = said;
		if (deleted && found.method === 'GET') throw DocumentError.at(child(at, 'deleted'), 'a GET only reads, so it deletes nothing');
		const inAnswer = (name: 'record' | 'records' | 'errors', place: Place) => this.place(body, place, child(at, name), 'answer');
		if (record !== undefined)
			inAnswer('record', record).forEach(({ spots, pointer: where }) => {
				if (this.is(spots, ['object'])) return;
				const hint = this.is(spots, ['array']) ? 'a list: name it with "records"' : 'no object';
				throw DocumentError.at(where, `what is there is ${hint}`);
			});
		for (const name of ['records', 'errors'] as const)
			inAnswer(name, said[name] ?? []).forEach(({ spots, pointer: where, place }) => {
				if (!this.is(spots, ['array'])) throw DocumentError.at(where, `"${place}" in the answer is no list${this.lists(body, place)}`);
			});
		const inner = this.recordIn(found, body, said);
		for (const [name, place] of Object.entries({ id, link, changed }))
			this.place(inner, place ?? [], child(at, name), 'record').forEach(({ spots, pointer: where }) => {
				const kinds = name === 'link' ? ['string'] : ['string', 'integer', 'number'];
				if (!this.is(spots, kinds))
					throw DocumentError.at(where, `what is there is neither text nor a number${this.near(inner, String(place))}`);
			});
		simple.forEach((name, index) => this.property(inner, name, child(at, 'simple', index)));
	}

	private checkPagination(found: Found): void {
		const said = found.node['x-n8n-pagination'] as Pagination | undefined;
		if (said === undefined) return;
		const at = child(found.pointer, 'x-n8n-pagination');
		const { style, request = {}, response = {}, size, first } = said;
		if (this.resultOf(found).records === undefined)
			throw DocumentError.at(at, 'only a list has pages: an operation with an x-n8n-result with "records" in its answer');
		for (const [part, name] of NEEDS[style])
			if (!has(said[part] ?? {}, name)) throw DocumentError.at(at, `the style "${style}" needs ${part}.${name}`);
		const further = (['request', 'response', 'size', 'first'] as const).find((name) => said[name] !== undefined);
		if (style === 'none' && further !== undefined)
			throw DocumentError.at(child(at, further), 'the style "none" says that the list comes whole, so there is nothing else to say');
		if (first !== undefined && style !== 'page') throw DocumentError.at(child(at, 'first'), 'only the style "page" has a first page');
		if (size !== undefined && request.limit === undefined)
			throw DocumentError.at(child(at, 'size'), 'a size needs request.limit, which asks for it');
		const query = parametersOf(this.document, found).filter((one) => one.in === 'query' && !one.fromCredential);
		for (const [part, name] of Object.entries(request))
			this.pageParameter(found, query, name, child(at, 'request', part), part === 'limit' ? size : undefined);
		const answer = answerOf(this.document, found);
		for (const [part, place] of Object.entries(response))
			[place].flat().forEach((one, index) => {
				const pointer = Array.isArray(place) ? child(at, 'response', part, index) : child(at, 'response', part);
				if (one.startsWith('header:')) this.header(answer, one.slice('header:'.length), pointer);
				else this.sign(answer?.body ?? [], part as keyof typeof SIGNS, one, pointer);
			});
	}

	private sign(body: Spot[], name: keyof typeof SIGNS, place: string, at: string): void {
		const { what, types } = SIGNS[name] as { what: string; types: string[] };
		const [{ spots }] = this.place(body, place, at, 'answer');
		// A vendor may write a boolean as text, where it says so.
		const words = name === 'hasMore' || name === 'done' ? this.valuesAt(spots) : [];
		if (this.is(spots, types) || (words.length > 0 && words.every((word) => word === 'true' || word === 'false'))) return;
		throw DocumentError.at(at, `what "${place}" in the answer holds is ${what}${this.placesOfType(body, place, types)}`);
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
		if (inBody) this.place(this.bodyOf(found), name, at, 'body of the request');
		const spots = parameter ? [schemaOf(parameter)] : this.shapes.lead(this.bodyOf(found), name).spots;
		const limits = spots.flatMap((spot) => this.shapes.merged(spot)).map(({ schema }) => schema.maximum);
		const most = limits.find((one) => typeof one === 'number');
		if (size !== undefined && most !== undefined && size > most)
			throw DocumentError.at(at.replace(/\/request\/limit$/, '/size'), `"${name}" takes ${most} at most`);
	}

	private header(answer: Response | undefined, name: string, at: string): void {
		const declared = isPart(answer?.node.headers) ? Object.keys(answer.node.headers) : [];
		if (declared.length > 0 && !declared.some((one) => one.toLowerCase() === name.toLowerCase()))
			throw DocumentError.at(at, `the answer has no header "${name}"${thereIs(name, declared, '')}`);
	}

	private checkIdentity(found: Found): void {
		const said = found.node['x-n8n-identity'] as SaidIdentity | undefined;
		if (said === undefined) return;
		const at = child(found.pointer, 'x-n8n-identity');
		const finder = this.operation(said.find, child(at, 'find'));
		const parameters = this.callable(finder);
		const plan = this.resultOf(finder);
		const record = this.recordOf(finder);
		const { match = {}, chosen = [], scope = [], normalize = {} } = said;
		this.passed(found, finder, said.with, at);
		for (const [name, place] of Object.entries(match)) {
			const pointer = child(at, 'match', name);
			if (name.startsWith('/')) this.place(record, name, pointer, `record of ${said.find}`);
			else this.property(record, name, pointer, said.find);
			this.requestPlace(found, place, pointer);
		}
		const inMatch = (name: string, pointer: string) => {
			if (!has(match, name))
				throw DocumentError.at(pointer, `there is no "${name}" in "match"${thereIs(name, Object.keys(match), 'it is empty')}`);
		};
		chosen.forEach((name, index) => inMatch(name, child(at, 'chosen', index)));
		scope.forEach((name, index) => this.parameter(parameters, name, child(at, 'scope', index), said.find));
		if (said.named !== undefined) this.property(record, said.named, child(at, 'named'), said.find);
		for (const name of Object.keys(normalize)) {
			const pointer = child(at, 'normalize', name);
			inMatch(name, pointer);
			const { spots, open } = this.shapes.lead(record, name.startsWith('/') ? name : `/${escapePart(name)}`);
			if (!open && !this.is(spots, ['string'])) throw DocumentError.at(pointer, `"${name}" is no text, and only texts are compared so`);
		}
		if (plan.records !== undefined && Object.keys(match).length === 0 && scope.length === 0)
			throw DocumentError.at(
				at,
				`${said.find} is a list, so "match" has to say which of its records is meant, or "scope" which of its parameters do`,
			);
		if (said.update !== undefined) this.checkUpdate(found, said, plan, child(at, 'update'));
	}

	/** The update gets the id as its last path parameter, and its others by name. */
	private checkUpdate(found: Found, { find, update = '' }: SaidIdentity, plan: ResultPlan, at: string): void {
		const operation = this.operation(update, at);
		const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
		const last = names[names.length - 1];
		if (last === undefined)
			throw DocumentError.at(at, `${update} has no path parameter, and the last one is what takes the id of the record that was found`);
		if (plan.id === undefined)
			throw DocumentError.at(at, `the answer of ${find} does not say where the id is, which ${update} needs: add "id" to its x-n8n-result`);
		const rest = this.callable(operation).filter((one) => !(one.in === 'path' && one.name === last));
		this.covered(found, rest, undefined, at, update);
	}

	private checkKnown(found: Found): void {
		const said = found.node['x-n8n-known'];
		if (said === undefined) return;
		const at = child(found.pointer, 'x-n8n-known');
		const reference = (isPart(said) ? said : { operation: said }) as unknown as SaidReference;
		const list = this.operation(reference.operation, isPart(said) ? child(at, 'operation') : at);
		const { records, id } = this.resultOf(list);
		if (records === undefined || id === undefined)
			throw DocumentError.at(
				at,
				`${reference.operation} should be a list whose records have an id: an x-n8n-result with "records" and "id"`,
			);
		if (this.resultOf(found).link === undefined)
			throw DocumentError.at(
				at,
				'what is known counts where the answer is a link that a customer opens: an x-n8n-result with "link" in the answer',
			);
		this.passed(found, list, reference.with, at);
	}

	private checkWait(found: Found): void {
		const said = found.node['x-n8n-wait'];
		const only = isPart(said) && isPart(said.only) ? said.only.property : undefined;
		if (typeof only === 'string') this.property(this.recordOf(found), only, child(found.pointer, 'x-n8n-wait', 'only', 'property'));
	}

	private checkTriggers(): void {
		const [first, second] = this.all.filter(({ node }) => node['x-n8n-trigger'] === true);
		const at = (found: Found) => child(found.pointer, 'x-n8n-trigger');
		if (first && first.node['x-n8n-operation'] === undefined)
			throw DocumentError.at(at(first), 'a list that is watched needs x-n8n-operation, which says what it is a list of');
		if (second) throw DocumentError.at(at(second), `one list can be watched, and ${nameOf(first)} is watched already`);
	}

	/** What the request of an operation looks up, wherever in its parameters and its body that is said. */
	private checkUses(found: Found): void {
		const seen = new Set<string>();
		const walk = (value: unknown, pointer: string, names: boolean): void => {
			if (Array.isArray(value)) value.forEach((one, index) => walk(one, child(pointer, index), false));
			if (!isPart(value)) return;
			if (!names && typeof value.$ref === 'string' && !seen.has(value.$ref)) {
				seen.add(value.$ref);
				walk(this.document.at(value.$ref, pointer), value.$ref, false);
			}
			for (const [name, one] of Object.entries(value)) {
				const at = child(pointer, name);
				if (names || !name.startsWith('x-')) {
					if (names || !DATA.has(name)) walk(one, at, !names && NAMES.has(name));
				} else if (name === 'x-n8n-lookup') this.checkLookup(found, { schema: value, pointer }, one as SaidLookup, at);
				else if (name === 'x-n8n-suggestions') this.checkNamesBy(found, one as Part, at);
				else if (name === 'x-n8n-dynamic') this.checkDynamic(found, { schema: value, pointer }, one as SaidDynamic, at);
			}
		};
		for (const { node, pointer } of parametersOf(this.document, found)) walk(node, pointer, false);
		walk(found.node.requestBody, child(found.pointer, 'requestBody'), false);
	}

	private checkLookup(found: Found, { schema, pointer }: { schema: Part; pointer: string }, said: SaidLookup, at: string): void {
		const isParameter = typeof schema.in === 'string' && isPart(schema.schema);
		const spot = isParameter ? { schema: schema.schema, pointer: child(pointer, 'schema') } : { schema, pointer };
		if (!this.is([spot], ['string'])) throw DocumentError.at(at, 'what is picked is a text, and none is allowed here');
		const list = this.operation(said.operation, child(at, 'operation'));
		const { records, id } = this.resultOf(list);
		if (records === undefined)
			throw DocumentError.at(child(at, 'operation'), `${said.operation} is no list: its answer has no x-n8n-result with "records"`);
		if (said.value === undefined && id === undefined)
			throw DocumentError.at(at, `"value" has to say what of a record is picked, since the answer of ${said.operation} names no id`);
		const record = this.recordOf(list);
		const what = `record of ${said.operation}`;
		if (said.value !== undefined) this.place(record, said.value, child(at, 'value'), what);
		if (said.label !== undefined) this.place(record, said.label, child(at, 'label'), what);
		for (const [place, wanted] of Object.entries(said.where ?? {})) {
			const [{ spots }] = this.place(record, place, child(at, 'where', place), what);
			const type = wanted === null ? 'null' : Array.isArray(wanted) ? 'array' : typeof wanted;
			if (!this.is(spots, type === 'number' ? ['number', 'integer'] : [type]))
				throw DocumentError.at(child(at, 'where', place), `"${place}" in the ${what} is never ${JSON.stringify(wanted)}`);
		}
		if (said.search !== undefined) {
			const query = this.callable(list).filter((one) => one.in === 'query');
			this.parameter(query, said.search, child(at, 'search'), said.operation, 'query parameter');
		}
		this.passed(found, list, said.with, at);
	}

	private checkDynamic(found: Found, map: Spot, said: SaidDynamic, at: string): void {
		const operation = this.operation(said.operation, child(at, 'operation'));
		const what = `record of ${said.operation}`;
		const record = this.recordOf(operation);
		if (!this.is([map], ['object'])) throw DocumentError.at(at, 'only an object can have names that the vendor tells');
		if (said.schema === undefined && said.properties === undefined) throw DocumentError.at(at, '"schema" or "properties" is missing here');
		for (const [name, place] of Object.entries(said.match ?? {})) {
			this.property(record, name, child(at, 'match', name), said.operation);
			this.requestPlace(found, place, child(at, 'match', name));
		}
		if (said.schema !== undefined) this.place(record, said.schema, child(at, 'schema'), what);
		const lists = said.properties === undefined ? [] : this.place(record, said.properties, child(at, 'properties'), what);
		for (const { spots, pointer, place } of lists)
			if (!this.is(spots, ['array'])) throw DocumentError.at(pointer, `"${place}" in the ${what} is no list${this.lists(record, place)}`);
		const property = lists.flatMap(({ spots }) => this.shapes.elements(spots).spots);
		for (const name of ['name', 'label', 'description'] as const)
			if (said[name] !== undefined) this.place(property, said[name], child(at, name), 'property');
		this.passed(found, operation, said.with, at);
	}

	/** Words that speak of the schema that they stand at. */
	private checkSchemas(value: unknown, pointer: string, names: boolean): void {
		if (Array.isArray(value)) value.forEach((one, index) => this.checkSchemas(one, child(pointer, index), false));
		if (!isPart(value)) return;
		for (const [name, one] of Object.entries(value)) {
			const at = child(pointer, name);
			if (names) this.checkSchemas(one, at, false);
			else if (name === 'x-n8n-enum-labels') this.checkLabels({ schema: value, pointer }, one as Part, at);
			else if (name === 'x-n8n-suggestions') this.checkSuggestions({ schema: value, pointer }, at);
			else if (!name.startsWith('x-') && !DATA.has(name)) this.checkSchemas(one, at, NAMES.has(name));
		}
	}

	private checkLabels(spot: Spot, labels: Part, at: string): void {
		const values = this.valuesAt([spot]);
		for (const value of Object.keys(labels))
			if (!values.includes(value))
				throw DocumentError.at(child(at, value), `"${value}" is none of the values${thereIs(value, values, 'there is no enum here')}`);
	}

	private checkSuggestions(spot: Spot, at: string): void {
		const forms = this.shapes.merged(spot).map(({ schema }) => schema);
		const isFree = (schema: Part) => schema.additionalProperties !== false || schema.patternProperties !== undefined;
		if (!this.is([spot], ['object']) || !forms.some(isFree))
			throw DocumentError.at(at, 'names can only be suggested for an object that takes any names (additionalProperties)');
	}

	/** Suggestions by the value of another field: it is in the request, and has these values. */
	private checkNamesBy(found: Found, { by, names }: Part, at: string): void {
		if (typeof by !== 'string' || !isPart(names)) return;
		this.requestPlace(found, by, child(at, 'by'));
		const values = this.valuesAt(this.leadOf(found, by).spots);
		if (values.length === 0) throw DocumentError.at(child(at, 'by'), `"${by}" has no enum, so no names can go with its values`);
		for (const value of Object.keys(names))
			if (!values.includes(value))
				throw DocumentError.at(child(at, 'names', value), `"${value}" is none of the values of "${by}"${thereIs(value, values, '')}`);
	}

	/** The values that schemas allow by name, as text. */
	private valuesAt(spots: Spot[]): string[] {
		const schemas = spots.flatMap((spot) => this.shapes.merged(spot)).map(({ schema }) => schema);
		return schemas
			.flatMap((schema) => (Array.isArray(schema.enum) ? (schema.enum as unknown[]) : schema.const === undefined ? [] : [schema.const]))
			.map(String);
	}

	/** Each pointer of a place, with what it leads to. */
	private place(from: Spot[], place: Place, at: string, what: string): Array<{ spots: Spot[]; pointer: string; place: string }> {
		return [place].flat().map((one, index) => {
			const pointer = Array.isArray(place) ? child(at, index) : at;
			const { spots, open } = this.shapes.lead(from, one);
			if (spots.length === 0 && !open) throw DocumentError.at(pointer, `there is no "${one}" in the ${what}${this.near(from, one)}`);
			return { spots, pointer, place: one };
		});
	}

	private near(from: Spot[], place: string): string {
		return thereIs(place, this.shapes.places(from), 'it declares nothing');
	}

	private lists(from: Spot[], place: string): string {
		return this.placesOfType(from, place, ['array']);
	}

	private placesOfType(from: Spot[], place: string, types: string[]): string {
		const isOne = (spots: Spot[]) => types.some((type) => this.shapes.kinds(spots).has(type));
		const places = this.shapes.places(from).filter((one) => isOne(this.shapes.lead(from, one).spots));
		return thereIs(place, [...places, ...(isOne(from) ? ['"" (the whole of it)'] : [])], 'there is none');
	}

	private property(record: Spot[], name: string, at: string, of?: string): void {
		const { spots, open } = this.shapes.lead(record, `/${escapePart(name)}`);
		if (spots.length === 0 && !open)
			throw DocumentError.at(
				at,
				`a record${of === undefined ? '' : ` of ${of}`} has no property "${name}"${thereIs(name, this.shapes.names(record), 'it declares none')}`,
			);
	}

	/** Whether a value can be of one of these types. */
	private is(spots: Spot[], types: string[]): boolean {
		const kinds = this.shapes.kinds(spots);
		return spots.length === 0 || kinds.has('any') || types.some((type) => kinds.has(type));
	}

	private operation(id: unknown, at: string): Found {
		const found = this.all.find(({ node }) => node.operationId === id);
		if (found) return found;
		const ids = this.all.flatMap(({ node }) => (typeof node.operationId === 'string' ? [node.operationId] : []));
		throw DocumentError.at(at, `there is no operation "${String(id)}"${thereIs(String(id), ids, 'no operation has an operationId')}`);
	}

	/** The parameters that a reference to an operation can fill: a body is not sent, and pages are asked for by the engine. */
	private callable(found: Found): Parameter[] {
		const paged = Object.values((found.node['x-n8n-pagination'] as Pagination | undefined)?.request ?? {});
		return parametersOf(this.document, found).filter((one) => !one.fromCredential && !(one.in === 'query' && paged.includes(one.name)));
	}

	private parameter(all: Parameter[], name: string, at: string, of: string, what = 'parameter'): void {
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

	/** What another operation is called with: its parameters, and the places in the request at hand. */
	private passed(found: Found, called: Found, places: SaidReference['with'] = {}, at: string): void {
		const parameters = this.callable(called);
		for (const [name, place] of Object.entries(places)) {
			this.parameter(parameters, name, child(at, 'with', name), nameOf(called));
			this.requestPlace(found, place, child(at, 'with', name));
		}
		this.covered(found, parameters, places, at, nameOf(called));
	}

	/** A parameter that has to be given comes from somewhere. */
	private covered(found: Found, parameters: Parameter[], places: SaidReference['with'] = {}, at: string, of: string): void {
		for (const { name, in: location, node } of parameters) {
			if ((location !== 'path' && node.required !== true) || has(places, name)) continue;
			if (this.hasPlace(found, `/${location}/${escapePart(name)}`)) continue;
			throw DocumentError.at(
				at,
				`${of} needs "${name}", and the request of ${nameOf(found)} has no ${location} parameter of that name. Say with "with" where it comes from${thereIs(name, this.placesOf(found), 'the request has nothing')}`,
			);
		}
	}

	private requestPlace(found: Found, place: string, at: string): void {
		if (!this.hasPlace(found, place))
			throw DocumentError.at(
				at,
				`there is no "${place}" in the request of ${nameOf(found)}${thereIs(place, this.placesOf(found), 'it has nothing')}`,
			);
	}

	private hasPlace(found: Found, place: string): boolean {
		const { spots, open } = this.leadOf(found, place);
		return open || spots.length > 0;
	}

	/** What a place in a request leads to. */
	private leadOf(found: Found, place: string): Lead {
		const [location, name, ...rest] = partsOf(place);
		const within = (spots: Spot[], parts: string[]) => this.shapes.lead(spots, parts.map((part) => `/${escapePart(part)}`).join(''));
		const nothing = { spots: [], open: false };
		if (location === 'body')
			return found.node.requestBody === undefined ? nothing : within(this.bodyOf(found), name === undefined ? [] : [name, ...rest]);
		const parameter = this.callable(found).find((one) => one.in === location && one.name === name);
		return parameter === undefined ? nothing : within([schemaOf(parameter)], rest);
	}

	private placesOf(found: Found): string[] {
		const parameters = this.callable(found).map((one) => `/${one.in}/${escapePart(one.name)}`);
		return [...parameters, ...this.shapes.places(this.bodyOf(found)).map((place) => `/body${place}`)];
	}

	private bodyOf(found: Found): Spot[] {
		return bodySpots(this.document, found);
	}

	private resultOf(found: Found): ResultPlan {
		const said = (answerOf(this.document, found)?.node['x-n8n-result'] ?? {}) as Partial<ResultPlan>;
		const records = said.records ?? recordsOf(this.document, found, said);
		return { record: '', ...said, ...(records === undefined ? {} : { records }) };
	}

	private recordOf(found: Found): Spot[] {
		const answer = answerOf(this.document, found);
		return this.recordIn(found, answer?.body ?? [], (answer?.node['x-n8n-result'] ?? {}) as Partial<ResultPlan>);
	}

	/** What a record of an answer is. */
	private recordIn(found: Found, body: Spot[], said: Partial<ResultPlan>): Spot[] {
		const records = said.records ?? recordsOf(this.document, found, said);
		const lead = (place: Place) => [place].flat().flatMap((one) => this.shapes.lead(body, one).spots);
		return records === undefined ? lead(said.record ?? '') : lead(records).flatMap((spot) => this.shapes.elements([spot]).spots);
	}
}

function nameOf({ node, method, path }: Found): string {
	return typeof node.operationId === 'string' ? node.operationId : `${method} ${path}`;
}
