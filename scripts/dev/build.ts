import * as fs from 'node:fs';
import * as path from 'node:path';

import { startGroup } from '../n8n/group';
import { Problem } from '../n8n/problem';

/** What npm publishes in addition to `dist`. */
const BESIDE = ['package.json', 'README.md', 'LICENSE'];

/**
 * Builds the package into a folder, in a new process because the compiler itself may have changed.
 *
 * @throws Problem with the build's own message: what is wrong, where, and what would be right; the signal's reason if
 * aborted. In either case, the previous contents of the folder's `dist` are lost.
 */
export async function buildInto(folder: string, root: string, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	fs.mkdirSync(folder, { recursive: true });
	const gulp = path.join(root, 'node_modules/gulp/bin/gulp.js');
	const group = await startGroup(process.execPath, [gulp, 'build', '--no-color'], {
		cwd: root,
		env: { ...process.env, BUILD_DIR: path.join(folder, 'dist') },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const stop = () => void group.stop(1000);
	signal.addEventListener('abort', stop, { once: true });
	const lines: string[] = [];
	const read = [group.stdout, group.stderr].map(async (stream) => {
		for await (const chunk of stream ?? []) lines.push(...String(chunk).split('\n'));
	});
	const { code } = await group.exited;
	await Promise.all(read);
	signal.removeEventListener('abort', stop);
	signal.throwIfAborted();
	if (code !== 0) throw new Problem(whatIsWrong(lines));
	for (const file of BESIDE) fs.copyFileSync(path.join(root, file), path.join(folder, file));
}

/** The build's messages without gulp's report of its steps. */
function whatIsWrong(lines: string[]): string {
	const said = lines.map((line) => line.replace(/^\[\d\d:\d\d:\d\d\] /, ''));
	const telling = said.filter(
		(line) => line.trim() !== '' && !/^(Using gulpfile|Starting '|Finished '|'.*' errored after|npm warn|wrote )/.test(line),
	);
	return telling.join('\n') || 'The build ended without a word. "npm run build" may say more.';
}
