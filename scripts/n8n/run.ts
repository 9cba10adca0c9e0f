import { setTimeout as wait } from 'node:timers/promises';

import { parse } from 'flatted';

import { Problem } from './problem';

/** A node in the JSON that the editor copies and downloads. */
export interface WorkflowNode {
	name: string;
	type: string;
	parameters?: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	[other: string]: unknown;
}

/** A workflow in the editor's download format. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	meta?: Record<string, unknown>;
}

/** Why a run or a node failed, as n8n saved it. */
export interface RunError {
	message: string;
	description?: string | null;
	node?: { name: string };
	[other: string]: unknown;
}

/** One execution of a node within a run. */
export interface NodeRun {
	executionStatus: string;
	/** Milliseconds. */
	executionTime: number;
	/** Items by output. */
	data?: { main: Array<Array<{ json: Record<string, unknown>; [other: string]: unknown }> | null> };
	error?: RunError;
}

/** A run of a workflow that has ended. */
export interface Run {
	executionId: string;
	/** `success`, `error`, `canceled` or `crashed`. */
	status: string;
	/** The executions of each node, by the node's name. */
	nodes: Record<string, NodeRun[]>;
	/** Why the run failed; it names the node. */
	error?: RunError;
}

interface SavedExecution {
	status: string;
	workflowData?: { name: string };
	/** In the format of the package flatted. */
	data?: string;
}

/** The statuses of executions that have ended. */
export const ENDED = ['success', 'error', 'canceled', 'crashed'];

/**
 * Runs a saved workflow from its trigger, as the editor's button does, and waits until it ends.
 *
 * @param call calls n8n's REST interface as a signed-in user.
 * @throws Problem if it cannot be started or does not end in time, but not if the run fails.
 */
export async function runWorkflow(
	call: <T>(method: string, path: string, body?: object) => Promise<T>,
	id: string,
	{ timeoutMs = 120_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<Run> {
	const workflowData = await call<Workflow>('GET', `/workflows/${id}`);
	const started = await call<{ executionId?: string }>('POST', `/workflows/${id}/run`, {
		workflowData,
		triggerToStartFrom: { name: triggerOf(workflowData) },
		startNodes: [],
	});
	const { executionId } = started;
	if (!executionId) throw new Problem(`n8n did not run "${workflowData.name}": it waits for a call from outside.`);
	return await awaitRun(call, executionId, { timeoutMs, signal });
}

/**
 * Waits for the end of a run, however it was started.
 *
 * @throws Problem if it does not end in time.
 */
export async function awaitRun(
	call: <T>(method: string, path: string, body?: object) => Promise<T>,
	executionId: string,
	{ timeoutMs = 120_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<Run> {
	const end = Date.now() + timeoutMs;
	for (let pause = 50; ; pause = Math.min(pause * 1.5, 1000)) {
		const execution = await call<SavedExecution>('GET', `/executions/${executionId}`);
		if (ENDED.includes(execution.status)) return readRun(executionId, execution);
		if (Date.now() > end) {
			throw new Problem(`"${execution.workflowData?.name}" did not end within ${timeoutMs / 1000} s (execution ${executionId}).`);
		}
		await wait(pause, undefined, { signal });
	}
}

/** The name of the manual trigger, or else of a node without incoming connections. */
function triggerOf({ name, nodes, connections }: Workflow): string {
	const manual = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (manual) return manual.name;
	const reached = JSON.stringify(connections);
	const first = nodes.find((node) => !reached.includes(`"node":${JSON.stringify(node.name)}`));
	if (!first) throw new Problem(`"${name}" has no node to start from.`);
	return first.name;
}

function readRun(executionId: string, { status, data }: SavedExecution): Run {
	const saved = (data ? parse(data) : {}) as {
		resultData?: { runData?: Record<string, NodeRun[]>; error?: RunError };
	};
	const { runData = {}, error } = saved.resultData ?? {};
	return { executionId, status, nodes: runData, ...(error ? { error } : {}) };
}
