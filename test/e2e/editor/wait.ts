import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** How long anything in the editor may take, in milliseconds: a machine may be slow, and busy. */
export const PATIENCE = 90_000;

/** Reads until it is as expected; at the end it has to be. */
export async function expectSoon<T>(read: () => Promise<T>, expected: T): Promise<void> {
	const end = Date.now() + PATIENCE;
	let last = await read();
	while (!isDeepStrictEqual(last, expected) && Date.now() < end) {
		await wait(100);
		last = await read();
	}
	expect(last).toEqual(expected);
}
