import { loadOptions } from '../../support/editor';
import { ACME, lineOf, opened, operate, requireData } from '../../support/lifecycle';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const lines = () => mockServer.current.requests.map(lineOf);
const posted = () => mockServer.current.requests.filter(({ method }) => method === 'POST');

/** The method that fills the names of a map's rows. */
const names = async (vendor: string, method: string, parameters: object) =>
	await loadOptions(opened(vendor, mockServer.url, { resource: 'credential', ...parameters }), method);

describe('The names that a connector asks for, in the editor', () => {
	it('are a list for Alloy Embedded, with Other at its end', async () => {
		const options = await names('alloyEmbedded', 'namesGetCredentialMetadata', { operation: 'create', credentialType: 'shopify' });
		expect(lines()).toEqual(['GET /metadata/credentials/shopify']);
		expect(options).toEqual([
			{ name: 'Shop Name', value: 'shopName', description: 'What stands before .myshopify.com' },
			{ name: 'API Key', value: 'apiKey', description: 'Secret key of the account' },
			{ name: 'Other', value: '__other', description: 'A name that is not in the list' },
		]);
	});

	it('are those of the connector that a link is for', async () => {
		const options = await names('alloyEmbedded', 'namesGetCredentialMetadata2', { operation: 'getLink', app: 'zohoCrm' });
		expect(options.map(({ value }) => value)).toEqual(['region', '__other']);
	});

	it('say which are required where Alloy Connectivity says so', async () => {
		const options = await names('alloyConnectivity', 'namesGetCredentialMetadata', {
			operation: 'create',
			connectorId: 'shopify',
			authenticationType: 'apiKey',
		});
		expect(lines()).toEqual(['GET /connectors/shopify/credentials/metadata']);
		expect(options.map(({ name, value }) => [name, value])).toEqual([
			['Shop Name (Required)', 'shopName'],
			['API Key (Required)', 'apiKey'],
			['Other', '__other'],
		]);
	});

	it('are none where the connector asks for nothing', async () => {
		const options = await names('alloyConnectivity', 'namesGetCredentialMetadata', {
			operation: 'create',
			connectorId: 'slack',
			authenticationType: 'oauth2',
		});
		expect(options.map(({ value }) => value)).toEqual(['__other']);
	});

	it.each([
		['alloyEmbedded', { operation: 'create' }, "Fill in 'Connector' first"],
		['alloyConnectivity', { operation: 'create', authenticationType: 'apiKey' }, "Fill in 'Connector' first"],
		['alloyConnectivity', { operation: 'create', connectorId: 'slack' }, "Fill in 'Authentication Type' first"],
		[
			'alloyConnectivity',
			{ operation: 'create', connectorId: { __rl: true, mode: 'id', value: '={{ $json.c }}' }, authenticationType: 'apiKey' },
			"Fill in 'Connector' first",
		],
	])('wait for what they depend on (%s)', async (vendor, parameters, message) => {
		await expect(names(vendor, 'namesGetCredentialMetadata', parameters)).rejects.toThrow(message);
		expect(posted()).toEqual([]);
	});

	it('name the ways to sign in that there are where another was chosen', async () => {
		await expect(
			names('alloyConnectivity', 'namesGetCredentialMetadata', { operation: 'create', connectorId: 'slack', authenticationType: 'magic' }),
		).rejects.toThrow('must be one of: oauth2, apiKey');
	});

	it('say in words what the vendor refused', async () => {
		await expect(names('alloyEmbedded', 'namesGetCredentialMetadata', { operation: 'create', credentialType: 'nothing' })).rejects.toThrow(
			'Alloy Embedded did not find what the request names: There is no connector nothing',
		);
	});
});

