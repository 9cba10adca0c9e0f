import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';

import type { Order, Seen } from './server';

export type { Seen } from './server';

/** A vendor that responds after a pause, in a process of its own. */
export interface Vendor {
	url: string;
	/** Forgets what it saw, and from now on pauses for `delay` milliseconds before each response. */
	reset(delay: number): Promise<void>;
	report(): Promise<Seen>;
	close(): void;
}

/** @param key the value that each request's Authorization header must have. */
export async function startVendor(key: string): Promise<Vendor> {
	// fork passes on Node's arguments, and with them tsx.
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
