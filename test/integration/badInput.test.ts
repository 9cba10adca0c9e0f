import { create, VENDORS } from '../support/vendors';
import { useMockServer } from '../support/vendorTest';

const mockServer = useMockServer();

const nylas = {
	provider: 'google',
	credentialType: 'connector',
	name: 'Acme',
	credentialDataClientId: 'id-1',
	credentialDataClientSecret: 'canary-secret',
};
const mielto = { label: 'Acme key', authType: 'api_key', credentials: { items: [{ name: 'api_key', value: 'canary-key' }] } };
const arklow = { orgId: '1024', type: 'aws', secretAwsAccessKeyId: 'canary-id', secretAwsSecretAccessKey: 'canary-secret' };
const connectivity = { connectorId: 'slack', userId: 'u-1', authenticationType: 'oauth2' };
const google = { type: 'service_account', private_key_id: '3f1c', client_email: 'a@b.c' };

/** What an operator reads: the vendor, the wrong values, the message, and the way out. */
const cases: Array<[what: string, vendor: string, parameters: { [name: string]: unknown }, message: string, wayOut: RegExp]> = [
	[
		'a required field that an expression leaves empty',
		'nylas',
		{ ...nylas, name: '={{ $json.nothing }}' },
		'Name (name) is missing [item 0]',
		/Fill in 'Name'/,
	],
	[
		'a wrong choice by expression',
		'mielto',
		{ ...mielto, authType: '={{ "OAUTH2" }}' },
		'Authentication Type (auth_type) must be one of: api_key, oauth_token, oauth_token_refresh, ' +
			'oauth_token_refresh_rotation, basic_auth, access_token, access_token_refresh, public_key_secret, connection_string, ' +
			'custom, but is "OAUTH2" [item 0]',
		/Choose one of them in 'Authentication Type'/,
	],
	[
		'a wrong variant by expression',
		'nylas',
		{ ...nylas, credentialType: '={{ "oauth" }}' },
		'Credential Type must be one of: connector (Connector Override), serviceaccount (Service Account), adminconsent (Admin ' +
			'Consent), but is "oauth" [item 0]',
		/Choose one of them in 'Credential Type'/,
	],
	[
		'a label of 101 characters',
		'mielto',
		{ ...mielto, label: 'a'.repeat(101) },
		'Label (label) must have at most 100 characters [item 0]',
		/Shorten 'Label'/,
	],
	[
		'an organization ID with letters',
		'arklow',
		{ ...arklow, orgId: '12ab' },
		'Organization (org_id) must have digits only, but is "12ab" [item 0]',
		/Correct 'Organization'/,
	],
	[
		'a redirect URI that is none',
		'alloyConnectivity',
		{ ...connectivity, additionalFields: { redirectUri: 'app.example.com' } },
		'Redirect URI (redirectUri) must be a complete URL, such as https://example.com/path, but is "app.example.com" [item 0]',
		/Correct 'Redirect URI'/,
	],
	[
		'JSON that does not parse',
		'mielto',
		{ ...mielto, specifyCredentials: 'json', credentialsJson: '{"api_key": "canary-key",}' },
		'Credentials (credentials) is not valid JSON at character 26 [item 0]',
		/Check quotes, commas and brackets/,
	],
	[
		'a service-account file without private_key (Nylas)',
		'nylas',
		{ ...nylas, credentialType: 'serviceaccount', specifyCredentialData: 'json', credentialDataJson: JSON.stringify(google) },
		'Private Key (credential_data.private_key) is missing [item 0]',
		/Fill in 'Private Key'/,
	],
	[
		'a private key that an expression leaves empty (Arklow)',
		'arklow',
		{ orgId: '1', type: 'gcp_sa', specifySecretGoogleServiceAccount: 'fields', secretClientEmail: 'a@b.c', secretPrivateKey: '={{ "" }}' },
		'Private Key (secret.private_key) is missing [item 0]',
		/Fill in 'Private Key'/,
	],
	[
		'a private key that an expression does not give (Arklow)',
		'arklow',
		{
			orgId: '1',
			type: 'gcp_sa',
			specifySecretGoogleServiceAccount: 'fields',
			secretClientEmail: 'a@b.c',
			secretPrivateKey: '={{ $json.nothing }}',
		},
		'Private Key (secret.private_key) is missing [item 0]',
		/Fill in 'Private Key'/,
	],
	[
		'half of a pair',
		'arklow',
		{ orgId: '1', type: 'aws', secretAwsAccessKeyId: 'canary-id', secretAwsSecretAccessKey: '={{ $json.nothing }}' },
		'AWS Secret Access Key (secret.AWS_SECRET_ACCESS_KEY) is missing [item 0]',
		/Fill in 'AWS Secret Access Key'/,
	],
	[
		'a row that an expression does not give',
		'mielto',
		{
			...mielto,
			authType: 'basic_auth',
			credentials: {
				items: [
					{ name: 'username', value: 'canary-user' },
					{ name: 'password', value: '={{ $json.nothing }}' },
				],
			},
		},
		'Credentials: password (credentials.password) is missing [item 0]',
		/Fill in the value, or remove the row/,
	],
	[
		'a row that an expression makes null',
		'mielto',
		{
			...mielto,
			authType: 'basic_auth',
			credentials: {
				items: [
					{ name: 'username', value: 'canary-user' },
					{ name: 'password', value: '={{ null }}' },
				],
			},
		},
		'Credentials: password (credentials.password) is missing [item 0]',
		/Fill in the value, or remove the row/,
	],
	[
		'a value in an object that an expression gives',
		'mielto',
		{ ...mielto, specifyCredentials: 'json', credentialsJson: '={{ ({ username: "canary-user", password: $json.nothing }) }}' },
		'Credentials: password (credentials.password) is missing [item 0]',
		/Fill in/,
	],
	[
		'a number that JSON does not have',
		'arklow',
		{ ...arklow, specifyMetadata: 'json', metadataJson: '={{ ({ limit: [1, 1 / 0] }) }}' },
		'Metadata: limit: 1 (metadata.limit.1) is Infinity, which is no number that can be sent [item 0]',
		/the expression that gives it/,
	],
	[
		'rows of another authentication type',
		'mielto',
		{ ...mielto, authType: 'basic_auth' },
		'Credentials: api_key (credentials.api_key) does not go with the Authentication Type Basic Auth, which has: username, password [item 0]',
		/Remove the row, or choose 'Other'/,
	],
	[
		'a text that is too long where some are known',
		'mielto',
		{ ...mielto, credentialScope: '__other', credentialScopeOther: 'a'.repeat(256) },
		'Credential Scope (credential_scope) must have at most 255 characters [item 0]',
		/Shorten 'Credential Scope'/,
	],
	[
		'a long text where a short one is needed',
		'mielto',
		{ ...mielto, authType: `={{ "${'a'.repeat(256)}" }}` },
		'Authentication Type (auth_type) must be one of: api_key, oauth_token, oauth_token_refresh, ' +
			'oauth_token_refresh_rotation, basic_auth, access_token, access_token_refresh, public_key_secret, connection_string, ' +
			'custom, but is text of 256 characters [item 0]',
		/Choose one of them/,
	],
	[
		'an empty secret by expression',
		'nylas',
		{ ...nylas, credentialDataClientSecret: '={{ "" }}' },
		'Client Secret (credential_data.client_secret) is missing [item 0]',
		/Fill in/,
	],
	[
		'an empty secret in a row',
		'mielto',
		{ ...mielto, credentials: { items: [{ name: 'api_key', value: '={{ "" }}' }] } },
		'Credentials: api_key (credentials.api_key) must not be empty [item 0]',
		/Fill in the value, or remove the row/,
	],
	[
		'no secret at all',
		'arklow',
		{ orgId: '1', type: 'http_auth_headers' },
		'Secret (secret) is missing [item 0]',
		/Fill in 'Secret', or choose 'Leave Out' in 'Secret Type'/,
	],
	[
		'a name that is given twice',
		'mielto',
		{
			...mielto,
			credentials: {
				items: [
					{ name: 'api_key', value: 'a' },
					{ name: 'api_key', value: 'b' },
				],
			},
		},
		'Credentials (credentials) has the name "api_key" twice [item 0]',
		/Remove one of the rows/,
	],
	[
		'a custom type that is one of the others',
		'arklow',
		{ orgId: '1', type: 'custom', typeCustom: 'aws', provider: 'x', secretTypeCustom: 'text', secretText: 'canary' },
		'Custom Type (type) must not be one of: http_auth_headers, gcp_sa, aws, metric, but is "aws" [item 0]',
		/Correct 'Custom Type'/,
	],
	[
		'a header with a line break',
		'mielto',
		{ ...mielto, additionalFields: { xWorkspaceId: '={{ "w\\nX-Evil: 1" }}' } },
		'Workspace ID (X-Workspace-Id) has a character that a header cannot carry, such as a line break [item 0]',
		/Correct 'Workspace ID'/,
	],
	[
		'a path segment that leads upwards',
		'alloyConnectivity',
		{ ...connectivity, connectorId: '..' },
		'Connector (connectorId) must not be ".." [item 0]',
		/Correct 'Connector'/,
	],
];

