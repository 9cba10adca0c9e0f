import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodePropertyOptions,
	type ResourceMapperFields,
} from 'n8n-workflow';
import type { Dynamic, Lookup, PlacedOperation, Vendor } from '../model';
import { labelOf } from '../model/names';
import { literal, OTHER } from '../model/layout';
import { pointerOf, valueAt, firstValueAt } from '../model/pointer';
import { idOf, type VendorRecord } from './response/response';
import { credentialOf } from './credentials/credential';
import { rulesOf, type NoRules, type Rules } from './execute/dynamic';
import { mapperFieldsOf } from './execute/mapperFields';
import { operationOf } from './input/operation';
import { listOf, pageOf } from './transport/pages';
import type { Position } from './response/pagination';
import { worded, type Worded } from './problems/failures';
import type { Problem } from './problems/problem';
import { hintOf, sentenceOf } from './problems/sentences';
import { Reader, UNREADABLE } from './input/read';
import { currentRequestOf, inputsFor, sourceOf, type CurrentRequest } from './request/reference';
import type { RequestInputs } from './request/request';
import { Redactor } from './credentials/secrets';
import { Connection } from './transport/send';
import { checkSecrets, STORE, storedNames } from './credentials/store';

/** How long the editor waits for a vendor's list, in milliseconds. */
const TIMEOUT = 20_000;
/** How many records a search covers if the vendor cannot search. */
const SEARCHED = 2000;

