import * as fs from 'node:fs';
import * as path from 'node:path';

import { call, corpus, fixture, spawnVendor, type Called } from './call';

export const ENTRIES = [
	'POST /v1/vault/entries',
	'GET /v1/vault/entries/{entry_id}',
	'PATCH /v1/vault/entries/{entry_id}',
	'DELETE /v1/vault/entries/{entry_id}',
	'POST /v1/vault/entries/{entry_id}/rotation',
];
export const LISTS = ['GET /v1/keys', 'GET /v1/tokens', 'GET /v1/regions', 'GET /v1/account'];
const REAL: { [document: string]: string } = {
	'hookdeck-destination': 'Hookdeck',
	'stripe-token': 'Stripe',
	'mongodb-stream-connection': 'MongoDB Atlas',
	'argocd-repocreds': 'Argo CD',
};

/**
 * Adds vendors to a copy of the checkout: three of the fixtures, and some of the corpus where that is there.
 * @param copy the copy's folder
 * @param real how many of the corpus
 */
export async function addVendors(copy: string, real: number): Promise<{ acme: Called; lists: Called; others: Called[] }> {
	const named = (operations: string[]) => operations.flatMap((operation) => ['--operation', operation]);
	// The copy's own program, in a process of its own: it has to find the copy by itself.
	const acme = spawnVendor(['add', fixture('acme.yaml'), ...named(ENTRIES)], { root: copy });
	const lists = await call(['add', fixture('lists.yaml'), ...named(LISTS)], { root: copy });
	const others = [await call(['add', '-', '--name', 'keyring'], { root: copy, stdin: fs.readFileSync(fixture('keys.json'), 'utf8') })];
	for (const document of corpus(...Object.keys(REAL).slice(0, real)))
		others.push(await call(['add', document, '--name', REAL[path.basename(document, '.json')]], { root: copy }));
	return { acme, lists, others };
}
