import { execute, expectSoon, useEditor } from './editor';

const editor = useEditor('alloyEmbedded');

const ACME = '5eba51a03fe9631316668514';
const ALL_FIELDS = 'Using All Fields (Values Visible)';
const NETSUITE = ['1234567_SB1', 'an-example-key', 'an-example-token-id', 'an-example-and-no-secret'];

/** The part of the form that holds the resource mapper's fields. */
const mapper = () => editor.page.locator('[data-test-id="mapping-fields-container"]');
const boxes = () => mapper().locator('[data-test-id="parameter-input-field"] input, input[data-test-id="parameter-input-field"]');
/** The label also holds the switch between a fixed value and an expression. */
const labels = async () =>
	await mapper()
		.locator('.parameter-item [data-test-id="input-label"] > * > label')
		.evaluateAll((all) => all.map((label) => label.querySelector('.n8n-text')?.textContent?.trim() ?? ''));

describe('All fields of a connector', () => {
	editor.step('are laid out when the connector is chosen', async () => {
		const { form } = editor;
		await editor.addNode('Alloy Embedded', 'Create credential');
		await form.field('User').pick('acme');
		await form.field('Connector').pick('netsuite');
		await form.field('Specify Connector Fields').choose(ALL_FIELDS);
		await expectSoon(labels, ['Realm', 'Consumer Key', 'Token ID', 'Token Secret']);
	});

	editor.step('are created as they were typed', async () => {
		for (const [index, text] of NETSUITE.entries()) await boxes().nth(index).fill(text);
		const { error } = await execute(editor.page);
		expect(error).toBeUndefined();
		const [realm, consumerKey, tokenId, tokenSecret] = NETSUITE;
		expect(editor.sent()).toEqual([
			{
				method: 'POST',
				path: '/headless/credentials',
				body: { userId: ACME, credential: { type: 'netsuite', data: { realm, consumerKey, tokenId, tokenSecret } } },
			},
		]);
	});

	editor.step('are those of the next connector when another is chosen, and hold nothing of the last', async () => {
		await editor.form.field('Connector').pick('Zoho CRM');
		await expectSoon(labels, ['Region']);
		expect(await boxes().first().inputValue()).toBe('');
	});
});
