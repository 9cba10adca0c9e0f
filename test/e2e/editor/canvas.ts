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
	const [nodes, notes, unknown] = await Promise.all([NODE, NOTE, `${NODE}:has-text("Install this node")`].map((selector) => page.locator(selector).count()));
	return { nodes, notes, unknown };
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
