/**
 * Counts what a fuzz run tries, and prints the sum when its file is done. Jest prints neither the names of tests that
 * pass nor, with --silent, what is logged; so it goes past jest.
 */
export function countTries(what: string): (count?: number) => void {
	let tries = 0;
	afterAll(() => void process.stderr.write(`${what}: ${tries.toLocaleString('en')} tries\n`));
	return (count = 1) => void (tries += count);
}
