import { randomBytes } from 'node:crypto';

import { remove } from '../state';
import type { StoredCredential, StoredLink } from '../types';
import { laterDate } from './time';

/** A new ID in Alloy's format: 24 hexadecimal characters. */
export function alloyId(): string {
	return randomBytes(12).toString('hex');
}

/** The user that a credential belongs to, or will belong to once its link is opened. */
export function userOf({ params, body }: Pick<StoredCredential | StoredLink, 'params' | 'body'>): unknown {
	return ((body ?? {}) as { userId?: unknown }).userId ?? params.userId;
}

/** A new credential as lists show it. How Alloy names them is unknown, so the name is the type and a number per user. */
export function newCredential(type: string, own: StoredCredential[]): { id: string; record: Record<string, unknown> } {
	const id = alloyId();
	const createdAt = laterDate();
	const number = own.filter(({ record }) => (record as { type: unknown }).type === type).length + 1;
	return { id, record: { credentialId: id, type, name: `${type} ${number}`, createdAt, updatedAt: createdAt } };
}

/** Deletes one of the user's own credentials; returns false if it is not among them. */
export function deleteFrom(all: StoredCredential[], own: StoredCredential[], id: unknown): boolean {
	const found = own.find((each) => each.id === id);
	if (found) remove(all, found);
	return found !== undefined;
}
