import type { Page } from 'playwright-core';

import { EXECUTE, id, OUTPUT, REFUSED } from './selectors';
import { expectSoon } from './wait';

/** What the output panel shows after a run. */
export interface Shown {
	/** The items, where the node had success. */
	items?: unknown[];
	/** The error in red, and what is below it. */
	error?: { message: string; description: string };
}

/** What n8n shows above the output when a run has ended; the third where a field was changed since it began. */
const ENDED = ['node-run-status-success', 'node-run-status-danger', 'node-run-info-stale'];

/** Clicks "Execute step" and reads what the output panel then shows. */
export async function execute(page: Page): Promise<Shown> {
	const ended = ENDED.map((name) => `${OUTPUT} ${id(name)}`);
	// What an earlier run left is still there for a moment.
	await page.locator(ended.join(', ')).evaluateAll((all) => all.forEach((one) => one.setAttribute('data-earlier', '')));
	await page.locator(EXECUTE).click();
	await page.locator(ended.map((each) => `${each}:not([data-earlier])`).join(', ')).waitFor();

	const message = page.locator(`${OUTPUT} ${id('node-error-message')}`);
	if (await message.isVisible()) {
		const description = await page.locator(`${OUTPUT} ${id('node-error-description')}`).innerText();
		return { error: { message: (await message.innerText()).trim(), description: description.trim() } };
	}
	await page.locator(`${OUTPUT} ${id('radio-button-json')}`).click();
	return { items: JSON.parse(await jsonIn(page)) as unknown[] };
}

/** The output as JSON. n8n renders no more of it than there is room for, so the window is made higher where it is long. */
async function jsonIn(page: Page): Promise<string> {
	const tree = page.locator(`${OUTPUT} .vjs-tree`);
	await tree.waitFor();
	const isCut = async () => await tree.evaluate((element) => element.scrollHeight > element.clientHeight);
	const size = page.viewportSize();
	const isLong = size !== null && (await isCut());
	if (isLong) {
		await page.setViewportSize({ ...size, height: 4 * size.height });
		await expectSoon(isCut, false);
	}
	// Indented with spaces that do not break.
	const text = (await tree.innerText()).replaceAll('\u00a0', ' ');
	if (isLong) await page.setViewportSize(size);
	return text;
}

/** Clicks "Execute step" and waits until n8n says that it does not run the workflow. */
export async function expectRefused(page: Page): Promise<void> {
	await page.locator(EXECUTE).click();
	await page.locator('.el-notification', { hasText: REFUSED }).first().waitFor();
	await closeToasts(page);
}

/** Closes the messages at the lower right, which lie over the output. */
export async function closeToasts(page: Page): Promise<void> {
	const buttons = page.locator('.el-notification__closeBtn').filter({ visible: true });
	for (let [button] = await buttons.elementHandles(); button; [button] = await buttons.elementHandles()) {
		// One that is on its way out by itself cannot be clicked any more.
		await button.click({ timeout: 5000 }).catch(() => undefined);
		await button.waitForElementState('hidden');
	}
}

/** The columns of the output as a table. */
export async function tableColumns(page: Page): Promise<string[]> {
	await page.locator(`${OUTPUT} ${id('radio-button-table')}`).click();
	const headers = page.locator(`${OUTPUT} table th`).filter({ visible: true });
	await headers.first().waitFor();
	return texts(await headers.allInnerTexts());
}

/** The names in the output as a schema. */
export async function schemaNames(page: Page): Promise<string[]> {
	await page.locator(`${OUTPUT} ${id('radio-button-schema')}`).click();
	const names = page.locator(`${OUTPUT} ${id('run-data-schema-item')} [data-name]`);
	await names.first().waitFor();
	return texts(await names.allInnerTexts());
}

function texts(all: string[]): string[] {
	return all.map((text) => text.trim()).filter((text) => text !== '');
}
