/** gulp comes without types; this is what is used of it here. */
declare module 'gulp' {
	export function watch(
		globs: string[],
		options: { cwd: string; delay?: number },
		task: () => Promise<void>,
	): import('node:events').EventEmitter & { close(): Promise<void> };
}
