import { ACCOUNT, execute, executeRefused, expectSoon, useEditor } from './editor';

const editor = useEditor('nylas');

const ABOVE = ['Resource', 'Operation', 'Provider', 'Credential Type', 'Name', 'Specify Credential Data'];
const SERVICE_ACCOUNT = ['Credential Data: Private Key ID', 'Credential Data: Private Key', 'Credential Data: Client Email'];
const BELOW = ['Additional Fields', 'Options'];

const PEM = '-----BEGIN PRIVATE KEY-----\nVGhpcyBpcyBubyBrZXks\nIGl0IGlzIGFuIGV4YW1wbGUu\n-----END PRIVATE KEY-----\n';

describe('Nylas', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		await editor.addNode('Nylas', 'Create credential');
		await expectSoon(() => editor.credential(), ACCOUNT);
	});

	editor.step('Service Account shows its own fields only', async () => {
		const { form } = editor;
		await form.field('Credential Type').choose('Service Account');
		await expectSoon(() => form.labels(), [...ABOVE, ...SERVICE_ACCOUNT, ...BELOW]);
		expect(await form.field('Credential Data: Private Key').isMasked()).toBe(true);
		expect(await form.field('Credential Data: Client Email').isMasked()).toBe(false);
	});

	editor.step('what is missing is marked, and n8n does not run the step', async () => {
		const { form, page, standin } = editor;
		expect(await executeRefused(page)).toContain('The workflow has issues');
		for (const label of ['Name', ...SERVICE_ACCOUNT]) expect([label, await form.field(label).isMarked()]).toEqual([label, true]);
		expect(standin.requests).toEqual([]);
	});

	editor.step('what was typed is created, and the output shows it', async () => {
		const { form, page, standin } = editor;
		await form.field('Name').type("Acme's service account");
		await form.field('Credential Data: Private Key ID').type('3f1c0d9e8b7a');
		await form.field('Credential Data: Private Key').paste(PEM);
		await form.field('Credential Data: Client Email').type('sync@project.iam.gserviceaccount.com');

		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(standin.requests.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
			{
				method: 'POST',
				path: '/v3/connectors/google/creds',
				body: {
					name: "Acme's service account",
					credential_type: 'serviceaccount',
					credential_data: { private_key_id: '3f1c0d9e8b7a', private_key: PEM, client_email: 'sync@project.iam.gserviceaccount.com' },
				},
			},
		]);
		expect(items).toEqual([expect.objectContaining({ vendor: 'Nylas', outcome: 'created', credentialId: standin.credentials[0].id })]);
		await editor.image('nylas');
	});
});