describe('Bad input is refused before anything is sent, in words', () => {
	it.each(cases)('%s', async (_what, vendor, parameters, message, wayOut) => {
		const { error, items } = await create(vendor, mockServer.url, parameters as never);
		expect(mockServer.current.requests).toEqual([]);
		expect(items).toEqual([]);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(wayOut);
		expect(JSON.stringify(error)).not.toContain('canary');
	});

	it('names everything that is wrong with an item at once', async () => {
		const { error } = await create('mielto', mockServer.url, {
			...mielto,
			label: '={{ "" }}',
			authType: '={{ "x" }}',
			additionalFields: { description: 'a'.repeat(256) },
		});
		expect(error?.message).toMatch(
			/^Authentication Type \(auth_type\) must be one of: .*; Label \(label\) is missing; Description \(description\) must have at most 255 characters \[item 0\]$/,
		);
	});

	it('checks row 900 before it sends row 0', async () => {
		const items = Array.from({ length: 901 }, (_, index) => ({ label: index === 900 ? '' : `Row ${index}` }));
		const { error } = await create('mielto', mockServer.url, { ...mielto, label: '={{ $json.label }}' }, { items });
		expect(error?.message).toBe('Label (label) is missing [item 900]');
		expect(error?.description).toContain('Nothing was sent');
		expect(mockServer.current.requests).toEqual([]);
	});

	it('lists the other items that are wrong too', async () => {
		const { error } = await create(
			'mielto',
			mockServer.url,
			{ ...mielto, label: '={{ $json.label }}' },
			{ items: [{ label: 'ok' }, { label: '' }, {}] },
		);
		expect(error?.message).toBe('Label (label) is missing [item 1]');
		expect(error?.description).toContain('Label (label) is missing [item 2]');
	});

	it('sends the good rows and routes the bad ones to the error output', async () => {
		const { items, errorItems, error } = await create(
			'mielto',
			mockServer.url,
			{ ...mielto, label: '={{ $json.label }}' },
			{ items: [{ label: 'One' }, { label: '' }, { label: 'Three' }], onError: 'continueErrorOutput' },
		);
		expect(error).toBeUndefined();
		expect((mockServer.bodies() as Array<{ label: string }>).map(({ label }) => label)).toEqual(['One', 'Three']);
		expect(items.map(({ json }) => json.label)).toEqual(['One', 'Three']);
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0].json.error).toMatchObject({ message: 'Label (label) is missing [item 1]', retryable: false });
	});

	it.each([
		['12345678901234567890', '12345678901234567890'],
		['1e400', '1e400'],
		['-0.12345678901234567890123', '-0.12345678901234567890123'],
		['1.50', '1.5'],
		['"1e400"', '"1e400"'],
		['[9007199254740993, {"number ": 1e999, "number 2": "number #5"}]', '[9007199254740993,{"number ":1e999,"number 2":"number #5"}]'],
	])('sends %s in JSON with all its digits', async (entered, sent) => {
		const { error } = await create('mielto', mockServer.url, {
			...mielto,
			specifyCredentials: 'json',
			credentialsJson: `{ "a": ${entered}, "b": 1 }`,
		});
		expect(error).toBeUndefined();
		expect(mockServer.current.requests[0].rawBody).toContain(`"credentials":{"a":${sent},"b":1}`);
	});

	it('shows what has more digits than n8n can hold as a text in a dry run', async () => {
		const { items } = await create('arklow', mockServer.url, {
			...arklow,
			specifyMetadata: 'json',
			metadataJson: '{ "n": 12345678901234567890 }',
			options: { dryRun: true },
		});
		expect(items[0].json).toMatchObject({ request: { body: { metadata: { n: '12345678901234567890' } } } });
	});

	it('converts values only where nothing is lost', async () => {
		await create('mielto', mockServer.url, { ...mielto, label: '={{ 42 }}' });
		expect(mockServer.bodies()).toMatchObject([{ label: '42' }]);
		const { error } = await create('mielto', mockServer.url, { ...mielto, label: '={{ ({ a: 1 }) }}' });
		expect(error?.message).toBe('Label (label) must be text [item 0]');
	});

	it.each([
		['no address', '', 'Base URL in the n8n credential is missing [item 0]'],
		['no URL', 'api.example.com', 'Base URL in the n8n credential must be a complete URL, such as https://api.example.com [item 0]'],
		...[
			'file:///etc/passwd',
			'https://api.example.com?',
			'https://api.example.com#',
			'https://api.example.com/?x=1',
			'https://:pass@api.example.com',
			'https://api.exam\nple.com',
		].map((url) => [url, url, 'Base URL in the n8n credential must be a complete URL, such as https://api.example.com [item 0]']),
	])('says so when the n8n credential holds %s', async (_what, url, message) => {
		const { error } = await create('mielto', url, mielto);
		expect(error?.message).toBe(message);
		expect(error?.description).toContain("Open the credential 'Test account'");
	});

	it.each(['canary-key\nx: y', 'canary-key\r', '={{ "canary-key" + String.fromCharCode(10) }}'])(
		'refuses an API key with a line break before anything is sent: %j',
		async (apiKey) => {
			const { error } = await create('mielto', mockServer.url, mielto, {
				credentialData: { ...VENDORS.mielto.credentialData(mockServer.url), apiKey },
			});
			expect(error?.message).toBe('API Key in the n8n credential must not have a line break in it [item 0]');
			expect(error?.description).toContain("Open the credential 'Test account' and enter it again, in one line");
			expect(JSON.stringify(error)).not.toContain('canary-key');
			expect(mockServer.current.requests).toEqual([]);
		},
	);
});
