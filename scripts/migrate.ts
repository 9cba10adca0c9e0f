/**
 * npm run migrate -- workflow.json…: gives the nodes of stored workflows the types that they have in the vendors' packages:
 * n8n-nodes-create-credential.nylas becomes n8n-nodes-nylas-credentials.nylas. Takes files as n8n downloads or exports them,
 * and replaces them. --dry-run only prints what would change. --examples, alone, writes the examples of the packages from
 * those of the bundle.
 * Exit code 0: done; 1: a file is no workflow, and stays as it is.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

import { writePackageExamples } from './migrate/examples';
import { rewrite, type Types } from './migrate/rewrite';
import { Problem } from './n8n/problem';
import { nodesOf, readManifest, vendorPackages } from './packages';

/** Which types of the bundle have become which. Of each node, n8n makes a tool as well. */
export function renamedTypes(root: string): Types {
	const bundle = readManifest(root).name;
	const renamed = new Map<string, string>();
	for (const { manifest } of vendorPackages(root)) {
		for (const node of nodesOf(manifest)) {
			const variants = node.endsWith('Trigger') ? [node] : [node, `${node}Tool`];
			for (const name of variants) renamed.set(`${bundle}.${name}`, `${manifest.name}.${name}`);
		}
	}
	return { prefix: `${bundle}.`, renamed };
}

/**
 * Migrates files in place.
 * @param root folder of this project
 * @param argv files, and options
 * @param print takes a line of what was done, or of what is wrong
 * @returns the exit code
 */
export function migrate(root: string, argv: string[], print: (line: string) => void): number {
	if (argv.join(' ') === '--examples') {
		writePackageExamples(root, renamedTypes(root));
		return 0;
	}
	const options = argv.filter((word) => word.startsWith('-'));
	const files = argv.filter((word) => !word.startsWith('-'));
	const unknown = options.find((option) => option !== '--dry-run');
	if (unknown !== undefined || files.length === 0) {
		print(unknown === undefined ? 'Name the files: npm run migrate -- workflow.json' : `There is no option ${unknown}.`);
		return 1;
	}
	const types = renamedTypes(root);
	const packages = new Set<string>();
	let refused = false;
	for (const file of files) {
		try {
			migrateFile(file, types, { write: options.length === 0, print, packages });
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			refused = true;
			print(`${file}: ${error.message}`);
		}
	}
	if (packages.size > 0) print(`These nodes are in: ${[...packages].sort().join(', ')}`);
	return refused ? 1 : 0;
}

function migrateFile(
	file: string,
	types: Types,
	{ write, print, packages }: { write: boolean; print: (line: string) => void; packages: Set<string> },
): void {
	const { text, changes, left } = rewrite(read(file), types);
	for (const { workflow, node, from, to } of changes) {
		print(`${file}: ${workflow}, ${node}: ${from} → ${to}`);
		packages.add(to.slice(0, to.lastIndexOf('.')));
	}
	for (const what of left) print(`${file}: left as it is: ${what}`);
	if (changes.length === 0) print(`${file}: nothing to change`);
	else if (write) replace(file, text);
}

function read(file: string): string {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fs.readFileSync(file));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') throw new Problem('There is no such file.');
		if (code === 'EISDIR') throw new Problem('This is a folder. Name the files in it.');
		if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new Problem('The file is no text in UTF-8.');
		throw new Problem(message);
	}
}

/** Replaces a file as a whole, so that it is never half written. */
function replace(file: string, text: string): void {
	const draft = `${file}.migrating`;
	fs.writeFileSync(draft, text, { mode: fs.statSync(file).mode });
	fs.renameSync(draft, file);
}

if (require.main === module) process.exitCode = migrate(path.resolve(__dirname, '..'), process.argv.slice(2), console.log);
