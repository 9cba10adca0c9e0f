import * as os from 'node:os';

import { CONCURRENT } from '../../engine/model/layout';
import { TITLES, type Contender } from './contenders';
import type { Loaded } from './load';
import type { Measured } from './measure';
import { median } from './numbers';

/** All executions with the same number of items and the same delay, by node. */
export interface Case {
	items: number;
	/** The vendor's pause before each response, in milliseconds. */
	delay: number;
	runs: Partial<Record<Contender, Measured[]>>;
}

/** The goals for our node's time, relative to HTTP Request's and to what the vendor alone would take. */
const ELAPSED = 0.8;
const BOUND = 1.1;

/** The results as Markdown tables. */
export function tableOf(cases: Case[]): string {
	const head = [
		'Items',
		'Delay',
		'Node',
		'Elapsed',
		'of HTTP Request',
		'In flight',
		'Bound',
		'Before the first',
		'Own share per item',
		'CPU per item',
		'Peak memory',
	];
	const lines = cases.flatMap((each) =>
		(Object.keys(TITLES) as Contender[]).flatMap((contender) => {
			const { items, delay, runs } = each;
			const measured = runs[contender];
			if (!measured || measured.length === 0) return [];
			const peak = median(measured.map(({ seen }) => seen.peak));
			const bound = delay === 0 ? '–' : seconds(boundOf(each, measured));
			const cells = [
				items.toLocaleString('en'),
				`${delay} ms`,
				TITLES[contender],
				seconds(elapsedOf(measured)),
				contender === 'httpRequest' ? '1' : ratio(measured, runs.httpRequest),
				peak.toFixed(0),
				bound,
				seconds(median(measured.map(({ elapsed, seen }) => elapsed - seen.span))),
				`${shareOf(each, measured).toFixed(2)} ms`,
				cpu(measured, items),
				memory(measured),
			];
			return [`| ${cells.join(' | ')} |`];
		}),
	);
	return [`| ${head.join(' | ')} |`, `|${head.map((_, index) => (index === 2 ? '---|' : '---:|')).join('')}`, ...lines].join('\n');
}

export const AS_IT_COMES = `This package as it comes, with ${CONCURRENT} requests under way at most, where the vendor sets the time. Bold where at most ${BOUND} of the
bound is reached:`;

/** A table of our node's time relative to what the vendor alone would take. */
export function boundTableOf(cases: Case[]): string {
	const lines = cases.flatMap((each) => {
		const { items, delay, runs } = each;
		const { ours } = runs;
		if (!ours) return [];
		const peak = median(ours.map(({ seen }) => seen.peak));
		const cells = [
			items.toLocaleString('en'),
			`${delay} ms`,
			peak.toFixed(0),
			seconds(boundOf(each, ours)),
			seconds(elapsedOf(ours)),
			goal(elapsedOf(ours) / boundOf(each, ours), BOUND),
			`${shareOf(each, ours).toFixed(2)} ms`,
			cpu(ours, items),
		];
		return [`| ${cells.join(' | ')} |`];
	});
	return [
		'| Items | Delay | In flight | Bound | Elapsed | of the bound | Own share per item | CPU per item |',
		`|${'---:|'.repeat(8)}`,
		...lines,
	].join('\n');
}

/** Goal for n8n's whole process in the largest execution, in MB, so that it fits into a machine with 2 GB. */
const MEMORY = 1536;
/** Goal for `loadAll()`, in milliseconds. */
const LOADING = 50;

