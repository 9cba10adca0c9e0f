import type { Page } from 'playwright-core';

import { EXECUTE, id, OUTPUT } from './selectors';

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
	const tree = page.locator(`${OUTPUT} .vjs-tree`);
	await tree.waitFor();
	// Indented with spaces that do not break.
	return { items: JSON.parse((await tree.innerText()).replaceAll('\u00a0', ' ')) as unknown[] };
}

/** Clicks "Execute step" and waits until n8n says that it does not run the workflow. */
export async function expectRefused(page: Page): Promise<void> {
	await page.locator(EXECUTE).click();
	await page.locator('.el-notification', { hasText: 'The workflow has issues' }).first().waitFor();
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
