import { AlloyConnectivity } from '../../nodes/AlloyConnectivity/AlloyConnectivity.node';
import { AlloyConnectivityTrigger } from '../../nodes/AlloyConnectivity/AlloyConnectivityTrigger.node';
import { execute, expectSoon, testForms, testOperations, testTrigger, useEditor } from './editor';
import { userOperations } from './editor/alloyUsers';

const editor = useEditor('alloyConnectivity');

const LABELS = [
	'Resource',
	'Operation',
	'User',
	'Connector',
	'Authentication Type',
	'Specify Data',
	'Secrets From',
	'Additional Fields',
	'Options',
];
const ACME = '5eba51a03fe9631316668514';
/** n8n's words for a list that is loaded. */
const NAME = 'Name or ID';

describe('Alloy Connectivity', () => {
	editor.step('is found in the node panel, and its action opens the form', async () => {
		const offered = await editor.addNode('Alloy Connectivity', 'Create credential');
		expect(offered).toEqual(expect.arrayContaining(['Create or reuse credential', 'Wait until a credential is linked', 'Create user']));
		await expectSoon(() => editor.credential(), editor.account);
		await expectSoon(() => editor.form.labels(), LABELS);
	});

	testForms(editor, new AlloyConnectivity().description);

	editor.step('connector and user are picked from lists, and then the connector offers its ways to sign in', async () => {
		const { form } = editor;
		expect(await form.field('Authentication Type').obstacle()).toContain("Fill in 'Connector' first");
		expect(await form.field('Connector').records()).toEqual(['NetSuite', 'OpenAI', 'Shopify', 'Slack', 'Zoho CRM']);
		await form.field('Connector').pick('Slack');
		await form.field('User').pick('acme');
		expect(await form.field('Authentication Type').records()).toEqual(['API Key', 'oauth2']);
		await form.field('Authentication Type').pick('oauth2');
	});

	editor.step('OAuth2 gives the link for the customer', async () => {
		const { form, page, mockServer } = editor;
		const more = form.field('Additional Fields');
		await more.add('Add Field', 'Redirect URI');
		await more.form().field('Redirect URI').type('https://app.example.com/connected');

		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([
			{
				method: 'POST',
				path: '/connectors/slack/credentials',
				body: { userId: ACME, authenticationType: 'oauth2', redirectUri: 'https://app.example.com/connected' },
			},
		]);
		expect(items).toEqual([
			expect.objectContaining({ vendor: 'Alloy Connectivity', outcome: 'linkCreated', link: mockServer.links[0].url }),
		]);
		await editor.image('alloyConnectivity');
		await editor.picture('Credential', 'Create');
	});

	editor.step('the names of what a connector needs are listed, and what is required is marked', async () => {
		const { form, page, mockServer } = editor;
		mockServer.reset();
		await editor.addNode('Alloy Connectivity', 'Create credential');
		await form.field('Connector').pick('Shopify');
		await form.field('User').pick('acme');
		await form.field('Authentication Type').pick('API Key');
		await form.field('Additional Fields').add('Add Field', 'Data');
		const data = form.field('Additional Fields').form().field('Data').form().field('Data');
		await data.add('Add Value');
		expect(await data.form().field(NAME).choices()).toEqual(['Shop Name (Required)', 'API Key (Required)', 'Other']);
		expect(await data.form().field('Value').isMasked()).toBe(true);
		await data.form().field(NAME).choose('Shop Name (Required)');
		await data.form().field('Value').type('acme-shop');
		const { error } = await execute(page);
		expect(error?.message).toContain('API Key');
		expect(error?.message).toContain('is missing');
		expect(editor.sent()).toEqual([]);
	});

	editor.step('with all of them there is a credential at once', async () => {
		const { form, page, mockServer } = editor;
		const data = form.field('Additional Fields').form().field('Data').form().field('Data');
		await data.add('Add Value');
		await data.form(1).field(NAME).choose('API Key (Required)');
		await data.form(1).field('Value').type('an-example-and-no-secret');
		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(editor.sent()).toEqual([
			{
				method: 'POST',
				path: '/connectors/shopify/credentials',
				body: { userId: ACME, authenticationType: 'apiKey', data: { shopName: 'acme-shop', apiKey: 'an-example-and-no-secret' } },
			},
		]);
		expect(items).toEqual([expect.objectContaining({ outcome: 'created', credentialId: mockServer.credentials[0].id })]);
	});

	testOperations(editor, [
		{
			operation: ['Connector', 'Get Many'],
			type: { Limit: '2' },
			sends: 'GET /connectors',
			gives: [{ connectorId: 'slack' }, { connectorId: 'shopify' }],
		},
		{
			operation: ['Credential', 'Create or Reuse'],
			pick: { Connector: 'Slack', User: 'acme', 'Authentication Type': 'oauth2' },
			sends: 'POST /connectors/slack/credentials',
			body: { userId: ACME, authenticationType: 'oauth2' },
			gives: [{ vendor: 'Alloy Connectivity', outcome: 'linkCreated' }],
		},
		{
			operation: ['Credential', 'Wait Until Linked'],
			pick: { Connector: 'Shopify', User: 'acme' },
			type: { 'Known Credential IDs': '[]' },
			sends: 'GET /connectors/shopify/credentials',
			gives: [{ type: 'shopify-apiKey', linked: true }],
		},
		{
			operation: ['Credential', 'Get Many'],
			pick: { Connector: 'Shopify', User: 'acme' },
			sends: 'GET /connectors/shopify/credentials',
			gives: [{ type: 'shopify-apiKey', vendor: 'Alloy Connectivity' }],
		},
		{
			operation: ['Credential', 'Get Required Fields'],
			pick: { Connector: 'Shopify' },
			sends: 'GET /connectors/shopify/credentials/metadata',
			gives: [{}],
		},
		{
			operation: ['Credential', 'Delete'],
			pick: { Connector: 'Shopify', User: 'acme', Credential: 'shopify-apiKey 1' },
			sends: 'DELETE /connectors/shopify/credentials/*',
			gives: [{ deleted: true }],
		},
		...userOperations('Alloy Connectivity'),
	]);

	editor.step('a customer opens the link', async () => {
		await fetch(editor.mockServer.links.at(-1)?.url as string);
	});

	testTrigger(editor, new AlloyConnectivityTrigger().description, {
		pick: { Connector: 'Slack', User: 'acme' },
		gives: { event: 'created' },
	});
});
