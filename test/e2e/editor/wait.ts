import { setTimeout as wait } from 'node:timers/promises';

/** How long anything in the editor may take, in milliseconds: a machine may be slow, and busy. */
export const PATIENCE = 90_000;

/** Reads until it is as expected; at the end it has to be. */
export async function expectSoon<T>(read: () => Promise<T>, expected: T): Promise<void> {
	const end = Date.now() + PATIENCE;
	for (;;) {
		const last = await read();
		try {
			expect(last).toEqual(expected);
			return;
		} catch (error) {
			if (Date.now() >= end) throw error;
		}
		await wait(100);
	}
}
