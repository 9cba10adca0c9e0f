import { AlloyEmbedded } from '../../nodes/AlloyEmbedded/AlloyEmbedded.node';
import { AlloyEmbeddedTrigger } from '../../nodes/AlloyEmbedded/AlloyEmbeddedTrigger.node';
import { execute, expectSoon, testForms, testOperations, testTrigger, useEditor } from './editor';
import { userOperations } from './editor/alloyUsers';

const editor = useEditor('alloyEmbedded');

const ABOVE = ['Resource', 'Operation', 'User', 'Specify Credential', 'Connector', 'Connector Fields', 'Specify Connector Fields'];
const SECRETS_FROM = 'Secrets From';
const NETSUITE = ['Realm', SECRETS_FROM, 'Consumer Key', 'Token ID', 'Token Secret'];
const BELOW = ['Options'];
/** What NetSuite has further names in. */
const MORE = 'Additional Fields';
const ACME = '5eba51a03fe9631316668514';
/** n8n's words for a list that is loaded. */
const NAME = 'Name or ID';

describe('Alloy Embedded', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		await editor.addNode('Alloy Embedded', 'Create credential');
		await expectSoon(() => editor.credential(), editor.account);
		await expectSoon(() => editor.form.labels(), [...ABOVE, SECRETS_FROM, 'Connector Fields', ...BELOW]);
	});

	testForms(editor, new AlloyEmbedded().description);

	editor.step('the names of what the connector needs are listed', async () => {
		const { form, page, mockServer } = editor;
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
		expect(items).toEqual([
			expect.objectContaining({ vendor: 'Alloy Embedded', outcome: 'created', credentialId: mockServer.credentials[0].id }),
		]);
		await editor.image('alloyEmbedded');
		await editor.picture('Credential', 'Create');
	});

	editor.step('NetSuite shows its own fields only, its secrets masked', async () => {
		const { form } = editor;
		await form.field('Connector Fields').choose('NetSuite');
		await expectSoon(() => form.labels(), [...ABOVE, ...NETSUITE, MORE, ...BELOW]);
		const masked = await Promise.all(NETSUITE.map((label) => form.field(label).isMasked()));
		expect(masked).toEqual([false, false, true, true, true]);
	});

	editor.step('what was typed is created, and the output shows it', async () => {
		const { form, page, mockServer } = editor;
		mockServer.requests.length = 0;
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
						data: {
							realm: '1234567_SB1',
							consumerKey: 'an-example-key',
							tokenId: 'an-example-token-id',
							tokenSecret: 'an-example-and-no-secret',
						},
					},
				},
			},
		]);
		expect(items).toEqual([expect.objectContaining({ outcome: 'created', credentialId: mockServer.credentials[1].id })]);
		await form.field('User').give('From list');
	});

	testOperations(editor, [
		{
			operation: ['Credential', 'Create or Reuse'],
			pick: { User: 'acme', Connector: 'netsuite' },
			choose: { 'Connector Fields': 'NetSuite' },
			type: {
				Realm: '1234567_SB1',
				'Consumer Key': 'an-example-key',
				'Token ID': 'an-example-token-id',
				'Token Secret': 'an-example-and-no-secret',
			},
			sends: 'GET /credentials/users/*',
			gives: [{ vendor: 'Alloy Embedded', outcome: 'reused' }],
		},
		{
			operation: ['Credential', 'Get Link'],
			pick: { Connector: 'slack', User: 'acme' },
			sends: 'GET /headless/oauthUrl',
			gives: [{ outcome: 'linkCreated' }],
		},
		{
			operation: ['Credential', 'Wait Until Linked'],
			pick: { User: 'acme' },
			type: { 'Known Credential IDs': '[]' },
			sends: 'GET /credentials/users/*',
			gives: [
				{ type: 'shopify', linked: true },
				{ type: 'netsuite', linked: true },
			],
		},
		{
			operation: ['Credential', 'Get Many'],
			pick: { User: 'acme' },
			sends: 'GET /credentials/users/*',
			gives: [{ type: 'shopify', vendor: 'Alloy Embedded' }, { type: 'netsuite' }],
		},
		{
			operation: ['Credential', 'Get Required Fields'],
			pick: { Connector: 'shopify' },
			sends: 'GET /metadata/credentials/shopify',
			gives: [{}],
		},
		{
			operation: ['Credential', 'Delete'],
			pick: { User: 'acme', Credential: 'netsuite 1' },
			sends: 'DELETE /users/*/credentials/*',
			gives: [{ deleted: true }],
		},
		...userOperations('Alloy Embedded'),
	]);

	testTrigger(editor, new AlloyEmbeddedTrigger().description, { pick: { User: 'acme' }, gives: { event: 'created' } });
});
