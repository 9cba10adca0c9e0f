import type { Page } from 'playwright-core';

import { EXECUTE, id, OUTPUT } from './selectors';

/** What the output panel shows after a run. */
export interface Shown {
	/** The items, where the node had success. */
	items?: unknown[];
	/** The error in red, and what is below it. */
	error?: { message: string; description: string };
}

/** Clicks "Execute step" and reads what the output panel then shows. */
export async function execute(page: Page): Promise<Shown> {
	await page.locator(EXECUTE).click();
	// What an earlier run left is gone as soon as this one begins.
	const ended = ['node-run-status-success', 'node-run-status-danger', 'node-run-info-stale'].map((name) => `${OUTPUT} ${id(name)}`);
	await page.locator(ended.join(', ')).waitFor();
	const message = page.locator(`${OUTPUT} ${id('node-error-message')}`);
	if (await message.isVisible()) {
		const description = await page.locator(`${OUTPUT} ${id('node-error-description')}`).innerText();
		return { error: { message: (await message.innerText()).trim(), description: description.trim() } };
	}
	await page.locator(`${OUTPUT} ${id('radio-button-json')}`).click();
	const tree = page.locator(`${OUTPUT} .vjs-tree`);
	await tree.waitFor();
	return { items: JSON.parse(await tree.innerText()) as unknown[] };
}

/** Clicks "Execute step" where n8n is to refuse that, and reads what it says. */
export async function executeRefused(page: Page): Promise<string> {
	await page.locator(EXECUTE).click();
	const toast = page.locator('.el-notification').first();
	await toast.waitFor();
	const said = (await toast.innerText()).replace(/\s+/g, ' ');
	await closeToasts(page);
	return said;
}

/** Closes the messages at the lower right, which lie over the output. */
export async function closeToasts(page: Page): Promise<void> {
	const close = page.locator('.el-notification__closeBtn').filter({ visible: true });
	while ((await close.count()) > 0) {
		const before = await close.count();
		// One that is on its way out by itself cannot be clicked.
		await close.first().click({ timeout: 5000 }).catch(() => undefined);
		await page.waitForFunction(`document.querySelectorAll('.el-notification__closeBtn').length < ${before}`);
	}
}
