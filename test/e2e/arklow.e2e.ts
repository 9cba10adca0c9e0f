import { Arklow } from '../../nodes/Arklow/Arklow.node';
import { execute, expectSoon, testForms, testOperations, useEditor } from './editor';

const SECRETS = { name: 'Secrets of Acme', values: { acmeKeyId: 'AKIA1EXAMPLE1EXAMPLE', acmeKey: 'a-stored-example-and-no-secret' } };

const editor = useEditor('arklow', { secrets: SECRETS });

const ABOVE = ['Resource', 'Operation', 'Organization', 'Type', 'Specify Metadata', 'Metadata'];
/** How the secret is given, or that it is not. */
const HOW = 'Specify Secret';
const KEYS = ['AWS Access Key ID', 'AWS Secret Access Key'];
/** What the list of names is called that takes a masked field's place. */
const STORED = (label: string) => `${label}: Secret Name or ID`;
const BELOW = ['Additional Fields', 'Options'];

describe('Arklow', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		await editor.addNode('Arklow', 'Create credential');
		await expectSoon(() => editor.credential(), editor.account);
	});

	testForms(editor, new Arklow().description);

	editor.step('AWS shows its own fields only, masked', async () => {
		const { form } = editor;
		await form.field('Type').choose('AWS');
		await expectSoon(() => form.labels(), [...ABOVE, HOW, 'Secrets From', ...KEYS, ...BELOW]);
		for (const label of KEYS) expect([label, await form.field(label).isMasked()]).toEqual([label, true]);
	});

	editor.step('what was typed is created, and the output shows it', async () => {
		const { form, page, mockServer } = editor;
		expect(await form.field('Organization').records()).toEqual(['1024', '2048']);
		await form.field('Organization').pick('1024');
		await form.field('AWS Access Key ID').type('AKIA0EXAMPLE0EXAMPLE');
		await form.field('AWS Secret Access Key').type('an-example-and-no-secret');
		const more = form.field('Additional Fields');
		await more.add('Add Field', 'Label');
		await more.form().field('Label').type('Acme production');
		const rows = form.field('Metadata');
		await rows.add('Add Value');
		await rows.form().field('Name').type('region');
		await rows.form().field('Value').type('eu-west-1');

		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([
			{
				method: 'PUT',
				path: '/v1/orgs/1024/credentials/',
				body: {
					type: 'aws',
					secret: { AWS_ACCESS_KEY_ID: 'AKIA0EXAMPLE0EXAMPLE', AWS_SECRET_ACCESS_KEY: 'an-example-and-no-secret' },
					label: 'Acme production',
					metadata: { region: 'eu-west-1' },
				},
			},
		]);
		expect(items).toEqual([expect.objectContaining({ vendor: 'Arklow', outcome: 'created', credentialId: mockServer.credentials[0].id })]);
		await editor.image('arklow');
		await editor.picture('Credential', 'Create');
	});

	editor.step('secrets can be taken by their names, which are listed, from an n8n credential', async () => {
		const { form, page, mockServer } = editor;
		mockServer.reset();
		await form.field('Secrets From').choose('Credential Secrets');
		await expectSoon(() => form.labels(), [...ABOVE, HOW, 'Secrets From', ...KEYS.map(STORED), ...BELOW]);
		await editor.chooseCredential('Credential Secrets', SECRETS.name);
		const [keyId, key] = KEYS.map((label) => form.field(STORED(label)));
		expect(await keyId.choices()).toEqual(['acmeKey', 'acmeKeyId']);
		await keyId.choose('acmeKeyId');
		await key.choose('acmeKey');

		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		const { acmeKeyId, acmeKey } = SECRETS.values;
		expect(editor.sent()).toEqual([
			expect.objectContaining({
				body: expect.objectContaining({ secret: { AWS_ACCESS_KEY_ID: acmeKeyId, AWS_SECRET_ACCESS_KEY: acmeKey } }),
			}),
		]);
		expect(items).toEqual([expect.objectContaining({ outcome: 'created', credentialId: mockServer.credentials[0].id })]);
		const shown = await page.locator('body').innerText();
		for (const secret of [acmeKeyId, acmeKey]) expect(shown).not.toContain(secret);
	});

	testOperations(editor, [
		{
			operation: ['Organization', 'Get Many'],
			sends: 'GET /v1/self/',
			gives: [
				{ organizationId: '1024', vendor: 'Arklow' },
				{ organizationId: '2048', vendor: 'Arklow' },
			],
		},
	]);
});
