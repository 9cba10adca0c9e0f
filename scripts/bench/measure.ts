import * as fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import type { N8nApi } from '../n8n/api';
import { Problem } from '../n8n/problem';
import { runWorkflow } from '../n8n/run';
import { COLLECT_GARBAGE, MEASURED, TITLES, workflowFor, type Contender, type References } from './contenders';
import type { Seen, Vendor } from './vendor';

/** One execution, as it was measured. */
export interface Measured {
	/** Milliseconds that n8n counts for the node. */
	elapsed: number;
	/** The most memory that n8n's process had meanwhile, in MB; 0 where the system does not tell. */
	memory: number;
	/** Processor time of n8n's process for the whole execution, in milliseconds; 0 where the system does not tell. */
	cpu: number;
	seen: Seen;
}

/** What is measured, and where. */
export interface Bench {
	api: N8nApi;
	/** Of n8n. */
	pid: number;
	vendor: Vendor;
	references: References;
}

/** How long one execution may take, in milliseconds. */
const PATIENCE = 1_800_000;

/**
 * Runs one workflow once.
 *
 * @throws Problem where it did not send what it should, so that nothing is compared with something else.
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
	// Otherwise n8n's database grows from run to run.
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

/** An n8n that is busy with many items says now and then that it is not ready. Asking does no harm. */
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

/** From here on Linux counts the peak anew. */
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

/** In user and system mode together. Linux counts in hundredths of a second. */
function cpuTime(pid: number): number {
	try {
		// After the name, which may have spaces in it, utime and stime are the 12th and 13th.
		const fields = fs
			.readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return 0;
	}
}
