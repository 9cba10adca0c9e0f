import * as fs from 'node:fs';
import * as path from 'node:path';

import { folders } from '../e2e/setup/folders';

/** Each file is named after a process that a test has started and that still runs, as the head of a group. */
const place = () => path.join(folders().work, 'started');

/** Notes a process of a test: what ends a run ends it too. Jest does not tell a test that the run is ended with Ctrl-C. */
export function started<T extends { pid: number; exited: Promise<unknown> }>(program: T): T {
	const file = path.join(place(), String(program.pid));
	fs.mkdirSync(place(), { recursive: true });
	fs.writeFileSync(file, '');
	void program.exited.then(() => fs.rmSync(file, { force: true }));
	return program;
}

/** Ends the processes that are left. For globalSetup. */
export function endStarted(): void {
	if (!fs.existsSync(place())) return;
	for (const pid of fs.readdirSync(place())) {
		try {
			process.kill(-Number(pid), 'SIGKILL');
		} catch {
			// It has ended.
		}
	}
}
