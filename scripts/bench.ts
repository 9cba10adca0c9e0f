/**
 * npm run bench: compares this package's node in a real n8n with n8n's own ways to send the same requests; see
 * `npm run bench -- --help`. Exit code 0: measured; 1: not measured; 2: wrong arguments.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';

import { CONCURRENT } from '../engine/model/layout';
import { buildPackage } from '../test/e2e/setup/package';
import type { Contender, References } from './bench/contenders';
import { measureLoad } from './bench/load';
import { measure, type Bench, type Measured } from './bench/measure';
import { buildNodes } from './bench/nodes';
import { AS_IT_COMES, boundTableOf, circumstances, goalsOf, loadOf, pageOf, tableOf, type Case } from './bench/report';
import { startVendor } from './bench/vendor';
import { signIn } from './n8n/api';
import { OWNER } from './n8n/demo';
import { ensureInstalled } from './n8n/install';
import { packAndPlace } from './n8n/place';
import { Problem } from './n8n/problem';
import { startN8n } from './n8n/process';
import { createProgress, type Progress } from './n8n/progress';
import { releaseFor } from './n8n/versions';

const HELP = `npm run bench [-- options]

Measures creations in a real n8n: this package's Mielto node beside n8n's HTTP Request node, a declarative node and a node
that awaits one request for each item. The vendor is a small server in a process of its own that answers as documented,
after a delay. Each round begins with HTTP Request; our node then may have as many requests under way as that one had.

  --items <n,…>     items of one execution; default 100,1000,5000
  --delay <ms,…>    of the vendor; default 0,50,200
  --runs <n>        rounds, of which the median counts; default 5
  --large <n>       items of one more execution, once, at 50 ms; default 20000, 0 for none
  --one-by-one <s>  leave that node out where it would take longer; default 20
  --usual <s>       measure our node with its usual limit where the vendor would not take longer; default 30
  --out <file>      write the page docs/benchmarks.md there, with these results

A quick look, in about two minutes: npm run bench -- --items 100,1000 --delay 50 --runs 3 --large 0 --usual 5`;

interface Plan {
	items: number[];
	delays: number[];
	runs: number;
	large: number;
	oneByOne: number;
	usual: number;
	out?: string;
}

const KEY = 'bench-key';
const LARGE_DELAY = 50;
const root = path.resolve(__dirname, '..');

/** Parses the command line; undefined if help was requested. Throws a TypeError if the arguments are wrong. */
function readArguments(): Plan | undefined {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: { items: text, delay: text, runs: text, large: text, 'one-by-one': text, usual: text, out: text, help: { type: 'boolean' } },
	});
	if (values.help) return undefined;
	const numbers = (name: 'items' | 'delay' | 'runs' | 'large' | 'one-by-one' | 'usual', otherwise: string, least: number) =>
		(values[name] ?? otherwise).split(',').map((each) => {
			const number = Number(each);
			if (each.trim() === '' || !Number.isInteger(number) || number < least) throw new TypeError(`--${name} cannot be "${each}"`);
			return number;
		});
	const [runs] = numbers('runs', '5', 1);
	const [large] = numbers('large', '20000', 0);
	const [oneByOne] = numbers('one-by-one', '20', 0);
	const [usual] = numbers('usual', '30', 0);
	return {
		items: numbers('items', '100,1000,5000', 1),
		delays: numbers('delay', '0,50,200', 0),
		runs,
		large,
		oneByOne,
		usual,
		out: values.out,
	};
}

