import axios from 'axios';

import { startStandin, type Standin } from '../standin';
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
	report: Array<{ row: number; label: string; problem: string }>;
}

const LONG = 'Customer with a name that is much longer than the hundred characters that Mielto has room for in a label, and more';

const valid = (number: number): Row => ({ label: `Customer ${number}, "prod"`, key: `key-${number}-${'0123456789abcdef'.repeat(2)}`, provider: number % 3 === 0 ? 'openai' : '' });

/** Of 500 rows these are wrong, by their index. */
const WRONG: Record<number, Row & { problem: string }> = {
	3: { label: '', key: 'key-without-a-label', problem: 'The label is missing' },
	77: { label: 'Without a key', key: '', problem: 'The API key is missing' },
	78: { label: '   ', key: 'key-with-a-blank-label', problem: 'The label is missing' },
	123: { ...valid(10), key: 'key-of-a-second-row', problem: 'The label is in an earlier row already' },
	250: { label: 'Key in two words', key: 'two words', problem: 'The API key has a space in it' },
	// Only the node knows this one.
	400: { label: LONG, key: 'key-of-a-long-label', problem: 'Label (label) must have at most 100 characters' },
	499: { label: '', key: '', problem: 'The label is missing' },
};

const ROWS: Row[] = Array.from({ length: 500 }, (_, index) => WRONG[index] ?? valid(index));
const VALID = ROWS.filter((_, index) => WRONG[index] === undefined);

function csv(rows: Row[]): string {
	const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
	return [['label', 'api_key', 'provider'], ...rows.map(({ label, key, provider = '' }) => [label, key, provider])].map((cells) => cells.map(cell).join(',')).join('\n');
}

describe('import-api-keys.json', () => {
	let standin: Standin;
	let n8n: Instance;
	let webhook: string;

	beforeAll(async () => {
		standin = await startStandin();
		n8n = await instanceAt(process.env.E2E_URL as string, standin);
		({ webhook } = await n8n.listen(example('import-api-keys')));
	});

	afterAll(async () => {
		await standin?.close();
	});

	const send = async (rows: Row[]): Promise<Summary> => {
		const headers = { ...CALLER, 'content-type': 'text/plain' };
		const { data } = await axios.post<Summary>(webhook, csv(rows), { headers, proxy: false, timeout: PATIENCE });
		return data;
	};
	const stored = () => standin.credentials.map(({ body }) => body as { label: string; provider: string; credentials: { api_key: string } });
	const wrong = Object.entries(WRONG).map(([index, { label, problem }]) => ({ row: Number(index) + 2, label: label.trim(), problem: expect.stringContaining(problem) }));
	// One that Mielto itself refuses, this time.
	const UNLUCKY = 100;

	test('of 500 rows exactly the valid ones are created, and the report names the others', async () => {
		standin.fault({ vendor: 'mielto', method: 'POST', after: UNLUCKY, status: 422, echo: true });
		const summary = await send(ROWS);
		expect(summary).toMatchObject({ rows: 500, created: VALID.length - 1, updated: 0, failed: wrong.length + 1 });
		const refused = summary.report.filter(({ problem }) => problem.includes('Mielto refused'));
		expect(refused).toHaveLength(1);
		expect(summary.report.filter((each) => each !== refused[0])).toEqual(wrong);
		expect(stored()).toHaveLength(VALID.length - 1);
		// Neither the report nor the answer has a key in it.
		const text = JSON.stringify(summary);
		expect(ROWS.filter(({ key }) => key.length > 10 && text.includes(key))).toEqual([]);
	});

	test('the second time nothing is there twice, and what was refused is created', async () => {
		const summary = await send(ROWS);
		expect(summary).toMatchObject({ rows: 500, created: 1, updated: VALID.length - 1, failed: wrong.length });
		expect(summary.report).toEqual(wrong);
		const expected = VALID.map(({ label, key, provider }) => [label, provider || 'custom', key]);
		expect(stored().map(({ label, provider, credentials }) => [label, provider, credentials.api_key]).sort()).toEqual(expected.sort());
	});

	test('a changed key is updated in the credential that is there', async () => {
		const [{ id, body }] = standin.credentials;
		const { label, provider } = body as { label: string; provider: string };
		expect(await send([{ label, provider, key: 'a-new-key-0123456789' }])).toMatchObject({ rows: 1, created: 0, updated: 1, failed: 0, report: [] });
		expect(standin.credentials).toHaveLength(VALID.length);
		expect(standin.credentials.find((each) => each.id === id)?.body).toMatchObject({ credentials: { api_key: 'a-new-key-0123456789' } });
	});

	test('nothing but wrong rows gives a report as well', async () => {
		standin.reset();
		expect(await send([{ label: '', key: '' }, { label: '', key: 'x' }])).toMatchObject({ rows: 2, created: 0, updated: 0, failed: 2 });
		expect(standin.requests).toEqual([]);
	});
});