/** Lists which goals were met. */
export function goalsOf(cases: Case[], single: Case[], { median: loading }: Loaded): string {
	const lines = cases.flatMap((each) => {
		const { items, delay, runs } = each;
		const { ours, httpRequest: base } = runs;
		if (!ours || !base) return [];
		const ratios = [
			goal(elapsedOf(ours) / elapsedOf(base), ELAPSED),
			goal(elapsedOf(ours) / boundOf(each, ours), BOUND),
			goal(shareOf(each, ours) / shareOf(each, base), 1),
			goal(cpuOf(ours) / cpuOf(base), 1),
			goal(memoryOf(ours) / memoryOf(base), 1),
		];
		return [`| ${[items.toLocaleString('en'), `${delay} ms`, ...ratios].join(' | ')} |`];
	});
	const met = (is: boolean) => (is ? 'met' : 'not met');
	const largest = single.map(
		({ items, runs: { ours = [] } }) =>
			`- ${items.toLocaleString('en')} items in one execution finish, with at most ${MEMORY} MB for all of n8n: ` +
			`${memoryOf(ours).toFixed(0)} MB, ${met(memoryOf(ours) <= MEMORY)}.`,
	);
	return [
		`Ratios to HTTP Request in the same rounds; bold where a goal is met: elapsed at most ${ELAPSED}, or at most ${BOUND} ` +
			'of the bound; own share and',
		'peak memory at most 1. (Processor time has no goal.)',
		'',
		'| Items | Delay | Elapsed | Elapsed, of the bound | Own share | Processor time | Peak memory |',
		'|---:|---:|---:|---:|---:|---:|---:|',
		...lines,
		'',
		...largest,
		`- \`loadAll()\` below ${LOADING} ms: ${loading.toFixed(1)} ms, ${met(loading < LOADING)}.`,
	].join('\n');
}

/** A value against its goal, in bold if that is met. */
function goal(value: number, most: number): string {
	if (!Number.isFinite(value)) return '–';
	return value <= most ? `**${value.toFixed(2)}**` : value.toFixed(2);
}

function cpuOf(measured: Measured[]): number {
	return median(measured.map((each) => each.cpu));
}

function elapsedOf(measured: Measured[]): number {
	return median(measured.map(({ elapsed }) => elapsed));
}

function boundOf({ items, delay }: Case, measured: Measured[]): number {
	return (items * delay) / median(measured.map(({ seen }) => seen.peak));
}

function shareOf({ items, delay }: Case, measured: Measured[]): number {
	return median(measured.map(({ elapsed, seen }) => elapsed - (items * delay) / seen.peak)) / items;
}

function memoryOf(measured: Measured[]): number {
	return median(measured.map((each) => each.memory));
}

/** The package's loading time and size. */
export function loadOf({ median: middle, least, most, nodes, credentials, bytes, size }: Loaded): string {
	return [
		'| | |',
		'|---|---:|',
		`| \`loadAll()\`: ${nodes} nodes and ${credentials} credential types, in a process of its own | ${middle.toFixed(1)} ms ` +
			`(${least.toFixed(1)} to ${most.toFixed(1)}) |`,
		`| Added to \`types/nodes.json\`, which the editor fetches | ${bytes.toLocaleString('en')} bytes |`,
		`| Tarball | ${size.toLocaleString('en')} bytes |`,
	].join('\n');
}

/** The machine, the versions and the date. */
export function circumstances(n8n: string, runs: number): string {
	const [cpu] = os.cpus();
	const load = os.loadavg()[0].toFixed(1);
	return (
		`${new Date().toISOString().slice(0, 10)}: n8n ${n8n}, Node.js ${process.versions.node}, ${os.type()} ${os.release()}, ` +
		`${os.cpus().length} × ${cpu?.model.trim()}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, load at the end ${load}. Median ` +
		`of ${runs} ${runs === 1 ? 'run' : 'runs'}.`
	);
}

/** The text of docs/benchmarks.md with the results. */
export function pageOf(results: string): string {
	return `${INTRODUCTION}\n\n## Results\n\n${results}\n\n${EXPLANATION}\n`;
}

