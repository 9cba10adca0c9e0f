import type { Dynamic, Identity, Lookup, Pointers, Reference, ResultPlan } from '../../model';
import { escapePart } from '../../model/pointer';
import { has } from '../../model/values';
import { child, DocumentError, isPart, type Document, type Part } from '../document/document';
import type { Found } from '../document/find';
import { DATA } from '../document/keywords';
import { thereIs } from '../document/nearest';
import { PaginationCheck } from './pagination';
import type { Spot } from '../schema/shapes';
import { nameOf, There } from './there';
import { parametersOf } from '../document/parameters';
import { responsesOf, type Response } from '../operation/signature';

/** Keywords whose value maps names to objects, so its keys are no keywords. */
const NAMES = new Set(['properties', 'patternProperties', 'dependentSchemas', 'schemas', 'parameters', 'responses', 'paths']);
interface SaidIdentity extends Partial<Pick<Identity, 'match' | 'scope' | 'normalize' | 'optionalMatch'>> {
	find: string;
	with?: Reference['with'];
	nameField?: string;
	update?: string;
}
type SaidLookup = Omit<Lookup, 'method'>;
type SaidDynamic = Omit<Dynamic, 'method'>;

/**
 * Checks that whatever a document's `x-n8n-…` extensions name exists: operations, parameters, properties, and places in
 * requests and responses. Where a schema leaves open what exists, the extension is trusted.
 * @throws DocumentError with the place in the document, and what exists instead
 */
export function checkReferences(document: Document): void {
	new References(document).check();
}

class References extends There {
	private readonly pagination = new PaginationCheck(this);

	check(): void {
		this.checkSchemas(this.document.root, '#', false);
		for (const found of this.all) {
			this.checkMeaning(found);
			for (const response of responsesOf(this.document, found)) this.checkResult(found, response);
			this.pagination.check(found);
			this.checkIdentity(found);
			this.checkKnown(found);
			this.checkWait(found);
			this.checkUses(found);
		}
		this.checkTriggers();
	}

	/** Refuses extensions that have no effect on this operation, parameter or response, although they are valid on others. */
	private checkMeaning(found: Found): void {
		const { method, node, pointer } = found;
		const refuse = (at: string, extension: string, text: string): never => {
			throw DocumentError.at(child(at, extension), text);
		};
		if (method === 'GET' && node['x-n8n-idempotent'] !== undefined)
			refuse(pointer, 'x-n8n-idempotent', 'what only reads is repeated anyway, so there is nothing to say here');
		if (['GET', 'DELETE'].includes(method) && node['x-n8n-upsert'] !== undefined)
			refuse(pointer, 'x-n8n-upsert', `only what creates can look first whether a record exists, and this is a ${method}`);
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
		const inAnswer = (name: 'record' | 'records' | 'errors', place: Pointers) => this.place(body, place, child(at, name), 'answer');
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

	private checkIdentity(found: Found): void {
		const said = found.node['x-n8n-upsert'] as SaidIdentity | undefined;
		if (said === undefined) return;
		const at = child(found.pointer, 'x-n8n-upsert');
		const finder = this.operation(said.find, child(at, 'find'));
		const parameters = this.callable(finder);
		const plan = this.resultOf(finder);
		const record = this.recordOf(finder);
		const { match = {}, optionalMatch = [], scope = [], normalize = {} } = said;
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
		optionalMatch.forEach((name, index) => inMatch(name, child(at, 'optionalMatch', index)));
		scope.forEach((name, index) => this.parameter(parameters, name, child(at, 'scope', index), said.find));
		if (said.nameField !== undefined) this.property(record, said.nameField, child(at, 'nameField'), said.find);
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

	/** The update operation takes the id as its last path parameter; its other parameters are filled by name. */
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
		const said = found.node['x-n8n-known-ids'];
		if (said === undefined) return;
		const at = child(found.pointer, 'x-n8n-known-ids');
		const reference = (isPart(said) ? said : { operation: said }) as unknown as Reference;
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

	/** Checks the extensions in an operation's parameters and body that refer to other operations or places. */
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
				else if (name === 'x-n8n-fields-from') this.checkDynamic(found, { schema: value, pointer }, one as SaidDynamic, at);
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

	/** Checks the extensions that only concern the schema they are in. */
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

	/** Checks suggestions that depend on another field: it exists in the request and has these values. */
	private checkNamesBy(found: Found, { by, names }: Part, at: string): void {
		if (typeof by !== 'string' || !isPart(names)) return;
		this.requestPlace(found, by, child(at, 'by'));
		const values = this.valuesAt(this.leadOf(found, by).spots);
		if (values.length === 0) throw DocumentError.at(child(at, 'by'), `"${by}" has no enum, so no names can go with its values`);
		for (const value of Object.keys(names))
			if (!values.includes(value))
				throw DocumentError.at(child(at, 'names', value), `"${value}" is none of the values of "${by}"${thereIs(value, values, '')}`);
	}
}
