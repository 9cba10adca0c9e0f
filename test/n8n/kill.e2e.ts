import * as path from 'node:path';

import { installationIn } from '../../scripts/n8n/install';
import { Problem } from '../../scripts/n8n/problem';
import type { RunningN8n } from '../../scripts/n8n/process';
import { folders } from '../e2e/setup/folders';
import { startForTests } from '../e2e/setup/n8n';
import { instanceAt, itemsOf, PATIENCE, soon, type Instance } from '../examples/n8n';
import { startMockServer, type MockServer } from '../support/mockServer';
import { started } from './started';
import { ALLOY, identities, inARow, items, MIELTO, outcomes, START } from './workflows';

const COUNT = 1000;
/** Of each vendor's, which it answers before n8n is killed. */
const ENOUGH = 200;
/** What the nodes send at once: these are done by the vendor, which never answers them. */
const UNDER_WAY = 10;

const hex = (number: number) => number.toString(16).padStart(24, '0');
const LABELS = Array.from({ length: COUNT }, (_, index) => `Customer ${index}`);
const USERS = Array.from({ length: COUNT }, (_, index) => hex(index));

const VENDORS = [
	{
		vendor: 'mielto',
		node: 'Mielto',
		again: 'updated',
		expected: LABELS,
		workflow: inARow('Mielto', [
			START,
			items('Rows', `Array.from({ length: ${COUNT} }, (_, i) => ({ json: { label: 'Customer ' + i, key: 'key-of-customer-' + i } }))`),
			MIELTO,
		]),
	},
	{
		vendor: 'alloyEmbedded',
		node: 'Alloy',
		again: 'reused',
		expected: USERS,
		workflow: inARow('Alloy', [
			START,
			items(
				'Rows',
				`Array.from({ length: ${COUNT} }, (_, i) => ({ json: { userId: i.toString(16).padStart(24, '0'), key: 'key-of-customer-' + i } }))`,
			),
			ALLOY,
		]),
	},
];

describe('n8n is killed with -9 in the middle of 1,000 creations at each of two vendors', () => {
	const installation = installationIn(process.env.E2E_N8N as string);
	const userFolder = process.env.E2E_USER_FOLDER as string;
	const log = (name: string) => path.join(folders().work, `${name}.log`);
	let mockServer: MockServer;
	let program: RunningN8n;
	let n8n: Instance;
	/** What each vendor had when n8n was gone. */
	const before: Record<string, number> = {};

	beforeAll(async () => {
		mockServer = await startMockServer();
		mockServer.users.push(...USERS.map((userId) => ({ vendor: 'alloy', id: userId, record: { userId, username: userId } })));
		for (const { vendor } of VENDORS) mockServer.fault({ vendor, method: 'POST', after: ENOUGH, times: UNDER_WAY, done: true, hang: true });
		program = started(await startForTests(installation, userFolder, log('killed')));
		n8n = await instanceAt(program.url, mockServer);
	});

	afterAll(async () => {
		await program?.stop();
		await mockServer?.close();
	});

	const brought = async () => await Promise.all(VENDORS.map(async ({ workflow }) => await n8n.bring(workflow)));
	const start = async (ids: string[]) =>
		await Promise.all(ids.map(async (id) => await n8n.api.runWorkflow(id, { timeoutMs: PATIENCE }).catch((error: Error) => error)));
	const unanswered = (vendor: string) =>
		mockServer.requests.filter((request) => request.vendor === vendor && request.method === 'POST' && request.status === undefined);

	test('it dies with creations under way', async () => {
		const running = start(await brought());
		await soon('creations under way at both vendors', async () => {
			return VENDORS.every(({ vendor }) => unanswered(vendor).length === UNDER_WAY);
		});
		process.kill(program.pid, 'SIGKILL');
		expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' });
		for (const result of await running) expect(result).toBeInstanceOf(Problem);
		await soon('the end of what was under way', async () => mockServer.load.now === 0);
		for (const { vendor } of VENDORS) {
			before[vendor] = identities(mockServer, vendor).length;
			expect([vendor, before[vendor]]).toEqual([vendor, ENOUGH + UNDER_WAY]);
		}
	});

	test('started again, the same runs create what is missing, and nothing twice', async () => {
		program = started(await startForTests(installation, userFolder, log('restarted')));
		n8n = await instanceAt(program.url, mockServer);
		const runs = await start(await brought());
		VENDORS.forEach(({ vendor, node, again, expected }, index) => {
			const run = runs[index];
			if (run instanceof Error) throw run;
			expect([run.status, run.error]).toEqual(['success', undefined]);
			expect(outcomes(itemsOf(run, node))).toEqual({ [again]: before[vendor], created: COUNT - before[vendor] });
			expect(identities(mockServer, vendor).sort()).toEqual([...expected].sort());
		});
		expect(mockServer.credentials).toHaveLength(2 * COUNT);
	});

	test('n8n shows the killed executions as crashed', async () => {
		for (const id of await brought()) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
			const { results } = await n8n.api.call<{ results: Array<{ status: string }> }>('GET', `/executions?filter=${filter}`);
			expect(results.map(({ status }) => status)).toEqual(['success', 'crashed']);
		}
	});
});
