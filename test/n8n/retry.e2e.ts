import * as path from 'node:path';

import { installationIn } from '../../scripts/n8n/install';
import type { RunningN8n } from '../../scripts/n8n/process';
import type { Run, Workflow } from '../../scripts/n8n/run';
import { folders } from '../e2e/setup/folders';
import { startForTests } from '../e2e/setup/n8n';
import { instanceAt, itemsOf, type Instance } from '../examples/n8n';
import { startMockServer, type MockServer } from '../support/mockServer';
import { started } from './started';
import { identities, inARow, items, MIELTO, START } from './workflows';

const COUNT = 100;
const LABELS = Array.from({ length: COUNT }, (_, index) => `Customer ${index}`);
const ROWS = items(
	'Rows',
	`Array.from({ length: ${COUNT} }, (_, i) => ({ json: { label: 'Customer ' + i, key: 'key-of-customer-' + i } }))`,
);

/** Create, which does not look first. */
function creation(name: string, settings: object = {}): Workflow {
	return inARow(name, [START, ROWS, { ...MIELTO, parameters: { ...MIELTO.parameters, operation: 'create' }, ...settings }]);
}

describe("a run that ends in the middle, and n8n's two retries", () => {
	let mockServer: MockServer;
	let program: RunningN8n;
	let n8n: Instance;

	beforeAll(async () => {
		mockServer = await startMockServer();
		program = started(
			await startForTests(
				installationIn(process.env.E2E_N8N as string),
				process.env.E2E_USER_FOLDER as string,
				path.join(folders().work, 'retry.log'),
			),
		);
		n8n = await instanceAt(program.url, mockServer);
	});

	beforeEach(() => {
		mockServer.reset();
		// Whether it has done its work cannot be known, so that the node does not send it again.
		mockServer.fault({ vendor: 'mielto', method: 'POST', after: 40, status: 500 });
	});

	afterAll(async () => {
		await program?.stop();
		await mockServer?.close();
	});

	const expectAll = (run: Run) => {
		expect([run.status, run.error]).toEqual(['success', undefined]);
		expect(itemsOf(run, 'Mielto').map(({ label }) => label)).toEqual(LABELS);
		expect(identities(mockServer, 'mielto').sort()).toEqual([...LABELS].sort());
	};

	test('the error says what was done; Retry in the executions list creates the rest and returns all', async () => {
		const id = await n8n.bring(creation('To retry'));
		const failed = await n8n.api.runWorkflow(id);
		const done = identities(mockServer, 'mielto').length;
		expect([failed.status, done >= 40 && done < COUNT]).toEqual(['error', true]);
		// What the error panel shows.
		const { description, context } = failed.error as unknown as {
			description: string;
			context: { data: { created: unknown[]; notCreated: number[]; uncertain: number[] } };
		};
		expect(description).toMatch(/Finished: items 0 .*Not finished: items .*'Retry' in the executions list.* sends the rest/);
		expect(context.data.created).toHaveLength(done);
		expect(context.data.created).toContainEqual({ item: 0, credentialId: mockServer.credentials[0].id });
		expect(context.data.uncertain).toHaveLength(1);
		expect(context.data.notCreated).toHaveLength(COUNT - done - 1);

		expectAll(await n8n.retry(id));
	});

	test('Retry On Fail creates the rest and returns all', async () => {
		expectAll(await n8n.run(creation('Retrying', { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 })));
	});
});
