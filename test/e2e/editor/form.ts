import type { Locator } from 'playwright-core';

import { fieldIn, type Field } from './field';
import { id } from './selectors';

/** A field as an operator sees it. */
export interface ShownField {
	label: string;
	/** Whether what is typed shows as dots. */
	masked: boolean;
	/** Whether n8n marks it in red. */
	marked: boolean;
}

/** A list of fields, as an operator sees it: by the fields' labels. */
export interface Form {
	/** The fields that are visible, in their order; not those within them. */
	fields(): Promise<ShownField[]>;
	/** The labels of the fields that are visible, in their order; not of those within them. */
	labels(): Promise<string[]>;
	/** The field with this label; where there are several, the first, or the one of this number from 0. */
	field(label: string, number?: number): Field;
}

const ITEM = `> ${id('parameter-item')}`;
/** Of the item itself, not of what is within it. */
const LABEL = `> * > ${id('input-label')} > * > label`;

/** The form in an element of the editor's class `parameter-input-list-wrapper`. */
export function formIn(list: Locator): Form {
	return {
		async fields() {
			const items = list.locator(`:scope ${ITEM}`).filter({ has: list.page().locator(`:scope ${LABEL}`), visible: true });
			return await items.evaluateAll(
				(all, [label, issues]) =>
					all.map((item) => ({
						label: item.querySelector(`:scope ${label} .n8n-text`)?.textContent.trim() ?? '',
						masked: [...item.querySelectorAll('input')].at(-1)?.type === 'password',
						marked: [...item.querySelectorAll(issues)].some((one) => one.getClientRects().length > 0),
					})),
				[LABEL, id('parameter-issues')],
			);
		},
		async labels() {
			const labels = list.locator(`:scope ${ITEM} ${LABEL}`).filter({ visible: true });
			// The label also holds the switch between a fixed value and an expression.
			return await labels.evaluateAll((all) => all.map((label) => label.querySelector('.n8n-text')?.textContent.trim() ?? ''));
		},
		field(label, number = 0) {
			const text = list.page().locator(`:scope ${LABEL} .n8n-text:text-is(${JSON.stringify(label)})`);
			return fieldIn(list.locator(`:scope ${ITEM}`).filter({ has: text, visible: true }).nth(number), formIn);
		},
	};
}
