import { Document, DocumentError, type Files, isPart, pagedIn, undeclaredIn, walking } from '../../engine/compile';
import { describe } from '../../engine/tools';
import type { AddArguments } from '../terminal/arguments';
import type { Pagination, ResultPlan } from '../../engine/model';
import { chooseOperations, type Chosen } from './choose';
import { credentialFor, type Credential } from './credential';
import { excerptOf } from './excerpt';
import { vendorName, type VendorName } from './names';
import { resultOf } from './result';
import { yamlOf } from './yaml';

/** A new vendor, before its files are generated. */
export interface NewVendor {
	name: VendorName;
	document: Document;
	chosen: Chosen[];
	credential: Credential;
	/** The part of the document that the node needs, as YAML. */
	excerpt: string;
	/** What the document leaves open. */
	warnings: string[];
}

/**
 * Derives everything about a new vendor from its document.
 * @throws Problem or DocumentError
 */
export function newVendor(files: Files, given: AddArguments): NewVendor {
	return walking(files.text, files.name, () => read(files, given), files.overlay);
}

function read(files: Files, { name: wanted, operations }: AddArguments): NewVendor {
	const { text, name: source, overlay } = files;
	const document = Document.read(text, source, overlay);
	const chosen = chooseOperations(document, files, operations);
	const [{ found }] = chosen;
	const name = vendorName(wanted ?? describe(text, source, `${found.method} ${found.path}`, overlay).node.displayName);
	const warnings: string[] = [];
	const credential = credentialFor(document, found, name, warnings);
	const marked = chosen.map((one) => {
		const result = resultOf(document, one.found, one.mark.resource);
		return { ...one, result, ...paginationOf(document, one, result?.plan.records, warnings) };
	});
	const tree = excerptOf(document, {
		operations: marked,
		others: credential.testedBy ? [credential.testedBy] : [],
		credential: credential.name,
		title: name.display,
		assumed: credential.assumed,
	});
	const { title, version } = isPart(document.root.info) ? document.root.info : {};
	const upgraded = /(^|[{,\s])["']?swagger["']?\s*:\s*["']?2/.test(text);
	const origin = { file: source, title: String(title ?? ''), version: String(version ?? ''), upgraded };
	return {
		name,
		document,
		chosen,
		credential,
		excerpt: yamlOf(
			tree,
			origin,
			marked.filter(({ guessed }) => guessed).map(({ found }) => found),
		),
		warnings,
	};
}

/**
 * How a list is paged, judging by its parameters and its response; guesses are added to the warnings.
 * @throws DocumentError if it looks paged but nothing shows how
 */
function paginationOf(
	document: Document,
	{ found }: Chosen,
	records: ResultPlan['records'],
	warnings: string[],
): { pagination?: Pagination; guessed?: true } {
	const undeclared = records === undefined ? undefined : undeclaredIn(document, found);
	if (undeclared === undefined) return {};
	const { proposal, sure } = pagedIn(document, found, records) ?? {};
	if (!proposal) throw DocumentError.at(found.pointer, undeclared);
	if (!sure)
		warnings.push(
			`How the list of ${found.method} ${found.path} is paged is a guess. Compare its x-n8n-pagination with the vendor's documentation`,
		);
	return { pagination: proposal, ...(sure ? {} : { guessed: true }) };
}
