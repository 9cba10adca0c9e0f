/**
 * Counts the tries of a fuzz run, and prints their number at the end of its file. It bypasses jest, which prints neither
 * the names of passing tests nor, with --silent, what is logged.
 */
export function countTries(what: string): (count?: number) => void {
	let tries = 0;
	afterAll(() => void process.stderr.write(`${what}: ${tries.toLocaleString('en')} tries\n`));
	return (count = 1) => void (tries += count);
}
