import type { INodeParameters, INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import type { Identity, Json, Operation, PlacedField, PlacedOperation, Vendor } from '../../engine/model';
import { CONTROLS, STORE, storedKey } from '../../engine/model/layout';
import { valueAt } from '../../engine/model/pointer';
import { InexpressibleError, writeRequest, type PlainRequest } from '../../engine/tools/write';
import { newestVersion, savedAgain, shownOf } from './opened';
import { fullest, samplesOf } from './sample';

/** A node of a vendor as an operator may have stored it. */
export interface Case {
	/** What it is about, in words. */
	title: string;
	/** As n8n stores them. */
	parameters: INodeParameters;
	/** What n8n's encrypted store holds for it, by name. */
	secrets: { [name: string]: string };
}

/**
 * Every operation of a vendor: with what is required, with every branch and every choice, with everything, with secrets from
 * the encrypted store, and with JSON for what can be entered so.
 */
export function casesOf(vendor: Vendor, node: INodeTypeDescription): Case[] {
	return vendor.operations.flatMap((operation) => {
		const names = [operation, ...(operation.identity ? [operation.identity] : [])];
		const storedFrom = (requests: PlainRequest[]) => {
			const plain = requests.flatMap((request) => written(operation, request) ?? []);
			const asJson = requests.flatMap((request) => written(inJson(operation), request) ?? []);
			return distinct(
				[...plain, ...asJson].map((level) => asStored(node, { resource: operation.resource, operation: operation.operation, ...level })),
			);
		};
		const requests = requestsOf(operation);
		return names.flatMap(({ operation: value, action }, index) => {
			// What a second operation of the same fields adds is beside them.
			const stored = storedFrom(index === 0 ? requests : requests.filter((request) => isTold(operation.identity as Identity, request)));
			const chosen = index === 0 ? stored : [stored[0], stored[stored.length - 1]];
			const own = chosen.map((parameters) => ({ ...parameters, operation: value }));
			const controlled = [...own.map((parameters) => withControls(node, parameters, false)), withControls(node, own[own.length - 1], true)];
			const cases = controlled.map((parameters) => ({ parameters, secrets: {} }));
			const fromStore = controlled
				.map((parameters) => takenFromStore(node, parameters))
				.filter(({ secrets }) => Object.keys(secrets).length > 0);
			const all = [...cases, ...fromStore].filter(
				(one, at, list) => list.findIndex((other) => JSON.stringify(other.parameters) === JSON.stringify(one.parameters)) === at,
			);
			return all.map((one, number) => ({ title: all.length === 1 ? action : `${action} ${number + 1}`, ...one }));
		});
	});
}

/** Whether a request has something of what tells a record: without it, nothing is looked for and nothing sent. */
function isTold({ match, find }: Identity, request: PlainRequest): boolean {
	const places = Object.values(Object.keys(match).length > 0 ? match : (find.with ?? {}));
	return places.length === 0 || places.some((pointer) => valueAt(request, pointer) !== undefined);
}

/** Requests that between them have every input in every shape. */
function requestsOf({ inputs }: Operation): PlainRequest[] {
	const samples = inputs.map((input) => ({ input, values: samplesOf(input.field) }));
	const request = (pick: (one: (typeof samples)[number]) => Json | undefined): PlainRequest => {
		const parts: { [location: string]: Json } = {};
		for (const one of samples) {
			const { in: location, field } = one.input;
			const value = pick(one);
			if (value === undefined) continue;
			if (location === 'body') parts.body = value;
			else parts[location] = { ...(parts[location] as { [name: string]: Json } | undefined), [field.name]: value };
		}
		return parts;
	};
	const needed = ({ input, values }: (typeof samples)[number]) => (input.field.required ? values[0] : undefined);
	return [
		request(needed),
		...samples.flatMap((varied) => varied.values.map((value) => request((one) => (one === varied ? value : needed(one))))),
		request(({ values }) => fullest(values)),
	];
}

function written(operation: PlacedOperation, request: PlainRequest): INodeParameters[] | undefined {
	try {
		return [writeRequest(operation, request) as INodeParameters];
	} catch (error) {
		// A form cannot express each value, an empty map for one.
		if (!(error instanceof InexpressibleError)) throw error;
		return undefined;
	}
}

/** A field that no value has: what asks for it can be entered as JSON only, `{}` too. */
const NOWHERE: PlacedField = {
	kind: 'string',
	name: '\u0000',
	label: 'Nowhere',
	required: true,
	nullable: false,
	secret: false,
	schema: {},
	key: 'nowhere',
};

/** The operation with nothing but JSON for what can be entered as JSON too. */
function inJson(operation: PlacedOperation): PlacedOperation {
	const bare = (field: PlacedField): PlacedField => {
		if (field.kind === 'union') return { ...field, options: field.options.map((branch) => ({ ...branch, field: bare(branch.field) })) };
		if (field.kind !== 'object') return field;
		// The writer takes JSON where there is no field for a value.
		if (field.input?.modes.includes('json')) return { ...field, fields: [NOWHERE], extra: undefined };
		return { ...field, fields: field.fields.map(bare) };
	};
	return { ...operation, inputs: operation.inputs.map((input) => ({ ...input, field: bare(input.field) })) };
}

/** With what stands beside the vendor's fields: at least what makes it end at once, at most something in all of it. */
function withControls(node: INodeTypeDescription, parameters: INodeParameters, all: boolean): INodeParameters {
	const beside: string[] = [...Object.values(CONTROLS), 'options'];
	const values: INodeParameters = { ...parameters };
	for (const property of shownOf(node, { parameters, typeVersion: newestVersion(node) })) {
		const { name } = property;
		if (values[name] !== undefined || !beside.includes(name)) continue;
		if (name === CONTROLS.seconds) values[name] = 0;
		else if (all) values[name] = changed(property) ?? values[name];
	}
	return asStored(node, values);
}

/** A value that is not the default. */
function changed(property: INodeProperties): INodeParameters[string] | undefined {
	const { type, default: usual, typeOptions, options = [] } = property;
	const values = (options as INodePropertyOptions[]).map(({ value }) => value);
	switch (type) {
		case 'boolean':
			return !usual;
		case 'number':
			return Math.max(typeOptions?.minValue ?? 0, Math.min(Number(usual) - 1, typeOptions?.maxValue ?? Infinity));
		case 'string':
			return 'sample';
		case 'options':
			return values.filter((value) => value !== usual).at(-1);
		case 'multiOptions':
			return values;
		case 'collection': {
			// A dry run sends nothing.
			const entries = (options as INodeProperties[])
				.filter(({ name }) => name !== 'dryRun')
				.map((option) => [option.name, changed(option)] as const);
			return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as INodeParameters;
		}
		default:
			return undefined;
	}
}

function asStored(node: INodeTypeDescription, parameters: INodeParameters): INodeParameters {
	return savedAgain(node, { parameters, typeVersion: newestVersion(node) });
}

/** The same with each secret in n8n's encrypted store. */
function takenFromStore(node: INodeTypeDescription, parameters: INodeParameters): Pick<Case, 'parameters' | 'secrets'> {
	const secrets: { [name: string]: string } = {};
	const walk = (properties: INodeProperties[], level: INodeParameters): INodeParameters => {
		const taken: INodeParameters = {};
		for (const [name, value] of Object.entries(level)) {
			const property = properties.find((one) => one.name === name);
			const masked = properties.some((one) => one.name === storedKey(name)) && typeof value === 'string' && value !== '';
			if (masked) {
				const key = `secret${Object.keys(secrets).length + 1}`;
				secrets[key] = value;
				taken[storedKey(name)] = key;
			} else taken[name] = within(property, value);
		}
		return taken;
	};
	const within = (property: INodeProperties | undefined, value: INodeParameters[string]): INodeParameters[string] => {
		if (property?.type === 'collection') return walk(property.options as INodeProperties[], value as INodeParameters);
		if (property?.type !== 'fixedCollection') return value;
		const rows = (property.options as INodePropertyCollection[]).map(({ name, values }) => {
			const given = (value as INodeParameters)[name];
			return [
				name,
				Array.isArray(given) ? given.map((row) => walk(values, row as INodeParameters)) : given && walk(values, given as INodeParameters),
			];
		});
		return Object.fromEntries(rows.filter(([, row]) => row !== undefined)) as INodeParameters;
	};
	const taken = walk(node.properties, parameters);
	return { parameters: asStored(node, { ...taken, [STORE.parameter]: STORE.stored }), secrets };
}

function distinct(all: INodeParameters[]): INodeParameters[] {
	return all.filter((one, index) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index);
}

/** A vendor's trigger: with what is required, and with everything. */
export function triggerCasesOf({ trigger }: Vendor, node: INodeTypeDescription): Case[] {
	const stored = requestsOf(trigger as PlacedOperation).flatMap((request) => written(trigger as PlacedOperation, request) ?? []);
	const events = node.properties.find(({ name }) => name === CONTROLS.events);
	const all = [...stored, { ...stored[stored.length - 1], ...(events ? { [CONTROLS.events]: changed(events) as string[] } : {}) }];
	return distinct(all.map((level) => asStored(node, level))).map((parameters, number) => ({
		title: `${node.displayName} ${number + 1}`,
		parameters,
		secrets: {},
	}));
}
