import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Folders that a copy omits, or links to. */
const LEFT_OUT = new Set(['node_modules', '.git', 'dist', '.n8n', 'coverage']);

/** Copies a checkout into a temporary folder that links to the same node_modules. The caller removes it. */
export function copyOf(root: string): string {
	const copy = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'vendor-')));
	for (const entry of fs.readdirSync(root)) {
		if (!LEFT_OUT.has(entry)) fs.cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true, verbatimSymlinks: true });
	}
	fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
	return copy;
}
