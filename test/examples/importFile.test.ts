import { example } from './n8n';

/** The code of a node of the example, as it stands there. */
const code = (name: string) => example('import-api-keys').nodes.find((node) => node.name === name)?.parameters?.jsCode as string;

interface Read {
	row?: number;
	label?: string;
	provider?: string;
	key?: string;
	problem?: string;
	message?: string;
}

/** What the node "Read the Rows" gives for what came to the webhook. */
function readRows(request: object, settings?: object): Read[] {
	const run = new Function('$', '$input', '$execution', code('Read the Rows')) as (...args: unknown[]) => Array<{ json: Read }>;
	const webhook = { first: () => ({ json: request }) };
	return run(() => webhook, { first: () => ({ json: settings ? { settings } : request }) }, { id: '42' }).map(({ json }) => json);
}

const read = (body: unknown, rows?: string) => readRows({ body, query: rows === undefined ? {} : { rows } });
const rowsOf = (body: string, rows?: string) => read(body, rows).map(({ row, label, key, provider }) => [row, label, key, provider]);
const messageOf = (all: Read[]) => {
	expect(all).toHaveLength(1);
	expect(all[0].message).toMatch(/ Nothing was sent to Mielto\.$/);
	return all[0].message as string;
};

const ACME = [2, 'Acme', 'key-1', 'custom'];

describe('a file that is read', () => {
	test.each([
		['commas', 'label,api_key,provider\nAcme,key-1,'],
		['semicolons', 'label;api_key;provider\nAcme;key-1;'],
		['tabs', 'label\tapi_key\tprovider\nAcme\tkey-1\t'],
		['commas within quoted headings of a file with semicolons', '"Label";"API Key";"Notes, comments, more, and more"\nAcme;key-1;a, b'],
		['a byte order mark', '\uFEFFlabel,api_key\nAcme,key-1'],
		['line ends of Windows', 'label,api_key\r\nAcme,key-1\r\n'],
		['line ends of an old Mac', 'label,api_key\rAcme,key-1\r'],
		['the line that Excel begins with', 'sep=;\r\nlabel;api_key\r\nAcme;key-1\r\n'],
		['all in quotation marks', '"label","api_key"\n"Acme","key-1"\n'],
		['blanks around values and headings', ' Label , API Key \n Acme , key-1 '],
		['blanks around quotation marks', 'label, "api_key"\n "Acme" , "key-1"'],
		['columns in another order, and others between', 'Notes;API-KEY;Country;Customer Name\nx;key-1;SE;Acme'],
		['headings in capitals', 'LABEL,API_KEY\nAcme,key-1'],
		['headings as in code', 'label,apiKey\nAcme,key-1'],
		['"Name" and "Token"', 'Name,Token\nAcme,key-1'],
		['a heading that is meant beside one that could be', 'Customer,Label,Key,API Key\nsomebody,Acme,4711,key-1'],
		['rows without anything at the end', 'label;api_key;\nAcme;key-1;\n;;\n;;\n\n'],
	])('with %s', (_name, text) => {
		expect(rowsOf(text)).toEqual([ACME]);
	});

	test('quoted values may have separators, quotation marks and line breaks, and rows are counted as a spreadsheet does', () => {
		const text = 'label,api_key\n"Acme, ""the first"""\t,k1\n"Two\nlines",k2\n\nGlobex,k3\n';
		expect(rowsOf(text.replace('\t', ''))).toEqual([
			[2, 'Acme, "the first"', 'k1', 'custom'],
			[3, 'Two\nlines', 'k2', 'custom'],
			[5, 'Globex', 'k3', 'custom'],
		]);
	});

	test('a quotation mark within a value is one of it', () => {
		expect(rowsOf('label,api_key\n5" screens,key-1')).toEqual([[2, '5" screens', 'key-1', 'custom']]);
	});

	test('rows that cannot be right have their reason', () => {
		const text = [
			'label,api_key,provider',
			',k1,',
			'A,,',
			'B,two words,',
			'C,zero\u200bwidth,',
			'D,1.23457E+17,',
			'E,k5,openai',
			'E,k6,openai',
			'E,k7,other',
			'F,k8,,and more',
			'G,k9',
		].join('\n');
		expect(read(text).map(({ row, problem }) => [row, problem])).toEqual([
			[2, 'The label is missing'],
			[3, 'The API key is missing'],
			[4, 'The API key has a space or an invisible character in it'],
			[5, 'The API key has a space or an invisible character in it'],
			[6, 'The spreadsheet has shortened the API key to a number: format the column as text'],
			[7, ''],
			[8, 'The label is in an earlier row already'],
			[9, ''],
			[10, 'The row has more values than there are columns: put a value with a separator in it into quotation marks'],
			[11, ''],
		]);
	});

	test('only the rows that the address asks for, judged with the others', () => {
		const text = 'label,api_key\nA,k1\nB,k2\nC,k3\nA,k4\nE,k5\n\n';
		expect(read(text, '3, 5-6').map(({ row, label, problem }) => [row, label, problem])).toEqual([
			[3, 'B', ''],
			[5, 'A', 'The label is in an earlier row already'],
			[6, 'E', ''],
		]);
	});

	test('20,000 rows, and one of a megabyte, take no time', () => {
		const began = performance.now();
		const many = `label,api_key\n${Array.from({ length: 20_000 }, (_, index) => `"Customer ""${index}""",key-${index}`).join('\n')}`;
		expect(read(many)).toHaveLength(20_000);
		expect(read(`label,api_key\n"${'""a '.repeat(250_000)}",k`)).toHaveLength(1);
		expect(messageOf(read(`label,api_key\n"${'""'.repeat(500_000)}`))).toMatch(/row 2 is not closed/);
		expect(performance.now() - began).toBeLessThan(10_000);
	});
});

