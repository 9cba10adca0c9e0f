import * as fs from 'node:fs';
import * as path from 'node:path';

import { compileVendor, DocumentError, readFiles, type Files } from '../engine/compile';

const DOCUMENT = '.openapi.yaml';

/** Where n8n looks for the output schemas of a node's operations, next to the node; for version 1 of the node. */
const SCHEMAS = '__schema__/v1.0.0';

/**
 * Writes `nodes/<Vendor>/<vendor>.generated.json` from each vendor's document and its overlay, and the output schemas of
 * its operations, where their content changes.
 * @returns the files written
 * @throws DocumentError naming the document, the place in it, and what would be right
 */
export function generate(root: string): string[] {
	const written: string[] = [];
	for (const document of documents(root)) {
		const place = path.relative(root, document);
		const compiled = compile(readFiles(document, place));
		const target = document.replace(DOCUMENT, '.generated.json');
		const { vendor, properties, trigger, outputSchemas } = compiled;
		if (replace(target, `${JSON.stringify({ vendor, properties, trigger }, null, '\t')}\n`)) {
			written.push(path.relative(root, target));
		}
		written.push(...writeSchemas(path.join(path.dirname(document), SCHEMAS), outputSchemas).map((file) => path.relative(root, file)));
	}
	return written;
}

/** @returns the files written; files of operations that no longer exist are removed */
function writeSchemas(folder: string, schemas: ReturnType<typeof compileVendor>['outputSchemas']): string[] {
	const wanted = new Map(
		Object.entries(schemas).flatMap(([resource, operations]) =>
			Object.entries(operations).map(([operation, schema]) => [path.join(folder, resource, `${operation}.json`), schema] as const),
		),
	);
	const there = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
	for (const file of there.map((one) => path.join(folder, one))) if (file.endsWith('.json') && !wanted.has(file)) fs.rmSync(file);
	return [...wanted].flatMap(([file, schema]) => {
		fs.mkdirSync(path.dirname(file), { recursive: true });
		return replace(file, `${JSON.stringify({ ...schema, version: 1 }, null, '\t')}\n`) ? [file] : [];
	});
}

function compile({ text, name, overlay }: Files): ReturnType<typeof compileVendor> {
	try {
		return compileVendor(text, name, overlay);
	} catch (error) {
		// The message may name only the place within the document, but here there are several documents.
		const isNamed =
			error instanceof DocumentError && [name, overlay?.name].some((one) => one !== undefined && error.message.startsWith(one));
		if (error instanceof DocumentError && !isNamed) error.message = `${name}: ${error.message}`;
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

/** Writes a file in one step if it changes, since a build or tests may be reading it. Returns whether it did. */
function replace(file: string, content: string): boolean {
	if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === content) return false;
	const draft = `${file}.${process.pid}.tmp`;
	fs.writeFileSync(draft, content);
	fs.renameSync(draft, file);
	return true;
}
