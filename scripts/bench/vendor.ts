import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';

import type { Order, Seen } from './server';

export type { Seen } from './server';

/** A vendor that answers after a pause, in a process of its own. */
export interface Vendor {
	url: string;
	/** Forgets what it saw, and answers after so many milliseconds from now on. */
	reset(delay: number): Promise<void>;
	report(): Promise<Seen>;
	close(): void;
}

/** @param key what each request has to carry in its header Authorization. */
export async function startVendor(key: string): Promise<Vendor> {
	// Node's arguments are passed on, and with them tsx.
	const child = fork(path.join(__dirname, 'server.ts'), { stdio: 'inherit' });
	const [{ port }] = (await once(child, 'message')) as [{ port: number }];
	const ask = async (order: Order): Promise<Seen> => {
		const answer = once(child, 'message');
		child.send(order);
		return ((await answer) as [Seen])[0];
	};
	return {
		url: `http://127.0.0.1:${port}`,
		reset: async (delay) => void (await ask({ reset: { delay, key } })),
		report: async () => await ask({ report: true }),
		close: () => child.disconnect(),
	};
}
