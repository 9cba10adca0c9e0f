import * as gulp from 'gulp';

/** Everything that the package is built from. What the build itself writes there is none of it. */
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
 * Does something whenever the sources change, one time after the other. What changes meanwhile is for the next time.
 *
 * @param change must not throw.
 * @returns resolves when it watches; the function ends that.
 */
export async function watchSources(root: string, change: () => Promise<void>): Promise<() => Promise<void>> {
	const watcher = gulp.watch(SOURCES, { cwd: root, delay: 100 }, change);
	await new Promise((resolve) => watcher.once('ready', resolve));
	return async () => await watcher.close();
}
