import * as os from 'node:os';

import { TITLES, type Contender } from './contenders';
import type { Loaded } from './load';
import type { Measured } from './measure';
import { median } from './numbers';

/** All executions of one number of items at one delay, by node. */
export interface Case {
	items: number;
	/** Milliseconds. */
	delay: number;
	runs: Partial<Record<Contender, Measured[]>>;
}

/** Tables in Markdown. */
export function tableOf(cases: Case[]): string {
	const head = ['Items', 'Delay', 'Node', 'Elapsed', 'of HTTP Request', 'In flight', 'Bound', 'Own share per item', 'CPU per item', 'Peak memory'];
	const lines = cases.flatMap(({ items, delay, runs }) =>
		(Object.keys(TITLES) as Contender[]).flatMap((contender) => {
			const measured = runs[contender];
			if (!measured || measured.length === 0) return [];
			const elapsed = median(measured.map((each) => each.elapsed));
			const peak = median(measured.map(({ seen }) => seen.peak));
			const bound = (items * delay) / peak;
			const share = median(measured.map((each) => each.elapsed - (items * delay) / each.seen.peak)) / items;
			const cells = [items.toLocaleString('en'), `${delay} ms`, TITLES[contender], seconds(elapsed), contender === 'httpRequest' ? '1' : ratio(measured, runs.httpRequest), peak.toFixed(0), delay === 0 ? '–' : seconds(bound), `${share.toFixed(2)} ms`, cpu(measured, items), memory(measured)];
			return [`| ${cells.join(' | ')} |`];
		}),
	);
	return [`| ${head.join(' | ')} |`, `|${head.map((_, index) => (index === 2 ? '---|' : '---:|')).join('')}`, ...lines].join('\n');
}

/** What the package itself costs. */
export function loadOf({ median: middle, least, most, nodes, credentials, bytes, size }: Loaded): string {
	return [
		'| | |',
		'|---|---:|',
		`| \`loadAll()\`: ${nodes} nodes and ${credentials} credential types, in a process of its own | ${middle.toFixed(1)} ms (${least.toFixed(1)} to ${most.toFixed(1)}) |`,
		`| Added to \`types/nodes.json\`, which the editor fetches | ${bytes.toLocaleString('en')} bytes |`,
		`| Tarball | ${size.toLocaleString('en')} bytes |`,
	].join('\n');
}

/** Machine, versions, date. */
export function circumstances(n8n: string, runs: number): string {
	const [cpu] = os.cpus();
	const load = os.loadavg()[0].toFixed(1);
	return `${new Date().toISOString().slice(0, 10)}: n8n ${n8n}, Node.js ${process.versions.node}, ${os.type()} ${os.release()}, ${os.cpus().length} × ${cpu?.model.trim()}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, load at the end ${load}. Median of ${runs} ${runs === 1 ? 'run' : 'runs'}.`;
}

/** The page docs/benchmarks.md around the results. */
export function pageOf(results: string): string {
	return `${INTRODUCTION}\n\n## Results\n\n${results}\n`;
}

const INTRODUCTION = `# Benchmarks

\`npm run bench -- --out docs/benchmarks.md\` measures all of this again and writes this page; \`npm run bench -- --help\` has the
options, and a part that takes two minutes. Seconds of different machines cannot be compared. The ratios can, roughly.

## What is measured

A real n8n runs *Manual Trigger* → *Code*, which makes the items, → one node, which sends a creation at Mielto for each item: the
same body, the same header with the key. The vendor is a small server in a process of its own. It answers as Mielto's document
says, after a delay; it checks no more than that each request comes once and with its key. (The stand-in of the tests checks
everything, and would be what is measured.)

- **This package's** Mielto node, *Create*. Its *Max Concurrent Requests* is what HTTP Request had in flight in the same round.
- **HTTP Request**, n8n's own node, without batching, as it comes: it sends everything at once, and checks nothing before.
- **Declarative**: a node that only describes the request, which n8n's RoutingNode sends, everything at once.
- **One await for each item**: what a node without any of that does.

| Column | Meaning |
|---|---|
| Elapsed | The time that n8n counts for the node: the median of the runs |
| of HTTP Request | Elapsed ÷ that of HTTP Request. In brackets the least and the most of the single rounds |
| In flight | The most requests that the vendor had at once |
| Bound | Items × delay ÷ in flight: what the vendor alone would take |
| Own share per item | (Elapsed − bound) ÷ items: what the node and n8n add |
| CPU per item | Processor time of n8n's process for the whole execution ÷ items |
| Peak memory | The most that n8n's process had during the execution, with all of n8n in it |`;

/** Of the medians, and from the least to the most of the single rounds. */
function ratio(measured: Measured[], base: Measured[] = []): string {
	if (base.length === 0) return '';
	const all = median(measured.map(({ elapsed }) => elapsed)) / median(base.map(({ elapsed }) => elapsed));
	const rounds = measured.flatMap(({ elapsed }, round) => (base[round] ? [elapsed / base[round].elapsed] : []));
	return rounds.length < 2 ? all.toFixed(2) : `${all.toFixed(2)} (${Math.min(...rounds).toFixed(2)} to ${Math.max(...rounds).toFixed(2)})`;
}

function seconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(milliseconds < 9995 ? 2 : 1)} s`;
}

function cpu(measured: Measured[], items: number): string {
	const time = median(measured.map((each) => each.cpu));
	return time === 0 ? 'not told' : `${(time / items).toFixed(2)} ms`;
}

function memory(measured: Measured[]): string {
	const peak = median(measured.map((each) => each.memory));
	return peak === 0 ? 'not told' : `${peak.toFixed(0)} MB`;
}
