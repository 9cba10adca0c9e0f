import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import axios from 'axios';

/** A machine, as far as it matters for compiling. Tests can describe another one. */
export interface Machine {
	platform: NodeJS.Platform;
	env: NodeJS.ProcessEnv;
	/** The folder in which this Node is installed. */
	nodePrefix: string;
	/** Whether a URL can be fetched. */
	reachable(url: string): Promise<boolean>;
}

/** The current machine. A URL counts as reachable if it responds to HEAD with 200 within 8 s. */
export function thisMachine(): Machine {
	// <prefix>/bin/node, or <prefix>\node.exe on Windows.
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

/** Whether a program is on the path; an absolute name is looked up directly. */
export function onPath({ env }: Machine, name: string): boolean {
	if (path.isAbsolute(name)) return fs.existsSync(name);
	return (env.PATH ?? '').split(path.delimiter).some((folder) => folder !== '' && fs.existsSync(path.join(folder, name)));
}

/** Whether a program exists and ends with exit code 0 within 10 s. */
export function succeeds({ env }: Machine, command: string, args: string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore', timeout: 10_000, env });
		return true;
	} catch {
		return false;
	}
}
