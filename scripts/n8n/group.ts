import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** How a process ended: its exit code or the signal that ended it. */
export interface Exit {
	code: number | null;
	signal: NodeJS.Signals | null;
}

/** A process and everything that it starts. */
export interface Group {
	pid: number;
	/** The process's output, if `stdio` makes it a pipe. */
	stdout: Readable | null;
	stderr: Readable | null;
	/** Resolves when the process itself has ended. */
	exited: Promise<Exit>;
	/** Asks the whole group to end, and kills it after `graceMs` (default 10,000). Resolves when it is gone. */
	stop(graceMs?: number): Promise<void>;
}

/** Groups that are still running, so that none outlives this process, however it ends. */
const running = new Set<number>();

process.on('exit', () => {
	for (const pid of running) signalGroup(pid, 'SIGKILL');
});

/**
 * Starts a process as the leader of a new group: Ctrl-C in the terminal does not reach it, so that we determine the order
 * in which things stop.
 *
 * @throws if the program does not exist.
 */
export async function startGroup(command: string, args: string[], options: SpawnOptions): Promise<Group> {
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32', windowsHide: true });
	const exited = new Promise<Exit>((resolve) => {
		child.once('exit', (code, signal) => {
			resolve({ code, signal });
		});
	});
	await new Promise<void>((resolve, reject) => {
		child.once('spawn', resolve);
		child.once('error', reject);
	});
	const pid = child.pid as number;
	running.add(pid);
	void exited.then(() => {
		// Also end what the process left behind (compilers, task runners).
		signalGroup(pid, 'SIGKILL');
		running.delete(pid);
	});

	return {
		pid,
		stdout: child.stdout,
		stderr: child.stderr,
		exited,
		async stop(graceMs = 10_000) {
			if (!running.has(pid)) return;
			signalGroup(pid, 'SIGTERM');
			const patience = new AbortController();
			await Promise.race([exited, wait(graceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
			patience.abort();
			if (!running.has(pid)) return;
			signalGroup(pid, 'SIGKILL');
			await exited;
		},
	};
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-pid, signal);
	} catch (error) {
		// ESRCH: no process of the group is left. EPERM: on macOS, the group consists of zombies.
		if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
	}
}
