import type { Json } from '../../../../engine/model';
import { describe as describeDocument, parametersFor, requestFor } from '../../../../engine/tools';

/** What an operator entered, and what is sent of it. */

function formOf(properties: object, required: string[] = []) {
	const schema = { type: 'object', properties, required };
	const operation = {
		requestBody: { required: true, content: { 'application/json': { schema } } },
		responses: { 200: { description: 'ok' } },
	};
	return describeDocument(
		JSON.stringify({
			openapi: '3.1.0',
			info: { title: 'Acme', version: '1' },
			servers: [{ url: 'https://api.test' }],
			paths: { '/keys': { post: operation } },
		}),
		'acme.json',
	);
}

/** The body that parameters stand for, or what is wrong with them. */
function sent(form: ReturnType<typeof formOf>, parameters: { [name: string]: unknown }): unknown {
	const answer = requestFor(form, parameters as never, { reveal: true });
	return answer.valid ? answer.request.body : answer.problems.map(({ message }) => message);
}

const missing = (label: string, name: string) => [expect.stringMatching(new RegExp(`^${label} \\(${name}\\) is missing\\. `)) as string];
const text = { type: 'string' };

describe('A required number', () => {
	const form = formOf({ size: { type: 'integer', minimum: 0 } }, ['size']);

	it('that nobody touched is missing', () => {
		expect(sent(form, {})).toEqual(missing('Size', 'size'));
	});

	it.each([0, 7])('is sent as it was entered (%d)', (size) => {
		expect(sent(form, { size })).toEqual({ size });
	});

	it('has the default of its document', () => {
		expect(sent(formOf({ size: { type: 'integer', default: 3 } }, ['size']), {})).toEqual({ size: 3 });
	});

	it('in a row is missing too', () => {
		const rows = formOf({ limits: { type: 'object', additionalProperties: { type: 'number' } } }, ['limits']);
		expect(sent(rows, { limits: { items: [{ name: 'a' }] } })).toEqual([expect.stringContaining('Limits: a (limits.a) is missing')]);
		expect(sent(rows, { limits: { items: [{ name: 'a', value: 0 }] } })).toEqual({ limits: { a: 0 } });
	});

	it('keeps the digits that it has as a text', () => {
		const body = sent(form, { size: '12345678901234567890' }) as { size: unknown };
		expect(String(body.size)).toBe('12345678901234567890');
	});
});

describe('Entries and rows that are empty', () => {
	it('are named, not dropped', () => {
		const lists = formOf(
			{
				scopes: { type: 'array', items: { type: 'integer' } },
				rules: { type: 'array', items: { type: 'object', properties: { a: text }, required: ['a'] } },
			},
			['scopes', 'rules'],
		);
		expect(sent(lists, { scopes: [1, ''], rules: { items: [{ a: 'x' }] } })).toEqual([
			expect.stringContaining('Scope 2 (scopes.1) is missing'),
		]);
		expect(sent(lists, { scopes: [1], rules: { items: [{ a: 'x' }, {}] } })).toEqual([expect.stringContaining('A (rules.1.a) is missing')]);
	});

	it('of a required map are not an empty object, which JSON says', () => {
		const map = formOf({ secret: { type: 'object', additionalProperties: text } }, ['secret']);
		expect(sent(map, { secret: { items: [] } })).toEqual(missing('Secret', 'secret'));
		expect(sent(map, { specifySecret: 'json', secretJson: '{}' })).toEqual({ secret: {} });
		expect(parametersFor(map, { body: { secret: {} } })).toMatchObject({ specifySecret: 'json', secretJson: '{}' });
	});
});

describe('What is optional and in view (x-n8n-shown)', () => {
	const pair = { type: 'object', properties: { id: text, key: { type: 'string', format: 'password' } }, required: ['id', 'key'] };
	const form = formOf({
		name: { ...text, 'x-n8n-shown': true },
		size: { type: 'integer', 'x-n8n-shown': true },
		pair: { ...pair, 'x-n8n-shown': true },
		secret: {
			'x-n8n-shown': true,
			anyOf: [
				{ title: 'Text', ...text },
				{ title: 'Rows', type: 'object', additionalProperties: text },
			],
		},
		rows: { type: 'object', additionalProperties: text, 'x-n8n-shown': true },
	});
	const nothing = { specifyPair: 'none', secretType: 'none', specifyRows: 'none' };

	it('stands beside the required fields', () => {
		expect(form.node.properties.map(({ name }) => name)).toEqual(expect.arrayContaining(['name', 'size', 'pairId', 'secretType', 'rows']));
		expect(form.node.properties.some(({ name }) => name === 'additionalFields')).toBe(false);
	});

	it('is not sent where nothing was entered, or Leave Out was chosen', () => {
		expect(sent(form, nothing)).toEqual({});
		expect(sent(form, { ...nothing, name: 'a', size: 0 })).toEqual({ name: 'a', size: 0 });
		// Rows without a secret that are in view: none were added.
		expect(sent(form, { ...nothing, specifyRows: 'fields', rows: { items: [] } })).toEqual({});
	});

	it('is missing where it was to be entered, and was not', () => {
		expect(sent(form, { ...nothing, specifyPair: 'fields', pairId: 'a' })).toEqual([expect.stringContaining('(pair.key) is missing')]);
		expect(sent(form, { ...nothing, secretType: 'text' })).toEqual([
			expect.stringMatching(/^Secret \(secret\) is missing\. .*choose 'Leave Out' in 'Secret Type'/),
		]);
	});

	it.each<{ [name: string]: Json }>([
		{},
		{ name: 'a' },
		{ size: 1 },
		{ pair: { id: 'a', key: 'b' } },
		{ secret: 'a' },
		{ secret: { a: 'b' } },
		{ secret: {} },
		{ rows: {} },
		{ rows: { a: '' } },
	])('goes through the form as it is (%j)', (body) => {
		expect(sent(form, parametersFor(form, { body }))).toEqual(body);
	});

	it('is no switch, choice or list, which is never empty', () => {
		for (const schema of [{ type: 'boolean' }, { enum: ['a', 'b'] }, { type: 'array', items: text }])
			expect(() => formOf({ a: { ...schema, 'x-n8n-shown': true } })).toThrow(/a switch, a choice or a list is never empty/);
	});
});

