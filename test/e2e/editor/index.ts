import * as fs from 'node:fs';
import * as path from 'node:path';

import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

import { signIn } from '../../../scripts/n8n/api';
import { OWNER, VENDORS } from '../../../scripts/n8n/demo';
import { KEYS, startMockServer, type MockServer } from '../../support/mockServer';
import { FAILURE, folders } from '../setup/folders';
import { addNode, addTrigger, offeredIn, openNodePanel } from './addNode';
import { executeWorkflow, onCanvas, paste, publish, setSettings, takeCanvas, type OnCanvas } from './canvas';
import { credentialWindowOf, type CredentialWindow } from './credentialWindow';
import { formIn, type Form } from './form';
import { takeImage } from './image';
import { keyboardOf, type Keyboard } from './keyboard';
import { CREDENTIAL_LABEL, FORM, id, PANEL, SEARCH } from './selectors';
import { expectSoon, PATIENCE } from './wait';

export { testOperations } from './operate';
export { execute, expectRefused, schemaNames, tableColumns } from './output';
export { expectSoon } from './wait';
export { testTrigger } from './trigger';
export { testForms } from './walk';
export type { Form } from './form';

/** The editor of the running n8n, with a credential for one vendor, and the mock server that this credential leads to. */
export interface Editor {
	readonly page: Page;
	readonly mockServer: MockServer;
	/** The form of the open node. */
	readonly form: Form;
	/** The name of the vendor's n8n credential, as n8n itself would give it. */
	readonly account: string;
	/** The n8n credential for the vendor that the open node has. */
	credential(): Promise<string>;
	/** Chooses an n8n credential for the open node, by what stands above the list of them. */
	chooseCredential(label: string | RegExp, name: string): Promise<void>;
	/** The window of the open node's n8n credential. */
	readonly credentialWindow: CredentialWindow;
	/** What can be done without a mouse. */
	readonly keyboard: Keyboard;
	/** Opens a new workflow with this node in it. Gives the names of all actions that the node offers. */
	addNode(node: string, action: string): Promise<string[]>;
	/** Opens a new workflow that begins with a trigger of this node. Gives the names of all events that the node offers. */
	addTrigger(node: string, event: string): Promise<string[]>;
	/** Opens a new workflow and its panel of nodes. */
	openNodePanel(): Promise<void>;
	/** Searches there. Gives a way to look what the panel offers: it takes a while until it has found all. */
	search(term: string): Promise<() => Promise<string[]>>;
	/** The requests that were to change something at the vendor: the editor itself only reads there, for its lists. */
	sent(): Array<{ method: string; path: string; body: unknown }>;
	/** Gives the n8n credential another API key; undefined: the right one. */
	useKey(key?: string): Promise<void>;
	/** Saves a picture of the open node and its output for docs/images, where the run is to make those. */
	image(name: string): Promise<void>;
	/** Pastes a workflow into a new one. */
	paste(text: string): Promise<void>;
	/** Opens a node of the workflow by its name. */
	open(node: string): Promise<void>;
	/** Closes the open node. */
	close(): Promise<void>;
	onCanvas(): Promise<OnCanvas>;
	/** Sets these of the workflow's settings, by what stands beside them, and saves. */
	setSettings(settings: Record<string, string>): Promise<void>;
	/** Clicks the button below the workflow that runs it; one that begins with a webhook then waits for a call. */
	execute(): Promise<void>;
	/** Publishes the workflow, so that its webhook listens. */
	publish(): Promise<void>;
	/** Saves a picture of the workflow for docs/images, where the run is to make those. */
	canvas(name: string): Promise<void>;
	/** Saves a picture of an operation's form alone for docs/images, where the run is to make those. */
	picture(...names: string[]): Promise<void>;
	/** One step of an operator, as a test. If it fails, the steps after it have nothing to go on and fail at once. */
	step(title: string, run: () => Promise<void>): void;
}

/** Named secrets, as n8n keeps them in a credential of their own. */
export interface Secrets {
	/** Of that credential. */
	name: string;
	values: Record<string, string>;
}

/** Lists that fade out and panels that slide in are what most of the time would go to. Runs in the page. */
const WITHOUT_ANIMATIONS = `addEventListener('DOMContentLoaded', () => {
	document.head.append(Object.assign(document.createElement('style'), { textContent: '*, *::before, *::after { transition: none !important; animation: none !important; }' }));
})`;

/**
 * Opens the editor for the tests of one file, signed in, and closes it at the end.
 *
 * @param options `secrets`: makes a credential with these.
 */
