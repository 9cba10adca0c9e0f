import type { INodeParameters, ResourceMapperField } from 'n8n-workflow';
import { resourceMapping } from '../../support/editor';
import { ACME, lineOf, opened, operate, requireData, storeWith } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const lines = () => mockServer.current.requests.map(lineOf);
const posted = () => mockServer.current.requests.filter(({ method }) => method === 'POST');

/** A resource mapper as n8n stores it. */
const mapper = (value: object | null, schema: Array<Partial<ResourceMapperField>> = [], mappingMode = 'defineBelow') =>
	({ mappingMode, value, schema, matchingColumns: [], attemptToConvertTypes: false, convertFieldsToString: false }) as never;
const automatic = () => mapper(null, [], 'autoMapInputData');

const embedded = async (credentialDataMapper: unknown, parameters: object = {}, more: object = {}) =>
	await operate(
		'alloyEmbedded',
		mockServer.url,
		'credential.create',
		{
			userId: ACME,
			credentialType: 'shopify',
			specifyCredentialData: 'mapper',
			credentialDataMapper,
			...parameters,
		} as INodeParameters,
		more,
	);

const connectivity = async (dataMapper: unknown, parameters: object = {}, more: object = {}) =>
	await operate(
		'alloyConnectivity',
		mockServer.url,
		'credential.create',
		{
			connectorId: 'shopify',
			userId: ACME,
			authenticationType: 'apiKey',
			specifyData: 'mapper',
			dataMapper,
			...parameters,
		} as INodeParameters,
		more,
	);

const rules = (data: object) => requireData(mockServer.current, data);

describe('The fields that the editor lays out', () => {
	const method = 'namesGetCredentialMetadata';
	const layOut = async (vendor: string, parameters: object, others: object = {}) =>
		await resourceMapping(
			{ ...opened(vendor, mockServer.url, { resource: 'credential', operation: 'create', ...parameters }), ...others },
			method,
		);
	const summary = ({ id, displayName, required, type }: ResourceMapperField) => [id, displayName, required, type];

	it('are those of the connector', async () => {
		const { fields } = await layOut('alloyEmbedded', { credentialType: 'netsuite' });
		expect(fields.map(summary)).toEqual([
			['realm', 'Realm', false, 'string'],
			['consumerKey', 'Consumer Key', false, 'string'],
			['tokenId', 'Token ID', false, 'string'],
			['tokenSecret', 'Token Secret', false, 'string'],
		]);
		expect(fields.every(({ display, removed }) => display && !removed)).toBe(true);
	});

	it('are marked as required where the vendor says so', async () => {
		const { fields } = await layOut('alloyConnectivity', { connectorId: 'shopify', authenticationType: 'apiKey' });
		expect(fields.map(summary)).toEqual([
			['shopName', 'Shop Name', true, 'string'],
			['apiKey', 'API Key', true, 'string'],
		]);
	});

	it('have the types and choices of the schema, and no value that nobody has chosen', async () => {
		rules({
			type: 'object',
			properties: {
				region: { enum: ['eu', '=us'], default: 'eu' },
				plan: { oneOf: [{ const: 1, title: 'Free' }, { const: 2 }] },
				tls: { type: ['boolean', 'null'], default: true },
				port: { type: 'integer', default: 443 },
				from: { type: 'string', format: 'date-time' },
				tags: { type: 'array' },
				extra: { type: 'object' },
				odd: { type: ['string', 'integer'] },
			},
		});
		const { fields } = await layOut('alloyConnectivity', { connectorId: 'shopify', authenticationType: 'apiKey' });
		expect(Object.fromEntries(fields.map(({ id, type }) => [id, type]))).toEqual({
			region: 'options',
			plan: 'options',
			tls: 'options',
			port: 'number',
			from: 'dateTime',
			tags: 'array',
			extra: 'object',
			odd: 'string',
		});
		expect(fields[0].options).toEqual([
			{ name: 'eu', value: 'eu' },
			{ name: '=us', value: '={{ "=us" }}' },
		]);
		expect(fields[1].options).toEqual([
			{ name: 'Free', value: 1 },
			{ name: '2', value: 2 },
		]);
		expect(fields[2].options?.map(({ value }) => value)).toEqual([true, false]);
		expect(fields.some((field) => 'defaultValue' in field)).toBe(false);
	});

	it('offer the names of stored secrets where secrets come from there, but not for a choice', async () => {
		rules({ type: 'object', properties: { apiKey: { type: 'string' }, region: { enum: ['eu'] } } });
		const parameters = { connectorId: 'shopify', authenticationType: 'apiKey', secretsFrom: 'stored' };
		const { fields } = await layOut('alloyConnectivity', parameters, { others: [storeWith({ acmeKey: 'canary-key' })] });
		expect(fields.map(({ id, options }) => [id, options?.map(({ value }) => value)])).toEqual([
			['apiKey', ['acmeKey']],
			['region', ['eu']],
		]);
		expect(JSON.stringify(fields)).not.toContain('canary');
	});

	it.each([
		['alloyEmbedded', {}, "Fill in 'Connector' first"],
		[
			'alloyConnectivity',
			{ connectorId: 'slack', authenticationType: 'magic' },
			'Authentication Type (authenticationType) must be one of: oauth2, apiKey',
		],
		['alloyConnectivity', { connectorId: 'slack', authenticationType: 'oauth2' }, 'There is nothing to enter here'],
	])('are replaced by a notice where there are none (%s, %j)', async (vendor, parameters, notice) => {
		const { fields, emptyFieldsNotice } = await layOut(vendor, parameters);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toBe(notice);
	});
});

