import type { Page } from 'playwright-core';

import { id, ITEM_NAME, PANEL, SEARCH } from './selectors';

/**
 * Opens a new workflow with a manual trigger, and adds a node's action behind it by searching for the node.
 *
 * @returns the names of all actions that the node offers.
 */
export async function addNode(page: Page, url: string, node: string, action: string): Promise<string[]> {
	await openNodePanel(page, url);
	await pick(page, node, exactly(node));
	const chosen = page.locator(ITEM_NAME).filter({ hasText: exactly(action) });
	await chosen.waitFor();
	const offered = await offeredIn(page);
	await chosen.click();
	await page.locator(PANEL).waitFor();
	return offered;
}

/**
 * Opens a new workflow that begins with a vendor's trigger, found by the vendor's name.
 *
 * @returns the names of what the node offers in the list of triggers.
 */
export async function addTrigger(page: Page, url: string, node: string, event: string): Promise<string[]> {
	await page.goto(`${url}/workflow/new`);
	await page.locator(id('canvas-plus-button')).click();
	await pick(page, node, exactly(node));
	const chosen = page.locator(ITEM_NAME).filter({ hasText: exactly(event) });
	await chosen.waitFor();
	const offered = await offeredIn(page);
	await chosen.click();
	await page.locator(PANEL).waitFor();
	return offered;
}

/** Opens a new workflow with a manual trigger, and the panel with the nodes that can come after it. */
export async function openNodePanel(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/workflow/new`);
	await page.locator(id('canvas-plus-button')).click();
	await pick(page, 'manual', /^(Manual Trigger|Trigger manually)$/);
	await page.locator(id('canvas-node')).waitFor();
	await page.locator(id('node-creator-plus-button')).click();
	await page.locator(SEARCH).waitFor();
}

/** The names of what the open node panel offers at the moment. */
export async function offeredIn(page: Page): Promise<string[]> {
	return (await page.locator(ITEM_NAME).allInnerTexts()).map((name) => name.trim());
}

async function pick(page: Page, term: string, name: RegExp): Promise<void> {
	await page.locator(SEARCH).fill(term);
	await page.locator(ITEM_NAME).filter({ hasText: name }).click();
}

function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text}\\s*$`, 'i');
}
