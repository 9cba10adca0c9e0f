import type { Json } from '../../engine/model';
import { HIDDEN } from '../../engine/run/redact';
import { Random } from '../property/corpus/random';
import { ENCODINGS, telling } from '../support/encodings';
import type { Ran } from '../support/engine';
import { storeWith } from '../support/lifecycle';
import { useOwnVendor, type OwnResponse } from '../support/ownVendor';
import { share } from '../support/share';
import { countTries } from '../support/tries';

const vendor = useOwnVendor();
const tried = countTries('Redaction: executions');

const SEED = 20261124;
/** One of so many combinations is run; the seed says which. */
const SAMPLED = Number(process.env.REDACTION_SAMPLE ?? share(12, 60));

const name = { type: 'string' };
const answered = {
	200: {
		description: 'The credential',
		'x-n8n-result': { id: '/id', link: '/link' },
		content: { 'application/json': { schema: { type: 'object', properties: { id: name, link: name, label: name, created_at: name } } } },
	},
};
const creating = (resource: string, schema: object, mediaType = 'application/json') => ({
	post: {
		operationId: `create_${resource}`,
		'x-n8n-operation': { resource, operation: 'create' },
		requestBody: { required: true, content: { [mediaType]: { schema } } },
		responses: answered,
	},
});
const paths = {
	'/typed': creating('typed', {
		type: 'object',
		required: ['label', 'api_key'],
		properties: { label: name, api_key: { type: 'string', format: 'password' } },
	}),
	'/json': creating('json', {
		type: 'object',
		required: ['label', 'config'],
		properties: { label: name, config: { 'x-n8n-secret': true } },
	}),
	'/file': creating(
		'file',
		{ type: 'object', required: ['label', 'certificate'], properties: { label: name, certificate: { type: 'string', format: 'binary' } } },
		'multipart/form-data',
	),
};

const literal = (value: string) => `={{ ${JSON.stringify(value)} }}`;

/** The ways in which a secret comes into a run. */
const SOURCES: { [source: string]: (secret: string) => { which: string; parameters: object; more?: object } } = {
	'a typed field': (secret) => ({ which: 'typed.create', parameters: { apiKey: secret.startsWith('=') ? literal(secret) : secret } }),
	'an expression': (secret) => ({
		which: 'typed.create',
		parameters: { apiKey: '={{ $json.key }}' },
		more: { items: [{ key: secret, row: 1 }] },
	}),
	'Credential Secrets': (secret) => ({
		which: 'typed.create',
		parameters: { secretsFrom: 'stored', apiKeyStored: 'mine' },
		more: { others: [storeWith({ mine: secret })] },
	}),
	"the n8n credential's key": (secret) => ({
		which: 'typed.create',
		parameters: { apiKey: 'another-secret-1' },
		more: { credentialData: { baseUrl: vendor.url, apiKey: secret.startsWith('=') ? `==${secret.slice(1)}` : secret } },
	}),
	'a JSON field': (secret) => ({ which: 'json.create', parameters: { config: JSON.stringify({ client: { secret } }) } }),
	'a file': (secret) => ({
		which: 'file.create',
		parameters: { certificateSource: 'binary', certificateBinary: 'data' },
		more: { files: { data: secret } },
	}),
};

const record = { id: 'c-1', label: 'Acme', created_at: '2026-01-01T00:00:00Z' };
const refusal = (body: unknown, headers: { [name: string]: string } = {}): OwnResponse => ({ status: 422, headers, body });
const OURS = { vendor: 'Own', outcome: 'created' };

