import type { Page } from 'playwright-core';

import { CREDENTIAL_WINDOW, id, PANEL } from './selectors';

/** The window of an n8n credential, which the pencil beside the list of them opens. */
export interface CredentialWindow {
	/** Opens it. n8n then tests the credential by itself. */
	open(): Promise<void>;
	/** Whether what is typed there shows as dots. */
	isMasked(label: string): Promise<boolean>;
	/** Types a value over what is there. */
	type(label: string, text: string): Promise<void>;
	/** Saves, which also tests. */
	save(): Promise<void>;
	/** What the window says of the last test; undefined before there is one. */
	verdict(): Promise<'good' | 'bad' | undefined>;
}

export function credentialWindowOf(page: Page): CredentialWindow {
	const dialog = page.locator(CREDENTIAL_WINDOW);
	const fields = dialog.locator(id('credential-connection-parameter'));
	const box = (label: string) =>
		fields
			.filter({ has: page.locator(`label:has-text(${JSON.stringify(label)})`) })
			.locator('input')
			.last();
	const says = async (words: RegExp) => (await dialog.getByText(words).filter({ visible: true }).count()) > 0;
	return {
		async open() {
			await page.locator(`${PANEL} ${id('credential-edit-button')}`).click();
			await fields.first().waitFor();
		},
		isMasked: async (label) => (await box(label).getAttribute('type')) === 'password',
		async type(label, text) {
			await box(label).fill(text);
			await box(label).blur();
		},
		save: async () => await page.locator(id('credential-save-button')).click(),
		async verdict() {
			if (await says(/Connection tested successfully/)) return 'good';
			return (await says(/Couldn.t connect with these settings/)) ? 'bad' : undefined;
		},
	};
}
