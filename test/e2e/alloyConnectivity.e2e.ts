import { execute, expectRefused, expectSoon, useEditor } from './editor';

const editor = useEditor('alloyConnectivity');

const LABELS = ['Resource', 'Operation', 'Connector ID', 'User ID', 'Authentication Type', 'Additional Fields', 'Options'];

describe('Alloy Connectivity', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		await editor.addNode('Alloy Connectivity', 'Create credential');
		await expectSoon(() => editor.credential(), editor.account);
		await expectSoon(() => editor.form.labels(), LABELS);
	});

	editor.step('an authentication type that is not in the list can be typed', async () => {
		const { form } = editor;
		await form.field('Authentication Type').choose('Other');
		await expectSoon(() => form.labels(), [...LABELS.slice(0, 5), 'Other Authentication Type', ...LABELS.slice(5)]);
		await form.field('Authentication Type').choose('OAuth2');
		await expectSoon(() => form.labels(), LABELS);
	});

	editor.step('what is missing is marked, and n8n does not run the step', async () => {
		const { form, page, standin } = editor;
		await expectRefused(page);
		for (const label of ['Connector ID', 'User ID']) expect([label, await form.field(label).isMarked()]).toEqual([label, true]);
		expect(standin.requests).toEqual([]);
	});

	editor.step('OAuth2 gives the link for the customer', async () => {
		const { form, page } = editor;
		await form.field('Connector ID').type('slack');
		await form.field('User ID').type('5eba51a03fe9631316668514');
		const more = form.field('Additional Fields');
		await more.add('Add Field', 'Redirect URI');
		await more.form().field('Redirect URI').type('https://app.example.com/connected');

		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([
			{
				method: 'POST',
				path: '/connectors/slack/credentials',
				body: { userId: '5eba51a03fe9631316668514', authenticationType: 'oauth2', redirectUri: 'https://app.example.com/connected' },
			},
		]);
		const link = expect.stringMatching(/^https:\/\/oauth\.example\.com\/authorize\?state=/);
		expect(items).toEqual([expect.objectContaining({ vendor: 'Alloy Connectivity', outcome: 'linkCreated', link })]);
		await editor.image('alloyConnectivity');
	});
});
