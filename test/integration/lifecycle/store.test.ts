import { loadOptions } from '../../support/editor';
import type { Ran } from '../../support/engine';
import { ACME, opened, operate, storeWith } from '../../support/lifecycle';
import { VENDORS } from '../../support/vendors';
import { useMockServer } from '../../support/vendorTest';

const mockServer = useMockServer();

const PEM =
	'-----BEGIN PRIVATE KEY-----\nTUlJRXZRSUJBREFOQmdrcWhraUc5dzBCQVFFRkFBU0NCS2N3Z2dTakFnRUFBb0lCQVFD\nQ2FuYXJ5\n-----END PRIVATE KEY-----\n';
const SECRETS = {
	acmeSecret: 'canary-secret-1',
	acmeKey: 'canary-key-2',
	googleKey: PEM,
	wholeFile: '{"client_id":"id-9","client_secret":"canary-in-json"}',
};

/** Runs with the names of secrets, and sees to it that none is anywhere in what n8n keeps. */
const run = async (
	vendor: string,
	which: string,
	parameters: object,
	more: object = {},
	secrets: { [name: string]: string } = SECRETS,
): Promise<Ran> => {
	const ran = await operate(
		vendor,
		mockServer.url,
		which,
		{ secretsFrom: 'stored', ...parameters },
		{
			others: [storeWith(secrets)],
			...more,
		},
	);
	expect(JSON.stringify([ran.run, ran.error, ran.error?.context])).not.toMatch(/canary|TUlJRXZ|Q2FuYXJ5/);
	return ran;
};

const nylas = { provider: 'google', credentialType: 'connector', name: 'Acme', credentialDataClientId: 'id-1' };
const mielto = { label: 'Acme', authType: 'custom' };

describe('A secret that n8n keeps encrypted, by its name', () => {
	it('is taken for a field of its own', async () => {
		const { items, error } = await run('nylas', 'credential.create', { ...nylas, credentialDataClientSecretStored: 'acmeSecret' });
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toEqual([
			{ name: 'Acme', credential_type: 'connector', credential_data: { client_id: 'id-1', client_secret: 'canary-secret-1' } },
		]);
		expect(items[0].json).toMatchObject({ outcome: 'created' });
	});

	it('keeps its line breaks', async () => {
		const parameters = {
			...nylas,
			credentialType: 'serviceaccount',
			credentialDataPrivateKeyId: 'k-1',
			credentialDataPrivateKeyStored: 'googleKey',
			credentialDataClientEmail: 'a@b.c',
		};
		expect((await run('nylas', 'credential.create', parameters)).error).toBeUndefined();
		expect(mockServer.bodies()).toMatchObject([{ credential_data: { private_key: PEM } }]);
	});

	it('is taken for a field that was added', async () => {
		const parameters = {
			...nylas,
			credentialType: 'adminconsent',
			credentialDataTenant: 't-1',
			additionalFields: { credentialDataClientId: 'azure', credentialDataClientSecretStored: 'acmeSecret' },
		};
		expect((await run('nylas', 'credential.create', parameters)).error).toBeUndefined();
		expect(mockServer.bodies()).toMatchObject([
			{ credential_data: { tenant: 't-1', client_id: 'azure', client_secret: 'canary-secret-1' } },
		]);
	});

	it('is taken for each row', async () => {
		const credentials = {
			items: [
				{ name: 'api_key', valueStored: 'acmeKey' },
				{ name: '__other', otherName: 'second', valueStored: 'acmeSecret' },
			],
		};
		expect((await run('mielto', 'credential.create', { ...mielto, credentials })).error).toBeUndefined();
		expect(mockServer.bodies()).toMatchObject([{ credentials: { api_key: 'canary-key-2', second: 'canary-secret-1' } }]);
	});

	it('leaves alone what is no text: numbers, truth values and null beside it', async () => {
		const rows = {
			items: [
				{ name: 'a', valueStored: 'acmeKey' },
				{ name: 'b', type: 'number', valueNumber: 5 },
				{ name: 'c', type: 'trueOrFalse', valueTrueOrFalse: true },
				{ name: 'd', type: 'null' },
			],
		};
		const parameters = {
			orgId: '1024',
			type: 'custom',
			typeCustom: 'snowflake',
			provider: 'snowflake',
			secretTypeCustom: 'namesAndValuesOfAnyType',
			secretNamesAndValuesOfAnyType: rows,
		};
		expect((await run('arklow', 'credential.create', parameters)).error).toBeUndefined();
		expect(mockServer.bodies()).toMatchObject([{ secret: { a: 'canary-key-2', b: 5, c: true, d: null } }]);
	});

	it('is taken as a whole JSON', async () => {
		expect(
			(await run('nylas', 'credential.create', { ...nylas, specifyCredentialData: 'json', credentialDataJsonStored: 'wholeFile' })).error,
		).toBeUndefined();
		expect(mockServer.bodies()).toMatchObject([{ credential_data: { client_id: 'id-9', client_secret: 'canary-in-json' } }]);
	});

	it('is taken for an update', async () => {
		const { items } = await run('mielto', 'credential.create', {
			...mielto,
			credentials: { items: [{ name: 'api_key', valueStored: 'acmeKey' }] },
		});
		const updateFields = {
			credentials: { value: { specifyCredentials: 'fields', credentials: { items: [{ name: 'api_key', valueStored: 'acmeSecret' }] } } },
		};
		expect((await run('mielto', 'credential.update', { credentialId: items[0].json.credentialId, updateFields })).error).toBeUndefined();
		expect(mockServer.bodies()[1]).toEqual({ credentials: { api_key: 'canary-secret-1' } });
	});

	it('is taken for the fields of a connector, and checked by what the vendor asks for', async () => {
		const data = (items: object[]) => ({ additionalFields: { data: { value: { specifyData: 'fields', data: { items } } } } });
		const base = { connectorId: 'shopify', userId: ACME, authenticationType: 'apiKey' };
		const { error } = await run('alloyConnectivity', 'credential.create', {
			...base,
			...data([{ name: 'apiKey', valueStored: 'acmeKey' }]),
		});
		expect(error?.message).toBe('Data: Shop Name (data.shopName) is missing [item 0]');
		await run('alloyConnectivity', 'credential.create', {
			...base,
			...data([
				{ name: 'apiKey', valueStored: 'acmeKey' },
				{ name: 'shopName', valueStored: 'acmeSecret' },
			]),
		});
		expect(mockServer.bodies().at(-1)).toMatchObject({ data: { apiKey: 'canary-key-2', shopName: 'canary-secret-1' } });
	});

	it('may differ from item to item', async () => {
		await run(
			'nylas',
			'credential.create',
			{ ...nylas, name: '={{ $json.name }}', credentialDataClientSecretStored: '={{ $json.secret }}', options: { concurrent: 1 } },
			{
				items: [
					{ name: 'One', secret: 'acmeSecret' },
					{ name: 'Two', secret: 'acmeKey' },
				],
			},
		);
		expect(mockServer.bodies()).toMatchObject([
			{ credential_data: { client_secret: 'canary-secret-1' } },
			{ credential_data: { client_secret: 'canary-key-2' } },
		]);
	});

	it('stays hidden when the vendor repeats it', async () => {
		mockServer.current.fault({ status: 422, echo: true });
		const { error } = await run('mielto', 'credential.create', {
			...mielto,
			credentials: { items: [{ name: 'api_key', valueStored: 'acmeKey' }] },
		});
		expect(error?.message).toContain('Mielto refused the request');
	});

	it('stays hidden where it does not fit', async () => {
		const { error } = await run('nylas', 'credential.create', {
			...nylas,
			specifyCredentialData: 'json',
			credentialDataJsonStored: 'acmeSecret',
		});
		expect(error?.message).toBe('Credential Data (credential_data) is not valid JSON [item 0]');
	});

	it('that is not there is named, with those that are', async () => {
		const { error } = await run('nylas', 'credential.create', { ...nylas, credentialDataClientSecretStored: 'acmeSecrets' });
		expect(error?.message).toBe(
			'Client Secret (credential_data.client_secret) names no secret of the credential that holds them: ' +
				'there are acmeSecret, acmeKey, googleKey, wholeFile [item 0]',
		);
		expect(mockServer.current.requests).toEqual([]);
	});

	it('has to be chosen', async () => {
		const { error } = await run('nylas', 'credential.create', { ...nylas, credentialDataClientSecretStored: '={{ $json.nothing }}' });
		expect(error?.message).toBe('Client Secret (credential_data.client_secret) is missing [item 0]');
	});

	it('is not looked for where secrets are typed', async () => {
		const { error } = await operate('nylas', mockServer.url, 'credential.create', { ...nylas, credentialDataClientSecret: 'canary-typed' });
		expect(error).toBeUndefined();
		expect(mockServer.bodies()).toMatchObject([{ credential_data: { client_secret: 'canary-typed' } }]);
	});
});

