/**
 * npm run scan: runs n8n's package scanner on the sources, the packed package and the packages of single vendors,
 * without network access.
 * Exit code 1: it would refuse the package.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { pack } from './pack';
import { packVendor, vendorsOf } from './packVendor';

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
		const { unpacked } = pack(root, folder);
		// The patterns are those of the scanner's own two steps.
		const sources = await scan(scanner, 'Sources', copySources(folder), scanner.SOURCE_FILE_PATTERNS);
		const packed = await scan(scanner, 'Packed package', unpacked, ['**/*.js', 'package.json']);
		// n8n only verifies packages for a single service, so each vendor can be packed alone.
		const alone: boolean[] = [];
		for (const vendor of vendorsOf(root)) {
			const { name, unpacked: one } = packVendor(root, root, vendor, folder);
			alone.push(await scan(scanner, name, one, ['**/*.js', 'package.json']));
		}
		return sources && packed && alone.every(Boolean);
	} finally {
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/** Copies the sources without generated files: the scanner takes them from git, which does not contain these. */
function copySources(folder: string): string {
	const copy = path.join(folder, 'sources');
	for (const part of ['package.json', 'nodes', 'credentials', 'icons']) {
		fs.cpSync(path.join(root, part), path.join(copy, part), {
			recursive: true,
			filter: (file) => !file.endsWith('.generated.json'),
		});
	}
	return copy;
}

async function scan(scanner: Scanner, label: string, folder: string, patterns: string[]): Promise<boolean> {
	const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
	console.log(`${label}: ${passed ? 'passed' : `not passed, ${message}`}`);
	// The scanner only shows findings if they include an error.
	console.log(details ?? (await findings(scanner, folder, patterns)));
	return passed;
}

async function findings(scanner: Scanner, folder: string, patterns: string[]): Promise<string> {
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
	return text ? `${checked}\n${text}` : `${checked}, no warnings`;
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