/** Where a vendor repeats what it was sent, and what is ours beside it. */
const PLACES: { [place: string]: { answer(written: string): OwnResponse; ours?: object; message?: RegExp; dryRun?: true } } = {
	'the message of an error': {
		answer: (written) => refusal({ message: `The value ${written} is wrong.` }),
		message: /^Own refused the request: The value .*wrong \[item 0\]$/s,
	},
	'the end of a long message': {
		answer: (written) => refusal({ message: `${'The value is wrong. '.repeat(49)}${written}.` }),
		message: /^Own refused the request: The value/,
	},
	'the code of an error': {
		answer: (written) => refusal({ error: { code: written, message: 'No' } }),
		message: /^Own refused the request: No \[item 0\]$/,
	},
	'the request ID': {
		answer: (written) => refusal({ message: 'No', request_id: written }),
		message: /^Own refused the request: No \[item 0\]$/,
	},
	'a header': {
		answer: (written) =>
			refusal({ message: 'No' }, /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(written) ? { 'x-request-id': written } : {}),
		message: /^Own refused the request: No \[item 0\]$/,
	},
	'the path of a field': {
		answer: (written) => refusal({ detail: [{ loc: ['body', 'label', written], msg: 'wrong' }] }),
		message: /^Own refused the request: Label \(label\..*\): wrong \[item 0\]$/s,
	},
	'the message about a field': {
		answer: (written) => refusal({ detail: [{ loc: ['body', 'label'], msg: `not ${written}` }] }),
		message: /^Own refused the request: Label \(label\): not /,
	},
	'the value of an undeclared field': { answer: (written) => ({ body: { ...record, echo: written } }), ours: { ...OURS, ...record } },
	'the name of an undeclared field': { answer: (written) => ({ body: { ...record, [written]: true } }), ours: { ...OURS, ...record } },
	'deep in a record': {
		answer: (written) => ({ body: { ...record, debug: [{ request: { body: [`${written}`] } }] } }),
		ours: { ...OURS, ...record },
	},
	'a declared field': {
		answer: (written) => ({ body: { ...record, label: `Acme ${written}` } }),
		ours: { ...OURS, id: 'c-1', created_at: record.created_at },
	},
	'a plain text': {
		answer: (written) => ({ status: 400, headers: { 'content-type': 'text/plain' }, body: `Bad request: ${written}` }),
		message: /^Own refused the request: Bad request: /,
	},
	'a page of HTML': {
		answer: (written) => ({ status: 502, headers: { 'content-type': 'text/html' }, body: `<html><p>${written}</p></html>` }),
		message: /^Own could not answer/,
	},
	'a broken success': {
		answer: (written) => ({ status: 200, body: `{"id":"c-1","echo":${JSON.stringify(written).slice(0, -1)}` }),
		message: /^Own answered without the (typed|json|file): The answer is cut off/,
	},
	'a link': {
		answer: (written) => ({ body: { link: `https://own.example/start?state=${written}` } }),
		ours: { vendor: 'Own', outcome: 'linkCreated' },
	},
	'a dry run': { answer: () => ({ body: record }), ours: { dryRun: true, vendor: 'Own' }, dryRun: true },
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** All that a workflow, or whoever looks at the execution, gets to see of what the node made. */
function shownOf({ items, errorItems, error, run }: Ran): string[] {
	const data = run.data as { executionData?: { contextData?: unknown } };
	return textsIn([
		items.map(({ json }) => json),
		errorItems.map(({ json }) => json),
		error && [error.message, error.description, error.context, error.httpCode],
		data.executionData?.contextData,
	] as Json);
}

function textsIn(value: Json | undefined): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)]) : [];
}

describe('What a vendor repeats of a secret is hidden, and nothing of ours', () => {
	const random = new Random(SEED);
	const draw = (count: number) => Array.from({ length: count }, () => random.pick([...LETTERS])).join('');
	const kinds: Array<() => string> = [
		() => draw(20),
		() => `s3cr3t/${draw(4)} lue+"x"&<${draw(3)}>'\\é`,
		() => `-----BEGIN PRIVATE KEY-----\n${(draw(240).match(/.{1,64}/g) as string[]).join('\n')}\n-----END PRIVATE KEY-----\n`,
	];
	for (const [source, from] of Object.entries(SOURCES)) {
		it(`that came by ${source}`, async () => {
			const wrong: string[] = [];
			for (const [encoding, encode] of Object.entries(ENCODINGS)) {
				for (const [place, { answer, ours, message, dryRun }] of Object.entries(PLACES)) {
					if (!random.chance(1 / SAMPLED)) continue;
					// A key goes into a header, which has no line breaks and no letters beyond Latin.
					const secret = source === "the n8n credential's key" ? draw(20) : random.pick(kinds)();
					const written = encode(secret);
					vendor.answer(() => answer(written));
					const { which, parameters, more } = from(secret);
					const ran = await vendor.run(
						paths,
						which,
						{ label: 'Acme', ...parameters, options: { retries: 0, ...(dryRun ? { dryRun: true } : {}) } },
						more,
					);
					tried();
					const shown = shownOf(ran);
					const leaks = [...telling(written), ...telling(secret)].filter((part) => shown.some((text) => text.includes(part)));
					const [item] = ran.items;
					const isOurs = ours
						? Object.entries(ours).every(([key, value]) => item?.json[key] === value)
						: message?.test(ran.error?.message ?? '');
					if (leaks.length > 0 || !isOurs)
						wrong.push(
							`${place}, ${encoding}: ${JSON.stringify(leaks[0] ?? 'damaged')} in ` +
								`${JSON.stringify(item?.json ?? ran.error?.message).slice(0, 300)}`,
						);
				}
			}
			expect([wrong.length, ...wrong.slice(0, 5)]).toEqual([0]);
		}, 300_000);
	}
});

