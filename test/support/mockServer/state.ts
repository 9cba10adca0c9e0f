import { randomBytes } from 'node:crypto';

import { LINK_PATH } from './links';
import type { State, StoredLink, Vendor } from './types';

/** The state in which the mock server starts. */
export function newState(vendors: Iterable<Vendor>): State {
	const state: State = { credentials: [], users: [], connectors: [], links: [] };
	resetState(state, vendors);
	return state;
}

/** Resets the state in place, because tests keep references to its arrays. */
export function resetState(state: State, vendors: Iterable<Vendor>): void {
	for (const list of Object.values(state) as unknown[][]) list.length = 0;
	for (const vendor of vendors) {
		const seed = vendor.seed?.() ?? {};
		for (const name of ['users', 'connectors'] as const) {
			const known = (one: { vendor: string; id: string }) =>
				state[name].some(({ vendor: owner, id }) => owner === one.vendor && id === one.id);
			state[name].push(...(seed[name] ?? []).filter((one) => !known(one)));
		}
	}
}

/** Removes an entry from its list. */
export function remove<T>(list: T[], entry: T): void {
	const index = list.indexOf(entry);
	if (index >= 0) list.splice(index, 1);
}

/** Stores a link to the mock server at the given origin, and returns its URL. */
export function addLink(state: State, origin: string, link: Pick<StoredLink, 'vendor' | 'params' | 'body'>): string {
	const id = randomBytes(12).toString('hex');
	const url = `${origin}${LINK_PATH}?state=${id}`;
	state.links.push({ ...link, id, url, opened: false });
	return url;
}
