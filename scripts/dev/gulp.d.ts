/** gulp has no types of its own; these cover what is used here. */
declare module 'gulp' {
	export function watch(
		globs: string[],
		options: { cwd: string; delay?: number },
		task: () => Promise<void>,
	): import('node:events').EventEmitter & { close(): Promise<void> };
}
