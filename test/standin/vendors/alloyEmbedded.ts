import type { Call, Vendor, VendorAnswer } from '../types';
import { alloy, alloyId } from './alloy';

/** Alloy Embedded: answers a creation with nothing but the ID. */
export const alloyEmbedded: Vendor = { ...alloy, answers: { createCredential, listUsers } };

function createCredential({ body }: Call): VendorAnswer {
	const { userId, credential } = body as { userId: string; credential: { type: string } };
	const credentialId = alloyId();
	const record = { credentialId, type: credential.type, userId, createdAt: new Date().toISOString() };
	return { body: { success: true, credentialId }, created: { id: credentialId, record } };
}

function listUsers(): VendorAnswer {
	const data = [
		{ userId: '5eba51a03fe9631316668514', username: 'acme', fullName: 'Acme Inc.' },
		{ userId: '5eba51a03fe9631316668515', username: 'globex', fullName: 'Globex Corporation' },
	];
	return { body: { data } };
}
