import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import axios, { type AxiosInstance } from 'axios';

import { parseFlatted } from './flatted';
import { Problem } from './problem';

/** Who signs in. n8n asks for 8 to 64 characters with a digit and a capital letter in the password. */
export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

/** A node of a workflow, as in the JSON that the editor copies and downloads. */
export interface WorkflowNode {
	name: string;
	type: string;
	parameters?: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	[other: string]: unknown;
}

/** A workflow, as in the JSON that the editor downloads. */
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

/** n8n's REST interface, as its editor uses it, for one signed-in user. */
export interface N8nApi {
	/** Creates a credential, or replaces what the one with the same name and type holds. Gives what a node refers to. */
	upsertCredential(credential: { name: string; type: string; data: object }): Promise<{ id: string; name: string }>;
	/** Creates a workflow, or replaces the one with the same name. Gives its id. */
	upsertWorkflow(workflow: Workflow): Promise<string>;
	/** Runs a saved workflow from its trigger, as the editor's button does, and waits for its end; default 120,000 ms. */
	runWorkflow(id: string, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<Run>;
	/** Any other call: method, path below `/rest`, body. Gives the answer's `data`. Throws a Problem where n8n refuses. */
	call<T>(method: string, path: string, body?: object): Promise<T>;
}

/**
 * Signs in to an n8n, making the owner first where it has none yet.
 *
 * @throws Problem where n8n knows another owner or password.
 */
export async function signIn(url: string, owner: Owner): Promise<N8nApi> {
	const call = caller(url);
	const settings = await call<{ userManagement: { showSetupOnFirstLoad?: boolean } }>('GET', '/settings');
	if (settings.userManagement.showSetupOnFirstLoad) await call('POST', '/owner/setup', owner);
	else await call('POST', '/login', { emailOrLdapLoginId: owner.email, password: owner.password });

	return {
		call,
		async upsertCredential({ name, type, data }) {
			const known = await call<Array<{ id: string; name: string; type: string }>>('GET', '/credentials');
			const same = known.find((credential) => credential.name === name && credential.type === type);
			const path = same ? `/credentials/${same.id}` : '/credentials';
			const { id } = await call<{ id: string }>(same ? 'PATCH' : 'POST', path, { name, type, data });
			return { id, name };
		},
		async upsertWorkflow({ name, nodes, connections, settings = {} }) {
			const filter = encodeURIComponent(JSON.stringify({ name }));
			// The filter finds names that contain this one.
			const known = await call<Array<{ id: string; name: string }>>('GET', `/workflows?filter=${filter}`);
			const same = known.find((workflow) => workflow.name === name);
			const path = same ? `/workflows/${same.id}` : '/workflows';
			const { id } = await call<{ id: string }>(same ? 'PATCH' : 'POST', path, { name, nodes, connections, settings });
			return id;
		},
		runWorkflow: async (id, options) => await runWorkflow(call, id, options),
	};
}

type Call = N8nApi['call'];

/** Keeps the session: n8n ties its cookie to the browser's id, and renews it now and then. */
function caller(url: string): Call {
	const http: AxiosInstance = axios.create({
		baseURL: `${url}/rest`,
		headers: { 'browser-id': randomUUID() },
		proxy: false,
		timeout: 30_000,
		validateStatus: () => true,
	});
	const cookies = new Map<string, string>();
	return async (method, path, body) => {
		const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const { status, data, headers } = await http.request({ method, url: path, data: body, headers: cookie ? { cookie } : {} });
		for (const line of headers['set-cookie'] ?? []) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name) cookies.set(name, value);
		}
		if (status < 200 || status > 299) {
			const said = typeof data?.message === 'string' ? `: ${data.message}` : '';
			throw new Problem(`n8n refused ${method} /rest${path} (${status})${said}`);
		}
		return data?.data;
	};
}

interface SavedExecution {
	status: string;
	/** Flatted. */
	data?: string;
}

const ENDED = ['success', 'error', 'canceled', 'crashed'];

async function runWorkflow(
	call: Call,
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

	const end = Date.now() + timeoutMs;
	for (let pause = 50; ; pause = Math.min(pause * 1.5, 1000)) {
		const execution = await call<SavedExecution>('GET', `/executions/${executionId}`);
		if (ENDED.includes(execution.status)) return readRun(executionId, execution);
		if (Date.now() > end) {
			throw new Problem(`"${workflowData.name}" did not end within ${timeoutMs / 1000} s (execution ${executionId}).`);
		}
		await wait(pause, undefined, { signal });
	}
}

/** The manual trigger, or else a node that nothing leads to. */
function triggerOf({ name, nodes, connections }: Workflow): string {
	const manual = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (manual) return manual.name;
	const reached = JSON.stringify(connections);
	const first = nodes.find((node) => !reached.includes(`"node":${JSON.stringify(node.name)}`));
	if (!first) throw new Problem(`"${name}" has no node to start from.`);
	return first.name;
}

function readRun(executionId: string, { status, data }: SavedExecution): Run {
	const saved = (data ? parseFlatted(data) : {}) as {
		resultData?: { runData?: Record<string, NodeRun[]>; error?: RunError };
	};
	const { runData = {}, error } = saved.resultData ?? {};
	return { executionId, status, nodes: runData, ...(error ? { error } : {}) };
}
