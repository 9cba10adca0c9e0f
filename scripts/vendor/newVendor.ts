import { describe } from '../../engine/compile/describe';
import { Document, isPart, walking } from '../../engine/compile/document';
import type { AddArguments } from './arguments';
import { chooseOperations, type Chosen } from './choose';
import { credentialFor, type Credential } from './credential';
import { excerptOf } from './excerpt';
import { nameOf } from './input';
import { vendorName, type VendorName } from './names';
import { resultOf } from './result';
import { yamlOf } from './yaml';

/** A new vendor, before its files are made. */
export interface NewVendor {
	name: VendorName;
	document: Document;
	chosen: Chosen[];
	credential: Credential;
	/** The part of the document that the node needs, as it will be written. */
	excerpt: string;
	/** What the document leaves open. */
	warnings: string[];
}

/**
 * Everything about a new vendor that its document says.
 * @param text the document
 * @throws Problem or DocumentError
 */
export function newVendor(text: string, given: AddArguments): NewVendor {
	const source = nameOf(given.file);
	return walking(text, source, () => read(text, source, given));
}

function read(text: string, source: string, { name: wanted, operations }: AddArguments): NewVendor {
	const document = Document.read(text, source);
	const chosen = chooseOperations(document, text, source, operations);
	const [{ found }] = chosen;
	const name = vendorName(wanted ?? describe(text, source, `${found.method} ${found.path}`).node.displayName);
	const warnings: string[] = [];
	const credential = credentialFor(document, found, name, warnings);
	const tree = excerptOf(document, {
		operations: chosen.map((one) => ({ ...one, result: resultOf(document, one.found, one.mark.resource) })),
		others: credential.testedBy ? [credential.testedBy] : [],
		credential: credential.name,
		title: name.display,
		assumed: credential.assumed,
	});
	const { title, version } = isPart(document.root.info) ? document.root.info : {};
	const upgraded = /(^|[{,\s])["']?swagger["']?\s*:\s*["']?2/.test(text);
	return { name, document, chosen, credential, excerpt: yamlOf(tree, { file: source, title: String(title ?? ''), version: String(version ?? ''), upgraded }), warnings };
}
