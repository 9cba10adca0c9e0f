import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import axios from 'axios';

/** What a machine has, as far as it matters for compiling. Another one can be described in a test. */
export interface Machine {
	platform: NodeJS.Platform;
	env: NodeJS.ProcessEnv;
	/** The folder that this Node is installed in. */
	nodePrefix: string;
	/** Whether there is something to be fetched at a URL. */
	reachable(url: string): Promise<boolean>;
}

/** The machine that this runs on. A URL counts as reachable when it answers 200 to HEAD within 8 s. */
export function thisMachine(): Machine {
	// <prefix>/bin/node, and on Windows <prefix>\node.exe
	const folder = path.dirname(fs.realpathSync(process.execPath));
	return {
		platform: process.platform,
		env: process.env,
		nodePrefix: process.platform === 'win32' ? folder : path.dirname(folder),
		async reachable(url) {
			try {
				return (await axios.head(url, { timeout: 8000 })).status === 200;
			} catch {
				return false;
			}
		},
	};
}

/** Whether a program of that name is on the path; an absolute name is looked up as it is. */
export function onPath({ env }: Machine, name: string): boolean {
	if (path.isAbsolute(name)) return fs.existsSync(name);
	return (env.PATH ?? '').split(path.delimiter).some((folder) => folder !== '' && fs.existsSync(path.join(folder, name)));
}

/** Whether a program is there and ends with exit code 0 within 10 s. */
export function succeeds({ env }: Machine, command: string, args: string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore', timeout: 10_000, env });
		return true;
	} catch {
		return false;
	}
}
