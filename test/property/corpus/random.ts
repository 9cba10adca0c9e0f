/** Repeatable random numbers: a seed gives the same ones on every machine. */
export class Random {
	private state: number;

	constructor(seed: number | string) {
		this.state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
	}

	/** A number from 0 up to, but not including, 1 (mulberry32). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
	}

	/** A whole number between both, inclusive. */
	int(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(all: readonly T[]): T {
		return all[Math.floor(this.next() * all.length)];
	}

	/** A copy with the entries in random order. */
	shuffled<T>(all: readonly T[]): T[] {
		const copy = [...all];
		for (let last = copy.length - 1; last > 0; last--) {
			const other = this.int(0, last);
			[copy[last], copy[other]] = [copy[other], copy[last]];
		}
		return copy;
	}
}

/** The FNV-1a hash of a text. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
	return value;
}