describe('The values that a connector asks for, when the workflow runs', () => {
	/** A name that begins with * was typed under Other. */
	const rows = (values: { [name: string]: unknown }): never => {
		const items = Object.entries(values).map(([name, value]) =>
			name.startsWith('*') ? { name: '__other', otherName: name.slice(1), value } : { name, value },
		);
		return { value: { specifyData: 'fields', data: { items } } } as never;
	};
	const run = async (values: { [name: string]: unknown } | undefined, parameters = {}, more = {}) =>
		await operate(
			'alloyConnectivity',
			mockServer.url,
			'credential.create',
			{
				connectorId: 'shopify',
				userId: ACME,
				authenticationType: 'apiKey',
				...parameters,
				...(values ? { additionalFields: { data: rows(values) } } : {}),
			},
			more,
		);

	const rules = (data: object) => requireData(mockServer.current, data);

	it('are sent where nothing is missing', async () => {
		const { error } = await run({ shopName: 'acme', apiKey: 'canary-key' });
		expect(error).toBeUndefined();
		expect(lines()).toEqual(['GET /connectors/shopify/credentials/metadata', 'POST /connectors/shopify/credentials']);
		expect(posted()[0].body).toEqual({ userId: ACME, authenticationType: 'apiKey', data: { shopName: 'acme', apiKey: 'canary-key' } });
	});

	it('are refused before anything is sent where one is missing, by the name that the list showed', async () => {
		const { error } = await run({ shopName: 'acme' });
		expect(error?.message).toBe('Data: API Key (data.apiKey) is missing [item 0]');
		expect(error?.description).toContain('Nothing was sent.');
		expect(posted()).toEqual([]);
	});

	it('are asked for once, whatever the number of items', async () => {
		const { error } = await run({ shopName: 'acme', apiKey: 'canary-key' }, {}, { items: Array.from({ length: 20 }, () => ({})) });
		expect(error).toBeUndefined();
		expect(lines().filter((line) => line.endsWith('/metadata'))).toHaveLength(1);
		expect(posted()).toHaveLength(20);
	});

	it('become numbers and truth values where the vendor wants such, and nothing is lost', async () => {
		rules({
			type: 'object',
			properties: {
				port: { type: 'integer' },
				ratio: { type: 'number' },
				tls: { type: 'boolean' },
				pin: { type: 'string' },
				any: { type: ['string', 'integer'] },
			},
		});
		const { error } = await run({ port: '443', ratio: '0.5', tls: 'true', pin: '0042', any: '7' });
		expect(error).toBeUndefined();
		expect(posted()[0].body).toMatchObject({ data: { port: 443, ratio: 0.5, tls: true, pin: '0042', any: '7' } });
	});

	it('may be one of the choices that the vendor lists', async () => {
		rules({ type: 'object', properties: { region: { enum: ['eu', 'us'] } } });
		expect((await run({ region: 'eu' })).error).toBeUndefined();
		expect(posted()[0].body).toMatchObject({ data: { region: 'eu' } });
	});

	it.each([
		['port', '00443'],
		['port', '443.5'],
		['port', '90071992547409931'],
		['port', 'canary-port'],
		['tls', 'yes'],
	])('are refused where they would not stay what they are (%s: %s)', async (name, value) => {
		rules({ type: 'object', properties: { port: { type: 'integer', title: 'Port' }, tls: { type: 'boolean', title: 'TLS' } } });
		const { error } = await run({ [name]: value });
		expect(error?.message).toMatch(
			name === 'port'
				? /^Data: Port \(data\.port\) must be a whole number \[item 0\]$/
				: /^Data: TLS \(data\.tls\) must be true or false \[item 0\]$/,
		);
		expect(JSON.stringify(error)).not.toContain('canary');
		expect(posted()).toEqual([]);
	});

	it('may have other names, unless the vendor says that there are none', async () => {
		rules({ type: 'object', properties: { apiKey: { type: 'string' } } });
		expect((await run({ apiKey: 'canary-key', '*other': 'x' })).error).toBeUndefined();
		mockServer.current.reset();
		rules({ type: 'object', properties: { apiKey: { type: 'string' } }, additionalProperties: false });
		expect((await run({ apiKey: 'canary-key', '*other': 'x' })).error?.message).toBe(
			'other (data.other) is not a field of the vendor [item 0]',
		);
	});

	it('are refused before anything is sent where all are missing, however the map is empty', async () => {
		const missing = 'Data: Shop Name (data.shopName) is missing; Data: API Key (data.apiKey) is missing [item 0]';
		expect((await run(undefined)).error?.message).toBe(missing);
		expect((await run({})).error?.message).toBe(missing);
		expect(posted()).toEqual([]);
	});

	it('are not missed where the vendor does not tell what it needs', async () => {
		expect((await run(undefined, { connectorId: 'slack', authenticationType: 'oauth2' })).error).toBeUndefined();
		expect(posted()).toHaveLength(1);
		for (const body of [{ metadata: [] }, { metadata: [{ authenticationType: 'apiKey' }] }]) {
			mockServer.current.reset();
			mockServer.current.fault({
				vendor: 'alloyConnectivity',
				path: '/connectors/{connectorId}/credentials/metadata',
				body,
				times: Infinity,
			});
			expect((await run(undefined)).error).toBeUndefined();
			expect(posted()).toHaveLength(1);
		}
	});

	it('are not those of a connector that was chosen before', async () => {
		const { error } = await run({ shopName: 'acme', apiKey: 'canary-key' }, { connectorId: 'slack' });
		expect(error?.message).toMatch(/^Data: shopName \(data\.shopName\) is none of the names that the vendor asks for here, which are: /);
		expect(error?.description).toContain("choose 'Other' as its name");
		expect(posted()).toEqual([]);
	});

	it.each([
		['a reference', { $ref: '#/components/schemas/Key' }],
		['a type that JSON Schema does not know', { type: 'any' }],
		['a pattern that JavaScript does not know', { type: 'string', pattern: '(?i)^sk' }],
	])('are left to the vendor where its schema has %s', async (_what, schema) => {
		rules({ type: 'object', required: ['apiKey'], properties: { apiKey: schema } });
		expect((await run({ apiKey: 'canary-key' })).error).toBeUndefined();
		expect((await run({ '*other': 'x' })).error?.message).toBe('Data: API Key (data.apiKey) is missing [item 0]');
		expect(posted()).toHaveLength(1);
	});

	it('may have names that fit a pattern of the vendor', async () => {
		rules({ type: 'object', properties: {}, patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false });
		expect((await run({ 'x-tenant': 'acme' })).error).toBeUndefined();
	});

	it('name the ways to sign in that there are where another was chosen', async () => {
		const { error } = await run({ apiKey: 'canary-key' }, { connectorId: 'slack', authenticationType: 'magic' });
		expect(error?.message).toBe('Authentication Type (authenticationType) must be one of: oauth2, apiKey [item 0]');
		expect(posted()).toEqual([]);
	});

	it('say which item is wrong, and send none', async () => {
		const { error } = await run(
			{ shopName: '={{ $json.shop }}', apiKey: '={{ $json.key }}' },
			{ connectorId: '={{ $json.connector }}' },
			{
				items: [
					{ shop: 'a', key: 'canary', connector: 'shopify' },
					{ shop: 'b', key: 'canary', connector: 'nothing' },
				],
			},
		);
		expect(error?.message).toMatch(/There is no connector nothing \[item 1\]$/);
		expect(posted()).toEqual([]);
	});
});

