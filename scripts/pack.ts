import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Packs the package in `root` as npm would publish it, into `folder`, and unpacks it there. */
export function pack(root: string, folder: string, name = 'unpacked'): { tarball: string; unpacked: string } {
	const answer = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const tarball = path.join(folder, (JSON.parse(answer) as Array<{ filename: string }>)[0].filename);
	const unpacked = path.join(folder, name);
	fs.rmSync(unpacked, { recursive: true, force: true });
	fs.mkdirSync(unpacked);
	execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
	return { tarball, unpacked };
}