describe('What a secret says damages nothing of ours', () => {
	const run = async (secret: string, answer: OwnResponse, more: object = {}) => {
		vendor.answer(() => answer);
		return await vendor.run(paths, 'typed.create', { label: 'Acme', apiKey: secret, options: { retries: 0, ...more } });
	};

	it.each(['created', 'Own', 'outcome', 'vendor', 'typedId', 'linkCreated', 'created_at', 'label'])('%s', async (secret) => {
		const { items } = await run(secret, { body: { ...record, other: `x ${secret} y` } });
		expect(items[0].json).toEqual({
			typedId: 'c-1',
			vendor: 'Own',
			outcome: 'created',
			...record,
			other: secret.length < 4 ? `x ${secret} y` : `x ${HIDDEN} y`,
		});
	});

	it.each(['request', 'Own', 'refused', 'message', 'status', '422', 'Create'])('the words of an error: %s', async (secret) => {
		const { error } = await run(secret, refusal({ message: `Not ${secret}.` }));
		expect(error?.message).toBe(
			secret.length < 4 ? `Own refused the request: Not ${secret} [item 0]` : `Own refused the request: Not ${HIDDEN} [item 0]`,
		);
		expect(error?.description).toBe('Check the values in the fields. (Own, Create typed, status 422)');
	});

	it.each(['dryRun', 'method', 'request', 'POST', 'headers'])('the names of a dry run: %s', async (secret) => {
		const { items } = await run(secret, { body: record }, { dryRun: true });
		expect(items[0].json).toMatchObject({
			dryRun: true,
			vendor: 'Own',
			request: { method: 'POST', body: { label: 'Acme', api_key: HIDDEN } },
		});
	});

	it.each(['Label', 'empty', 'label'])('the words about a field: %s', async (secret) => {
		const { error } = await vendor.run(paths, 'typed.create', { label: "={{ '' }}", apiKey: secret });
		expect(error?.message).toBe('Label (label) is missing [item 0]');
	});
});

describe('What n8n adds to a failed item', () => {
	const rows = [
		{
			row: 1,
			label: 'Acme',
			key: 'canary-key-1',
			nested: { deep: ['canary-key-1', 'x'], other: 1 },
			basic: Buffer.from('u:canary-key-1').toString('base64'),
		},
		{ row: 2, label: 'Globex', key: 'canary-key-2', nested: {}, basic: '' },
	];
	const run = async (onError: 'continueErrorOutput' | 'continueRegularOutput', label = '={{ $json.label }}') => {
		vendor.answer(({ body }) => ((body as { label: string }).label === 'Acme' ? refusal({ message: 'No' }) : { body: record }));
		return await vendor.run(
			paths,
			'typed.create',
			{ label, apiKey: '={{ $json.key }}', options: { retries: 0 } },
			{
				items: rows,
				onError,
			},
		);
	};
	const error = (message: string) =>
		expect.objectContaining({ message, retryable: false, description: expect.any(String) as string }) as object;

	it('holds its columns, and no secret', async () => {
		const { errorItems, items } = await run('continueErrorOutput');
		expect(errorItems).toEqual([
			{
				json: {
					row: 1,
					label: 'Acme',
					key: HIDDEN,
					nested: { deep: [HIDDEN, 'x'], other: 1 },
					basic: HIDDEN,
					error: error('Own refused the request: No [item 0]'),
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(items).toEqual([{ json: { typedId: 'c-1', vendor: 'Own', outcome: 'created', ...record }, pairedItem: { item: 1 } }]);
	});

	it('holds none where an item is not fit to be sent', async () => {
		const { errorItems } = await run('continueErrorOutput', "={{ $json.row === 1 ? '' : $json.label }}");
		expect(errorItems.map(({ json }) => json)).toEqual([
			{
				row: 1,
				label: 'Acme',
				key: HIDDEN,
				nested: { deep: [HIDDEN, 'x'], other: 1 },
				basic: HIDDEN,
				error: error('Label (label) is missing [item 0]'),
			},
		]);
	});

	it('is nothing where failed items go on with the others', async () => {
		const { items } = await run('continueRegularOutput');
		expect(items[0]).toEqual({ json: { error: error('Own refused the request: No [item 0]') }, pairedItem: { item: 0 } });
	});
});

describe('Rows at a vendor that repeats all', () => {
	it('take as long for each, however many there are', async () => {
		vendor.answer(({ body, headers }) => ({
			body: { ...record, echo: `Received ${JSON.stringify(body)} with ${headers.authorization}`, sent: body },
		}));
		const time = async (count: number) => {
			const items = Array.from({ length: count }, (_one, index) => ({ key: `canary-${index}-${'x'.repeat(20)}`, label: `Row ${index}` }));
			const before = process.cpuUsage();
			const ran = await vendor.run(
				paths,
				'typed.create',
				{ label: '={{ $json.label }}', apiKey: '={{ $json.key }}', options: { concurrent: 100 } },
				{ items },
			);
			const { user, system } = process.cpuUsage(before);
			expect(ran.items).toHaveLength(count);
			expect(JSON.stringify(ran.items)).not.toMatch(/canary|own-demo-key/);
			return (user + system) / 1000;
		};
		const rows = share(100, 40);
		const few = await time(rows);
		const ratio = (await time(10 * rows)) / few;
		process.stderr.write(
			`Redaction: ${10 * rows} rows that are sent take ${ratio.toFixed(1)} times as long as ${rows} (${few.toFixed(0)} ms)\n`,
		);
		expect(ratio).toBeLessThan(30);
	}, 300_000);
});
