import type { Page } from 'playwright-core';

import { id, PANEL } from './selectors';

/**
 * Opens a new workflow with a manual trigger, and adds a node's action behind it by searching for the node.
 *
 * @returns the names of all actions that the node offers.
 */
export async function addNode(page: Page, url: string, node: string, action: string): Promise<string[]> {
	await page.goto(`${url}/workflow/new`);
	await page.locator(id('canvas-plus-button')).click();
	await pick(page, 'manual', /^(Manual Trigger|Trigger manually)$/);
	await page.locator(id('canvas-node')).waitFor();

	await page.locator(id('node-creator-plus-button')).click();
	await pick(page, node, exactly(node));
	const actions = page.locator(id('node-creator-item-name'));
	const chosen = actions.filter({ hasText: exactly(action) });
	await chosen.waitFor();
	const offered = (await actions.allInnerTexts()).map((name) => name.trim());
	await chosen.click();
	await page.locator(PANEL).waitFor();
	return offered;
}

async function pick(page: Page, search: string, name: RegExp): Promise<void> {
	await page.locator(id('node-creator-search-bar')).fill(search);
	await page.locator(id('node-creator-item-name')).filter({ hasText: name }).click();
}

function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text}\\s*$`);
}