describe('The fields of a connector of Alloy Embedded', () => {
	it('are sent as they were entered, names of the list and others', async () => {
		const credentialData = {
			items: [
				{ name: 'shopName', value: 'acme' },
				{ name: '__other', otherName: 'zone', value: 'eu' },
			],
		};
		const { error } = await operate('alloyEmbedded', mockServer.url, 'credential.create', {
			userId: ACME,
			credentialType: 'shopify',
			credentialData,
		});
		expect(error).toBeUndefined();
		expect(posted()[0].body).toEqual({ userId: ACME, credential: { type: 'shopify', data: { shopName: 'acme', zone: 'eu' } } });
	});

	const send = async (credentialType: string, row: object) =>
		await operate('alloyEmbedded', mockServer.url, 'credential.create', {
			userId: ACME,
			credentialType,
			credentialData: { items: [row] } as never,
		});

	it('are not sent to the connector that is chosen now, where they were chosen for another', async () => {
		const { error } = await send('zohoCrm', { name: 'apiKey', value: 'canary-key' });
		expect(error?.message).toBe(
			'Connector Fields: apiKey (credential.data.apiKey) is none of the names that the vendor asks for here, which are: region [item 0]',
		);
		expect(error?.description).toContain('Remove the row if it is left from an earlier choice');
		expect(JSON.stringify(error)).not.toContain('canary');
		expect(posted()).toEqual([]);
	});

	it('are sent where their names were typed, or the vendor tells no names', async () => {
		expect((await send('zohoCrm', { name: '__other', otherName: 'apiKey', value: 'canary-key' })).error).toBeUndefined();
		mockServer.current.fault({
			vendor: 'alloyEmbedded',
			path: '/metadata/credentials/{credentialName}',
			status: 404,
			body: { message: 'none' },
			times: Infinity,
		});
		expect((await send('openAi', { name: 'apiKey', value: 'canary-key' })).error).toBeUndefined();
		expect(posted()).toHaveLength(2);
	});

	it('of a link are not those of another connector either', async () => {
		const properties = { value: { specifyProperties: 'fields', properties: { items: [{ name: 'shopName', value: 'acme' }] } } };
		const { error } = await operate('alloyEmbedded', mockServer.url, 'credential.getLink', {
			app: 'zohoCrm',
			userId: ACME,
			additionalFields: { properties },
		});
		expect(error?.message).toMatch(
			/^Connector Fields: shopName .* is none of the names that the vendor asks for here, which are: region \[item 0\]$/,
		);
		expect(lines().filter((line) => line.includes('oauthUrl'))).toEqual([]);
	});
});
