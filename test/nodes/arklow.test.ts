import { create } from '../support/vendors';
import { useMockServer } from '../support/vendorTest';

const mockServer = useMockServer();

const rows = (...entries: Array<{ [name: string]: unknown }>) => ({ items: entries }) as never;
const googleFile = { type: 'service_account', client_email: 'sync@acme.iam.gserviceaccount.com', private_key: 'canary-key' };

describe('Arklow: Create credential', () => {
	const variants: Array<[what: string, parameters: { [name: string]: unknown }, body: unknown]> = [
		[
			'HTTP auth headers as rows, with a suggested and another name',
			{
				type: 'http_auth_headers',
				secret: rows({ name: 'Authorization', value: 'Bearer canary' }, { name: '__other', otherName: 'X-Tenant', value: 'acme' }),
			},
			{ type: 'http_auth_headers', secret: { Authorization: 'Bearer canary', 'X-Tenant': 'acme' } },
		],
		[
			'HTTP auth headers as JSON',
			{ type: 'http_auth_headers', specifySecret: 'json', secretJson: '{"Authorization":"Bearer canary"}' },
			{ type: 'http_auth_headers', secret: { Authorization: 'Bearer canary' } },
		],
		[
			'HTTP auth headers as values of any type',
			{
				type: 'http_auth_headers',
				secretType: 'namesAndValuesOfAnyType',
				secretNamesAndValuesOfAnyType: rows(
					{ name: 'a', type: 'text', value: 'canary' },
					{ name: 'b', type: 'number', valueNumber: 7 },
					{ name: 'c', type: 'trueOrFalse', valueTrueOrFalse: false },
					{ name: 'd', type: 'null' },
				),
			},
			{ type: 'http_auth_headers', secret: { a: 'canary', b: 7, c: false, d: null } },
		],
		[
			'HTTP auth headers as one text',
			{ type: 'http_auth_headers', secretType: 'text', secretText: 'canary text' },
			{ type: 'http_auth_headers', secret: 'canary text' },
		],
		[
			'a Google service account, its file pasted whole',
			{ type: 'gcp_sa', specifySecretGoogleServiceAccount: 'json', secretJson: JSON.stringify(googleFile) },
			{ type: 'gcp_sa', secret: googleFile },
		],
		[
			'a Google service account from fields',
			{ type: 'gcp_sa', specifySecretGoogleServiceAccount: 'fields', secretClientEmail: 'a@b.c', secretPrivateKey: 'canary-key' },
			{ type: 'gcp_sa', secret: { client_email: 'a@b.c', private_key: 'canary-key' } },
		],
		[
			'the AWS pair',
			{ type: 'aws', secretAwsAccessKeyId: 'canary-id', secretAwsSecretAccessKey: 'canary-secret' },
			{ type: 'aws', secret: { AWS_ACCESS_KEY_ID: 'canary-id', AWS_SECRET_ACCESS_KEY: 'canary-secret' } },
		],
		[
			'the Datadog pair',
			{ type: 'metric', secretApiKey: 'canary-api', secretAppKey: 'canary-app' },
			{ type: 'metric', secret: { api_key: 'canary-api', app_key: 'canary-app' } },
		],
		[
			'a custom type with one text',
			{ type: 'custom', typeCustom: 'snowflake', provider: 'snowflake', secretTypeCustom: 'text', secretText: 'canary text' },
			{ type: 'snowflake', provider: 'snowflake', secret: 'canary text' },
		],
		[
			'a custom type with rows',
			{
				type: 'custom',
				typeCustom: 'snowflake',
				provider: 'snowflake',
				secretTypeCustom: 'namesAndValues',
				secretNamesAndValues: rows({ name: 'user', value: 'canary-user' }),
			},
			{ type: 'snowflake', provider: 'snowflake', secret: { user: 'canary-user' } },
		],
		[
			'a custom type with the AWS pair',
			{
				type: 'custom',
				typeCustom: 's3',
				provider: 'minio',
				secretTypeCustom: 'awsAccessKey',
				secretAwsAccessKeyId: 'canary-id',
				secretAwsSecretAccessKey: 'canary-secret',
			},
			{ type: 's3', provider: 'minio', secret: { AWS_ACCESS_KEY_ID: 'canary-id', AWS_SECRET_ACCESS_KEY: 'canary-secret' } },
		],
		[
			'a custom type with the Datadog pair',
			{
				type: 'custom',
				typeCustom: 'dd',
				provider: 'datadog',
				secretTypeCustom: 'datadogKeys',
				secretApiKey: 'canary-api',
				secretAppKey: 'canary-app',
			},
			{ type: 'dd', provider: 'datadog', secret: { api_key: 'canary-api', app_key: 'canary-app' } },
		],
	];

	it.each(variants)('stores %s', async (_what, parameters, body) => {
		const { items, error } = await create('arklow', mockServer.url, { orgId: '1024', ...parameters });
		expect(error).toBeUndefined();
		const [request] = mockServer.current.requests;
		expect(`${request.method} ${request.path}`).toBe('PUT /v1/orgs/1024/credentials/');
		expect(request.headers['x-arklow-auth']).toBe('arklow-demo-key');
		expect(mockServer.bodies()).toEqual([body]);
		expect(items[0].json).toMatchObject({
			credentialId: mockServer.current.credentials[0].id,
			org_id: '1024',
			vendor: 'Arklow',
			outcome: 'created',
		});
	});

	it.each([
		['HTTP auth headers', { type: 'http_auth_headers', secretType: 'none' }, { type: 'http_auth_headers' }],
		['a Google service account', { type: 'gcp_sa', specifySecretGoogleServiceAccount: 'none' }, { type: 'gcp_sa' }],
		['AWS', { type: 'aws', specifySecretAws: 'none' }, { type: 'aws' }],
		['Datadog', { type: 'metric', specifySecretDatadogMetric: 'none' }, { type: 'metric' }],
		['a custom type', { type: 'custom', typeCustom: 'x', provider: 'y', secretTypeCustom: 'none' }, { type: 'x', provider: 'y' }],
	])('leaves the secret out where that is chosen (%s)', async (_what, parameters, body) => {
		const { error } = await create('arklow', mockServer.url, { orgId: '1024', ...parameters });
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([body]);
	});

	it('refuses metadata that is to be given as JSON and is empty, and sends none without rows', async () => {
		const aws = { orgId: '1', type: 'aws', secretAwsAccessKeyId: 'canary-id', secretAwsSecretAccessKey: 'canary-secret' };
		const { error } = await create('arklow', mockServer.url, { ...aws, specifyMetadata: 'json', metadataJson: '' });
		expect(error?.message).toBe('Metadata (metadata) is missing [item 0]');
		const without = await create('arklow', mockServer.url, { ...aws, specifyMetadata: 'fields' });
		expect(without.error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([
			{ type: 'aws', secret: { AWS_ACCESS_KEY_ID: 'canary-id', AWS_SECRET_ACCESS_KEY: 'canary-secret' } },
		]);
	});

	it('takes further names beside those of AWS, and any of a service account', async () => {
		const others = { secretOtherValuesAws: { value: { secretOtherValues: rows({ name: 'AWS_SESSION_TOKEN', value: 'canary-token' }) } } };
		const aws = await create('arklow', mockServer.url, {
			orgId: '1',
			type: 'aws',
			secretAwsAccessKeyId: 'canary-id',
			secretAwsSecretAccessKey: 'canary-secret',
			additionalFields: others,
		});
		const google = await create('arklow', mockServer.url, {
			orgId: '1',
			type: 'gcp_sa',
			secretJson: '{"project_id":"acme","private_key":null}',
		});
		expect([aws.error, google.error]).toEqual([undefined, undefined]);
		expect(mockServer.bodies()).toMatchObject([
			{ secret: { AWS_ACCESS_KEY_ID: 'canary-id', AWS_SECRET_ACCESS_KEY: 'canary-secret', AWS_SESSION_TOKEN: 'canary-token' } },
			{ secret: { project_id: 'acme', private_key: null } },
		]);
	});

	it('adds label, provider and metadata where they were entered, metadata as rows or JSON', async () => {
		const aws = { orgId: '1', type: 'aws', secretAwsAccessKeyId: 'canary-id', secretAwsSecretAccessKey: 'canary-secret' };
		const metadata = (value: object) => ({ ...aws, additionalFields: { label: 'Acme', providerAws: 'aws' }, ...value }) as never;
		await create('arklow', mockServer.url, metadata({ specifyMetadata: 'fields', metadata: rows({ name: 'region', value: 'eu' }) }));
		await create('arklow', mockServer.url, metadata({ specifyMetadata: 'json', metadataJson: '{"tags":["a",1,null]}' }));
		expect(mockServer.bodies()).toMatchObject([
			{ label: 'Acme', provider: 'aws', metadata: { region: 'eu' } },
			{ label: 'Acme', provider: 'aws', metadata: { tags: ['a', 1, null] } },
		]);
	});

	it('sends nothing of a variant that was filled in before another one was chosen', async () => {
		const leftovers = { secretApiKey: 'canary-api', secretAppKey: 'canary-app', secret: rows({ name: 'Authorization', value: 'canary' }) };
		await create('arklow', mockServer.url, {
			orgId: '1',
			...leftovers,
			type: '={{ "aws" }}',
			secretAwsAccessKeyId: 'canary-id',
			secretAwsSecretAccessKey: 'canary-secret',
		});
		expect(mockServer.bodies()).toEqual([
			{ type: 'aws', secret: { AWS_ACCESS_KEY_ID: 'canary-id', AWS_SECRET_ACCESS_KEY: 'canary-secret' } },
		]);
	});
});