describe('The names in the store', () => {
	const names = async (secretsFrom: string, secrets: { [name: string]: string } = SECRETS) =>
		await loadOptions(
			{ ...opened('nylas', mockServer.url, { resource: 'credential', operation: 'create', secretsFrom }), others: [storeWith(secrets)] },
			'listSecrets',
		);

	it('are offered in the editor, without a value', async () => {
		const options = await names('stored');
		expect(options.map(({ name, value }) => [name, value])).toEqual(
			['acmeKey', 'acmeSecret', 'googleKey', 'wholeFile'].map((name) => [name, name]),
		);
		expect(JSON.stringify(options)).not.toMatch(/canary|TUlJ/);
	});

	it('are not read by a node that does not use the store', async () => {
		await expect(names('typed')).rejects.toThrow('Credentials not found');
	});
});

describe('The test of a credential that holds secrets', () => {
	const test = async (items: object[]) => {
		const { checkSecrets } = new VENDORS.nylas.node().methods?.credentialTest as unknown as {
			[name: string]: (credential: object) => Promise<{ status: string; message: string }>;
		};
		const { status, message } = await checkSecrets.call({} as never, { data: { entries: { items } } });
		expect(message).not.toContain('canary');
		return `${status}: ${message}`;
	};

	it.each([
		['none', [], 'Error: Add at least one secret, with a name and a value'],
		[
			'one without a value',
			[
				{ name: 'one', value: 'canary' },
				{ name: 'two', value: '' },
			],
			'Error: Secret 2 needs a name and a value',
		],
		['one without a name', [{ name: '  ', value: 'canary' }], 'Error: Secret 1 needs a name and a value'],
		[
			'a name twice',
			[
				{ name: 'one', value: 'canary' },
				{ name: ' one ', value: 'canary' },
			],
			'Error: The name "one" is there twice',
		],
		['one', [{ name: 'one', value: 'canary' }], 'OK: Holds 1 secret'],
		[
			'two',
			[
				{ name: 'one', value: 'canary' },
				{ name: 'two', value: 'canary' },
			],
			'OK: Holds 2 secrets',
		],
	])('says what it found: %s', async (_what, items, said) => {
		expect(await test(items)).toBe(said);
	});
});
