import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import axios from 'axios';

import { environment } from './environment';
import { startGroup, type Exit } from './group';
import type { Installation } from './install';
import { freePorts } from './ports';
import { Problem } from './problem';

/** How to start an n8n. */
export interface N8nOptions {
	installation: Installation;
	/** Its own folder, N8N_USER_FOLDER: database, key and community packages are in `.n8n` below it. */
	userFolder: string;
	/** Where its output goes; written anew. */
	log: string;
	/** For the editor and REST; by default 5678, or a free one where that is taken. */
	port?: number;
	/** Further environment variables, such as N8N_LOG_LEVEL. */
	env?: NodeJS.ProcessEnv;
	/** Ends it while it starts; later `stop` does. */
	signal?: AbortSignal;
	/** How long it may take to answer; default 180,000 (the first start migrates the database). */
	timeoutMs?: number;
}

/** A running n8n. */
export interface RunningN8n {
	/** Such as `http://127.0.0.1:5678`, of the editor and REST. */
	url: string;
	pid: number;
	/** Resolves when it ended, of itself or not. */
	exited: Promise<Exit>;
	/** Ends it and what it started; resolves when it is gone. */
	stop(): Promise<void>;
}

/**
 * Starts n8n on loopback, with nothing that reports to its maker, and waits until its REST interface answers.
 *
 * @throws Problem where it ends by itself or does not answer in time; the signal's reason where it was aborted.
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const { installation, userFolder, log, port = 5678, env, signal, timeoutMs = 180_000 } = options;
	signal?.throwIfAborted();
	fs.mkdirSync(userFolder, { recursive: true });
	fs.mkdirSync(path.dirname(log), { recursive: true });
	const [http, broker] = await freePorts(port, 0);
	const output = fs.openSync(log, 'w');
	const group = await startGroup(process.execPath, [installation.bin, 'start'], {
		// Not ours: n8n reads an .env file from its working directory.
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

/** Its health check, and even its pages, answer before its REST routes do. */
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

/** Such as `exit code 1` or `signal SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
	return signal ? `signal ${signal}` : `exit code ${code}`;
}

function lastLines(log: string): string {
	const lines = fs
		.readFileSync(log, 'utf8')
		.split('\n')
		// Where in n8n it happened is for the log.
		.filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
		.slice(-3);
	return lines.length === 0 ? '' : ` Its last words:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
