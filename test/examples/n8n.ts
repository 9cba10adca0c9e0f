import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { http } from '../support/http';

import { signIn, type N8nApi } from '../../scripts/n8n/api';
import { OWNER, VENDORS } from '../../scripts/n8n/demo';
import { withCredentials } from '../../scripts/n8n/examples';
import { awaitRun, ENDED, type Run, type Workflow } from '../../scripts/n8n/run';
import { ROOT } from '../e2e/setup/folders';
import { KEYS, type MockServer } from '../support/mockServer';

/** How long anything may take, in milliseconds: a machine may be slow, and busy. */
export const PATIENCE = 240_000;

/** The header that callers of a webhook have to send. */
export const CALLER = { 'x-import-key': 'caller-4b7e0c5f19a84d52' };

/** A credential of n8n's, as its node names it in the examples. */
interface Held {
	name: string;
	type: string;
	data: object;
}

/** An n8n in which the examples are run. */
export interface Instance {
	url: string;
	api: N8nApi;
	/** Imports a workflow as an operator does: the credentials that it names are chosen, and Settings filled in. Gives its id. */
	bring(workflow: Workflow, settings?: Record<string, unknown>): Promise<string>;
	/** Imports it and runs it from its manual trigger. */
	run(workflow: Workflow, settings?: Record<string, unknown>): Promise<Run>;
	/** Imports it and has it listen to its webhook. Gives the webhook's address and the workflow's id. */
	listen(workflow: Workflow, settings?: Record<string, unknown>): Promise<{ id: string; webhook: string }>;
	/** The newest execution of a workflow, by its id: n8n lists what still runs before what has ended. Undefined before there is one. */
	newest(workflowId: string): Promise<{ id: string; status: string } | undefined>;
	/** Waits for the end of an execution. */
	ended(executionId: string): Promise<Run>;
	/** Retries the newest execution of a workflow, as 'Retry' in the executions list does. */
	retry(workflowId: string): Promise<Run>;
}

/** Signs in to an n8n and gives it the credentials that the examples name, which lead to the mock server. */
export async function instanceAt(url: string, mockServer: MockServer, more: Held[] = []): Promise<Instance> {
	const api = await signIn(url, OWNER);
	const held: Held[] = [
		...VENDORS.map((vendor) => ({
			name: accountOf(vendor.credential),
			type: vendor.credential,
			data: vendor.mockServer(mockServer.url, KEYS[vendor.key]),
		})),
		{ name: 'Header Auth account', type: 'httpHeaderAuth', data: { name: Object.keys(CALLER)[0], value: Object.values(CALLER)[0] } },
		...more,
	];
	const byType: Record<string, { id: string; name: string }> = {};
	for (const each of held) byType[each.type] = await api.upsertCredential(each);

	const executionsOf = async (workflowId: string) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await api.call<{ results: Array<{ id: string; status: string }> }>('GET', `/executions?filter=${filter}`);
		return results.sort((one, other) => Number(other.id) - Number(one.id));
	};
	const newest: Instance['newest'] = async (workflowId) => (await executionsOf(workflowId))[0];
	const ended: Instance['ended'] = async (executionId) => await awaitRun(api.call, executionId, { timeoutMs: PATIENCE });
	const bring: Instance['bring'] = async (workflow, settings = {}) =>
		await api.upsertWorkflow(withCredentials(withSettings(workflow, settings), byType));
	return {
		url,
		api,
		bring,
		run: async (workflow, settings) => await api.runWorkflow(await bring(workflow, settings), { timeoutMs: PATIENCE }),
		async listen(workflow, settings) {
			const id = await bring(workflow, settings);
			// While a run ends, n8n can leave it out of its list: it would be taken for a new one afterwards.
			await soon('earlier runs have ended', async () => (await executionsOf(id)).every(({ status }) => ENDED.includes(status)));
			const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
			const webhook = `${url}/webhook/${String(trigger?.parameters?.path)}`;
			// Newer n8n listens, and ceases to, only after it has answered. Without the header nothing is run.
			const answering = (wanted: number) =>
				soon(`${webhook} answers ${wanted}`, async () => (await http.post(webhook, {}, { validateStatus: () => true })).status === wanted);
			const { versionId, active } = await api.call<{ versionId: string; active: boolean }>('GET', `/workflows/${id}`);
			if (active) {
				await api.call('POST', `/workflows/${id}/deactivate`, {});
				await answering(404);
			}
			await api.call('POST', `/workflows/${id}/activate`, { versionId });
			await answering(403);
			return { id, webhook };
		},
		newest,
		ended,
		async retry(workflowId) {
			const failed = await newest(workflowId);
			await api.call('POST', `/executions/${failed?.id}/retry`, { loadWorkflow: false });
			const { id } = await soon('the retry', async () => {
				const last = await newest(workflowId);
				return last?.id !== failed?.id && last;
			});
			return await ended(id);
		},
	};
}

/** An example as it lies in `examples/`. */
export function example(name: string): Workflow {
	return JSON.parse(fs.readFileSync(path.join(ROOT, 'examples', `${name}.json`), 'utf8')) as Workflow;
}

/** What n8n calls the first credential of a type: `nylasApi` gives `Nylas account`. */
export function accountOf(type: string): string {
	const words = type.replace(/Api$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
	return `${words[0].toUpperCase()}${words.slice(1)} account`;
}

/** Reads until something is there. */
export async function soon<T>(what: string, read: () => Promise<T | undefined | false>): Promise<T> {
	const end = Date.now() + PATIENCE;
	for (;;) {
		const found = await read();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > end) throw new Error(`Did not come about within ${PATIENCE / 1000} s: ${what}`);
		await wait(200);
	}
}

/** The items that a node gave last, at one of its outputs. */
export function itemsOf({ nodes, error }: Run, name: string, output = 0): Array<Record<string, unknown>> {
	const last = nodes[name]?.at(-1);
	if (!last?.data) throw new Error(`"${name}" gave nothing. The run said: ${JSON.stringify(last?.error ?? error)}`);
	return (last.data.main[output] ?? []).map(({ json }) => json);
}

/** The workflow with other values in its node Settings. */
function withSettings(workflow: Workflow, settings: Record<string, unknown>): Workflow {
	if (Object.keys(settings).length === 0) return workflow;
	const copy = structuredClone(workflow);
	const node = copy.nodes.find(({ name }) => name === 'Settings');
	const { assignments } = (node?.parameters?.assignments ?? { assignments: [] }) as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const [name, value] of Object.entries(settings)) {
		const assignment = assignments.find((each) => each.name === name);
		if (!assignment) throw new Error(`"${workflow.name}" has no setting ${name}`);
		assignment.value = value;
	}
	return copy;
}
