import * as fs from 'node:fs';
import * as path from 'node:path';

import { compileVendor, DocumentError } from '../engine/compile';

const DOCUMENT = '.openapi.yaml';

/**
 * Writes `nodes/<Vendor>/<vendor>.generated.json` from each vendor's document, where the content changed.
 * @returns the files written
 * @throws DocumentError naming the document, the place in it, and what would be right
 */
export function generate(root: string): string[] {
	const written: string[] = [];
	for (const document of documents(root)) {
		const place = path.relative(root, document);
		const compiled = compile(fs.readFileSync(document, 'utf8'), place);
		const target = document.replace(DOCUMENT, '.generated.json');
		const { vendor, properties, trigger } = compiled;
		if (replace(target, `${JSON.stringify({ vendor, properties, trigger }, null, '\t')}\n`)) {
			written.push(path.relative(root, target));
		}
	}
	return written;
}

function compile(text: string, place: string): ReturnType<typeof compileVendor> {
	try {
		return compileVendor(text, place);
	} catch (error) {
		// The message names the place within the document; here there are several documents.
		if (error instanceof DocumentError && !error.message.startsWith(place)) error.message = `${place}: ${error.message}`;
		throw error;
	}
}

function documents(root: string): string[] {
	const nodes = path.join(root, 'nodes');
	return fs
		.readdirSync(nodes, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap(({ name }) => fs.readdirSync(path.join(nodes, name)).map((file) => path.join(nodes, name, file)))
		.filter((file) => file.endsWith(DOCUMENT))
		.sort();
}

/** Whole or not at all: a build and the tests may read the file meanwhile. */
function replace(file: string, content: string): boolean {
	if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === content) return false;
	const draft = `${file}.${process.pid}.tmp`;
	fs.writeFileSync(draft, content);
	fs.renameSync(draft, file);
	return true;
}
