import { createHash } from 'node:crypto';

/** A text in a few characters, from which it cannot be read: the first 96 bits of its SHA-256, in base64url. */
export function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
