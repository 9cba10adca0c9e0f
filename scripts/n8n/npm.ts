import * as fs from 'node:fs';
import { createInterface } from 'node:readline';

import { startGroup, type Exit } from './group';

/** The options of one run of npm. */
export interface NpmRun {
	cwd: string;
	/** File to which everything that npm prints is appended. */
	log: string;
	/** Variables in addition to this process's environment. */
	env?: NodeJS.ProcessEnv;
	/** Receives each line of output. */
	onLine?: (line: string) => void;
	/** Ends npm and everything that it started. */
	signal?: AbortSignal;
}

/**
 * Runs the npm that started this process, or else the one on the path.
 *
 * @returns how it ended; the caller has to check for an exit code other than 0.
 * @throws the signal's reason if aborted.
 */
export async function runNpm(args: string[], { cwd, log, env, onLine, signal }: NpmRun): Promise<Exit> {
	signal?.throwIfAborted();
	const [command, before] = npmCommand();
	const file = fs.createWriteStream(log, { flags: 'a' });
	file.write(`$ npm ${args.join(' ')}\n`);
	const group = await startGroup(command, [...before, ...args], {
		cwd,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		// On Windows, npm is npm.cmd, a shell script.
		shell: command === 'npm' && process.platform === 'win32',
	});
	const stop = () => void group.stop(2000);
	signal?.addEventListener('abort', stop, { once: true });

	const read = [group.stdout, group.stderr].map(async (stream) => {
		if (!stream) return;
		for await (const line of createInterface({ input: stream })) {
			file.write(`${line}\n`);
			onLine?.(line);
		}
	});

	const exit = await group.exited;
	signal?.removeEventListener('abort', stop);
	await Promise.all(read);
	await new Promise<void>((resolve) => file.end(resolve));
	signal?.throwIfAborted();
	return exit;
}

function npmCommand(): [command: string, before: string[]] {
	// npm sets this variable for the scripts that it runs; other package managers set it to their own program.
	const own = process.env.npm_execpath;
	return own?.endsWith('npm-cli.js') ? [process.execPath, [own]] : ['npm', []];
}
