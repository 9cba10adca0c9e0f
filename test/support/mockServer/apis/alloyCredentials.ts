import { randomBytes } from 'node:crypto';

import { remove } from '../state';
import type { StoredCredential, StoredLink } from '../types';
import { laterDate } from './time';

/** A new ID as Alloy makes them: 24 hexadecimal characters. */
export function alloyId(): string {
	return randomBytes(12).toString('hex');
}

/** The user that a credential belongs to, or will belong to once its link is opened. */
export function userOf({ params, body }: Pick<StoredCredential | StoredLink, 'params' | 'body'>): unknown {
	return ((body ?? {}) as { userId?: unknown }).userId ?? params.userId;
}

/** A new credential as the lists show it. How Alloy names one is not known: by type and number, among those of the user. */
export function newCredential(type: string, own: StoredCredential[]): { id: string; record: Record<string, unknown> } {
	const id = alloyId();
	const createdAt = laterDate();
	const number = own.filter(({ record }) => (record as { type: unknown }).type === type).length + 1;
	return { id, record: { credentialId: id, type, name: `${type} ${number}`, createdAt, updatedAt: createdAt } };
}

/** Deletes one of these credentials; false where it is not among them. */
export function deleteFrom(all: StoredCredential[], own: StoredCredential[], id: unknown): boolean {
	const found = own.find((each) => each.id === id);
	if (found) remove(all, found);
	return found !== undefined;
}
