import { execute, expectRefused, expectSoon, useEditor } from './editor';

const editor = useEditor('arklow');

const ABOVE = ['Resource', 'Operation', 'Organization ID', 'Type'];
const KEYS = ['AWS Access Key ID', 'AWS Secret Access Key'];
const BELOW = ['Additional Fields', 'Options'];

describe('Arklow', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		await editor.addNode('Arklow', 'Create credential');
		await expectSoon(() => editor.credential(), editor.account);
	});

	editor.step('AWS shows its own fields only, masked', async () => {
		const { form } = editor;
		await form.field('Type').choose('AWS');
		await expectSoon(() => form.labels(), [...ABOVE, ...KEYS, ...BELOW]);
		for (const label of KEYS) expect([label, await form.field(label).isMasked()]).toEqual([label, true]);
	});

	editor.step('what is missing is marked, and n8n does not run the step', async () => {
		const { form, page, standin } = editor;
		await expectRefused(page);
		for (const label of ['Organization ID', ...KEYS]) expect([label, await form.field(label).isMarked()]).toEqual([label, true]);
		expect(standin.requests).toEqual([]);
	});

	editor.step('what was typed is created, and the output shows it', async () => {
		const { form, page, standin } = editor;
		await form.field('Organization ID').type('1024');
		await form.field('AWS Access Key ID').type('AKIA0EXAMPLE0EXAMPLE');
		await form.field('AWS Secret Access Key').type('an-example-and-no-secret');
		const more = form.field('Additional Fields');
		await more.add('Add Field', 'Label');
		await more.form().field('Label').type('Acme production');
		await more.add('Add Field', 'Metadata');
		const metadata = more.form().field('Metadata');
		const rows = metadata.form().field('Metadata');
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
		expect(items).toEqual([expect.objectContaining({ vendor: 'Arklow', outcome: 'created', credentialId: standin.credentials[0].id })]);
		await editor.image('arklow');
	});
});
