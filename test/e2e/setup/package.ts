import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import { Problem } from '../../../scripts/n8n/problem';
import { ROOT } from './folders';

/**
 * Builds the package into a folder of its own: the checkout's dist/ may be in use.
 *
 * @returns a folder that can be packed.
 * @throws Problem where it does not build.
 */
export function buildPackage(folder: string): string {
	fs.mkdirSync(folder, { recursive: true });
	for (const file of ['package.json', 'README.md', 'LICENSE']) {
		const source = path.join(ROOT, file);
		if (fs.existsSync(source)) fs.copyFileSync(source, path.join(folder, file));
	}
	const gulp = path.join(ROOT, 'node_modules/gulp/bin/gulp.js');
	const { status, stdout, stderr } = spawnSync(process.execPath, [gulp, 'build'], {
		cwd: ROOT,
		env: { ...process.env, BUILD_DIR: path.join(folder, 'dist') },
		encoding: 'utf8',
	});
	if (status !== 0) throw new Problem(`The package does not build:\n${stdout}${stderr}`);
	return folder;
}