describe('a file that is refused', () => {
	test.each([
		['nothing', undefined, /^The body is empty\. Send the text of the CSV file: curl -H "Content-Type: text\/plain" --data-binary/],
		['no text', '', /^The body is empty/],
		['an empty object, as n8n makes of no body', {}, /^The body is empty/],
		['blanks', ' \n \r\n', /^The body is empty/],
		['an Excel file', 'PK\u0003\u0004\u0000…', /^This is an Excel file/],
		['another encoding', 'label,api_key\nM\uFFFDller,k', /^The file is not in UTF-8/],
		['UTF-16', '\uFFFD\uFFFDl\u0000a\u0000b\u0000', /^The file is not in UTF-8/],
		['headings alone', 'label,api_key\n', /^The file has no rows below the headings/],
		['a single line', 'label,api_keyAcme,k1', /there is none for API Key\. The file is a single line: with curl, take --data-binary/],
		['no column for the key', 'label,notes\nAcme,x', /It has 2 columns, and there is none for API Key\./],
		['two columns for the key', 'label,Token,Secret\nAcme,x,y', /^Two columns could be meant: "Token" and "Secret"/],
		['the same heading twice', 'label,api_key,API Key\nAcme,x,y', /^Two columns could be meant: "api_key" and "API Key"/],
		['a quotation mark that is not closed', 'label,api_key\nAcme,k1\n"Globex,k2\nInitech,k3', /^A quotation mark in row 3 is not closed/],
		[
			'a quotation mark that closes too early',
			'label,api_key\n"Acme" Inc.,k1',
			/^A quotation mark in row 2 is not closed, or closed too early/,
		],
	])('%s', (_name, body, expected) => {
		expect(messageOf(read(body))).toMatch(expected);
	});

	test('one without headings, whose keys are not repeated', () => {
		const message = messageOf(read('Acme,sk-0123456789abcdef\nGlobex,sk-fedcba9876543210'));
		expect(message).toMatch(
			/^Row 1 has to name the columns, such as Label, API Key and Provider\. It has 2 columns, and there is none for Label and API Key\./,
		);
		expect(message).not.toContain('sk-');
	});

	test.each([
		['application/json', { label: 'Acme', api_key: 'k' }],
		// As curl sends without the header.
		['application/x-www-form-urlencoded', { 'label,api_key\nAcme,k': '' }],
		// n8n does not read it.
		['text/csv; charset=utf-8', {}],
	])('one that comes as %s', (type, body) => {
		const request = { body, query: {}, headers: { 'content-type': type, 'content-length': '22' } };
		expect(messageOf(readRows(request))).toContain(
			`n8n takes the body for ${type}, and not for text. Send the text of the CSV file: curl -H "Content-Type: text/plain"`,
		);
	});

	test('an upload', () => {
		expect(messageOf(readRows({ body: {}, query: {}, headers: { 'content-type': 'multipart/form-data; boundary=x' } }))).toMatch(
			/^The file came as an upload\. Send the text/,
		);
	});

	test.each([
		['1', /^The file has no row 1 with a key: its rows are 2 to 3/],
		['2-9', /^The file has no row 9 with a key: its rows are 2 to 3/],
		['two', /^"rows" takes the numbers of rows, such as rows=18,233-240/],
		['3-2', /^"rows" takes the numbers of rows/],
	])('rows=%s', (rows, expected) => {
		expect(messageOf(read('label,api_key\nA,k1\nB,k2\n', rows))).toMatch(expected);
	});

	const OFF = { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none', saveManualExecutions: false };
	const GOOD = { body: 'label,api_key\nAcme,key-1', query: {} };
	test.each([
		['nothing was set', {}],
		['successes are saved', { ...OFF, saveDataSuccessExecution: 'all' }],
		['failures are saved', { ...OFF, saveDataErrorExecution: 'DEFAULT' }],
		['manual executions are saved', { ...OFF, saveManualExecutions: true }],
	])('where n8n tells that %s', (_name, settings) => {
		expect(messageOf(readRows(GOOD, settings))).toMatch(
			/^This workflow's executions are saved, and execution 42 holds the keys now: delete it/,
		);
	});
	test('and none where n8n tells that nothing is saved', () => {
		expect(readRows(GOOD, OFF)).toHaveLength(1);
	});
});

describe('the report', () => {
	interface Line {
		row: number;
		label: string;
		provider: string;
		outcome: string;
		problem?: string;
		advice?: string;
		credentialId?: string;
	}
	const report = (lines: Line[]) => {
		const run = new Function('$input', code('Report')) as (...args: unknown[]) => Array<{ json: Record<string, unknown> }>;
		return run({ all: () => lines.map((json) => ({ json })) })[0].json;
	};
	const line = (row: number, outcome: string, more: Partial<Line> = {}): Line => ({
		row,
		label: `Customer ${row}`,
		provider: 'custom',
		outcome,
		...more,
	});

	test('500 rows that fail for one reason are one line', () => {
		const failed = Array.from({ length: 500 }, (_, index) =>
			line(index + 2, 'failed', { problem: 'Mielto could not answer', advice: 'Try again later' }),
		);
		const done = report(failed.reverse());
		expect(done).toMatchObject({ rows: 500, created: 0, updated: 0, failed: 500, uncertain: 0 });
		expect(done.failures).toEqual([{ problem: 'Mielto could not answer', advice: 'Try again later', count: 500, rows: '2-501' }]);
		expect(done.sendAgain).toMatchObject({ rows: '2-501' });
		expect(done.failedRows).toHaveLength(500);
		expect(done.lookFirst).toBeUndefined();
	});

	test('also where the vendor names the label', () => {
		const failed = [3, 4, 7].map((row) => line(row, 'failed', { problem: `"Customer ${row}" is taken` }));
		expect(report(failed).failures).toEqual([{ problem: '"…" is taken', count: 3, rows: '3-4,7' }]);
		expect(report(failed.slice(0, 1)).failures).toEqual([{ problem: '"Customer 3" is taken', count: 1, rows: '3' }]);
		expect(report(failed).failedRows).toEqual(failed.map(({ row, label, provider, problem }) => ({ row, label, provider, problem })));
	});

	test('what may be there is named apart, and is not among what to send again', () => {
		const done = report([
			line(4, 'uncertain', { problem: 'The answer was lost' }),
			line(2, 'failed', { problem: 'Refused' }),
			line(3, 'created', { credentialId: 'c3' }),
		]);
		expect(done).toMatchObject({ rows: 3, created: 1, failed: 1, uncertain: 1 });
		expect(done.lookFirst).toEqual({
			how: expect.stringMatching(/may be at Mielto or not: look there before you send them again/),
			problems: [{ problem: 'The answer was lost', count: 1, rows: '4' }],
			rows: [{ row: 4, label: 'Customer 4', provider: 'custom', problem: 'The answer was lost' }],
		});
		expect(done.sendAgain).toMatchObject({ rows: '2' });
		expect(done.credentials).toEqual([{ row: 3, label: 'Customer 3', provider: 'custom', credentialId: 'c3', outcome: 'created' }]);
	});

	test('with nothing to send again where all is there', () => {
		const done = report([line(2, 'created', { credentialId: 'a' }), line(3, 'updated', { credentialId: 'b' })]);
		expect(done).toEqual({
			rows: 2,
			created: 1,
			updated: 1,
			failed: 0,
			uncertain: 0,
			failures: [],
			failedRows: [],
			credentials: expect.any(Array),
		});
	});
});