describe('Values that are entered for each field', () => {
	it('are sent, and what was left empty or removed is not', async () => {
		const { error } = await embedded(
			mapper({ shopName: 'acme', apiKey: 'canary-key', other: null, gone: 'x' }, [{ id: 'gone', removed: true }]),
		);
		expect(error).toBeUndefined();
		expect(lines()).toEqual(['GET /metadata/credentials/shopify', 'POST /headless/credentials']);
		expect(posted()[0].body).toEqual({ userId: ACME, credential: { type: 'shopify', data: { shopName: 'acme', apiKey: 'canary-key' } } });
	});

	it('may be expressions, for each item', async () => {
		const items = [
			{ shop: 'a', key: 'canary-1' },
			{ shop: 'b', key: 'canary-2' },
		];
		const { error } = await connectivity(mapper({ shopName: '={{ $json.shop }}', apiKey: '={{ $json.key + "!" }}' }), {}, { items });
		expect(error).toBeUndefined();
		expect(posted().map(({ body }) => (body as { data: object }).data)).toEqual([
			{ shopName: 'a', apiKey: 'canary-1!' },
			{ shopName: 'b', apiKey: 'canary-2!' },
		]);
		expect(lines().filter((line) => line.endsWith('/metadata'))).toHaveLength(1);
	});

	it.each(['={{ $json.nothing }}', '={{ "" }}'])('are not left out by an expression that gives none (%s)', async (apiKey) => {
		const { error } = await embedded(mapper({ shopName: 'acme', apiKey }));
		expect(error?.message).toBe('Connector Fields: API Key (credential.data.apiKey) has no value [item 0]');
		expect(posted()).toEqual([]);
	});

	it('are refused where a required one is missing, even if all are', async () => {
		const missing = 'Data: API Key (data.apiKey) is missing [item 0]';
		expect((await connectivity(mapper({ shopName: 'acme', apiKey: null }))).error?.message).toBe(missing);
		expect((await connectivity(mapper(null))).error?.message).toContain('Data: Shop Name (data.shopName) is missing; ');
		expect(posted()).toEqual([]);
	});

	it('are refused by their labels where the connector that is chosen now has no such field', async () => {
		const schema = [{ id: 'apiKey', displayName: 'API Key' }];
		const { error } = await embedded(mapper({ apiKey: 'canary-key' }, schema), { credentialType: 'zohoCrm' });
		expect(error?.message).toBe(
			'Connector Fields: API Key (credential.data.apiKey) is no field of what is chosen here, which has Region [item 0]',
		);
		expect(JSON.stringify(error)).not.toContain('canary');
		expect(posted()).toEqual([]);
	});

	it('get the types of the schema, and are checked against it', async () => {
		rules({
			type: 'object',
			properties: {
				port: { type: 'integer' },
				tls: { type: 'boolean' },
				from: { type: 'string', format: 'date-time' },
				day: { type: 'string', format: 'date' },
				tags: { type: 'array', items: { type: 'string' } },
				region: { enum: ['eu', 'us'] },
			},
		});
		const good = { port: 443, tls: false, from: '2026-01-31T09:30:00', day: '2026-01-31T00:00:00', tags: '["a"]', region: 'eu' };
		expect((await connectivity(mapper(good))).error).toBeUndefined();
		expect(posted()[0].body).toMatchObject({
			data: {
				port: 443,
				tls: false,
				from: expect.stringMatching(/^2026-01-3\dT.*Z$/) as string,
				day: '2026-01-31',
				tags: ['a'],
				region: 'eu',
			},
		});
		const { error } = await connectivity(mapper({ ...good, region: 'mars', tags: 'a' }));
		expect(error?.message).toMatch(/Data: Region \(data\.region\) must be one of: eu, us/);
		expect(error?.message).toMatch(/Data: Tags \(data\.tags\) must be a list/);
		expect(posted()).toHaveLength(1);
	});

	it('are refused where rows have the same map', async () => {
		const data = { value: { specifyData: 'fields', data: { items: [{ name: 'shopName', value: 'b' }] } } };
		const { error } = await connectivity(mapper({ shopName: 'a', apiKey: 'canary-key' }), { additionalFields: { data } });
		expect(error?.message).toBe('Data (data) is given twice [item 0]');
		expect(error?.description).toContain("Remove it from 'Additional Fields'");
		expect(posted()).toEqual([]);
	});

	it('are sent where the vendor tells no names', async () => {
		mockServer.current.fault({
			vendor: 'alloyEmbedded',
			path: '/metadata/credentials/{credentialName}',
			status: 404,
			body: { message: 'none' },
			times: Infinity,
		});
		expect((await embedded(mapper({ apiKey: 'canary-key' }))).error).toBeUndefined();
		expect(posted()[0].body).toMatchObject({ credential: { data: { apiKey: 'canary-key' } } });
		expect((await embedded(automatic(), {}, { items: [{ apiKey: 'canary-key' }] })).error?.message).toContain('did not find');
		expect(posted()).toHaveLength(1);
	});
});

