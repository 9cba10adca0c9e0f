import * as fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import type { N8nApi } from '../n8n/api';
import { Problem } from '../n8n/problem';
import { runWorkflow } from '../n8n/run';
import { COLLECT_GARBAGE, MEASURED, TITLES, workflowFor, type Contender, type References } from './contenders';
import type { Seen, Vendor } from './vendor';

/** The measurements of one execution. */
export interface Measured {
	/** The node's execution time according to n8n, in milliseconds. */
	elapsed: number;
	/** Peak memory of n8n's process during the execution, in MB; 0 if the system does not report it. */
	memory: number;
	/** Processor time of n8n's process for the whole execution, in milliseconds; 0 if the system does not report it. */
	cpu: number;
	seen: Seen;
}

/** The environment of a measurement. */
export interface Bench {
	api: N8nApi;
	/** Process id of n8n. */
	pid: number;
	vendor: Vendor;
	references: References;
}

/** The longest that an execution may take, in milliseconds. */
const PATIENCE = 1_800_000;

/**
 * Runs a contender's workflow once and measures it.
 *
 * @throws Problem if it does not send what it should, so that only equal work is compared.
 */
export async function measure(
	{ api, pid, vendor, references }: Bench,
	contender: Contender,
	items: number,
	delay: number,
	limit?: number,
): Promise<Measured> {
	const id = await api.upsertWorkflow(workflowFor(contender, items, vendor.url, references, limit));
	const freed = await runWorkflow(api.call, await api.upsertWorkflow(COLLECT_GARBAGE));
	if (freed.status !== 'success') throw new Problem(`No memory is freed: ${freed.error?.message}`);
	await vendor.reset(delay);
	forgetPeak(pid);
	const before = cpuTime(pid);
	const { executionId, status, nodes, error } = await runWorkflow(patiently(api), id, { timeoutMs: PATIENCE });
	const memory = peakMemory(pid);
	const cpu = cpuTime(pid) - before;
	const seen = await vendor.report();
	// Otherwise n8n's database would grow from run to run.
	await api.call('POST', '/executions/delete', { ids: [freed.executionId, executionId] });
	const [run] = nodes[MEASURED] ?? [];
	const output = run?.data?.main[0] ?? [];
	if (status !== 'success' || !seen.sound || seen.requests !== items || output.length !== items || !isBody(seen.body)) {
		throw new Problem(
			`${TITLES[contender]} did not do what it should: ${status} ${error?.message ?? ''}, ${seen.requests} requests and ` +
				`${output.length} items of ${items}, ${seen.body}`,
		);
	}
	return { elapsed: run.executionTime, memory, cpu, seen };
}

/** Repeats failed GET calls, which is harmless: an n8n that is busy with many items sometimes says that it is not ready. */
function patiently({ call }: N8nApi): N8nApi['call'] {
	return async (method, path, body) => {
		for (let attempt = 1; ; attempt++) {
			try {
				return await call(method, path, body);
			} catch (error) {
				if (method !== 'GET' || attempt === 30) throw error;
				await wait(1000);
			}
		}
	};
}

function isBody(text: string): boolean {
	const { label, credentials, ...rest } = JSON.parse(text) as { label: string; credentials: { api_key: string } };
	return (
		isDeepStrictEqual(rest, { auth_type: 'api_key', credential_scope: 'workspace' }) &&
		isDeepStrictEqual(credentials, { api_key: label.replace('Customer ', 'key-of-customer-') })
	);
}

/** Resets the peak memory of a process, on Linux. */
function forgetPeak(pid: number): void {
	try {
		fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');
	} catch {
		// Not Linux.
	}
}

function peakMemory(pid: number): number {
	try {
		const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
		return Number(kilobytes) / 1024;
	} catch {
		return 0;
	}
}

/** Processor time in user and system mode, in milliseconds. Linux counts in hundredths of a second. */
function cpuTime(pid: number): number {
	try {
		// After the process name, which may contain spaces, utime and stime are the 12th and 13th fields.
		const fields = fs
			.readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return 0;
	}
}