type Searches = { [method: string]: (this: ILoadOptionsFunctions, filter?: string, token?: string) => Promise<INodeListSearchResult> };
type Loaders = { [method: string]: (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> };
type Mappers = { [method: string]: (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields> };

/** The methods that n8n's editor calls for a vendor's node: lists to pick from, and the test of stored secrets. */
export function methodsOf(vendor: Vendor) {
	const listSearch = Object.entries(vendor.lookups).map(([method, lookup]) => [
		method,
		async function (this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
			return await pick(this, vendor, lookup, filter, token);
		},
	]);
	const loadOptions = Object.entries(vendor.dynamics).map(([method, dynamic]) => [
		method,
		async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await namesFor(this, vendor, dynamic);
		},
	]);
	const resourceMapping = Object.entries(vendor.dynamics).map(([method, dynamic]) => [
		method,
		async function (this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
			return await fieldsFor(this, vendor, dynamic);
		},
	]);
	return {
		listSearch: Object.fromEntries(listSearch) as Searches,
		loadOptions: { ...(Object.fromEntries(loadOptions) as Loaders), [STORE.method]: storedNames },
		resourceMapping: Object.fromEntries(resourceMapping) as Mappers,
		credentialTest: { [STORE.test]: checkSecrets },
	};
}

async function pick(
	context: ILoadOptionsFunctions,
	vendor: Vendor,
	lookup: Lookup,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const operation = vendor.references[lookup.operation];
	const currentRequest = currentRequestIn(
		context,
		vendor,
		operation.inputs.map((input) => sourceOf(lookup, input)),
	);
	const { inputs, missing } = inputsFor(lookup, operation, currentRequest);
	if (missing.length > 0) throw unknown(context, missing);
	const connection = await connect(context, vendor);
	const search = filter?.trim() ?? '';
	const asOption = (record: VendorRecord) => {
		const value = lookup.value === undefined ? idOf(operation.result, record) : firstValueAt(record, lookup.value);
		const own = lookup.label === undefined ? undefined : firstValueAt(record, lookup.label);
		const label = own === undefined || own === null || own === value ? readable(value) : own;
		const counts = Object.entries(lookup.where ?? {}).every(([place, wanted]) => valueAt(record, place) === wanted);
		return !counts || value === undefined || value === null
			? []
			: [{ name: connection.redactor.text(String(label)), value: literal(connection.redactor.text(String(value))) }];
	};
	const isPaged = operation.pagination !== undefined && operation.pagination.style !== 'none';
	if (isPaged && (search === '' || lookup.search !== undefined)) {
		const filter: Array<[string, string]> = search === '' || lookup.search === undefined ? [] : [[lookup.search, search]];
		const page = await pageOf(connection, operation, inputs, positionOf(token), filter);
		if (!page.ok) throw editorError(context, page.failure);
		const { records, next } = page.value;
		return { results: records.flatMap(asOption), ...(next ? { paginationToken: JSON.stringify(next) } : {}) };
	}
	const listed = await listOf(connection, operation, inputs, SEARCHED);
	if (!listed.ok) throw editorError(context, listed.failure);
	const fits = ({ name, value }: { name: string; value: string }) => `${name} ${value}`.toLowerCase().includes(search.toLowerCase());
	const results = new Map(
		listed.value
			.flatMap(asOption)
			.filter(fits)
			.reverse()
			.map((one) => [one.value, one]),
	);
	return {
		results: [...results.values()].sort((a, b) => a.name.localeCompare(b.name, 'en')),
	};
}

/** A name without a label as words, if it is nothing but words: `zohoCrm` → `Zoho CRM`. An ID stays as it is. */
function readable(value: unknown): string {
	const text = String(value);
	return /^[a-z]+([A-Z][a-z]+)+$/.test(text) ? labelOf(text) : text;
}

/** The position in n8n's pagination token. */
function positionOf(token: string | undefined): Position | undefined {
	return token === undefined ? undefined : (JSON.parse(token) as Position);
}

async function namesFor(context: ILoadOptionsFunctions, vendor: Vendor, dynamic: Dynamic): Promise<INodePropertyOptions[]> {
	const rules = await rulesFor(context, vendor, dynamic);
	if (rules.kind === 'missing') throw unknown(context, rules.labels);
	if (rules.kind === 'notOffered') throw wrong(context, rules.problem);
	const offered = rules.properties.map(({ name, label, description, required }) => ({
		name: required ? `${label} (Required)` : label,
		value: literal(name),
		...(description ? { description } : {}),
	}));
	return [...offered, { name: 'Other', value: OTHER, description: 'A name that is not in the list' }];
}

/** The fields of n8n's resource mapper; instead of none, a notice that says why. */
async function fieldsFor(context: ILoadOptionsFunctions, vendor: Vendor, dynamic: Dynamic): Promise<ResourceMapperFields> {
	const rules = await rulesFor(context, vendor, dynamic);
	if (rules.kind === 'missing') return { fields: [], emptyFieldsNotice: dependentOn(rules.labels).message };
	if (rules.kind === 'notOffered') return { fields: [], emptyFieldsNotice: sentenceOf(rules.problem) };
	const isStored = dynamic.secret && context.getCurrentNodeParameter(STORE.parameter) === STORE.stored;
	return {
		fields: mapperFieldsOf(rules, isStored ? await storedNames.call(context) : undefined),
		emptyFieldsNotice: worded('noFields', {}).message,
	};
}

async function rulesFor(context: ILoadOptionsFunctions, vendor: Vendor, dynamic: Dynamic): Promise<Rules | NoRules> {
	const fetched = await rulesOf(await connect(context, vendor), vendor, dynamic, currentRequestIn(context, vendor, dynamic.sources));
	if (!fetched.ok) throw editorError(context, fetched.failure);
	return fetched.value;
}

/** The current values of these places. In the editor, expressions have no value. */
function currentRequestIn(context: ILoadOptionsFunctions, vendor: Vendor, places: string[]): CurrentRequest {
	const operation = currentOperation(context, vendor);
	const wanted = places.map((place) => place.split('/').slice(0, 3).join('/'));
	const reader = new Reader(context.getTimezone());
	const given = operation?.inputs.flatMap((input): RequestInputs => {
		const place = pointerOf(input);
		if (!wanted.some((one) => one === place || one.startsWith(`${place}/`))) return [];
		const value = reader.read(input.field, (name) => fixedValue(context.getCurrentNodeParameter(name)), '');
		return value === undefined || value === UNREADABLE ? [] : [{ input, value }];
	});
	return currentRequestOf(given ?? []);
}

/** The chosen operation of a node, or the only one of a trigger. */
function currentOperation(context: ILoadOptionsFunctions, vendor: Vendor): PlacedOperation | undefined {
	const resource = context.getCurrentNodeParameter('resource');
	const name = context.getCurrentNodeParameter('operation');
	return resource === undefined ? vendor.trigger : operationOf(vendor, resource, name);
}

/** A parameter's value without those parts that are expressions. */
function fixedValue(value: unknown): unknown {
	if (typeof value === 'string') return value.startsWith('=') ? undefined : value;
	if (Array.isArray(value)) return value.map(fixedValue).filter((one) => one !== undefined);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.map(([name, one]) => [name, fixedValue(one)])
			.filter(([, one]) => one !== undefined),
	);
}

async function connect(context: ILoadOptionsFunctions, vendor: Vendor): Promise<Connection> {
	const credential = await credentialOf(context, vendor.credential, 0);
	const [first] = credential.problems;
	if (first) throw wrong(context, first);
	return new Connection(context, vendor, credential, new Redactor(credential.secrets), TIMEOUT, 0);
}

function wrong(context: ILoadOptionsFunctions, problem: Problem): NodeOperationError {
	return editorError(context, { message: sentenceOf(problem), description: hintOf(problem) });
}

function unknown(context: ILoadOptionsFunctions, missing: string[]): NodeOperationError {
	return editorError(context, dependentOn(missing));
}

/** What to fill in before a list can be fetched. */
function dependentOn(missing: string[]): Worded {
	const fields = missing.map((label) => (label === label.toLowerCase() ? labelOf(label) : label));
	return worded('dependent', { fields });
}

function editorError(context: ILoadOptionsFunctions, { message, description }: Worded): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { description });
}
