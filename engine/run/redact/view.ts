/** What stands for a part of a match: its text, and how many characters of the match it comes from. */
export type Piece = [text: string, length: number];

/** A way to write characters by others. */
export interface Notation {
	/** What is written in it; global, without groups. */
	pattern: RegExp;
	/** What a match reads as; the match where it is something else. */
	read(match: string): string;
	/** The same in pieces, for the few matches of which it has to be known where each character stands. */
	pieces(match: string): Piece[];
}

/** For each match that was read, four numbers: where it stands, its length, where what it reads as stands, and the length of that. */
type Matches = number[];
const SIZE = 4;

/** Short matches repeat themselves. */
const SHORT = 16;
const MAX_KNOWN = 1000;

/** A text as it reads, with the way back to what was written. */
export class View {
	private constructor(
		readonly text: string,
		private readonly origin?: { view: View; notation: Notation; matches: Matches },
	) {}

	static of(text: string): View {
		return new View(text);
	}

	/**
	 * The text with one notation read. The cost is that of the text.
	 * @returns the same view where nothing changes
	 */
	read(notation: Notation): View {
		const matches: Matches = [];
		const known = new Map<string, string>();
		let growth = 0;
		const text = this.text.replace(notation.pattern, (match: string, from: number) => {
			let read = known.get(match);
			if (read === undefined) {
				read = notation.read(match);
				if (match.length < SHORT && known.size < MAX_KNOWN) known.set(match, read);
			}
			if (read === match) return match;
			matches.push(from, match.length, from + growth, read.length);
			growth += read.length - match.length;
			return read;
		});
		return matches.length === 0 ? this : new View(text, { view: this, notation, matches });
	}

	/** The same places with other characters, each in the place of one. */
	with(text: string): View {
		return new View(text, this.origin);
	}

	/** Where a part of the text stands in what was written: a character that was read stands there as a whole. */
	sourceOf(from: number, to: number): [from: number, to: number] {
		if (!this.origin) return [from, to];
		return this.origin.view.sourceOf(this.placeOf(from)[0], this.placeOf(to - 1)[1]);
	}

	/** Where a character stands in the view before this one. */
	private placeOf(at: number): [from: number, to: number] {
		const { view, notation, matches } = this.origin as NonNullable<typeof this.origin>;
		let low = 0;
		let high = matches.length / SIZE;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (matches[middle * SIZE + 2] <= at) low = middle + 1;
			else high = middle;
		}
		if (low === 0) return [at, at + 1];
		const [start, length, read, size] = matches.slice((low - 1) * SIZE, low * SIZE);
		if (at >= read + size) {
			const from = start + length + at - read - size;
			return [from, from + 1];
		}
		let end = read;
		let from = start;
		for (const [piece, count] of notation.pieces(view.text.slice(start, start + length))) {
			end += piece.length;
			if (at < end) return [from, from + count];
			from += count;
		}
		return [start, start + length];
	}
}
