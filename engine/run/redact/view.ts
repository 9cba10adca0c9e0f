/** What part of a match decodes to, and how many characters of the match that part has. */
export type Piece = [text: string, length: number];

/** A way to encode characters as other characters. */
export interface Notation {
	/** Matches what is encoded; global, without groups. */
	pattern: RegExp;
	/** Decodes a match; returns it unchanged if it is not encoded. */
	read(match: string): string;
	/** Decodes a match in pieces; needed only for the few matches in which each character's position matters. */
	pieces(match: string): Piece[];
}

/** Four numbers for each decoded match: its position and length, then position and length of the decoded text. */
type Matches = number[];
const SIZE = 4;

/** Short matches tend to recur, so their decoded text is cached. */
const SHORT = 16;
const MAX_KNOWN = 1000;

/** A reading of a text that can map positions back to the original. */
export class View {
	private constructor(
		readonly text: string,
		private readonly origin?: { view: View; notation: Notation; matches: Matches },
	) {}

	static of(text: string): View {
		return new View(text);
	}

	/**
	 * The text with one notation decoded, in linear time.
	 * @returns this view if nothing changes
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

	/** A view with the same positions and other characters; `text` must have the same length. */
	with(text: string): View {
		return new View(text, this.origin);
	}

	/** The range of the original text that a part of this view comes from; encoded characters are included as a whole. */
	sourceOf(from: number, to: number): [from: number, to: number] {
		if (!this.origin) return [from, to];
		return this.origin.view.sourceOf(this.placeOf(from)[0], this.placeOf(to - 1)[1]);
	}

	/** The range of the previous view that a character comes from. */
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
