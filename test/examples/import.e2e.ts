import axios from 'axios';

import { startMockServer, type MockServer } from '../support/mockServer';
import { CALLER, example, instanceAt, PATIENCE, type Instance } from './n8n';

/** A row of the spreadsheet. */
interface Row {
	label: string;
	key: string;
	provider?: string;
}

interface Summary {
	rows: number;
	created: number;
	updated: number;
	failed: number;
	uncertain: number;
	failures: Array<{ problem: string; advice?: string; count: number; rows: string }>;
	sendAgain?: { rows: string };
	failedRows: Array<{ row: number; label: string; provider: string; problem: string }>;
	credentials: Array<{ row: number; label: string; provider: string; credentialId: string; outcome: string }>;
}

const LONG = 'Customer with a name that is much longer than the hundred characters that Mielto has room for in a label, and more';

const valid = (number: number): Row => ({
	label: `Customer ${number}, "prod"`,
	key: `key-${number}-${'0123456789abcdef'.repeat(2)}`,
	provider: number % 3 === 0 ? 'openai' : '',
});

/** Of 500 rows these are wrong, by their index. */
const WRONG: Record<number, Row & { problem: string }> = {
	3: { label: '', key: 'key-without-a-label', problem: 'The label is missing' },
	77: { label: 'Without a key', key: '', problem: 'The API key is missing' },
	78: { label: '   ', key: 'key-with-a-blank-label', problem: 'The label is missing' },
	123: { ...valid(10), key: 'key-of-a-second-row', problem: 'The label is in an earlier row already' },
	250: { label: 'Key in two words', key: 'two words', problem: 'The API key has a space or an invisible character in it' },
	// Only the node knows this one.
	400: { label: LONG, key: 'key-of-a-long-label', problem: 'Label (label) must have at most 100 characters' },
	499: { label: '', key: '', provider: 'openai', problem: 'The label is missing' },
};

const ROWS: Row[] = Array.from({ length: 500 }, (_, index) => WRONG[index] ?? valid(index));
const VALID = ROWS.filter((_, index) => WRONG[index] === undefined);

function csv(rows: Row[]): string {
	const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
	return [['label', 'api_key', 'provider'], ...rows.map(({ label, key, provider = '' }) => [label, key, provider])]
		.map((cells) => cells.map(cell).join(','))
		.join('\n');
}