describe('Columns that are mapped by name', () => {
	it('are those that the connector asks for', async () => {
		const items = [
			{ shopName: 'a', apiKey: 'canary-1', customer: 'Acme', id: 7 },
			{ shopName: 'b', apiKey: 'canary-2', customer: 'Globex', id: 8 },
		];
		const { error } = await embedded(automatic(), {}, { items });
		expect(error).toBeUndefined();
		expect(posted().map(({ body }) => (body as { credential: { data: object } }).credential.data)).toEqual([
			{ shopName: 'a', apiKey: 'canary-1' },
			{ shopName: 'b', apiKey: 'canary-2' },
		]);
	});

	it('follow a connector that differs by item', async () => {
		const items = [
			{ c: 'shopify', shopName: 'a', apiKey: 'canary-1', region: 'eu' },
			{ c: 'zohoCrm', shopName: 'a', apiKey: 'canary-1', region: 'eu' },
		];
		const { error } = await embedded(automatic(), { credentialType: '={{ $json.c }}' }, { items });
		expect(error).toBeUndefined();
		expect(posted().map(({ body }) => (body as { credential: object }).credential)).toEqual([
			{ type: 'shopify', data: { shopName: 'a', apiKey: 'canary-1' } },
			{ type: 'zohoCrm', data: { region: 'eu' } },
		]);
	});

	it('may be empty where the vendor does not insist, and are refused elsewhere, before any item is sent', async () => {
		rules({ type: 'object', required: ['apiKey'], properties: { apiKey: { type: 'string' }, zone: { type: 'string' } } });
		expect((await connectivity(automatic(), {}, { items: [{ apiKey: 'canary', zone: '' }] })).error).toBeUndefined();
		expect(posted()[0].body).toMatchObject({ data: { apiKey: 'canary' } });
		const items = [{ apiKey: 'canary' }, { apiKey: '' }];
		expect((await connectivity(automatic(), {}, { items })).error?.message).toBe('Data: API Key (data.apiKey) has no value [item 1]');
		expect((await connectivity(automatic(), {}, { items: [{ apiKey: null }] })).error?.message).toContain('is missing');
		expect(posted()).toHaveLength(1);
	});

	it('cannot be told where the vendor lists no fields', async () => {
		rules({ type: 'object' });
		const { error } = await connectivity(automatic(), {}, { items: [{ apiKey: 'canary' }] });
		expect(error?.message).toBe('Data (data) cannot be mapped from columns by name: the vendor does not list the fields [item 0]');
		expect(posted()).toEqual([]);
	});
});

