import * as fs from 'node:fs';
import { createInterface } from 'node:readline';

import { startGroup, type Exit } from './group';

/** How to run npm once. */
export interface NpmRun {
	cwd: string;
	/** Everything that npm prints is appended to this file. */
	log: string;
	/** Laid over this process's environment. */
	env?: NodeJS.ProcessEnv;
	/** Told each line as it comes. */
	onLine?: (line: string) => void;
	/** Ends npm and all it started. */
	signal?: AbortSignal;
}

/**
 * Runs npm: the one that started this process, or else the one on the path.
 *
 * @returns how it ended; an exit code other than 0 is for the caller to judge.
 * @throws the signal's reason where it was aborted.
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
		// npm.cmd is a shell script.
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
	// Set by npm for the scripts that it runs; other package managers set it too, to their own program.
	const own = process.env.npm_execpath;
	return own?.endsWith('npm-cli.js') ? [process.execPath, [own]] : ['npm', []];
}
