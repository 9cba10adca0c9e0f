/**
 * npx tsx test/property/corpus/addAll.ts [part of a file name]…: adds every document of ../shared/openapi-corpus (or
 * OPENAPI_CORPUS) to a copy of the checkout, and does there what `add` says to do next: build, test, lint. Takes some minutes;
 * exit code 1 if anything fails. Run by hand.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import { runVendor } from '../../../cli/main';
import { copyOf } from '../../../cli/scaffold/copy';

const root = path.resolve(__dirname, '../../..');
const corpus = process.env.OPENAPI_CORPUS ?? path.resolve(root, '../shared/openapi-corpus');

async function main(parts: string[]): Promise<boolean> {
	const documents = fs
		.readdirSync(corpus)
		.filter((file) => /\.(json|ya?ml)$/.test(file) && (parts.length === 0 || parts.some((part) => file.includes(part))));
	const copy = copyOf(root);
	try {
		const added = await addAll(copy, documents);
		console.log(`added: ${added.length} of ${documents.length}`);
		const steps: Array<[string, string[]]> = [
			['build', ['node_modules/gulp/bin/gulp.js', 'build']],
			['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
			['lint', ['node_modules/eslint/bin/eslint.js', '.']],
			['test', ['node_modules/jest/bin/jest.js', '--silent', ...added.map((file) => path.join('test/nodes', file))]],
			// With this many vendors, the package exceeds the size limit for one.
			['package', ['node_modules/jest/bin/jest.js', 'test/project/package.test.ts', '--testNamePattern', '^(?!.*300 KB)']],
		];
		const failed = steps.filter(([name, command]) => !succeeds(name, command, copy));
		return added.length === documents.length && failed.length === 0;
	} finally {
		fs.rmSync(copy, { recursive: true, force: true });
	}
}

/** Adds the documents under names like those of their files; returns the generated tests. */
async function addAll(copy: string, documents: string[]): Promise<string[]> {
	const tests: string[] = [];
	for (const document of documents) {
		// A name with "OAuth2" is refused unless the vendor uses OAuth2.
		const stem = path.basename(document, path.extname(document)).replace('oauth2', 'oauth');
		const messages: string[] = [];
		const before = new Set(fs.readdirSync(path.join(copy, 'test/nodes')));
		const code = await runVendor(['add', path.join(corpus, document), '--name', stem], {
			stdin: async () => '',
			out: () => undefined,
			err: (text) => messages.push(text),
			root: copy,
		});
		for (const file of fs.readdirSync(path.join(copy, 'test/nodes'))) if (!before.has(file)) tests.push(file);
		console.log([`${code === 0 ? 'ok  ' : 'FAIL'} ${document}`, ...messages.map((message) => `       ${message}`)].join('\n'));
	}
	return tests;
}

function succeeds(name: string, command: string[], copy: string): boolean {
	const start = Date.now();
	const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 });
	console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${Math.round((Date.now() - start) / 1000)} s)`);
	if (status !== 0) console.log(`${stdout}${stderr}`);
	return status === 0;
}

main(process.argv.slice(2)).then(
	(fine) => (process.exitCode = fine ? 0 : 1),
	(error) => {
		console.error(error);
		process.exitCode = 1;
	},
);
