import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';
import type { Operation, PlacedOperation, Vendor } from '../model';
import { fieldsWithin } from '../model/children';
import { keyOf } from '../model/names';
import { STORE } from '../model/layout';
import { longestText } from '../model/patterns';
import { append } from '../model/values';
import { costly } from '../run/validate/matchable';
import { credentialOf, type CredentialType } from './credentials';
import { Document, DocumentError, placeOf, walking, type Part, type TextFile } from './document/document';
import { findOperations, type Found } from './document/find';
import { formOf, optionsOf, selectors } from './form/nodeForm';
import { compileOperation } from './operation/operations';
import { undeclaredIn } from './operation/paged';
import { checkReferences } from './checks/references';

/** Everything that a document says about one operation, in n8n's terms. */
export interface Described {
	node: INodeTypeDescription;
	credential: CredentialType;
	/** What the document leaves open, each with its place. */
	warnings: string[];
	operation: PlacedOperation;
}

/**
 * Describes the node for one operation of any OpenAPI document.
 * @param text the document, YAML or JSON
 * @param name the document's file name, for messages
 * @param wanted 'POST /path'; required if the document has several operations
 * @param overlay what is laid over it (OpenAPI Overlay 1.0)
 * @throws DocumentError with the place in the document or the overlay and what would be right
 */
export function describe(text: string, name: string, wanted?: string, overlay?: TextFile): Described {
	return walking(text, name, () => described(text, name, wanted, overlay), overlay);
}

function described(text: string, name: string, wanted?: string, overlay?: TextFile): Described {
	const document = Document.read(text, name, overlay);
	if (document.isExtended) checkReferences(document);
	const found = chosen(findOperations(document), wanted);
	const { operation, properties: form } = formOf(compileOperation(document, found));
	const vendor = vendorOf(document);
	const paged = undeclaredIn(document, found);
	const warnings = paged === undefined ? [] : [`${placeOf(found.pointer)}: ${paged}`];
	const credential = credentialOf(document, found, vendor, warnings);
	append(warnings, neverMatched(operation));
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
		credentials: [
			{ name: credential.name, required: true },
			...(form.some(({ name }) => name === STORE.parameter) ? [STORE_CREDENTIAL] : []),
		],
		properties: [...selectors([operation]), ...form, optionsOf((document.root['x-n8n-rate-limit'] as Vendor['limits'])?.concurrent)],
	};
	return { node, credential, warnings, operation };
}

/** Warnings about patterns that could block n8n and so are never matched; the document's author can fix them. */
function neverMatched({ inputs }: Operation): string[] {
	const patterns = inputs.flatMap(({ field }) => fieldsWithin(field)).flatMap(({ schema }) => costly(schema).patterns);
	return [...new Set(patterns)]
		.filter((pattern) => longestText(pattern) === 0)
		.map(
			(pattern) =>
				`The pattern ${pattern.slice(0, 100)} could take without end on some texts, or that cannot be told, so only the vendor checks it`,
		);
}

/** The vendor's name: the document's title without words such as "API". */
function vendorOf(document: Document): string {
	const title = String((document.root.info as Part | undefined)?.title ?? '')
		.slice(0, 500)
		.replace(/\b(rest |web |public |http )?api\b|\bopenapi\b|\b(documentation|reference|spec(ification)?)\b/gi, '');
	return (
		title
			.replace(/[^\p{L}\p{N} .&+-]/gu, ' ')
			.replace(/\s+/g, ' ')
			.trim() || 'Vendor'
	);
}

function chosen(all: Found[], wanted: string | undefined): Found {
	const listed = all.map((found) => `${found.method} ${found.path}`);
	if (all.length === 0) throw new DocumentError('paths', 'the document has no operation');
	if (wanted === undefined) {
		const marked = all.filter((found) => found.node['x-n8n-operation'] !== undefined);
		const [only] = all.length === 1 ? all : marked;
		if (only && (all.length === 1 || marked.length === 1)) return only;
		throw new DocumentError(
			'paths',
			`the document has ${all.length} operations. Name one with --operation, for example "${listed[0]}". There are: ` +
				`${listed.slice(0, 20).join(', ')}${listed.length > 20 ? ', …' : ''}`,
		);
	}
	const index = listed.findIndex((one) => one.toLowerCase() === wanted.trim().replace(/\s+/g, ' ').toLowerCase());
	if (index === -1)
		throw new DocumentError(
			'paths',
			`there is no operation "${wanted}". There are: ${listed.slice(0, 20).join(', ')}${listed.length > 20 ? ', …' : ''}`,
		);
	return all[index];
}

/** n8n's encrypted store, for users who do not want secrets in the workflow. */
const STORE_CREDENTIAL = {
	name: STORE.credential,
	required: true,
	testedBy: STORE.test,
	displayOptions: { show: { [STORE.parameter]: [STORE.stored] } },
};
