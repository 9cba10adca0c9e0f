import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { Problem } from '../n8n/problem';
import { describeExit, startN8n, type N8nOptions, type RunningN8n } from '../n8n/process';

/** n8n watches the packages that it has loaded, and tells open editors, with these two together. */
const RELOADING = { NODE_ENV: 'development', N8N_DEV_RELOAD: 'true' };

/** How long n8n may take to notice and to load what has changed, before it is started again. */
const PATIENCE = 15_000;

/** An n8n that takes over a package while that changes. */
export interface DevN8n {
	readonly url: string;
	readonly pid: number;
	/** Ends with a Problem when n8n ends and nobody wanted that. */
	readonly failed: Promise<never>;
	/**
	 * Changes files of the package in n8n, and waits until n8n has them.
	 *
	 * @param change does it, and gives the files that it changed, relative to the package.
	 * @returns what it took: nothing, since nothing changed; a reload of the nodes; or n8n started again.
	 */
	take(change: () => string[]): Promise<'same' | 'reloaded' | 'restarted'>;
	stop(): Promise<void>;
}

/**
 * Starts an n8n for development.
 *
 * @throws as startN8n does.
 */
export async function startDevN8n(options: N8nOptions): Promise<DevN8n> {
	const { userFolder, signal } = options;
	// Written anew whenever n8n has loaded nodes; what the editor fetches.
	const types = path.join(userFolder, '.cache/n8n/public/types/nodes.json');
	const written = () => (fs.existsSync(types) ? fs.statSync(types).mtimeMs : 0);
	// Whether it runs and is meant to.
	let up = false;
	let fail: (problem: Problem) => void;
	const failed = new Promise<never>((_resolve, reject) => (fail = reject));
	failed.catch(() => undefined);

	const start = async (port?: number): Promise<RunningN8n> => {
		const started = await startN8n({ ...options, ...(port === undefined ? {} : { port }), env: { ...options.env, ...RELOADING } });
		up = true;
		void started.exited.then((exit) => {
			if (up) fail(new Problem(`n8n ended by itself, with ${describeExit(exit)}.`, options.log));
		});
		return started;
	};
	const stop = async () => {
		up = false;
		await running.stop();
	};
	let running = await start();

	const reloads = async (since: number): Promise<boolean> => {
		for (const end = Date.now() + PATIENCE; Date.now() < end; await wait(50, undefined, { signal })) {
			if (written() > since) return true;
		}
		return false;
	};
	return {
		get url() {
			return running.url;
		},
		get pid() {
			return running.pid;
		},
		failed,
		async take(change) {
			const since = written();
			const files = change();
			if (files.length === 0) return 'same';
			// n8n reads once, at its start, which nodes a package has.
			if (up && !files.includes('package.json') && (await reloads(since))) return 'reloaded';
			await stop();
			running = await start(Number(new URL(running.url).port));
			return 'restarted';
		},
		stop,
	};
}
