import * as fs from 'node:fs';
import * as path from 'node:path';

import { Problem } from '../../scripts/n8n/problem';

/**
 * Writes new files and new versions of existing ones: all of them or none.
 * @param created texts by path below the root; none of these files may exist
 * @param replaced the same for existing files
 * @throws Problem naming what is in the way, before anything is written
 */
export function writeAll(root: string, created: { [file: string]: string }, replaced: { [file: string]: string }): void {
	const existing = Object.keys(created).filter((file) => exists(root, file));
	if (existing.length > 0)
		throw new Problem(
			`There is such a vendor already, and nothing is overwritten:\n${existing.map((file) => `  ${file}`).join('\n')}\nGive ` +
				'another --name, or remove these first.',
		);
	const undo: Array<() => void> = [];
	try {
		for (const [file, text] of Object.entries(created)) {
			const target = path.join(root, file);
			const made = fs.mkdirSync(path.dirname(target), { recursive: true });
			if (made) undo.push(() => fs.rmSync(made, { recursive: true, force: true }));
			undo.push(() => fs.rmSync(target, { force: true }));
			fs.writeFileSync(target, text, { flag: 'wx' });
		}
		for (const [file, text] of Object.entries(replaced)) {
			const target = path.join(root, file);
			const before = fs.readFileSync(target);
			undo.push(() => fs.writeFileSync(target, before));
			fs.writeFileSync(target, text);
		}
	} catch (error) {
		for (const step of undo.reverse()) step();
		throw new Problem(`Nothing was written: ${(error as Error).message}.`);
	}
}

/** Whether a file with this name exists in upper or lower case, which Windows and macOS do not distinguish. */
function exists(root: string, file: string): boolean {
	let folder = root;
	for (const part of file.split('/')) {
		const found = fs.existsSync(folder) ? fs.readdirSync(folder).find((entry) => entry.toLowerCase() === part.toLowerCase()) : undefined;
		if (found === undefined) return false;
		folder = path.join(folder, found);
	}
	return true;
}
