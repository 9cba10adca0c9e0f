import type { Locator, Page } from 'playwright-core';

import { closeToasts } from './output';
import { FORM, id, OUTPUT, PANEL } from './selectors';

const WINDOW = { width: 1400, height: 900 };

/** A picture of the node's form, all of it, and of its output beside it. */
export async function takeImage(page: Page, file: string): Promise<void> {
	await closeToasts(page);
	await page.mouse.move(0, 0);
	const list = page.locator(FORM);
	await scrollUp(list);
	const { y, height } = await boxOf(list);
	// The panel does not reach down to the window's edge.
	await page.setViewportSize({ ...WINDOW, height: Math.max(WINDOW.height, Math.ceil(y + height) + 100) });
	await scrollUp(list);

	const form = await boxOf(list);
	const output = await boxOf(page.locator(OUTPUT));
	const x = Math.floor((await boxOf(page.locator(`${PANEL} ${id('node-parameters')}`))).x);
	const clip = { x, y: output.y, width: output.x + output.width - x, height: form.y + form.height + 16 - output.y };
	await page.screenshot({ path: file, clip, animations: 'disabled', caret: 'hide' });
	await page.setViewportSize(WINDOW);
}

async function scrollUp(list: Locator): Promise<void> {
	await list.evaluate((element) => {
		for (let above = element.parentElement; above; above = above.parentElement) above.scrollTop = 0;
	});
}

async function boxOf(locator: Locator) {
	const box = await locator.boundingBox();
	if (!box) throw new Error('No node is open');
	return box;
}
