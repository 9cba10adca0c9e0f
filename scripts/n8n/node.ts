import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import { runNpm } from './npm';
import { Problem } from './problem';
import type { Progress } from './progress';
import { NODE_24 } from './versions';

/**
 * Provides a Node for the newest n8n: the running one if it is new enough, or else one from npm in `<home>/node-<version>`
 * (about 200 MB), with its headers, which compiling n8n's binaries requires.
 *
 * @returns the program's path.
 * @throws Problem if there is none for this machine.
 */
export async function bringNode24(home: string, progress: Progress): Promise<string> {
	const [major] = process.versions.node.split('.').map(Number);
	if (major >= 24) return process.execPath;

	const folder = path.join(home, `node-${NODE_24}`);
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${platform}-${process.arch}`;
	const program = path.join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (works(program)) return program;

	progress.step(`Fetching Node.js ${NODE_24}`);
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(
		path.join(folder, 'package.json'),
		`${JSON.stringify({ private: true, dependencies: { [name]: NODE_24 } }, null, '\t')}\n`,
	);
	const log = path.join(home, 'node.log');
	fs.writeFileSync(log, '');
	const { code } = await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'], { cwd: folder, log });
	if (code !== 0 || !works(program)) {
		throw new Problem(
			`The newest n8n needs Node.js 24, and npm's ${name}@${NODE_24} did not bring one that runs here. Install Node.js 24 ` +
				'yourself, and start this with it.',
			log,
		);
	}
	progress.done();
	return program;
}

function works(program: string): boolean {
	try {
		return execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim() === `v${NODE_24}`;
	} catch {
		return false;
	}
}
