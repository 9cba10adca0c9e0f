import * as fs from 'node:fs';
import * as path from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { closeToasts } from './output';
import { withPalette } from './png';
import { FORM, id, OUTPUT, PANEL } from './selectors';

const WINDOW = { width: 1400, height: 900 };

/** A picture of the node's form, all of it, with its output beside it or alone. */
export async function takeImage(page: Page, file: string, { output: withOutput }: { output: boolean }): Promise<void> {
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
	const panel = await boxOf(page.locator(`${PANEL} ${id('node-parameters')}`));
	// Beside the line at the panel's edge.
	const x = Math.ceil(panel.x) + 1;
	const width = withOutput ? output.x + output.width - x : panel.width - 2;
	// Without the output, the tabs above the form say nothing.
	const top = withOutput ? output.y : form.y - 8;
	const clip = { x, y: top, width, height: form.y + form.height + 16 - top };
	const png = await page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
	fs.mkdirSync(path.dirname(file), { recursive: true });
	fs.writeFileSync(file, withPalette(png));
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
