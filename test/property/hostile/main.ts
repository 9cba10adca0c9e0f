/**
 * npm run hostile [-- documents [batch]]: tries 500 seeded documents written to inject something into what is generated from
 * them. Each is described and turned into a vendor, whose files are parsed. 50 of the vendors are then built and tested in a
 * copy of this checkout: no code of a document may run, and nothing may be written elsewhere. Ends with "N passed, N failed".
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import fc from 'fast-check';

import { hostileDocuments } from './documents';
import { tryDocument } from './try';
import { copyOf } from '../../../cli/scaffold/copy';
import { registered } from '../../../cli/scaffold/register';
import { writeAll } from '../../../cli/scaffold/write';

const SEED = 12;
const MOST = 10_000;
/** Length of an event-loop turn that an operator would notice, in milliseconds. */
const NOTICED = 200;
/** Names for vendors that the generated files import, declare or use themselves. */
const NAMES = ['INodeType', 'Ran', 'MockServer', 'Vendor', 'Promise', 'Object', 'Arguments', 'Expect', 'Node Connection Types'];

let passed = 0;
let failed = 0;
function check(what: string, wrong: string[]): void {
	if (wrong.length === 0) passed++;
	else {
		failed++;
		console.log(`${what}:\n${wrong.map((one) => `  ${one.slice(0, 500)}`).join('\n')}`);
	}
}

function filesIn(folder: string): string[] {
	return fs
		.readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

const root = path.resolve(__dirname, '../../..');
const [count = 500, batch = 50] = process.argv.slice(2).map(Number);
const canaries = fs.mkdtempSync(path.join(os.tmpdir(), 'canary-'));
const canary = path.join(canaries, 'written');
const vendors: Array<{ name: string; files: { [file: string]: string } }> = [];
const times: number[] = [];

async function makeVendors(): Promise<void> {
	for (const [index, document] of fc.sample(hostileDocuments(canary), { seed: SEED, numRuns: count }).entries()) {
		const name = NAMES[index] ?? `Hostile ${index}`;
		const { files, wrong, longest } = await tryDocument(document, name);
		times.push(longest);
		if (longest > MOST) wrong.push(`took ${Math.round(longest)} ms`);
		check(`document ${index}`, wrong);
		if (files) vendors.push({ name, files });
	}
	const sorted = [...times].sort((a, b) => a - b);
	console.log(
		`${count} documents, ${vendors.length} vendors; one turn took ${Math.round(sorted[count >> 1])} ms (median), ` +
			`${Math.round(sorted[count - 1])} ms (longest), and over ${NOTICED} ms in ${times.filter((one) => one > NOTICED).length} ` +
			'cases',
	);
}

/** Builds and tests some of the vendors in a copy of this checkout. */
function tryBatch(): void {
	const copy = copyOf(root);
	try {
		const home = path.join(copy, '.home');
		fs.mkdirSync(home);
		const chosen = vendors.slice(0, batch);
		for (const { files } of chosen) {
			const manifest = fs.readFileSync(path.join(copy, 'package.json'), 'utf8');
			const built = (folder: string) =>
				`dist/${(Object.keys(files).find((file) => file.startsWith(folder) && file.endsWith('.ts')) as string).replace(/\.ts$/, '.js')}`;
			writeAll(copy, files, { 'package.json': registered(manifest, { nodes: built('nodes/'), credentials: built('credentials/') }) });
		}
		const before = new Set(filesIn(copy));
		const run = (file: string, args: string[]) =>
			spawnSync(process.execPath, [path.join(root, 'node_modules', file), ...args], {
				cwd: copy,
				encoding: 'utf8',
				env: { PATH: process.env.PATH, HOME: home, TMPDIR: home },
				maxBuffer: 100_000_000,
			});
		const build = run('gulp/bin/gulp.js', ['build']);
		check('the build of the batch', build.status === 0 ? [] : [build.stdout.slice(-3000) + build.stderr.slice(-1000)]);
		const types = run('typescript/bin/tsc', ['-p', copy]);
		check('the types of the batch', types.status === 0 ? [] : [types.stdout.slice(-3000)]);
		const tests = chosen.flatMap(({ files }) => Object.keys(files).filter((file) => file.startsWith('test/')));
		const results = path.join(home, 'results.json');
		const ran = run('jest/bin/jest.js', [
			'--json',
			`--outputFile=${results}`,
			'--silent',
			'--cacheDirectory',
			path.join(home, 'cache'),
			'--runTestsByPath',
			...tests,
		]);
		const {
			numTotalTests = 0,
			numPassedTests = 0,
			numRuntimeErrorTestSuites = 1,
		} = fs.existsSync(results) ? (JSON.parse(fs.readFileSync(results, 'utf8')) as { [name: string]: number }) : {};
		console.log(`${chosen.length} vendors built and tested: ${numPassedTests} of ${numTotalTests} tests passed`);
		check('the tests of the batch', numTotalTests > 0 && numRuntimeErrorTestSuites === 0 ? [] : [ran.stderr.slice(-3000)]);
		const written = filesIn(copy).filter(
			(file) =>
				!before.has(file) && !/^(dist|\.home)\/|^nodes\/\w+\/(\w+\.generated|__schema__\/v1\.0\.0\/[\w-]+\/[\w-]+)\.json$/.test(file),
		);
		check('files that the batch wrote elsewhere', written);
		check('code of a document that ran', fs.readdirSync(canaries));
	} finally {
		fs.rmSync(copy, { recursive: true, force: true });
		fs.rmSync(canaries, { recursive: true, force: true });
	}
}

void makeVendors().then(() => {
	tryBatch();
	console.log(`\n${passed} passed, ${failed} failed`);
	process.exitCode = failed === 0 ? 0 : 1;
});