export function useEditor(vendorName: string, { secrets }: { secrets?: Secrets } = {}): Editor {
	const { kept, images } = folders();
	const url = process.env.E2E_URL as string;
	const vendor = VENDORS.find(({ name }) => name === vendorName);
	if (!vendor) throw new Error(`There is no vendor ${vendorName}`);
	const account = `${vendor.credential[0].toUpperCase()}${vendor.credential.slice(1).replace(/Api$/, '')} account`;
	let mockServer: MockServer;
	let browser: Browser | undefined;
	let page: Page;
	let failed: string | undefined;

	const useKey = async (key = KEYS[vendor.key]) => {
		const api = await signIn(url, OWNER);
		await api.upsertCredential({ name: account, type: vendor.credential, data: vendor.mockServer(mockServer.url, key) });
	};

	beforeAll(async () => {
		mockServer = await startMockServer();
		await useKey();
		if (secrets) await storeSecrets(url, secrets);
		browser = await chromium.connect(process.env.E2E_BROWSER as string);
		const context = await browser.newContext({
			viewport: { width: 1400, height: 900 },
			colorScheme: 'light',
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		context.setDefaultTimeout(PATIENCE);
		await context.addInitScript(WITHOUT_ANIMATIONS);
		await context.request.post(`${url}/rest/login`, { data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password } });
		page = await context.newPage();
	});

	afterAll(async () => {
		await browser?.close();
		await mockServer?.close();
	});

	const step: Editor['step'] = (title, run) =>
		test(title, async () => {
			if (failed !== undefined) throw new Error(`Not tried: the step "${failed}" failed`);
			try {
				await run();
			} catch (error) {
				failed = title;
				throw await withEvidence(error as Error, page, path.join(kept, `${FAILURE}${vendorName}`));
			}
		});

	return {
		get page() {
			return page;
		},
		get mockServer() {
			return mockServer;
		},
		get form() {
			return formIn(page.locator(FORM));
		},
		account,
		credential: async () => await credentialBox(page, CREDENTIAL_LABEL).inputValue(),
		async chooseCredential(label, name) {
			const box = credentialBox(page, label);
			const listed = page.locator('.el-select-dropdown li').filter({ visible: true });
			const wanted = listed.filter({ has: page.locator(`:text-is(${JSON.stringify(name)})`) });
			// A list in the form below that is loaded at that moment closes this one.
			const isOpen = async () => {
				if ((await box.getAttribute('aria-expanded')) !== 'true') await box.click();
				return await wanted.isVisible();
			};
			await expectSoon(isOpen, true);
			await wanted.click();
			await listed.first().waitFor({ state: 'hidden' });
		},
		get credentialWindow() {
			return credentialWindowOf(page);
		},
		get keyboard() {
			return keyboardOf(page, url);
		},
		addNode: async (node, action) => await addNode(page, url, node, action),
		addTrigger: async (node, event) => await addTrigger(page, url, node, event),
		openNodePanel: async () => await openNodePanel(page, url),
		async search(term) {
			await page.locator(SEARCH).fill(term);
			return async () => await offeredIn(page);
		},
		sent: () => mockServer.requests.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => ({ method, path, body })),
		useKey,
		async image(name) {
			if (images) await takeImage(page, path.join(images, `${name}.png`), { output: true });
		},
		paste: async (text) => await paste(page, url, text),
		async open(node) {
			await page.locator(id('canvas-node')).filter({ hasText: node }).dblclick();
			await page.locator(PANEL).waitFor();
		},
		async close() {
			await page.locator(id('ndv-close-button')).click();
			await page.locator(PANEL).waitFor({ state: 'hidden' });
		},
		onCanvas: async () => await onCanvas(page),
		setSettings: async (settings) => await setSettings(page, settings),
		execute: async () => await executeWorkflow(page),
		publish: async () => await publish(page),
		async canvas(name) {
			if (images) await takeCanvas(page, path.join(images, `${name}.png`));
		},
		async picture(...names) {
			if (images) await takeImage(page, path.join(images, dashed(vendor.title), `${names.map(dashed).join('-')}.png`), { output: false });
		},
		step,
	};
}

/** As the files of the documentation are named: `Alloy Embedded` gives `alloy-embedded`. */
function dashed(name: string): string {
	return name.toLowerCase().replaceAll(' ', '-');
}

function credentialBox(page: Page, label: string | RegExp): Locator {
	const box = page.locator(`${PANEL} .node-credentials ${id('credentials-label')}`);
	return box.filter({ has: page.locator('label').filter({ hasText: label }) }).locator('input');
}

async function storeSecrets(url: string, { name, values }: Secrets): Promise<void> {
	const items = Object.entries(values).map(([secret, value]) => ({ name: secret, value }));
	const api = await signIn(url, OWNER);
	await api.upsertCredential({ name, type: 'credentialSecretsApi', data: { entries: { items } } });
}

/** Keeps what the page looks like, and says where. */
async function withEvidence(error: Error, page: Page, file: string): Promise<Error> {
	const where = await keep(page, file).catch((reason: Error) => `could not be kept: ${reason.message}`);
	error.message += `\n\nThe page as it was then: ${where}`;
	const calls = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	error.stack = [error.message, ...calls].join('\n');
	return error;
}

async function keep(page: Page, file: string): Promise<string> {
	await page.screenshot({ path: `${file}.png` });
	const text = await page.locator('body').innerText();
	fs.writeFileSync(`${file}.txt`, `${page.url()}\n\n${text}\n`);
	return `${file}.png and .txt`;
}
