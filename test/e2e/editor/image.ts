import type { Page } from 'playwright-core';

import { closeToasts } from './output';
import { FORM, id, PANEL } from './selectors';

const WINDOW = { width: 1400, height: 900 };

/** A picture of the node's form and of its output beside it, high enough for the whole form. */
export async function takeImage(page: Page, file: string): Promise<void> {
	await closeToasts(page);
	await page.mouse.move(0, 0);
	const form = await page.locator(FORM).boundingBox();
	const panel = await page.locator(PANEL).boundingBox();
	if (!form || !panel) throw new Error('No node is open');
	const below = WINDOW.height - (panel.y + panel.height);
	await page.setViewportSize({ ...WINDOW, height: Math.ceil(Math.max(WINDOW.height, form.y + form.height + below + 40)) });

	const open = await page.locator(PANEL).boundingBox();
	const left = await page.locator(`${PANEL} ${id('node-parameters')}`).boundingBox();
	if (!open || !left) throw new Error('The node was closed');
	const x = Math.floor(left.x);
	await page.screenshot({ path: file, animations: 'disabled', caret: 'hide', clip: { x, y: open.y, width: open.x + open.width - x, height: open.height } });
	await page.setViewportSize(WINDOW);
}
