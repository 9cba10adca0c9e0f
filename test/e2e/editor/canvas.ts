import * as fs from 'node:fs';

import type { Page } from 'playwright-core';

import { closeToasts } from './output';
import { withPalette } from './png';
import { id } from './selectors';

/** What stands on the canvas, counted. */
export interface OnCanvas {
	nodes: number;
	notes: number;
	/** Nodes that n8n has not installed. */
	unknown: number;
}

const NOTE = id('sticky');
const NODE = `${id('canvas-node')}:not(:has(${NOTE}))`;

/** Pastes a workflow's text into a new workflow, as from the clipboard. */
export async function paste(page: Page, url: string, text: string): Promise<void> {
	await page.goto(`${url}/workflow/new`);
	await page.locator(id('canvas-wrapper')).waitFor();
	// As text, since the types of the page are not those of the tests.
	await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
	await page.locator(id('canvas-wrapper')).click({ position: { x: 10, y: 300 } });
	await page.keyboard.press('Control+v');
}

export async function onCanvas(page: Page): Promise<OnCanvas> {
	const [nodes, notes, unknown] = await Promise.all(
		[NODE, NOTE, `${NODE}:has-text("Install this node")`].map((selector) => page.locator(selector).count()),
	);
	return { nodes, notes, unknown };
}

/** Sets these of the workflow's settings, by what stands beside them, and saves. */
export async function setSettings(page: Page, settings: Record<string, string>): Promise<void> {
	await page.locator(id('workflow-menu')).click();
	await page.locator(id('workflow-menu-item-settings')).filter({ visible: true }).click();
	const dialog = page.locator(id('workflow-settings-dialog'));
	const listed = page.locator('.el-select-dropdown li').filter({ visible: true });
	for (const [label, option] of Object.entries(settings)) {
		await dialog.locator('.el-row').filter({ hasText: label }).locator('input').click();
		await listed.filter({ hasText: new RegExp(`^\\s*${option}\\s*$`) }).click();
		await listed.first().waitFor({ state: 'hidden' });
	}
	await page.locator(`${id('workflow-settings-save-button')} button`).click();
	await dialog.waitFor({ state: 'hidden' });
}

/** Publishes the workflow, so that its webhook listens. */
export async function publish(page: Page): Promise<void> {
	await page.locator(id('workflow-open-publish-modal-button')).click();
	const button = page.locator(id('workflow-publish-button'));
	await button.click();
	await button.waitFor({ state: 'hidden' });
	// n8n says that the webhook can be called now.
	const told = page.getByRole('button', { name: 'Got it', exact: true });
	await told.click();
	await told.waitFor({ state: 'hidden' });
}

/** Clicks the button below the workflow that runs it; one that begins with a webhook then waits for a call. */
export async function executeWorkflow(page: Page): Promise<void> {
	await closeToasts(page);
	await page.locator(id('execute-workflow-button')).filter({ visible: true }).first().click();
}

/** A picture of the whole workflow. */
export async function takeCanvas(page: Page, file: string): Promise<void> {
	await closeToasts(page);
	await page.locator(id('canvas-wrapper')).click({ position: { x: 10, y: 300 } });
	// n8n's key for "zoom to fit".
	await page.keyboard.press('1');
	const png = await page.locator(id('canvas-wrapper')).screenshot({ animations: 'disabled' });
	fs.writeFileSync(file, withPalette(png));
}
