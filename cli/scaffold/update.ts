import * as fs from 'node:fs';
import * as path from 'node:path';

import { Document as YamlDocument } from 'yaml';

import {
	child,
	compileVendor,
	Document,
	DocumentError,
	type Files,
	type Found,
	findOperations,
	isPart,
	overlaid,
	parse,
	type Part,
	readFiles,
} from '../../engine/compile';
import { deepEqual } from '../../engine/model/values';
import { stringify } from '../../engine/tools';
import { Problem } from '../../scripts/n8n/problem';
import { type Change, differences, sameFor } from '../commands/diff';
import type { UpdateArguments } from '../terminal/arguments';
import { readDocument, readJson } from '../terminal/input';
import type { Io } from '../terminal/io';
import { credentialFor } from './credential';
import { excerptOf } from './excerpt';
import { filesOf, type Manifest } from './files';
import { vendorName, type VendorName } from './names';
import { newVendor } from './newVendor';
import { writeAll } from './write';

/** What `vendor update` prints. */
interface Report {
	/** Something of what follows breaks stored workflows, or does not fit. */
	breaks: boolean;
	changes: Change[];
	/** What of the overlay does not fit the new document. */
	overlay: string[];
	written: string[];
	/** Files that were edited by hand, and would be generated differently now. */
	kept: string[];
	/** What else is to be known. */
	notes: string[];
}

const DOCUMENT = '.openapi.yaml';

/**
 * `vendor update`: puts a vendor's next document in the place of the one that is there, under the same overlay.
 * @returns the exit code
 * @throws Problem or DocumentError, before anything is written
 */
export async function update({ vendor, file, force }: UpdateArguments, io: Io): Promise<number> {
	const place = documentOf(io.root, vendor);
	const ours = readFiles(path.join(io.root, place), place);
	refuseInline(ours);
	const { text, name } = await readDocument({ file }, "The vendor's document", io);
	const document = Document.read(text, name);
	const next: Files = { ...ours, text: successorOf(ours, document, name) };
	const overlay: string[] = [];
	// The overlay may have been corrected already, and then does not fit the document that is there.
	const before = flattened(ours, () => undefined);
	flattened(next, ({ message }) => overlay.push(message));
	if (overlay.length === 0) compileInto(overlay, next);
	// As read: Swagger 2.0 as OpenAPI 3.0, which is what the overlay is for.
	const changes = changesBetween(before, { text: JSON.stringify(document.root), name, overlay: ours.overlay });
	const breaks = overlay.length > 0 || changes.some((change) => change.breaks);
	const report: Report = { breaks, changes, overlay, written: [], kept: [], notes: [] };
	if (overlay.length === 0 && (force || !breaks)) {
		const manifest = (await readJson(path.join(io.root, 'package.json'), 'The package description', io)) as Manifest;
		const files = await generatedAnew(before, next, manifest, io.root, report);
		if (!deepEqual(parse(ours.text, place), parse(next.text, place))) files[place] = next.text;
		writeAll(io.root, {}, files);
		report.written = Object.keys(files).sort();
	}
	io.out(stringify(report, '\t'));
	return overlay.length > 0 || (breaks && !force) ? 1 : 0;
}

/** The path of a vendor's document below the root. */
function documentOf(root: string, wanted: string): string {
	const folders = fs.readdirSync(path.join(root, 'nodes'));
	const plain = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
	const folder = folders.find((one) => plain(one) === plain(wanted));
	const document = folder && fs.readdirSync(path.join(root, 'nodes', folder)).find((one) => one.endsWith(DOCUMENT));
	if (folder === undefined || document === undefined)
		throw new Problem(`There is no vendor "${wanted}" in nodes/. There are: ${folders.join(', ')}. "vendor add" adds one.`);
	return `nodes/${folder}/${document}`;
}

/** Refuses a document that holds extensions itself: the next version has none of them. */
function refuseInline({ text, name }: Files): void {
	const { root } = Document.read(text, name);
	const find = (value: unknown, pointer: string): string | undefined => {
		if (typeof value !== 'object' || value === null) return undefined;
		for (const [key, one] of Object.entries(value)) {
			const at = child(pointer, key);
			const found = key.startsWith('x-n8n-') ? at : find(one, at);
			if (found !== undefined) return found;
		}
		return undefined;
	};
	const found = find(root, '#');
	if (found === undefined) return;
	const error = DocumentError.at(found, 'this stands in the document, and the next version would not have it');
	throw new Problem(
		`${error.message}. Move all extensions into ${name.replace(DOCUMENT, '.overlay.yaml')}: docs/vendor-document.md says how.`,
	);
}

/**
 * The new document, as far as the one that is there goes: the same operations, and the same components. The vendor's name
 * is kept, and the comment at the top.
 */