async function run({ items, delays, runs, large, oneByOne, usual, out }: Plan, progress: Progress): Promise<void> {
	const work = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'bench-')));
	const closing: Array<() => Promise<void> | void> = [() => fs.rmSync(work, { recursive: true, force: true, maxRetries: 5 })];
	const close = async () => {
		for (let each = closing.pop(); each; each = closing.pop()) await each();
	};
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close().finally(() => process.exit(130)));
	try {
		progress.step('Building and packing the package');
		const built = buildPackage(path.join(work, 'package'));
		progress.done();
		const installation = await ensureInstalled(releaseFor(), path.join(root, '.n8n'), { progress });
		const userFolder = path.join(work, 'n8n');
		packAndPlace(built, path.join(work, 'packed'), userFolder, installation);
		buildNodes(path.join(work, 'nodes'));

		progress.step('Loading the package');
		const loaded = measureLoad(built, 9);
		progress.step(`Starting n8n ${installation.version}`);
		const vendor = await startVendor(`Bearer ${KEY}`);
		closing.push(() => vendor.close());
		const n8n = await startN8n({
			installation,
			userFolder,
			log: path.join(work, 'n8n.log'),
			port: 0,
			env: { N8N_CUSTOM_EXTENSIONS: path.join(work, 'nodes') },
		});
		closing.push(async () => await n8n.stop());
		const api = await signIn(n8n.url, OWNER);
		const references: References = {
			mieltoApi: await api.upsertCredential({ name: 'Mielto', type: 'mieltoApi', data: { baseUrl: vendor.url, apiKey: KEY } }),
			httpHeaderAuth: await api.upsertCredential({
				name: 'Header',
				type: 'httpHeaderAuth',
				data: { name: 'Authorization', value: `Bearer ${KEY}` },
			}),
		};
		const bench: Bench = { api, pid: n8n.pid, vendor, references };

		progress.step('Warming up');
		for (const contender of ['httpRequest', 'ours', 'declarative', 'oneByOne'] as const) await measure(bench, contender, 200, 0, 50);
		progress.done();
		const cases: Case[] = [];
		for (const count of items) {
			for (const delay of delays) {
				const slow: Contender[] = (count * delay) / 1000 <= oneByOne ? ['oneByOne'] : [];
				cases.push(await measureCase(bench, count, delay, runs, ['ours', 'declarative', ...slow], progress));
			}
		}
		const asItComes: Case[] = [];
		for (const count of items) {
			for (const delay of delays.filter((each) => each > 0 && (count * each) / CONCURRENT / 1000 <= usual)) {
				asItComes.push(await measureAsItComes(bench, count, delay, runs, progress));
			}
		}
		const single = large === 0 ? [] : [await measureCase(bench, large, LARGE_DELAY, 1, ['ours'], progress)];

		const parts = [
			circumstances(installation.version, runs),
			goalsOf(cases, single, loaded),
			tableOf(cases),
			...(asItComes.length > 0 ? [AS_IT_COMES, boundTableOf(asItComes)] : []),
			...(single.length > 0 ? ['In one execution, once:', tableOf(single)] : []),
			'The package at every start of n8n:',
			loadOf(loaded),
		];
		const report = parts.join('\n\n');
		progress.say(`\n${report}\n`);
		if (out) fs.writeFileSync(out, pageOf(report));
	} catch (error) {
		progress.failed();
		throw error;
	} finally {
		await close();
	}
}

/** @param others the nodes to compare with HTTP Request. */
async function measureCase(
	bench: Bench,
	items: number,
	delay: number,
	runs: number,
	others: Contender[],
	progress: Progress,
): Promise<Case> {
	progress.step(`${items} items, ${delay} ms`);
	const measured: Case['runs'] = {};
	for (let round = 0; round < runs; round++) {
		progress.at(`round ${round + 1} of ${runs}`);
		const take = async (contender: Contender, limit: number) => {
			const one = await measure(bench, contender, items, delay, limit);
			(measured[contender] ??= []).push(one);
			return one;
		};
		const { seen } = await take('httpRequest', 0);
		// The order rotates, in case it matters which node runs next to HTTP Request.
		for (let index = 0; index < others.length; index++) await take(others[(index + round) % others.length], seen.peak);
	}
	progress.done();
	return { items, delay, runs: measured };
}

/** Measures our node with its default limit on parallel requests. */
async function measureAsItComes(bench: Bench, items: number, delay: number, runs: number, progress: Progress): Promise<Case> {
	progress.step(`${items} items, ${delay} ms, as it comes`);
	const ours: Measured[] = [];
	for (let round = 0; round < runs; round++) {
		progress.at(`round ${round + 1} of ${runs}`);
		ours.push(await measure(bench, 'ours', items, delay));
	}
	progress.done();
	return { items, delay, runs: { ours } };
}

async function main(): Promise<number> {
	let plan: Plan | undefined;
	try {
		plan = readArguments();
	} catch (error) {
		console.error((error as Error).message);
		return 2;
	}
	if (!plan) {
		console.log(HELP);
		return 0;
	}
	try {
		await run(plan, createProgress());
		return 0;
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		console.error(error.message);
		return 1;
	}
}

void main().then((code) => {
	process.exitCode = code;
});
