import { execute, expectRefused, expectSoon, useEditor } from './editor';

const editor = useEditor('alloyEmbedded');

const ABOVE = ['Resource', 'Operation', 'User ID', 'Connector', 'Connector Fields'];
const NETSUITE = ['Realm', 'Consumer Key', 'Token ID', 'Token Secret'];
const BELOW = ['Options'];

describe('Alloy Embedded', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		await editor.addNode('Alloy Embedded', 'Create credential');
		await expectSoon(() => editor.credential(), editor.account);
	});

	editor.step('NetSuite shows its own fields only, its secrets masked', async () => {
		const { form } = editor;
		await form.field('Connector Fields').choose('NetSuite');
		await expectSoon(() => form.labels(), [...ABOVE, ...NETSUITE, ...BELOW]);
		const masked = await Promise.all(NETSUITE.map((label) => form.field(label).isMasked()));
		expect(masked).toEqual([false, true, true, true]);
	});

	editor.step('what is missing is marked, and n8n does not run the step', async () => {
		const { form, page, standin } = editor;
		await expectRefused(page);
		for (const label of ['User ID', 'Connector', ...NETSUITE]) expect([label, await form.field(label).isMarked()]).toEqual([label, true]);
		expect(standin.requests).toEqual([]);
	});

	editor.step('what was typed is created, and the output shows it', async () => {
		const { form, page, standin } = editor;
		await form.field('User ID').type('5eba51a03fe9631316668514');
		await form.field('Connector').type('netsuite');
		await form.field('Realm').type('1234567_SB1');
		await form.field('Consumer Key').type('an-example-key');
		await form.field('Token ID').type('an-example-token-id');
		await form.field('Token Secret').type('an-example-and-no-secret');

		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([
			{
				method: 'POST',
				path: '/headless/credentials',
				body: {
					userId: '5eba51a03fe9631316668514',
					credential: {
						type: 'netsuite',
						data: { realm: '1234567_SB1', consumerKey: 'an-example-key', tokenId: 'an-example-token-id', tokenSecret: 'an-example-and-no-secret' },
					},
				},
			},
		]);
		expect(items).toEqual([expect.objectContaining({ vendor: 'Alloy Embedded', outcome: 'created', credentialId: standin.credentials[0].id })]);
		await editor.image('alloyEmbedded');
	});
});
