import { createHash } from 'node:crypto';

/** A short, irreversible stand-in for a text: the first 96 bits of its SHA-256, in base64url (16 characters). */
export function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
