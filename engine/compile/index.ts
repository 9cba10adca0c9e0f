import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Vendor } from '../model';
import { child, Document, DocumentError, walking, type TextFile } from './document/document';
import { derivedFrom } from './operation/derived';
import { Lookups } from './fields/lookups';
import { formOf, optionsOf, selectors } from './form/nodeForm';
import { compileOperation } from './operation/operations';
import { refuseUndeclared } from './operation/paged';
import { checkReferences } from './checks/references';
import { triggerOf } from './form/trigger';
import { outputSchemasOf, type OutputSchema } from './operation/outputSchema';
import { findOperations, type Found } from './document/find';

/** What the command lines in cli/ use in addition to `compileVendor`. */
export { credentialOf, type CredentialType } from './credentials';
export { child, Document, DocumentError, ifReadable, isPart, type Part, type TextFile, walking } from './document/document';
export { readFiles, type Files } from './document/files';
export { findOperations, type Found } from './document/find';
export { DATA } from './document/keywords';
export { overlaid, overlayNameOf } from './document/overlay';
export { parse } from './document/parse';
export { ALL_METHODS } from './document/part';
export { lifecycleOf, lifecycleOfAll, rolesOf, type OperationRole } from './lifecycle';
export { recordsOf } from './operation/lists';
export { pagedIn, undeclaredIn } from './operation/paged';
export { answerOf } from './operation/signature';
export { type FlatSchema, Schemas } from './schema/flatten';
export { typesOf } from './schema/keywords';
export { Shapes, type Spot } from './schema/shapes';
export { singular, withArticle } from './text/plural';

/** What the build writes next to a node: the model that the shipped code interprets, and the form. */
export interface Compiled {
	vendor: Vendor;
	properties: INodeProperties[];
	/** The trigger's form, if the document has a list to watch. */
	trigger?: INodeProperties[];
	/** The schemas of the items that come out, by n8n's values of Resource and Operation. */
	outputSchemas: { [resource: string]: { [operation: string]: OutputSchema } };
}

/**
 * Compiles every operation of a vendor's document that is marked with `x-n8n-operation`.
 * @param text the OpenAPI document, YAML or JSON
 * @param name the document's file name, for messages
 * @param overlay what is laid over it (OpenAPI Overlay 1.0)
 * @throws DocumentError with the place in the document or the overlay and what would be right
 */
export function compileVendor(text: string, name: string, overlay?: TextFile): Compiled {
	return walking(text, name, () => compiled(text, name, overlay), overlay);
}

function compiled(text: string, name: string, overlay?: TextFile): Compiled {
	const document = Document.read(text, name, overlay);
	if (document.isExtended) checkReferences(document);
	const credential = document.root['x-n8n-credential'];
	if (typeof credential !== 'string')
		throw new DocumentError(name, '"x-n8n-credential" should name the n8n credential type, such as "acmeApi"');
	const marked = findOperations(document).filter((found) => found.node['x-n8n-operation'] !== undefined);
	if (marked.length === 0) throw DocumentError.at('#/paths', 'no operation is marked with "x-n8n-operation"');
	const lookups = new Lookups(document);
	const compile = compilerOf(document, lookups);
	const named = marked.flatMap((found) => derivedFrom(compile(found), found, lookups).map((operation) => ({ operation, found })));
	refuseTwice(named);
	const operations = named.map(({ operation }) => operation);
	const forms = operations.map((operation) => formOf(operation));
	const { title } = (document.root.info ?? {}) as { title?: unknown };
	if (typeof title !== 'string' || title === '') throw DocumentError.at('#/info/title', 'there should be the name of the vendor here');
	const watched = marked.find((found) => found.node['x-n8n-trigger'] === true);
	const trigger = watched && triggerOf(compile(watched), child(watched.pointer, 'x-n8n-trigger'));
	const references = referencesOf(lookups, compile);
	for (const found of new Set([...marked, ...lookups.referred.values()])) refuseUndeclared(document, found);
	const limits = document.root['x-n8n-rate-limit'] as Vendor['limits'];
	const vendor: Vendor = {
		name: title,
		credential,
		...(limits ? { limits } : {}),
		operations: forms.map(({ operation }) => operation),
		...(trigger ? { trigger: trigger.operation } : {}),
		references,
		lookups: lookups.lookups,
		dynamics: lookups.dynamics,
	};
	return {
		vendor,
		properties: [...selectors(operations), ...forms.flatMap(({ properties }) => properties), optionsOf(limits?.concurrent)],
		...(trigger ? { trigger: trigger.properties } : {}),
		outputSchemas: outputSchemas(document, named),
	};
}

function outputSchemas(document: Document, named: Array<{ operation: Operation; found: Found }>): Compiled['outputSchemas'] {
	const all: Compiled['outputSchemas'] = {};
	for (const { operation, found } of named) {
		const schemas = outputSchemasOf(document, found, operation).filter(([name]) => FILE_NAME.test(name));
		if (FILE_NAME.test(operation.resource)) all[operation.resource] = { ...all[operation.resource], ...Object.fromEntries(schemas) };
	}
	return all;
}

/** n8n makes Resource and Operation parts of the path to the schema. Values that are no file names have none, and lead nowhere else. */
const FILE_NAME = /^[\w-]+$/;

/** Compiles each operation once, however often it is needed. */
function compilerOf(document: Document, lookups: Lookups): (found: Found) => Operation {
	const compiled = new Map<string, Operation>();
	return (found) => {
		const operation = compiled.get(`${found.method} ${found.path}`) ?? compileOperation(document, found, lookups);
		compiled.set(`${found.method} ${found.path}`, operation);
		return operation;
	};
}

/** The operations that others refer to; they may refer to others in turn. */
function referencesOf(lookups: Lookups, compile: (found: Found) => Operation): Vendor['references'] {
	const references: Vendor['references'] = {};
	// Compiling adds to the map while it is iterated.
	for (const [id, found] of lookups.referred) references[id] = compile(found);
	return references;
}

/** Refuses two operations with the same name: n8n would show both and always run the first. */
function refuseTwice(operations: Array<{ operation: Operation; found: Found }>): void {
	const seen = new Map<string, string>();
	for (const { operation, found } of operations) {
		const { id, resource, identity, wait } = operation;
		const names: Array<[name: string, extension: string]> = [[operation.operation, wait ? 'x-n8n-wait' : 'x-n8n-operation']];
		if (identity) names.push([identity.operation, 'x-n8n-upsert']);
		for (const [name, extension] of names) {
			const other = seen.get(`${resource} ${name}`);
			if (other !== undefined)
				throw DocumentError.at(
					child(found.pointer, extension, 'operation'),
					`"${name}" of the resource "${resource}" is the name of ${other} as well. Each operation needs its own`,
				);
			seen.set(`${resource} ${name}`, id);
		}
	}
}
