import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Makes a folder identical to another, touching only files that differ, since n8n reloads whenever one changes.
 *
 * @returns the written and deleted files, relative to the folder.
 */
export function updateFolder(target: string, source: string): string[] {
	const wanted = filesBelow(source);
	const gone = filesBelow(target).filter((file) => !wanted.includes(file));
	const changed = wanted.filter((file) => !isSame(path.join(source, file), path.join(target, file)));
	for (const file of changed) {
		const place = path.join(target, file);
		fs.mkdirSync(path.dirname(place), { recursive: true });
		// Replace it in one step, since n8n may be reading it.
		const draft = `${place}.tmp`;
		fs.copyFileSync(path.join(source, file), draft);
		fs.renameSync(draft, place);
	}
	for (const file of gone) fs.rmSync(path.join(target, file));
	return [...changed, ...gone];
}

function isSame(one: string, other: string): boolean {
	return fs.existsSync(other) && fs.readFileSync(one).equals(fs.readFileSync(other));
}

function filesBelow(folder: string): string[] {
	return fs
		.readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
