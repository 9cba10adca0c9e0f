import type { Locator, Page } from 'playwright-core';

import { CHOSEN_ITEM, EXECUTE, id, ITEM_NAME, PANEL, PANEL_KEY, SEARCH } from './selectors';
import { expectSoon } from './wait';

/** More than there is on a page to go through with the tabulator. */
const MOST_STEPS = 200;

/** What an operator does who has no mouse. */
export interface Keyboard {
	/** Opens a new workflow with a manual trigger, and adds a node's action behind it. */
	addNode(node: string, action: string): Promise<void>;
	/** Goes to a box of the open form with the tabulator. */
	goTo(box: Locator): Promise<void>;
	/** Goes to the button that runs the node, and presses it. */
	execute(): Promise<void>;
}

/** Nothing here clicks. */
export function keyboardOf(page: Page, url: string): Keyboard {
	const { keyboard } = page;

	// The arrows also come to the headings of groups, and do not always begin at the first entry.
	const choose = async (name: RegExp) => {
		const entry = page.locator(ITEM_NAME).filter({ hasText: name });
		await entry.first().waitFor();
		const chosen = page.locator(CHOSEN_ITEM).filter({ has: entry });
		for (let steps = 0; !(await chosen.isVisible()); steps++) {
			if (steps === MOST_STEPS) throw new Error('The arrow keys do not lead there');
			await keyboard.press('ArrowDown');
		}
		await keyboard.press('Enter');
	};
	const find = async (term: string, name: RegExp) => {
		await keyboard.type(term);
		await choose(name);
	};
	const openPanel = async () => {
		await keyboard.press(PANEL_KEY);
		await page.locator(SEARCH).waitFor();
		await expectSoon(async () => await isFocused(page.locator(SEARCH)), true);
	};
	const goTo = async (place: Locator, key = 'Tab') => {
		for (let steps = 0; !(await isFocused(place)); steps++) {
			if (steps === MOST_STEPS) throw new Error(`${key} does not lead there`);
			await keyboard.press(key);
		}
	};

	return {
		async addNode(node, action) {
			await page.goto(`${url}/workflow/new`);
			await page.locator(id('canvas-plus-button')).waitFor();
			await openPanel();
			await find('manual', /^(Manual Trigger|Trigger manually)$/);
			await page.locator(id('canvas-node')).waitFor();
			await page.locator(SEARCH).waitFor({ state: 'detached' });
			await openPanel();
			await find(node, new RegExp(`^${node}$`));
			// Typing here would go to the canvas, where each letter is a command.
			await choose(new RegExp(`^${action}$`));
			await page.locator(PANEL).waitFor();
		},
		goTo: async (box) => await goTo(box),
		async execute() {
			// It stands above the form.
			await goTo(page.locator(EXECUTE), 'Shift+Tab');
			await keyboard.press('Enter');
		},
	};
}

/** Whether it has the focus, or something in it has. */
async function isFocused(place: Locator): Promise<boolean> {
	return await place.evaluate((element) => element.contains(element.ownerDocument.activeElement));
}
