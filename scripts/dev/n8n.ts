import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { Problem } from '../n8n/problem';
import { describeExit, startN8n, type N8nOptions, type RunningN8n } from '../n8n/process';

/** With both of these, n8n watches the packages that it has loaded, and informs open editors. */
const RELOADING = { NODE_ENV: 'development', N8N_DEV_RELOAD: 'true' };

/** How long n8n may take to notice and load a change, in milliseconds, before it is restarted. */
const PATIENCE = 15_000;

/** A running n8n that picks up changes to a package. */
export interface DevN8n {
	readonly url: string;
	readonly pid: number;
	/** Rejects with a Problem if n8n ends unexpectedly. */
	readonly failed: Promise<never>;
	/**
	 * Changes files of the package in n8n, and waits until n8n has loaded them.
	 *
	 * @param change makes the changes and returns the changed files, relative to the package.
	 * @returns what was necessary: nothing (no changes), a reload of the nodes, or a restart of n8n.
	 */
	take(change: () => string[]): Promise<'same' | 'reloaded' | 'restarted'>;
	stop(): Promise<void>;
}

/**
 * Starts n8n for development.
 *
 * @throws like startN8n.
 */
export async function startDevN8n(options: N8nOptions): Promise<DevN8n> {
	const { userFolder, signal } = options;
	// What the editor fetches; n8n rewrites it whenever it has loaded nodes.
	const types = path.join(userFolder, '.cache/n8n/public/types/nodes.json');
	const written = () => (fs.existsSync(types) ? fs.statSync(types).mtimeMs : 0);
	// Whether n8n runs, and should.
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
			// n8n reads a package's list of nodes only at its start.
			if (up && !files.includes('package.json') && (await reloads(since))) return 'reloaded';
			await stop();
			running = await start(Number(new URL(running.url).port));
			return 'restarted';
		},
		stop,
	};
}