describe('Secrets of the mapper', () => {
	it('are taken by name from the encrypted store, in both mapping modes', async () => {
		const more = { others: [storeWith({ acmeKey: 'canary-key', shop: 'canary-shop' })] };
		const stored = { secretsFrom: 'stored' };
		const first = await connectivity(mapper({ shopName: 'shop', apiKey: 'acmeKey' }), stored, more);
		const second = await connectivity(automatic(), stored, { ...more, items: [{ shopName: 'shop', apiKey: 'acmeKey' }] });
		expect([first.error, second.error]).toEqual([undefined, undefined]);
		for (const { body } of posted()) expect(body).toMatchObject({ data: { shopName: 'canary-shop', apiKey: 'canary-key' } });
		expect(posted()).toHaveLength(2);
		expect(JSON.stringify([first.run, second.run])).not.toContain('canary');
	});

	it('are not looked up for a choice, and refused where there is none of the name', async () => {
		rules({ type: 'object', properties: { apiKey: { type: 'string' }, region: { enum: ['eu'] } } });
		const more = { others: [storeWith({ acmeKey: 'canary-key' })] };
		expect((await connectivity(mapper({ apiKey: 'acmeKey', region: 'eu' }), { secretsFrom: 'stored' }, more)).error).toBeUndefined();
		expect(posted()[0].body).toMatchObject({ data: { apiKey: 'canary-key', region: 'eu' } });
		const { error } = await connectivity(mapper({ apiKey: 'nothing' }), { secretsFrom: 'stored' }, more);
		expect(error?.message).toContain('Data: API Key (data.apiKey) names no secret of the credential');
	});

	it.each([
		['typed', mapper({ shopName: 'acme', apiKey: 'canary-key' })],
		['columns', automatic()],
	])('are hidden where the vendor repeats them (%s)', async (_what, value) => {
		mockServer.current.fault({
			vendor: 'alloyConnectivity',
			path: '/connectors/{connectorId}/credentials',
			status: 422,
			body: { message: 'apiKey canary-key is wrong, as is Y2FuYXJ5LWtleQ==' },
			times: Infinity,
		});
		const { error, items } = await connectivity(value, {}, { items: [{ shopName: 'acme', apiKey: 'canary-key' }] });
		expect(posted()).toHaveLength(1);
		expect(error?.message).toContain('is wrong');
		expect(JSON.stringify([error, error?.context, items])).not.toMatch(/canary|Y2FuYXJ5/);
	});

	it.each([
		['the vendor refuses the list of fields', {}],
		['another field is wrong', { additionalFields: { redirectUri: 'nowhere' } }],
	])('are hidden in the error output although %s', async (_what, parameters) => {
		mockServer.current.fault({
			vendor: 'alloyConnectivity',
			path: '/connectors/{connectorId}/credentials/metadata',
			status: 403,
			body: { message: 'no' },
			times: Infinity,
		});
		const items = [{ column: 'canary-key', apiKey: 'canary-key' }];
		const more = { items, onError: 'continueErrorOutput' };
		for (const value of [mapper({ apiKey: '={{ $json.column }}' }), automatic()]) {
			const ran = await connectivity(value, parameters, more);
			expect(JSON.stringify(ran.items)).not.toContain('canary');
			expect(posted()).toEqual([]);
		}
	});
});
