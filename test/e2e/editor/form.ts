import type { Locator } from 'playwright-core';

import { fieldIn, type Field } from './field';
import { id } from './selectors';

/** A list of fields, as an operator sees it: by the fields' labels. */
export interface Form {
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
