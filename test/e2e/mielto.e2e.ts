import { Mielto } from '../../nodes/Mielto/Mielto.node';
import { MieltoTrigger } from '../../nodes/Mielto/MieltoTrigger.node';
import { execute, expectSoon, testForms, testOperations, testTrigger, useEditor } from './editor';

const editor = useEditor('mielto');

const LABELS = [
	'Resource',
	'Operation',
	'Credential Scope',
	'Authentication Type',
	'Label',
	'Specify Credentials',
	'Secrets From',
	'Credentials',
	'Additional Fields',
	'Options',
];

describe('Mielto', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		await editor.addNode('Mielto', 'Create credential');
		await expectSoon(() => editor.credential(), editor.account);
		await expectSoon(() => editor.form.labels(), LABELS);
	});

	testForms(editor, new Mielto().description);

	editor.step('a scope that is not in the list can be typed', async () => {
		const { form } = editor;
		await form.field('Credential Scope').choose('Other');
		const [before, after] = [LABELS.slice(0, 3), LABELS.slice(3)];
		await expectSoon(() => form.labels(), [...before, 'Other Credential Scope', ...after]);
		await form.field('Credential Scope').choose('Workspace');
		await expectSoon(() => form.labels(), LABELS);
	});

	editor.step('the secret values are rows with suggested names, masked', async () => {
		const { form } = editor;
		await form.field('Authentication Type').choose('Basic Auth');
		// One row is there from the start, and its names are those of the authentication type.
		await form.field('Credentials').add('Add Value');
		const [first, second] = [form.field('Credentials').form(0), form.field('Credentials').form(1)];
		expect(await first.labels()).toEqual(['Name', 'Value']);
		expect(await first.field('Name').choices()).toEqual(['Other', 'Password', 'Username']);
		await first.field('Name').choose('Username');
		await second.field('Name').choose('Password');
		expect([await first.field('Value').isMasked(), await second.field('Value').isMasked()]).toEqual([true, true]);
	});

	editor.step('what was typed is created, and the output shows it', async () => {
		const { form, page, mockServer } = editor;
		await form.field('Label').type('Acme warehouse');
		await form.field('Credentials').form(0).field('Value').type('reports');
		await form.field('Credentials').form(1).field('Value').type('an-example-and-no-secret');

		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([
			{
				method: 'POST',
				path: '/api/v1/credentials',
				body: {
					label: 'Acme warehouse',
					auth_type: 'basic_auth',
					credential_scope: 'workspace',
					credentials: { username: 'reports', password: 'an-example-and-no-secret' },
				},
			},
		]);
		expect(items).toEqual([expect.objectContaining({ vendor: 'Mielto', outcome: 'created', credentialId: mockServer.credentials[0].id })]);
		await editor.image('mielto');
		await editor.picture('Credential', 'Create');
	});

	editor.step('Get Many lists what was created', async () => {
		const { form, page, mockServer } = editor;
		await form.field('Operation').choose('Get Many');
		await expectSoon(() => form.labels(), ['Resource', 'Operation', 'Return All', 'Limit', 'Simplify', 'Filters', 'Options']);
		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(items).toEqual([
			expect.objectContaining({ label: 'Acme warehouse', credentialId: mockServer.credentials[0].id, vendor: 'Mielto' }),
		]);
	});

	testOperations(editor, [
		{
			operation: ['Credential', 'Create or Update'],
			type: { Label: 'Acme warehouse' },
			more: async () => await editor.form.field('Credentials').form().field('Value').type('another-example'),
			sends: 'PUT /api/v1/credentials/*',
			body: { label: 'Acme warehouse', credential_scope: 'workspace', credentials: { api_key: 'another-example' } },
			gives: [{ label: 'Acme warehouse', vendor: 'Mielto', outcome: 'updated' }],
		},
		{ operation: ['Credential', 'Get Many'], sends: 'GET /api/v1/credentials', gives: [{ label: 'Acme warehouse', vendor: 'Mielto' }] },
		{
			operation: ['Credential', 'Update'],
			pick: { Credential: 'Acme warehouse' },
			add: { 'Update Fields': { Description: 'Of the new warehouse' } },
			sends: 'PUT /api/v1/credentials/*',
			body: { description: 'Of the new warehouse' },
			gives: [{ description: 'Of the new warehouse', vendor: 'Mielto', outcome: 'updated' }],
		},
	]);

	testTrigger(editor, new MieltoTrigger().description, { gives: { event: 'created' } });
});
