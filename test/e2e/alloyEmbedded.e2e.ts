import { execute, expectRefused, expectSoon, useEditor } from './editor';

const editor = useEditor('alloyEmbedded');

const ABOVE = ['Resource', 'Operation', 'User', 'Connector', 'Connector Fields'];
const NETSUITE = ['Realm', 'Consumer Key', 'Token ID', 'Token Secret'];
const BELOW = ['Options'];
const ACME = '5eba51a03fe9631316668514';
/** n8n's words for a list that is loaded. */
const NAME = 'Name or ID';

describe('Alloy Embedded', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		await editor.addNode('Alloy Embedded', 'Create credential');
		await expectSoon(() => editor.credential(), editor.account);
		await expectSoon(() => editor.form.labels(), [...ABOVE, 'Specify Connector Fields', 'Secrets From', 'Connector Fields', ...BELOW]);
	});

	editor.step('the names of what the connector needs are listed', async () => {
		const { form, page, standin } = editor;
		await form.field('User').pick('acme');
		await form.field('Connector').pick('shopify');
		const fields = form.field('Connector Fields', 1);
		await fields.add('Add Value');
		expect(await fields.form().field(NAME).choices()).toEqual(['Shop Name', 'API Key', 'Other']);
		await fields.form().field(NAME).choose('Shop Name');
		await fields.form().field('Value').type('acme-shop');
		await fields.add('Add Value');
		await fields.form(1).field(NAME).choose('API Key');
		expect(await fields.form(1).field('Value').isMasked()).toBe(true);
		await fields.form(1).field('Value').type('an-example-and-no-secret');

		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([
			{
				method: 'POST',
				path: '/headless/credentials',
				body: { userId: ACME, credential: { type: 'shopify', data: { shopName: 'acme-shop', apiKey: 'an-example-and-no-secret' } } },
			},
		]);
		expect(items).toEqual([expect.objectContaining({ vendor: 'Alloy Embedded', outcome: 'created', credentialId: standin.credentials[0].id })]);
		await editor.image('alloyEmbedded');
	});

	editor.step('NetSuite shows its own fields only, its secrets masked', async () => {
		const { form } = editor;
		await editor.addNode('Alloy Embedded', 'Create credential');
		await form.field('Connector Fields').choose('NetSuite');
		await expectSoon(() => form.labels(), [...ABOVE, 'Secrets From', ...NETSUITE, ...BELOW]);
		const masked = await Promise.all(NETSUITE.map((label) => form.field(label).isMasked()));
		expect(masked).toEqual([false, true, true, true]);
	});

	editor.step('what is missing is marked, and n8n does not run the step', async () => {
		const { form, page, standin } = editor;
		standin.reset();
		await expectRefused(page);
		for (const label of ['User', 'Connector', ...NETSUITE]) expect([label, await form.field(label).isMarked()]).toEqual([label, true]);
		expect(editor.sent()).toEqual([]);
	});

	editor.step('what was typed is created, and the output shows it', async () => {
		const { form, page, standin } = editor;
		await form.field('User').give('By ID');
		// n8n loses keys there that come faster than anybody types.
		await form.field('User').paste(ACME);
		await form.field('Connector').pick('netsuite');
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
					userId: ACME,
					credential: {
						type: 'netsuite',
						data: { realm: '1234567_SB1', consumerKey: 'an-example-key', tokenId: 'an-example-token-id', tokenSecret: 'an-example-and-no-secret' },
					},
				},
			},
		]);
		expect(items).toEqual([expect.objectContaining({ outcome: 'created', credentialId: standin.credentials[0].id })]);
	});
});
