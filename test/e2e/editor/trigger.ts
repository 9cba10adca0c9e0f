import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { visible } from './expected';
import type { Editor } from '.';
import { execute } from './output';
import { expectSoon } from './wait';

/** n8n itself puts it above the fields of a trigger that asks. */
const POLL_TIMES = 'Poll Times';

/**
 * Tests that a vendor's trigger is found by the vendor's name, that its form is as described, and what it shows when it
 * is run by hand.
 */
export function testTrigger(
	editor: Editor,
	description: INodeTypeDescription,
	{ pick = {}, gives }: { pick?: Record<string, string>; gives: object },
): void {
	editor.step('the trigger is found by the name of the vendor, and shows an example', async () => {
		const { form, page } = editor;
		const events = description.properties.find(({ name }) => name === 'events')?.options as INodePropertyOptions[];
		const offered = await editor.addTrigger(description.displayName.replace(' Trigger', ''), 'On credential linked or created');
		expect(offered.map((name) => name.toLowerCase())).toEqual(
			expect.arrayContaining(events.map(({ action }) => String(action).toLowerCase())),
		);
		await expectSoon(() => form.labels(), [POLL_TIMES, ...visible(description, {}).map(({ displayName }) => displayName)]);

		for (const [label, record] of Object.entries(pick)) await form.field(label).pick(record);
		await editor.picture('Trigger');
		const { items, error } = await execute(page);
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining(gives)]);
	});
}
