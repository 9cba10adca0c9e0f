/**
 * npm run scan: runs n8n's package scanner on the sources and the packed files of the bundle and of each vendor's package,
 * without network access. Exit code 1: there is an error or a warning.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { pack } from './pack';
import { vendorPackages } from './packages';
import { packVendors } from './packVendor';

interface Scanner {
	analyzePackage(folder: string, patterns: string[]): Promise<{ passed: boolean; message?: string; details?: string }>;
	buildScanConfig(): Promise<import('eslint').Linter.Config[]>;
	SOURCE_FILE_PATTERNS: string[];
}

const root = path.resolve(__dirname, '..');

async function main(): Promise<boolean> {
	if (!fs.existsSync(path.join(root, 'dist'))) {
		console.error('There is no dist/ yet: run "npm run build" first');
		return false;
	}
	const name = '@n8n/scan-community-package/scanner/scanner.mjs';
	const scanner = (await import(name)) as Scanner;
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scan-'));
	try {
		// The patterns are those of the scanner's own two steps.
		const results = [await scan(scanner, 'Sources', copySources(folder), scanner.SOURCE_FILE_PATTERNS)];
		for (const one of vendorPackages(root)) {
			// The scanner takes the sources of a package from the folder whose package.json has its name.
			const sources = copySources(folder, one.slug);
			results.push(await scan(scanner, `Sources of ${one.manifest.name}`, sources, scanner.SOURCE_FILE_PATTERNS));
		}
		for (const { name, unpacked } of [{ name: 'Packed bundle', ...pack(root, folder) }, ...packVendors(root, root, folder)])
			results.push(await scan(scanner, name, unpacked, ['**/*.js', 'package.json']));
		return results.every(Boolean);
	} finally {
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Copies the sources without generated files: the scanner takes them from git, which does not contain these.
 * @param vendor the folder of a package in packages/; the bundle if there is none
 */
function copySources(folder: string, vendor?: string): string {
	const from = vendor === undefined ? root : path.join(root, 'packages', vendor);
	const copy = path.join(folder, 'sources', vendor ?? 'bundle');
	for (const part of ['package.json', 'nodes', 'credentials', 'icons']) {
		fs.cpSync(path.join(from, part), path.join(copy, part), {
			recursive: true,
			// The nodes of a vendor's package are links to those of the bundle.
			dereference: true,
			filter: (file) => !file.endsWith('.generated.json') && !file.includes('__schema__'),
		});
	}
	return copy;
}

async function scan(scanner: Scanner, label: string, folder: string, patterns: string[]): Promise<boolean> {
	const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
	// The scanner only shows findings if they include an error.
	const { clean, text } = details === undefined ? await findings(scanner, folder, patterns) : { clean: false, text: details };
	console.log(`${label}: ${clean ? 'passed' : `not passed, ${message ?? 'there are warnings'}`}\n${text}`);
	return passed && clean;
}

async function findings(scanner: Scanner, folder: string, patterns: string[]): Promise<{ clean: boolean; text: string }> {
	const { ESLint } = await import('eslint');
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await scanner.buildScanConfig(),
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	const checked = `  ${results.length} files`;
	const text = await (await eslint.loadFormatter('stylish')).format(results);
	return text ? { clean: false, text: `${checked}\n${text}` } : { clean: true, text: `${checked}, no warnings` };
}

main().then(
	(passed) => {
		process.exitCode = passed ? 0 : 1;
	},
	(error) => {
		console.error(error);
		process.exitCode = 1;
	},
);
