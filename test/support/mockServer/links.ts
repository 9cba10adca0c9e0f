import { type Answer, answerWith } from './answer';
import type { RecordedRequest, State, StoredLink, Vendor } from './types';

/** Path of the links that customers have to open. No vendor has a path like it. */
export const LINK_PATH = '/oauth/authorize';

/**
 * Opens a link like a customer who signs in and agrees: creates the credential, once, and redirects to the URL given in the
 * request for the link, if any. Undefined for any other path.
 */
export function openLink(state: State, vendors: Map<string, Vendor>, request: Omit<RecordedRequest, 'vendor'>): Answer | undefined {
	if (request.method !== 'GET' || request.path !== LINK_PATH) return undefined;
	const link = state.links.find(({ id }) => id === request.query.state);
	if (!link) return page(404, 'This link does not exist');
	if (!link.opened) signIn(state, vendors, link);

	const { redirectUri } = (link.body ?? {}) as { redirectUri?: string };
	// Which parameters vendors add to the URL is not documented, so there are none.
	return redirectUri
		? { status: 302, headers: { location: redirectUri }, text: '' }
		: page(200, 'You are signed in. You can close this page');
}

function signIn(state: State, vendors: Map<string, Vendor>, link: StoredLink): void {
	const { vendor, params, body } = link;
	const stored = state.credentials.filter((each) => each.vendor === vendor);
	const created = vendors.get(vendor)?.linked?.(link, stored);
	if (created) state.credentials.push({ vendor, id: created.id, params, body, record: created.record });
	link.opened = true;
}

function page(status: number, text: string): Answer {
	const html = `<!doctype html><title>Mock server</title><p>${text}.</p>\n`;
	return { ...answerWith(status, html), headers: { 'content-type': 'text/html; charset=utf-8' } };
}
