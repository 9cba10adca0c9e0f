import { NodeConnectionTypes, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import type { Operation, Vendor } from '../model';
import { keyOf, labelOf } from '../names';
import { CONCURRENT, CREDENTIALS, RETRIES, STORE, TIMEOUT } from '../parameters';
import { credentialOf, type CredentialType } from './credentials';
import { Document, DocumentError, placeOf, withinStack, type Node } from './document';
import { collectionOf, controlsOf } from './controls';
import { layOut } from './form';
import { withStored } from './stored';
import { compileOperation } from './operations';
import { operationsOf, type Found } from './found';

/** Everything that a document says about one operation, as n8n takes it. */
export interface Described {
	node: INodeTypeDescription;
	credential: CredentialType;
	/** What the document leaves open, each with its place. */
	warnings: string[];
	operation: Operation;
}

/**
 * Describes the node for one operation of any OpenAPI document.
 * @param text the document, YAML or JSON
 * @param name what to call it in messages: its file name
 * @param wanted 'POST /path'; needed where the document has several operations
 * @throws DocumentError with the place in the document and what would be right
 */
export function describe(text: string, name: string, wanted?: string): Described {
	return withinStack(name, () => described(text, name, wanted));
}

function described(text: string, name: string, wanted?: string): Described {
	const document = Document.read(text, name);
	const found = chosen(operationsOf(document), wanted);
	const operation = compileOperation(document, found);
	const vendor = vendorOf(document);
	const warnings: string[] = [];
	const credential = credentialOf(document, found, vendor, warnings);
	const form = formOf(operation);
	const node: INodeTypeDescription = {
		displayName: vendor,
		name: keyOf([vendor]),
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: `Create credentials at ${vendor}`,
		defaults: { name: vendor },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: credential.name, required: true }, ...(form.some(({ name }) => name === STORE.parameter) ? [STORE_CREDENTIAL] : [])],
		properties: [...selectors([operation]), ...form, optionsOf((document.root['x-n8n-limits'] as Vendor['limits'])?.concurrent)],
	};
	return { node, credential, warnings, operation };
}

/** The vendor's name: the document's title without what every title says. */
function vendorOf(document: Document): string {
	const title = String((document.root.info as Node | undefined)?.title ?? '').replace(/\b(rest |web |public |http )?api\b|\bopenapi\b|\b(documentation|reference|spec(ification)?)\b/gi, '');
	return title.replace(/[^\p{L}\p{N} .&+-]/gu, ' ').replace(/\s+/g, ' ').trim() || 'Vendor';
}

function chosen(all: Found[], wanted: string | undefined): Found {
	const listed = all.map((found) => `${found.method} ${found.path}`);
	if (all.length === 0) throw new DocumentError(placeOf('#/paths'), 'the document has no operation');
	if (wanted === undefined) {
		const marked = all.filter((found) => found.node['x-n8n-operation'] !== undefined);
		const [only] = all.length === 1 ? all : marked;
		if (only && (all.length === 1 || marked.length === 1)) return only;
		throw new DocumentError(placeOf('#/paths'), `the document has ${all.length} operations. Name one with --operation, for example "${listed[0]}". There are: ${listed.slice(0, 20).join(', ')}${listed.length > 20 ? ', …' : ''}`);
	}
	const index = listed.findIndex((one) => one.toLowerCase() === wanted.trim().replace(/\s+/g, ' ').toLowerCase());
	if (index === -1) throw new DocumentError(placeOf('#/paths'), `there is no operation "${wanted}". There are: ${listed.slice(0, 20).join(', ')}${listed.length > 20 ? ', …' : ''}`);
	return all[index];
}

/** n8n's encrypted store, for those who do not want secrets in the workflow. */
const STORE_CREDENTIAL = { name: STORE.credential, required: true, testedBy: STORE.test, displayOptions: { show: { [STORE.parameter]: [STORE.stored] } } };

/**
 * What every operation offers beside the vendor's own fields.
 * @param concurrent how many requests the vendor takes at once, where its document says so
 */
export function optionsOf(concurrent = CONCURRENT): INodeProperties {
	return { ...OPTIONS, options: (OPTIONS.options as INodeProperties[]).map((option) => (option.name === 'concurrent' ? { ...option, default: concurrent } : option)) };
}

const OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether to check everything and return the request, with secrets masked, instead of sending it',
		},
		{
			displayName: 'Max Concurrent Requests',
			name: 'concurrent',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: CONCURRENT,
			description: 'How many items are sent at the same time',
		},
		{
			displayName: 'Max Retries',
			name: 'retries',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 20 },
			default: RETRIES,
			description: 'How often an item is sent again when the vendor is too busy or cannot be reached. A request that may have done its work is only repeated where that makes nothing twice.',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: TIMEOUT,
			description: 'How long to wait for the answer, in milliseconds',
		},
	],
};

/**
 * The credentials come first, since the dropdowns below need one. Without this, n8n would show them right above the
 * parameter that says where secrets come from, because one of them depends on it.
 */
const CREDENTIALS_FIRST: INodeProperties = { displayName: 'Credentials', name: CREDENTIALS, type: 'credentials', default: '' };

/** The credentials and the parameters Resource and Operation. */
export function selectors(operations: Operation[]): INodeProperties[] {
	const resources = [...new Set(operations.map((operation) => operation.resource))].sort();
	return [
		CREDENTIALS_FIRST,
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map((resource) => ({ name: labelOf(resource), value: resource })),
			default: resources.includes('credential') ? 'credential' : resources[0],
		},
		...resources.map((resource): INodeProperties => {
			const own = operations.filter((operation) => operation.resource === resource);
			return {
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [resource] } },
				options: own
					.flatMap((one) => (one.identity ? [one, one.identity] : [one]))
					.map(({ name, operation: value, action, description }) => ({ name, value, action, description }))
					.sort((a, b) => a.name.localeCompare(b.name, 'en')),
				default: own.some((one) => one.operation === 'create') ? 'create' : own[0].operation,
			};
		}),
	];
}

/** The parameters of one operation, shown for it alone. */
export function formOf(operation: Operation): INodeProperties[] {
	const show = { resource: [operation.resource], operation: [operation.operation, ...(operation.identity ? [operation.identity.operation] : [])] };
	const fields = withStored(layOut(operation.inputs, collectionOf(operation)));
	// What is optional comes last.
	const optional = fields.filter(({ type }) => type === 'collection');
	const all = [...fields.filter(({ type }) => type !== 'collection'), ...controlsOf(operation), ...optional];
	return all.map((property) => ({ ...property, displayOptions: { ...property.displayOptions, show: { ...show, ...property.displayOptions?.show } } }));
}
