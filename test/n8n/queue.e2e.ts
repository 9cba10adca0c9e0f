import { installationIn } from '../../scripts/n8n/install';
import type { Run, Workflow } from '../../scripts/n8n/run';
import { folders } from '../e2e/setup/folders';
import { instanceAt, itemsOf, PATIENCE, soon, type Instance } from '../examples/n8n';
import { startMockServer, type MockServer } from '../support/mockServer';
import { startQueueMode, type QueueMode } from './queue';
import { identities, inARow, items, MIELTO, outcomes, START } from './workflows';

const ROWS = 800;
const BATCH = 50;
const LABELS = Array.from({ length: ROWS }, (_, index) => `Customer ${index}`);

/** The items, each of which is a batch of rows. */
const BATCHES = items(
	'Batches',
	`Array.from({ length: ${ROWS / BATCH} }, (_, b) => ({ json: { rows: Array.from({ length: ${BATCH} }, (_, r) => b * ` +
		`${BATCH} + r).map((i) => ({ label: 'Customer ' + i, key: 'key-of-customer-' + i })) } }))`,
);

const ROWS_OF_BATCH = { name: 'Rows', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'body.rows', options: {} } };

/** The webhook and its caller share it. */
const HEADER = { httpHeaderAuth: { id: '', name: '' } };

/** Creates the credentials of one batch: an execution of its own, which goes to whichever worker is free. */
const BATCH_WORKFLOW: Workflow = inARow('Batch', [
	{
		name: 'Batch Arrives',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: {
			httpMethod: 'POST',
			path: 'batch',
			authentication: 'headerAuth',
			responseMode: 'lastNode',
			responseData: 'allEntries',
			options: {},
		},
		credentials: HEADER,
		webhookId: 'batch',
	},
	ROWS_OF_BATCH,
	MIELTO,
	{
		name: 'Outcome',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'manual',
			assignments: { assignments: [{ id: 'outcome', name: 'outcome', value: '={{ $json.outcome }}', type: 'string' }] },
			includeOtherFields: false,
			options: {},
		},
	},
]);

/** Splits the rows into batches and hands them over. */
function importWorkflow(webhook: string): Workflow {
	return inARow('Import', [
		START,
		BATCHES,
		{
			name: 'Hand Over',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.3,
			parameters: {
				method: 'POST',
				url: webhook,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify({ rows: $json.rows }) }}',
				options: {},
			},
			credentials: HEADER,
			onError: 'continueRegularOutput',
		},
	]);
}

describe('queue mode: main and two workers, one of which is killed with -9', () => {
	let mockServer: MockServer;
	let queue: QueueMode;
	let n8n: Instance;
	let importId: string;
	/** What the vendor had after the first run. */
	let before = 0;

	beforeAll(async () => {
		mockServer = await startMockServer();
		queue = await startQueueMode(installationIn(process.env.E2E_N8N as string), process.env.E2E_USER_FOLDER as string, folders().work, [
			'one',
			'two',
		]);
		n8n = await instanceAt(queue.main.url, mockServer);
		const { webhook } = await n8n.listen(BATCH_WORKFLOW);
		importId = await n8n.bring(importWorkflow(webhook));
	});

	afterAll(async () => {
		await queue?.stop();
		await mockServer?.close();
	});

	const run = async (): Promise<Run> => await n8n.api.runWorkflow(importId, { timeoutMs: PATIENCE });
	/** The batches of which some rows have come, and at least one cannot be on its way yet: ten are, at most. */
	const inTheMiddle = () => {
		const come = identities(mockServer, 'mielto').map((label) => Math.floor(LABELS.indexOf(label) / BATCH));
		return [...new Set(come)].filter((batch) => come.filter((each) => each === batch).length < BATCH - 10);
	};

	test('the batches that it had are reported as failed, and the others are done', async () => {
		mockServer.fault({ vendor: 'mielto', method: 'POST', times: null, delayMs: 300 });
		const running = run();
		// A worker has one batch at a time, so two that are in the middle are of both workers.
		await soon('both workers in the middle of a batch', async () => {
			const ready = inTheMiddle().length === 2;
			if (ready) process.kill(queue.workers[0].pid, 'SIGKILL');
			return ready;
		});
		expect(await queue.workers[0].exited).toEqual({ code: null, signal: 'SIGKILL' });
		for (const { begun } of queue.workers) expect(begun().length).toBeGreaterThan(0);

		const failed = itemsOf(await running, 'Hand Over').filter(({ error }) => error !== undefined);
		expect(failed).toEqual([{ error: expect.objectContaining({ status: 500 }) }]);
		before = identities(mockServer, 'mielto').length;
		expect(before).toBeLessThan(ROWS);
		expect(before).toBeGreaterThan(ROWS - BATCH);
	});

	test('run again, what is missing is created by the worker that is left, and nothing is there twice', async () => {
		const again = await run();
		expect([again.status, again.error]).toEqual(['success', undefined]);
		expect(outcomes(itemsOf(again, 'Hand Over'))).toEqual({ updated: before, created: ROWS - before });
		expect(identities(mockServer, 'mielto').sort()).toEqual([...LABELS].sort());
	});

	// As docs/scaling.md says, and the reason for handing batches over by a webhook.
	test('batches that are sub-workflows stay with the process that runs their parent', async () => {
		mockServer.reset();
		const begun = () => queue.workers.map((worker) => worker.begun().length);
		const atFirst = begun();
		const passed = {
			name: 'Batch Arrives',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			parameters: { inputSource: 'passthrough' },
		};
		const value = await n8n.bring(
			inARow('Sub-Workflow', [passed, { ...ROWS_OF_BATCH, parameters: { fieldToSplitOut: 'rows', options: {} } }, MIELTO]),
		);
		const parent = await n8n.api.runWorkflow(
			await n8n.bring(
				inARow('Parent', [
					START,
					BATCHES,
					{
						name: 'Each Batch',
						type: 'n8n-nodes-base.executeWorkflow',
						typeVersion: 1.2,
						parameters: { workflowId: { __rl: true, mode: 'id', value }, mode: 'each', options: {} },
					},
				]),
			),
			{ timeoutMs: PATIENCE },
		);
		expect([parent.status, parent.error]).toEqual(['success', undefined]);
		expect(identities(mockServer, 'mielto').sort()).toEqual([...LABELS].sort());
		expect(begun()).toEqual(atFirst);
	});
});
