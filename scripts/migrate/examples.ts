import * as fs from 'node:fs';
import * as path from 'node:path';

import { vendorPackages } from '../packages';
import { rewrite, type Types } from './rewrite';

/**
 * The examples of each vendor's package, by folder and then by file name: those of `examples/` that need no other package,
 * with the types of the package.
 * @param root the project's folder
 */
export function packageExamples(root: string, types: Types): Map<string, { [file: string]: string }> {
	const home = path.join(root, 'examples');
	const migrated = fs.readdirSync(home).map((file) => {
		const { text, changes } = rewrite(fs.readFileSync(path.join(home, file), 'utf8'), types);
		return { file, text, packages: new Set(changes.map(({ to }) => to.split('.')[0])) };
	});
	return new Map(
		vendorPackages(root).map(({ folder, manifest }) => {
			const own = migrated.filter(({ packages }) => packages.size === 1 && packages.has(manifest.name));
			return [path.join(folder, 'examples'), Object.fromEntries(own.map(({ file, text }) => [file, text]))];
		}),
	);
}

/** Writes the examples of each vendor's package anew. */
export function writePackageExamples(root: string, types: Types): void {
	for (const [folder, files] of packageExamples(root, types)) {
		fs.rmSync(folder, { recursive: true, force: true });
		fs.mkdirSync(folder);
		for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text);
	}
}
