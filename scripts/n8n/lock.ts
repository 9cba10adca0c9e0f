import * as fs from 'node:fs';
import * as path from 'node:path';

import axios from 'axios';

import { Problem } from './problem';

interface Holder {
	/** Process id of the start that holds the lock. */
	pid: number;
	/** Its n8n, once that runs. */
	n8n?: { pid: number; url: string };
}

/** The right to work in a folder. */
export interface Lock {
	/** Records the n8n that was started, in case the start itself is killed. */
	note(n8n: { pid: number; url: string }): void;
	release(): void;
}

/**
 * Makes sure that only one start at a time works in a folder: two n8n processes would corrupt its database.
 *
 * @throws Problem if another start, or an n8n that one left behind, is still running.
 */
export async function takeLock(folder: string): Promise<Lock> {
	const file = path.join(folder, 'running.json');
	fs.mkdirSync(folder, { recursive: true });
	const holder = read(file);
	if (holder && isAlive(holder.pid)) {
		throw new Problem(
			`"npm start" or "npm run dev" is already running here (process ${holder.pid}${holder.n8n ? `, ${holder.n8n.url}` : ''}). ` +
				`End that one with Ctrl-C first. If no such process is yours, delete ${file}.`,
		);
	}
	if (holder?.n8n && isAlive(holder.n8n.pid) && (await answers(holder.n8n.url))) {
		throw new Problem(`The n8n of an earlier start is still running at ${holder.n8n.url}. End it first: kill ${holder.n8n.pid}`);
	}
	const write = (content: Holder) => fs.writeFileSync(file, JSON.stringify(content));
	write({ pid: process.pid });
	return {
		note: ({ pid, url }) => write({ pid: process.pid, n8n: { pid, url } }),
		release: () => fs.rmSync(file, { force: true }),
	};
}

function read(file: string): Holder | undefined {
	try {
		return JSON.parse(fs.readFileSync(file, 'utf8')) as Holder;
	} catch {
		return undefined;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function answers(url: string): Promise<boolean> {
	try {
		await axios.get(`${url}/healthz`, { timeout: 3000, proxy: false, validateStatus: () => true });
		return true;
	} catch {
		return false;
	}
}
