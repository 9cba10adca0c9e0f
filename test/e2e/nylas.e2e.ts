import { Nylas } from '../../nodes/Nylas/Nylas.node';
import { NylasTrigger } from '../../nodes/Nylas/NylasTrigger.node';
import { execute, expectSoon, testForms, testOperations, testTrigger, useEditor, type Form } from './editor';

const editor = useEditor('nylas');

const ABOVE = ['Resource', 'Operation', 'Provider', 'Credential Type', 'Name', 'Specify Credential Data'];
const SERVICE_ACCOUNT = ['Private Key ID', 'Client Email', 'Secrets From', 'Private Key'];
const BELOW = ['Additional Fields', 'Options'];

// As Google writes it, 64 characters to a line. A masked box has one line only.
const PEM =
	`-----BEGIN PRIVATE KEY-----\n${'VGhpcyBpcyBubyBrZXksIGl0IGlzIGFuIGV4YW1wbGUuVGhpcyBpcyBubyBrZXks\n'.repeat(3)}-----END ` +
	`PRIVATE KEY-----\n`;

const CREATED = {
	method: 'POST',
	path: '/v3/connectors/google/creds',
	body: {
		name: "Acme's service account",
		credential_type: 'serviceaccount',
		credential_data: { private_key_id: '3f1c0d9e8b7a', private_key: PEM, client_email: 'sync@project.iam.gserviceaccount.com' },
	},
};

async function fill(form: Form): Promise<void> {
	await form.field('Private Key ID').type('3f1c0d9e8b7a');
	await form.field('Private Key').paste(PEM);
	await form.field('Client Email').type('sync@project.iam.gserviceaccount.com');
}