describe('import-api-keys.json', () => {
	let mockServer: MockServer;
	let n8n: Instance;
	let webhook: string;

	beforeAll(async () => {
		mockServer = await startMockServer();
		n8n = await instanceAt(process.env.E2E_URL as string, mockServer);
		({ webhook } = await n8n.listen(example('import-api-keys')));
	});

	afterAll(async () => {
		await mockServer?.close();
	});

	const post = async (body: unknown, headers: Record<string, string>, query = '') =>
		await axios.post<Summary & { message?: string }>(`${webhook}${query}`, body, {
			headers: { ...CALLER, ...headers },
			proxy: false,
			timeout: PATIENCE,
			validateStatus: () => true,
		});
	const send = async (rows: Row[] | string, query?: string): Promise<Summary> => {
		const { status, data } = await post(typeof rows === 'string' ? rows : csv(rows), { 'content-type': 'text/plain' }, query);
		expect([status, data.message]).toEqual([200, undefined]);
		return data;
	};
	const stored = () =>
		mockServer.credentials.map(({ body }) => body as { label: string; provider: string; credentials: { api_key: string } });
	const wrong = Object.entries(WRONG).map(([index, { label, provider, problem }]) => ({
		row: Number(index) + 2,
		label: label.trim(),
		provider: provider || 'custom',
		problem: expect.stringContaining(problem),
	}));
	// One that Mielto itself refuses, this time.
	const UNLUCKY = 100;

	test('of 500 rows exactly the valid ones are created, and the report names the others', async () => {
		mockServer.fault({ vendor: 'mielto', method: 'POST', after: UNLUCKY, status: 422, echo: true });
		const summary = await send(ROWS);
		expect(summary).toMatchObject({ rows: 500, created: VALID.length - 1, updated: 0, failed: wrong.length + 1, uncertain: 0 });
		const refused = summary.failedRows.filter(({ problem }) => problem.includes('Mielto refused'));
		expect(refused).toHaveLength(1);
		expect(summary.failedRows.filter((each) => each !== refused[0])).toEqual(wrong);
		expect(stored()).toHaveLength(VALID.length - 1);
		// The label of each row leads to its credential.
		expect(summary.credentials.map(({ label, provider, credentialId }) => [label, provider, credentialId]).sort()).toEqual(
			mockServer.credentials.map(({ id, body }) => [(body as Row).label, (body as Row).provider, id]).sort(),
		);
		for (const { row, label } of summary.credentials) expect(ROWS[row - 2].label).toBe(label);
		// The same problem is one line, and no item's number stands beside the row's.
		expect(summary.failures.find(({ problem }) => problem === 'The label is missing')).toEqual({
			problem: 'The label is missing',
			count: 3,
			rows: '5,80,501',
		});
		expect(JSON.stringify(summary)).not.toMatch(/\[item/);
		// Neither the report nor the answer has a key in it.
		const text = JSON.stringify(summary);
		expect(ROWS.filter(({ key }) => key.length > 10 && text.includes(key))).toEqual([]);
	});

	test('the second time nothing is there twice, and what was refused is created', async () => {
		const summary = await send(ROWS);
		expect(summary).toMatchObject({ rows: 500, created: 1, updated: VALID.length - 1, failed: wrong.length });
		expect(summary.failedRows).toEqual(wrong);
		const expected = VALID.map(({ label, key, provider }) => [label, provider || 'custom', key]);
		expect(
			stored()
				.map(({ label, provider, credentials }) => [label, provider, credentials.api_key])
				.sort(),
		).toEqual(expected.sort());
	});

	test('the rows that failed can be sent again alone, from the corrected file', async () => {
		const corrected = ROWS.map((row, index) => (WRONG[index] ? { ...valid(index), label: `Corrected ${index}` } : row));
		mockServer.requests.length = 0;
		const summary = await send(corrected, `?rows=${wrong.map(({ row }) => row).join(',')}`);
		expect(summary).toMatchObject({ rows: wrong.length, created: wrong.length, updated: 0, failed: 0, failures: [], failedRows: [] });
		expect(summary.credentials.map(({ row }) => row)).toEqual(wrong.map(({ row }) => row));
		expect(summary.sendAgain).toBeUndefined();
		expect(mockServer.requests.filter(({ method }) => method !== 'GET')).toHaveLength(wrong.length);
	});

	test('a changed key is updated in the credential that is there', async () => {
		const [{ id, body }] = mockServer.credentials;
		const { label, provider } = body as { label: string; provider: string };
		const before = mockServer.credentials.length;
		expect(await send([{ label, provider, key: 'a-new-key-0123456789' }])).toMatchObject({
			rows: 1,
			created: 0,
			updated: 1,
			failed: 0,
			credentials: [{ row: 2, label, credentialId: id, outcome: 'updated' }],
		});
		expect(mockServer.credentials).toHaveLength(before);
		expect(mockServer.credentials.find((each) => each.id === id)?.body).toMatchObject({ credentials: { api_key: 'a-new-key-0123456789' } });
	});

	test('500 rows that fail for one reason are one line', async () => {
		mockServer.reset();
		mockServer.fault({ vendor: 'mielto', method: 'POST', status: 403, body: { detail: 'The workspace is locked' }, times: null });
		const summary = await send(Array.from({ length: 500 }, (_, index) => valid(index)));
		expect(summary).toMatchObject({ rows: 500, created: 0, failed: 500, sendAgain: { rows: '2-501' }, credentials: [] });
		expect(summary.failures).toEqual([
			expect.objectContaining({ problem: expect.stringContaining('The workspace is locked'), count: 500, rows: '2-501' }),
		]);
		expect(JSON.stringify(summary)).not.toMatch(/\[item|key-\d/);
	});

	test('a file as Excel saves it where numbers have a comma', async () => {
		mockServer.reset();
		const summary = await send(
			'\uFEFFNotes;Name;API Key;Provider\r\n"a; b";Ångström & Söner;key-of-angstrom;openai\r\n;"Globex ""prod""";key-of-globex;\r\n;;;\r\n',
		);
		expect(summary).toMatchObject({ rows: 2, created: 2, failed: 0 });
		expect(
			stored()
				.map(({ label, provider, credentials }) => [label, provider, credentials.api_key])
				.sort(),
		).toEqual([
			['Globex "prod"', 'custom', 'key-of-globex'],
			['Ångström & Söner', 'openai', 'key-of-angstrom'],
		]);
	});

	test('nothing but wrong rows gives a report as well', async () => {
		mockServer.reset();
		expect(
			await send([
				{ label: '', key: 'y' },
				{ label: '', key: 'x' },
			]),
		).toMatchObject({ rows: 2, created: 0, updated: 0, failed: 2 });
		expect(mockServer.requests).toEqual([]);
	});

	const form = new FormData();
	form.append('file', new Blob(['label,api_key\nAcme,key-1'], { type: 'text/csv' }), 'keys.csv');
	test.each<[string, unknown, Record<string, string>, RegExp]>([
		['nothing', undefined, {}, /^The body is empty\. Send the text of the CSV file: curl/],
		['an empty text', '', { 'content-type': 'text/plain' }, /^The body is empty/],
		['an upload', form, {}, /^The file came as an upload/],
		['JSON', { label: 'Acme', api_key: 'k' }, {}, /^n8n takes the body for application\/json/],
		['a text of another type', 'label,api_key\nAcme,k', { 'content-type': 'text/csv' }, /^n8n takes the body for text\/csv/],
		[
			'a form, as curl sends it without the header',
			'label,api_key\nAcme,k',
			{ 'content-type': 'application/x-www-form-urlencoded' },
			/^n8n takes the body for application\/x-www-form-urlencoded/,
		],
		['a file without the headings', 'Acme,sk-0123456789abcdef', { 'content-type': 'text/plain' }, /^Row 1 has to name the columns/],
		['Latin-1', Buffer.from('label,api_key\nM\u00fcller,k', 'latin1'), { 'content-type': 'text/plain' }, /^The file is not in UTF-8/],
	])('%s is refused in words', async (_name, body, headers, expected) => {
		mockServer.requests.length = 0;
		const { status, data } = await post(body, headers);
		expect([status, data]).toEqual([400, { message: expect.stringMatching(expected) }]);
		expect(JSON.stringify(data)).not.toContain('sk-0123');
		expect(mockServer.requests).toEqual([]);
	});

	test("where n8n's API may be asked, a file is refused while executions are saved", async () => {
		mockServer.reset();
		const key = { label: `import ${Date.now()}`, scopes: ['workflow:read'], expiresAt: null };
		const { rawApiKey } = await n8n.api.call<{ rawApiKey: string }>('POST', '/api-keys', key);
		const account = await n8n.api.upsertCredential({
			name: 'n8n account',
			type: 'n8nApi',
			data: { apiKey: rawApiKey, baseUrl: `${n8n.url}/api/v1` },
		});
		const workflow = { ...example('import-api-keys'), name: 'Import, asking n8n' };
		for (const node of workflow.nodes) {
			if (node.name === 'This Workflow') Object.assign(node, { disabled: false, credentials: { n8nApi: account } });
			if (node.name === 'Spreadsheet Arrives') node.parameters = { ...node.parameters, path: 'import-asking' };
		}
		const sendTo = async (address: string) =>
			await axios.post<Summary>(address, 'label,api_key\nAcme,key-of-acme-0123', {
				headers: { ...CALLER, 'content-type': 'text/plain' },
				proxy: false,
				timeout: PATIENCE,
				validateStatus: () => true,
			});
		const refused = await sendTo((await n8n.listen({ ...workflow, settings: { executionOrder: 'v1' } })).webhook);
		expect([refused.status, refused.data]).toEqual([
			400,
			{ message: expect.stringMatching(/^This workflow's executions are saved, and execution \d+ holds the keys now: delete it/) },
		]);
		expect(mockServer.requests).toEqual([]);
		const taken = await sendTo((await n8n.listen(workflow)).webhook);
		expect([taken.status, taken.data]).toEqual([200, expect.objectContaining({ rows: 1, created: 1 })]);
	});
});
