import type { Failure, Vendor } from '../types';
import { alloyUsers, seedUsers } from './alloyUsers';

/** What Alloy's two APIs share: key, users and wording. */
export const alloy: Pick<Vendor, 'key' | 'refusal' | 'error' | 'answers' | 'seed'> = {
	key: 'alloy-demo-key',
	refusal: 400,
	error: ({ message, code, echo }: Failure) => ({ ...(code ? { code } : {}), message, ...(echo ? { request: echo } : {}) }),
	answers: alloyUsers,
	seed: seedUsers,
};