function successorOf(ours: Files, document: Document, source: string): string {
	const current = Document.read(ours.text, ours.name);
	const known = new Set(labelsOf(current));
	const others = findOperations(document).filter((found) => known.has(labelOf(found)));
	if (others.length === 0) throw new Problem(`${source} has none of the operations of ${ours.name}. Is it the document of this vendor?`);
	const info = (current.root.info ?? {}) as Part;
	const { assumed } = credentialFor(document, others[0], vendorName(String(info.title)), []);
	const { 'x-n8n-credential': _credential, ...tree } = excerptOf(document, {
		operations: [],
		others,
		credential: '',
		title: String(info.title),
		assumed,
		components: Object.fromEntries(
			Object.entries(isPart(current.root.components) ? current.root.components : {}).map(([kind, all]) => [kind, Object.keys(all as Part)]),
		),
	});
	const [top] = /^(#.*\n)*/.exec(ours.text) ?? [''];
	const { title, version } = (document.root.info ?? {}) as Part;
	const edition = [title, version].filter((one) => one !== undefined).join(', ');
	const from = `${source}${edition === '' ? '' : ` (${edition})`}`.replace(/[\s\p{Cc}]+/gu, ' ');
	const said = top.split('\n').filter((line) => line !== '' && !line.startsWith(UPDATED));
	const head = [...said, `${UPDATED} ${from}.`].join('\n');
	// Do not wrap long texts: they are the vendor's.
	return `${head}\n${new YamlDocument(tree, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 })}`;
}

const UPDATED = '# Brought up to date from';

/** A document with its overlay in one text, as far as the overlay fits. */
function flattened({ text, name, overlay }: Files, refused: (error: DocumentError) => void): Files {
	if (!overlay) return { text, name };
	return { text: JSON.stringify(overlaid(parse(text, name) as Part, overlay, refused).root), name };
}

/** What differs in the operations of our document. If the extensions do not fit theirs, it is compared without them. */
function changesBetween(before: Files, theirs: Files): Change[] {
	const ours = new Set(labelsOf(Document.read(before.text, before.name)));
	const compared = (files: Files) => differences(files, before).filter(({ operation }) => ours.has(sameFor(operation)));
	try {
		return compared(flattened(theirs, () => undefined));
	} catch (error) {
		if (!(error instanceof DocumentError)) throw error;
		return compared({ text: theirs.text, name: theirs.name });
	}
}

function labelsOf(document: Document): string[] {
	return findOperations(document).map(labelOf);
}

function labelOf({ method, path: where }: Found): string {
	return sameFor(`${method} ${where}`);
}

/** Adds the message of a document that cannot be compiled. */
function compileInto(messages: string[], { text, name, overlay }: Files): void {
	try {
		compileVendor(text, name, overlay);
	} catch (error) {
		if (!(error instanceof DocumentError)) throw error;
		messages.push(error.message);
	}
}

/**
 * What is generated from the new document, where a file is still as the old document generated it.
 * @param report takes the files that are not
 */
async function generatedAnew(
	before: Files,
	next: Files,
	manifest: Manifest,
	root: string,
	report: Report,
): Promise<{ [file: string]: string }> {
	const written: { [file: string]: string } = {};
	let generated: Array<{ [file: string]: string }>;
	try {
		const name = nameOf(before);
		generated = await Promise.all([before, next].map(async (files) => await generatedFrom(files, name, manifest)));
	} catch (error) {
		if (!(error instanceof Problem || error instanceof DocumentError)) throw error;
		report.notes.push(`Test, example and page are as they were, since none could be generated: ${error.message}`);
		return written;
	}
	const [old, fresh] = generated;
	for (const [file, text] of Object.entries(fresh)) {
		const target = path.join(root, file);
		if (old[file] === text || !fs.existsSync(target)) continue;
		if (fs.readFileSync(target, 'utf8') === old[file]) written[file] = text;
		else report.kept.push(file);
	}
	return written;
}

async function generatedFrom(files: Files, name: VendorName, manifest: Manifest): Promise<{ [file: string]: string }> {
	const all = await filesOf(newVendor(files, { file: files.name, name: name.display, operations: [] }), manifest);
	return Object.fromEntries(Object.entries(all).filter(([file]) => !/\.(openapi|overlay)\.yaml$/.test(file)));
}

/** The vendor's name, which `add` has written into the document. */
function nameOf({ text, name }: Files): VendorName {
	const { info } = Document.read(text, name).root;
	const found = vendorName(String((info as Part | undefined)?.title));
	if (path.posix.dirname(name) !== `nodes/${found.className}`)
		throw new Problem(`the document is called "${found.display}", and the files are in ${path.posix.dirname(name)}`);
	return found;
}
