import * as gulp from 'gulp';

/** Everything that the package is built from, except for what the build itself writes there. */
const SOURCES = [
	'nodes/**/*.{ts,json,yaml}',
	'!nodes/**/*.generated.json',
	'engine/**/*.ts',
	'credentials/**/*.ts',
	'icons/**/*',
	'scripts/generate.ts',
	'gulpfile.js',
	'package.json',
];

/**
 * Calls `change` whenever the sources change, one call at a time. Changes during a call lead to another one.
 *
 * @param change must not throw.
 * @returns a function that stops watching; resolves once watching has begun.
 */
export async function watchSources(root: string, change: () => Promise<void>): Promise<() => Promise<void>> {
	const watcher = gulp.watch(SOURCES, { cwd: root, delay: 100 }, change);
	await new Promise((resolve) => watcher.once('ready', resolve));
	return async () => await watcher.close();
}
