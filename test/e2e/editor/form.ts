import type { Locator } from 'playwright-core';

import { fieldIn, type Field } from './field';
import { id } from './selectors';

/** A list of fields, as an operator sees it: by the fields' labels. */
export interface Form {
	/** The labels of the fields that are visible, in their order; not of those within them. */
	labels(): Promise<string[]>;
	field(label: string): Field;
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
		field(label) {
			const text = list.page().locator(`:scope ${LABEL} .n8n-text:text-is(${JSON.stringify(label)})`);
			return fieldIn(list.locator(`:scope ${ITEM}`).filter({ has: text, visible: true }), formIn);
		},
	};
}
