import type { Locator, Page } from 'playwright-core';

import type { Form } from './form';
import { id, OUTPUT } from './selectors';
import { expectSoon } from './wait';

/** A field of a form, or a part of it that holds further fields. */
export interface Field {
	/** What is typed in, or opens the list. */
	readonly box: Locator;
	/** Types a text over what is there, key by key, and leaves the field. */
	type(text: string): Promise<void>;
	/** Pastes a text over what is there, as from a file, and leaves the field. */
	paste(text: string): Promise<void>;
	/** What is in the text box or the list's box. */
	value(): Promise<string>;
	/** Chooses from the field's list. */
	choose(option: string): Promise<void>;
	/** What the field's list offers, in its order. */
	choices(): Promise<string[]>;
	/** Picks from the list that the vendor's records are in, as soon as it is loaded. */
	pick(record: string): Promise<void>;
	/** What the list with the vendor's records offers, in its order. */
	records(): Promise<string[]>;
	/** Why that list cannot be loaded, in its own words. */
	obstacle(): Promise<string>;
	/** Chooses how a record is given, such as "By ID". */
	give(way: string): Promise<void>;
	/** Whether what is typed shows as dots. */
	isMasked(): Promise<boolean>;
	/** Whether n8n marks it in red. */
	isMarked(): Promise<boolean>;
	/** Switches to an expression and types that. */
	express(expression: string): Promise<void>;
	/** Switches from an expression back to a fixed value. */
	fix(): Promise<void>;
	/** Clicks the button that adds something; where that opens a list, chooses from it. */
	add(what: string, option?: string): Promise<void>;
	/** What this part holds: the fields of a collection, or of one of its rows. */
	form(row?: number): Form;
}

/** The field in an element that n8n marks as `parameter-item`. */
export function fieldIn(item: Locator, formIn: (list: Locator) => Form): Field {
	const page = item.page();
	const box = item.locator('input').last();
	// Lists drop down outside the panel, and closed ones stay in the page.
	const dropped = page.locator('.el-select-dropdown li').filter({ visible: true });

	// A list of the vendor's records is within the panel, and only while it is open.
	const records = item.locator(id('rlc-item'));
	const closed = async () => await item.locator('[role="dialog"]').waitFor({ state: 'detached' });
	const leave = async () => {
		await page.locator(OUTPUT).click({ position: { x: 5, y: 5 } });
		await closed();
	};

	const replaceBy = async (write: () => Promise<void>) => {
		await box.click();
		await page.keyboard.press('ControlOrMeta+a');
		await write();
		await box.blur();
		await taken(page, 300);
	};
	const choose = async (option: string) => {
		await dropped.filter({ has: page.locator(`:text-is(${JSON.stringify(option)})`) }).click();
		await dropped.first().waitFor({ state: 'hidden' });
	};

	return {
		box,
		type: async (text) => await replaceBy(async () => await box.pressSequentially(text)),
		paste: async (text) =>
			await replaceBy(async () => {
				await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
				await page.keyboard.press('ControlOrMeta+v');
			}),
		value: async () => await box.inputValue(),
		async choose(option) {
			await box.click();
			await choose(option);
		},
		async choices() {
			await box.click();
			await dropped.first().waitFor();
			const found = await dropped.evaluateAll((all) =>
				all.map((one) => (one.querySelector('.option-headline') ?? one).textContent?.trim() ?? ''),
			);
			await page.keyboard.press('Escape');
			await dropped.first().waitFor({ state: 'hidden' });
			return found;
		},
		async pick(record) {
			await box.click();
			await records.filter({ has: page.locator(`:text-is(${JSON.stringify(record)})`) }).click();
			await closed();
			await expectSoon(async () => await box.inputValue(), record);
		},
		async records() {
			await box.click();
			await records.first().waitFor();
			const found = await records.evaluateAll((all) => all.map((one) => one.textContent?.trim() ?? ''));
			await leave();
			return found;
		},
		async obstacle() {
			await box.click();
			const said = await item.locator(id('rlc-error-container')).innerText();
			await leave();
			return said;
		},
		async give(way) {
			await item.locator(`${id('rlc-mode-selector')} input`).click();
			await dropped.filter({ hasText: way }).click();
			await dropped.first().waitFor({ state: 'hidden' });
		},
		isMasked: async () => (await box.getAttribute('type')) === 'password',
		isMarked: async () => await item.locator(id('parameter-issues')).isVisible(),
		async express(expression) {
			await item.hover();
			await item.locator(id('radio-button-expression')).click();
			const editor = item.locator('.cm-content');
			await editor.click();
			await page.keyboard.press('ControlOrMeta+a');
			await page.keyboard.insertText(expression);
			await taken(page, 700);
		},
		async fix() {
			await item.hover();
			await item.locator(id('radio-button-fixed')).click();
		},
		async add(what, option) {
			const button = item.getByRole('button', { name: what, exact: true });
			const list = item.getByPlaceholder(what, { exact: true });
			await button.or(list).last().click();
			if (option !== undefined && (await list.count()) > 0) await choose(option);
		},
		form: (row = 0) => formIn(item.locator('.parameter-input-list-wrapper').nth(row)),
	};
}

/**
 * Waits until n8n has taken over what was typed, which it does some time after the last key: 200 ms in a text box, 500
 * in an expression. The page's own clock is used, where the shorter wait, which began earlier, ends first on any machine.
 */
async function taken(page: Page, milliseconds: number): Promise<void> {
	await page.evaluate(`new Promise((done) => setTimeout(done, ${milliseconds}))`);
}
