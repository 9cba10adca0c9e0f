import type { INodeProperties } from 'n8n-workflow';
import type { Vendor } from '../model';
import { Document, DocumentError, placeOf } from './document';
import { formOf, OPTIONS, selectors } from './describe';
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