describe('Nylas', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		const offered = await editor.addNode('Nylas', 'Create credential');
		expect(offered).toEqual(
			expect.arrayContaining(['Get many connectors', 'Create or update credential', 'Get many credentials', 'Delete credential']),
		);
		await expectSoon(() => editor.credential(), editor.account);
	});

	testForms(editor, new Nylas().description);

	editor.step('Service Account shows its own fields only', async () => {
		const { form } = editor;
		await form.field('Credential Type').choose('Service Account');
		await expectSoon(() => form.labels(), [...ABOVE, ...SERVICE_ACCOUNT, ...BELOW]);
		expect(await form.field('Private Key').isMasked()).toBe(true);
		expect(await form.field('Client Email').isMasked()).toBe(false);
	});

	editor.step('the provider is picked from the list of the connectors at the vendor', async () => {
		const { form } = editor;
		expect(await form.field('Provider').records()).toEqual(['Google', 'Microsoft', 'IMAP']);
		await form.field('Provider').pick('Google');
	});

	editor.step('what was typed is created, and the output shows it', async () => {
		const { form, page, mockServer } = editor;
		await form.field('Name').type("Acme's service account");
		await fill(form);
		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([CREATED]);
		expect(items).toEqual([expect.objectContaining({ vendor: 'Nylas', outcome: 'created', credentialId: mockServer.credentials[0].id })]);
		await editor.image('nylas');
		await editor.picture('Credential', 'Create');
	});

	editor.step('another variant and back keeps what they share', async () => {
		const { form } = editor;
		await form.field('Credential Type').choose('Connector Override');
		await expectSoon(() => form.labels(), [...ABOVE, 'Client ID', 'Secrets From', 'Client Secret', ...BELOW]);
		expect(await form.field('Name').value()).toBe("Acme's service account");
		await form.field('Credential Type').choose('Service Account');
		await expectSoon(() => form.labels(), [...ABOVE, ...SERVICE_ACCOUNT, ...BELOW]);
		expect(await form.field('Name').value()).toBe("Acme's service account");
		// n8n itself forgets what a hidden field held.
		expect(await form.field('Private Key ID').value()).toBe('');
		await fill(form);
	});

	editor.step('an expression can choose the variant', async () => {
		const { form, page, mockServer } = editor;
		mockServer.reset();
		await form.field('Credential Type').express("{{ 'service' + 'account' }}");
		await expectSoon(() => form.labels(), [...ABOVE, ...SERVICE_ACCOUNT, ...BELOW]);
		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([CREATED]);
		expect(items).toEqual([expect.objectContaining({ outcome: 'created' })]);
	});

	editor.step('what an expression leaves empty is named, and nothing is sent', async () => {
		const { form, page, mockServer } = editor;
		mockServer.reset();
		await form.field('Private Key ID').express('{{ $json.nothing }}');
		const { error } = await execute(page);
		expect(error?.message).toContain('Private Key ID (credential_data.private_key_id) is missing');
		expect(error?.description).toContain('Nothing was sent');
		expect(editor.sent()).toEqual([]);
	});

	editor.step('a wrong API key is told in plain words', async () => {
		const { form, page, mockServer } = editor;
		mockServer.reset();
		await form.field('Credential Type').fix();
		await form.field('Credential Type').choose('Service Account');
		await form.field('Private Key ID').fix();
		await fill(form);
		await editor.useKey('a-wrong-key');
		const { error } = await execute(page);
		expect(error?.message).toContain('Nylas refused the API key');
		expect(error?.description).toContain('check the key and the region in the n8n credential');
		expect(await page.locator('body').innerText()).not.toContain('a-wrong-key');
		expect(mockServer.credentials).toEqual([]);
		await editor.image('error');
	});

	editor.step('with the right key, Get Many lists what was created', async () => {
		const { form, page, mockServer } = editor;
		await editor.useKey();
		await execute(page);
		await form.field('Operation').choose('Get Many');
		await expectSoon(() => form.labels(), ['Resource', 'Operation', 'Provider', 'Return All', 'Limit', 'Sort', 'Options']);
		expect(await form.field('Provider').value()).toBe('Google');
		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		const [{ id }] = mockServer.credentials;
		expect(items).toEqual([expect.objectContaining({ id, name: "Acme's service account", credentialId: id, vendor: 'Nylas' })]);
	});

	testOperations(editor, [
		{
			operation: ['Connector', 'Get'],
			pick: { Provider: 'Google' },
			sends: 'GET /v3/connectors/google',
			gives: [{ connectorId: 'google', vendor: 'Nylas' }],
		},
		{
			operation: ['Connector', 'Get Many'],
			sends: 'GET /v3/connectors',
			gives: ['google', 'microsoft', 'imap'].map((connectorId) => ({ connectorId })),
		},
		{
			operation: ['Credential', 'Create or Update'],
			pick: { Provider: 'Google' },
			type: {
				Name: "Acme's OAuth app",
				'Client ID': 'acme-app',
				'Client Secret': 'an-example-and-no-secret',
			},
			sends: 'POST /v3/connectors/google/creds',
			body: {
				name: "Acme's OAuth app",
				credential_type: 'connector',
				credential_data: { client_id: 'acme-app', client_secret: 'an-example-and-no-secret' },
			},
			gives: [{ name: "Acme's OAuth app", vendor: 'Nylas', outcome: 'created' }],
		},
		{
			operation: ['Credential', 'Get Many'],
			pick: { Provider: 'Google' },
			sends: 'GET /v3/connectors/google/creds',
			gives: [{ name: "Acme's OAuth app", vendor: 'Nylas' }, { name: "Acme's service account" }],
		},
		{
			operation: ['Credential', 'Get'],
			pick: { Provider: 'Google', Credential: "Acme's OAuth app" },
			sends: 'GET /v3/connectors/google/creds/*',
			gives: [{ name: "Acme's OAuth app", vendor: 'Nylas' }],
		},
		{
			operation: ['Credential', 'Update'],
			pick: { Provider: 'Google', Credential: "Acme's OAuth app" },
			add: { 'Update Fields': { Name: "Acme's app" } },
			sends: 'PATCH /v3/connectors/google/creds/*',
			body: { name: "Acme's app" },
			gives: [{ name: "Acme's app", vendor: 'Nylas', outcome: 'updated' }],
		},
		{
			operation: ['Credential', 'Delete'],
			pick: { Provider: 'Google', Credential: "Acme's app" },
			sends: 'DELETE /v3/connectors/google/creds/*',
			gives: [{ deleted: true, vendor: 'Nylas' }],
		},
	]);

	testTrigger(editor, new NylasTrigger().description, { pick: { Provider: 'Google' }, gives: { event: 'created' } });
});
