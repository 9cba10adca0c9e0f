import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Vendor } from '../model';
import { labelOf } from '../names';
import { Document, DocumentError, placeOf } from './document';
import { layOut } from './form';
import { compileOperation, operationsOf } from './operations';

export { DocumentError } from './document';

/** What the build writes beside a node: the model that the shipped code interprets, and the form. */
export interface Compiled {
	vendor: Vendor;
	properties: INodeProperties[];
	/** What the document leaves open, each with its place. */
	warnings: string[];
}

/**
 * Compiles a vendor's document: every operation that it marks with `x-n8n-operation`.
 * @param text the OpenAPI document, YAML or JSON
 * @param name what to call it in messages: its file name
 * @throws DocumentError with the place in the document and what would be right
 */
export function compileVendor(text: string, name: string): Compiled {
	const document = Document.read(text, name);
	const credential = document.root['x-n8n-credential'];
	if (typeof credential !== 'string') throw new DocumentError(name, '"x-n8n-credential" should name the n8n credential type, such as "acmeApi"');
	const marked = operationsOf(document).filter((found) => found.node['x-n8n-operation'] !== undefined);
	if (marked.length === 0) throw new DocumentError(placeOf('#/paths'), 'no operation is marked with "x-n8n-operation"');
	const operations = marked.map((found) => ({ operation: compileOperation(document, found) }));
	const forms = operations.map(({ operation }) => formOf(operation));
	const { title } = document.root.info as { title: string };
	const vendor: Vendor = { name: title, credential, operations: operations.map(({ operation }) => operation) };
	return { vendor, properties: [...selectors(vendor.operations), ...forms.flat(), OPTIONS], warnings: [] };
}

/** What every operation offers beside the vendor's own fields. */
const OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60000,
			description: 'How long to wait for the answer, in milliseconds',
		},
	],
};

/** The parameters Resource and Operation. */
function selectors(operations: Operation[]): INodeProperties[] {
	const resources = [...new Set(operations.map((operation) => operation.resource))].sort();
	return [
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
					.map(({ name, operation: value, action, description }) => ({ name, value, action, description }))
					.sort((a, b) => a.name.localeCompare(b.name, 'en')),
				default: own.some((one) => one.operation === 'create') ? 'create' : own[0].operation,
			};
		}),
	];
}

/** The parameters of one operation, shown for it alone. */
function formOf(operation: Operation): INodeProperties[] {
	const show = { resource: [operation.resource], operation: [operation.operation] };
	return layOut(operation.inputs).map((property) => ({ ...property, displayOptions: { ...property.displayOptions, show: { ...show, ...property.displayOptions?.show } } }));
}