describe('How a field is entered (x-n8n-input)', () => {
	it('can be text first, where other types are rare', () => {
		const form = formOf(
			{
				file: {
					type: 'object',
					'x-n8n-input': 'fields',
					properties: { key: { type: ['string', 'number', 'null'], 'x-n8n-input': 'text' } },
					required: ['key'],
				},
			},
			['file'],
		);
		for (const key of ['a', 5, null]) expect(sent(form, parametersFor(form, { body: { file: { key } } }))).toEqual({ file: { key } });
		expect(parametersFor(form, { body: { file: { key: 5 } } })).toMatchObject({ specifyFile: 'json' });
	});

	it('can be JSON for a union', () => {
		const form = formOf({ any: { 'x-n8n-input': 'json', anyOf: [text, { type: 'object', additionalProperties: text }] } }, ['any']);
		for (const any of ['', { a: 'b' }]) expect(sent(form, parametersFor(form, { body: { any } }))).toEqual({ any });
	});
});

describe('Names that go with the value of another field (x-n8n-suggestions)', () => {
	const form = formOf(
		{
			type: { enum: ['key', 'basic', 'other'] },
			secret: {
				type: 'object',
				additionalProperties: true,
				'x-n8n-suggestions': {
					by: '/body/type',
					names: { key: { api_key: 'the key' }, basic: { username: 'the name', password: 'the password' } },
				},
			},
		},
		['type', 'secret'],
	);
	const offered = form.node.properties.filter(({ name }) => name === 'secret');

	it('are offered for that value alone', () => {
		const names = offered.map(({ options, displayOptions }) => [
			displayOptions?.show?.type,
			(options as never as Array<{ values: Array<{ options?: Array<{ value: string }> }> }>)[0].values[0].options?.map(
				({ value }) => value,
			),
		]);
		expect(names).toEqual([
			[['key'], ['api_key', '__other']],
			[['basic'], ['username', 'password', '__other']],
			[['other'], ['api_key', 'username', 'password', '__other']],
		]);
	});

	it('are stored by name, so that none turns into another one', () => {
		const { default: given } = (offered[0].options as never as Array<{ values: Array<{ default: string }> }>)[0].values[0];
		expect(given).toBe('__other');
		expect(offered.map(({ default: rows }) => (rows as { items: Array<{ name: string }> }).items.map(({ name }) => name))).toEqual([
			['api_key'],
			['username'],
			['api_key'],
		]);
	});

	it('are refused where they were chosen for another value', () => {
		const row = (name: object) => ({ items: [{ ...name, value: 'x' }] });
		expect(sent(form, { type: 'basic', secret: row({ name: 'api_key' }) })).toEqual([
			expect.stringMatching(/^Secret: api_key \(secret\.api_key\) does not go with the Type Basic, which has: username, password\. /),
		]);
		expect(sent(form, { type: 'basic', secret: row({ name: '__other', otherName: 'api_key' }) })).toEqual({
			type: 'basic',
			secret: { api_key: 'x' },
		});
		expect(sent(form, { type: 'basic', secret: row({ name: 'unknown' }) })).toEqual({ type: 'basic', secret: { unknown: 'x' } });
		expect(sent(form, { type: 'other', secret: row({ name: 'api_key' }) })).toEqual({ type: 'other', secret: { api_key: 'x' } });
	});

	it('can be given in JSON, and by the commands, as they are', () => {
		const body = { type: 'basic', secret: { api_key: 'x' } };
		expect(sent(form, { type: 'basic', specifySecret: 'json', secretJson: '{"api_key":"x"}' })).toEqual(body);
		expect(sent(form, parametersFor(form, { body }))).toEqual(body);
	});
});
