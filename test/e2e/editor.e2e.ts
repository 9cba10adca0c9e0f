import { inARow, items, MIELTO, START } from '../n8n/workflows';
import { KEYS } from '../support/mockServer';
import { SEARCHED } from '../support/searched';
import { execute, expectSoon, schemaNames, tableColumns, useEditor } from './editor';
import { CREDENTIAL_LABEL, OUTPUT, PANEL } from './editor/selectors';

const editor = useEditor('mielto');

const NODES = ['Alloy Connectivity', 'Alloy Embedded', 'Arklow', 'Mielto', 'Nylas'];

/** What the output shows first of a credential. */
const FIRST = ['credentialId', 'vendor', 'outcome', 'label'];

describe('The editor', () => {
	editor.step('all nodes are found by what one would search for', async () => {
		await editor.openNodePanel();
		for (const term of SEARCHED) {
			const offered = await editor.search(term);
			const missing = async () => {
				const found = await offered();
				return { term, missing: NODES.filter((node) => !found.includes(node)) };
			};
			await expectSoon(missing, { term, missing: [] });
			// So that the next term does not profit from this one.
			await editor.search('');
			await expectSoon(async () => (await offered()).includes('Mielto'), false);
		}
	});

	editor.step('the output can be read as a table and as a schema', async () => {
		const { form, page } = editor;
		await editor.addNode('Mielto', 'Create credential');
		await form.field('Label').type('Acme warehouse');
		await form.field('Credentials').form().field('Value').type('an-example-and-no-secret');
		await execute(page);
		expect((await tableColumns(page)).slice(0, FIRST.length)).toEqual(FIRST);
		expect((await schemaNames(page)).slice(0, FIRST.length)).toEqual(FIRST);
	});

	editor.step('n8n has the fields of an output before the first run', async () => {
		const address = new URL('/schemas/n8n-nodes-create-credential.mielto/1.0.0/credential/create.json', editor.page.url());
		const response = await fetch(address);
		expect(response.status).toBe(200);
		const { properties } = (await response.json()) as { properties: object };
		expect(Object.keys(properties).slice(0, FIRST.length)).toEqual(FIRST);
	});

	editor.step('light and dark theme each have their own icon', async () => {
		const { page } = editor;
		const icon = page.locator(`${PANEL} img`).first();
		const file = async () => (await icon.getAttribute('src'))?.split('/').at(-1);
		await expectSoon(file, 'mielto.svg');
		await page.emulateMedia({ colorScheme: 'dark' });
		await expectSoon(file, 'mielto.dark.svg');
		await editor.image('dark');
		await page.emulateMedia({ colorScheme: 'light' });
		await expectSoon(file, 'mielto.svg');
	});

	editor.step('the credential window tells a wrong key from a right one', async () => {
		const { credentialWindow, mockServer } = editor;
		await credentialWindow.open();
		expect(await credentialWindow.isMasked('API Key')).toBe(true);
		await expectSoon(() => credentialWindow.verdict(), 'good');
		await credentialWindow.type('API Key', 'a-wrong-key');
		await credentialWindow.save();
		await expectSoon(() => credentialWindow.verdict(), 'bad');
		expect(mockServer.requests.at(-1)?.status).toBe(401);
		await credentialWindow.type('API Key', KEYS.mielto);
		await credentialWindow.save();
		await expectSoon(() => credentialWindow.verdict(), 'good');
	});

	editor.step('a node can be added, filled in and run with the keyboard alone', async () => {
		const { form, keyboard, page, mockServer } = editor;
		mockServer.reset();
		await keyboard.addNode('Mielto', 'Create credential');
		await keyboard.goTo(form.field('Label').box);
		await page.keyboard.type('Acme by keyboard');
		await keyboard.goTo(form.field('Credentials').form().field('Value').box);
		await page.keyboard.type('an-example-and-no-secret');
		await keyboard.execute();
		await expectSoon(
			async () => editor.sent(),
			[
				{
					method: 'POST',
					path: '/api/v1/credentials',
					body: {
						label: 'Acme by keyboard',
						auth_type: 'api_key',
						credential_scope: 'workspace',
						credentials: { api_key: 'an-example-and-no-secret' },
					},
				},
			],
		);
	});

	editor.step('an error in the middle of a run says in the panel what was done and what was not', async () => {
		const { page, mockServer } = editor;
		mockServer.reset();
		// Whether that one has done its work cannot be known, so it is not sent again.
		mockServer.fault({ vendor: 'mielto', method: 'POST', after: 2, status: 500 });
		const rows = items('Rows', `Array.from({ length: 5 }, (_, i) => ({ json: { label: 'Customer ' + i, key: 'key-of-customer-' + i } }))`);
		const create = { ...MIELTO, parameters: { ...MIELTO.parameters, operation: 'create', options: { concurrent: 1 } } };
		await editor.paste(JSON.stringify(inARow('In the middle', [START, rows, create])));
		await editor.open('Mielto');
		await editor.chooseCredential(CREDENTIAL_LABEL, editor.account);
		const { error } = await execute(page);
		expect(error?.message).toContain('Mielto could not answer: Internal Server Error [item 2]');
		expect(error?.description).toMatch(
			/Finished: items 0 and 1\. Not finished: items 3 and 4\. 'Retry' in the executions list, or 'Retry On Fail', sends the rest/,
		);
		await page.locator(OUTPUT).getByText('From Mielto').click();
		const details = async () => await page.locator(OUTPUT).innerText();
		const ids = mockServer.credentials.map(({ id }) => id);
		expect(ids).toHaveLength(2);
		await expectSoon(async () => {
			const shown = await details();
			return ids.filter((one) => !shown.includes(one));
		}, []);
		expect(await details()).not.toContain('key-of-customer');
	});
});
