import { randomBytes } from 'node:crypto';

import type { Failure, Vendor } from '../types';

/** What the two APIs of Alloy have in common. */
export const alloy: Pick<Vendor, 'key' | 'refusal' | 'error'> = {
	key: 'alloy-demo-key',
	refusal: 400,
	error: ({ message, echo }: Failure) => ({ message, ...(echo ? { request: echo } : {}) }),
};

/** A new ID as Alloy makes them: 24 hexadecimal characters. */
export function alloyId(): string {
	return randomBytes(12).toString('hex');
}