const EXPLANATION = `## What sets the time

Processor time of n8n's process for each item, by a profile of 2,000 items at 0 ms (2026-11-21, while the machine was slow):

| | This package | HTTP Request |
|---|---:|---:|
| n8n, axios and Node.js: the request | 1.47 ms | 2.09 ms |
| n8n: its credential and its database | 0.20 ms | 1.96 ms |
| n8n: expressions and parameters | 0.00 ms | 0.76 ms |
| n8n: other | 0.21 ms | 0.37 ms |
| This package's own code: reading, checking, redacting, the account | 0.34 ms | – |
| Garbage collection, and what no function is charged with | 0.56 ms | 1.13 ms |

Most of what is left is the request itself. What came of such profiles, and of the times at which requests reached the vendor:

- **The n8n credential is read once** where it is the same for all items ([how that is found out](bulk.md)). n8n reads it from its
  database and decrypts it each time that it is asked.
- **A column that was dragged into a field is looked up.** n8n builds up all that an expression could use each time that it evaluates
  one; that was four fifths of the time before the first request. Other expressions still take it, 0.15 to 0.3 ms each. A
  parameter without an expression is resolved once.
- **Requests go out at least 2 ms apart** where several may be under way. When they went out together, they were answered together,
  and the vendor waited while n8n's one thread worked through the answers: 22 requests within 10 ms, and then none for 70 ms.
  Spread, they stay spread.
- **What is done is forgotten**, and equal n8n credentials are kept once: memory.

Where a goal is not met, this is left:

- **The bound leaves out n8n's own time.** A request takes the vendor's delay and n8n's time for it, also if nothing waits; with as many
  under way as HTTP Request has, n8n's thread is busy most of the time. The vendor alone sets the time where few are under way and
  each takes long. At 50 ms and ten at once a request may take 5 ms of n8n, of which it needs half or more.
- **The bound leaves out that requests are whole.** 100 items at 200 ms with 44 at once take three rounds: 0.60 s, not 0.45 s. HTTP
  Request, which has no limit, need not wait for a round to end.
- **Nothing is sent before all is checked.** HTTP Request sends the first item while it reads the second one. The column "Before the
  first" is the price of a run that does not end after 899 creations because row 900 is wrong.

To find such things, give n8n \`NODE_OPTIONS=--inspect\` and record a profile while an execution runs.`;

const INTRODUCTION = `# Benchmarks

\`npm run bench -- --out docs/benchmarks.md\` measures all of this again and writes this page; \`npm run bench -- --help\` has the
options, and a part that takes two minutes. Seconds of different machines cannot be compared. The ratios can, roughly.

## What is measured

A real n8n runs *Manual Trigger* → *Code*, which makes the items, → one node, which sends a creation at Mielto for each item: the
same body, the same header with the key. The vendor is a small server in a process of its own. It answers as Mielto's document
says, after a delay; it checks no more than that each request comes once and with its key. (The mock server of the tests checks
everything, and would be what is measured.)

- **This package's** Mielto node, *Create*. Its *Max Concurrent Requests* is what HTTP Request had in flight in the same round;
  in a table of its own it is what it is where an operator sets nothing.
- **HTTP Request**, n8n's own node, without batching, as it comes: it sends everything at once, and checks nothing before.
- **Declarative**: a node that only describes the request, which n8n's RoutingNode sends, everything at once.
- **One await for each item**: what a node without any of that does.

| Column | Meaning |
|---|---|
| Elapsed | The time that n8n counts for the node: the median of the runs |
| of HTTP Request | Elapsed ÷ that of HTTP Request. In brackets the least and the most of the single rounds |
| In flight | The most requests that the vendor had at once |
| Bound | Items × delay ÷ in flight: what the vendor alone would take |
| Before the first | Elapsed without the time from the first request to the last answer: what is read and checked before anything is sent |
| Own share per item | (Elapsed − bound) ÷ items: what the node and n8n add |
| CPU per item | Processor time of n8n's process for the whole execution ÷ items |
| Peak memory | The most that n8n's process had during the execution, with all of n8n in it. What earlier ones left is freed before, until the system has it back |`;

/** The ratio of the medians, and the range of the ratios of single rounds. */
function ratio(measured: Measured[], base: Measured[] = []): string {
	if (base.length === 0) return '';
	const all = elapsedOf(measured) / elapsedOf(base);
	const rounds = measured.flatMap(({ elapsed }, round) => (base[round] ? [elapsed / base[round].elapsed] : []));
	return rounds.length < 2 ? all.toFixed(2) : `${all.toFixed(2)} (${Math.min(...rounds).toFixed(2)} to ${Math.max(...rounds).toFixed(2)})`;
}

function seconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(milliseconds < 9995 ? 2 : 1)} s`;
}

function cpu(measured: Measured[], items: number): string {
	const time = cpuOf(measured);
	return time === 0 ? 'not told' : `${(time / items).toFixed(2)} ms`;
}

function memory(measured: Measured[]): string {
	const peak = memoryOf(measured);
	return peak === 0 ? 'not told' : `${peak.toFixed(0)} MB`;
}
