import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import axios from 'axios';

import { environment } from './environment';
import { startGroup, type Exit } from './group';
import type { Installation } from './install';
import { freePorts } from './ports';
import { Problem } from './problem';

/** Options for starting n8n. */
export interface N8nOptions {
	installation: Installation;
	/** N8N_USER_FOLDER: the database, the key and the community packages are in `.n8n` below it. */
	userFolder: string;
	/** File for its output, overwritten. */
	log: string;
	/** Port of the editor and REST; by default 5678, or any free one if that is taken. */
	port?: number;
	/** Further environment variables, such as N8N_LOG_LEVEL. */
	env?: NodeJS.ProcessEnv;
	/** Aborts the start; use `stop` afterwards. */
	signal?: AbortSignal;
	/** How long it may take to respond; by default 180,000, since the first start migrates the database. */
	timeoutMs?: number;
}

/** A running n8n. */
export interface RunningN8n {
	/** Base URL of the editor and REST, such as `http://127.0.0.1:5678`. */
	url: string;
	pid: number;
	/** Resolves when it has ended for any reason. */
	exited: Promise<Exit>;
	/** Ends it and everything that it started; resolves when they are gone. */
	stop(): Promise<void>;
}

/**
 * Starts n8n on loopback, without anything that reports to its maker, and waits until its REST interface responds.
 *
 * @throws Problem if it ends by itself or does not respond in time; the signal's reason if aborted.
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const { installation, userFolder, log, port = 5678, env, signal, timeoutMs = 180_000 } = options;
	signal?.throwIfAborted();
	fs.mkdirSync(userFolder, { recursive: true });
	fs.mkdirSync(path.dirname(log), { recursive: true });
	const [http, broker] = await freePorts(port, 0);
	const output = fs.openSync(log, 'w');
	const group = await startGroup(process.execPath, [installation.bin, 'start'], {
		// Not this process's directory: n8n reads an .env file from its working directory.
		cwd: userFolder,
		env: environment(userFolder, { http, broker }, env),
		stdio: ['ignore', output, output],
	});
	fs.closeSync(output);

	const url = `http://127.0.0.1:${http}`;
	try {
		await untilReady(url, group.exited, { log, signal, timeoutMs });
	} catch (error) {
		await group.stop(1000);
		throw error;
	}
	return { url, pid: group.pid, exited: group.exited, stop: async () => await group.stop() };
}

async function untilReady(
	url: string,
	exited: Promise<Exit>,
	{ log, signal, timeoutMs }: { log: string; signal?: AbortSignal; timeoutMs: number },
): Promise<void> {
	let exit: Exit | undefined;
	void exited.then((ended) => (exit = ended));
	const end = Date.now() + timeoutMs;
	while (!(await answersRest(url))) {
		signal?.throwIfAborted();
		if (exit) throw new Problem(`n8n did not start: it ended with ${describeExit(exit)}.${lastLines(log)}`, log);
		if (Date.now() > end) throw new Problem(`n8n did not answer at ${url} within ${Math.round(timeoutMs / 1000)} s.${lastLines(log)}`, log);
		await wait(200);
	}
}

/** Whether n8n's REST routes respond. Its health check, and even its pages, do so earlier. */
async function answersRest(url: string): Promise<boolean> {
	try {
		const { status, data } = await axios.get<{ data?: { userManagement?: unknown } } | undefined>(`${url}/rest/settings`, {
			timeout: 5000,
			proxy: false,
			validateStatus: () => true,
		});
		return status === 200 && typeof data?.data?.userManagement === 'object';
	} catch {
		return false;
	}
}

/** How a process ended, in words: `exit code 1` or `signal SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
	return signal ? `signal ${signal}` : `exit code ${code}`;
}

function lastLines(log: string): string {
	const lines = fs
		.readFileSync(log, 'utf8')
		.split('\n')
		// Stack traces belong in the log only.
		.filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
		.slice(-3);
	return lines.length === 0 ? '' : ` Its last words:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
