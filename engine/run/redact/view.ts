/** Where each character of a text begins and ends in the text that was looked at. */
class Places {
	length = 0;
	private from: Int32Array;
	private to: Int32Array;

	/** @param capacity of so many characters; there can be more */
	constructor(capacity: number) {
		this.from = new Int32Array(capacity);
		this.to = new Int32Array(capacity);
	}

	/** Characters that all stand for the same part. */
	add(from: number, to: number, count: number): void {
		this.reserve(count);
		for (let times = 0; times < count; times++) {
			this.from[this.length] = from;
			this.to[this.length++] = to;
		}
	}

	/** Characters as they stand in the text that was looked at, or where those of another text stand. */
	keep(before: Places | undefined, from: number, to: number): void {
		this.reserve(to - from);
		if (before) {
			this.from.set(before.from.subarray(from, to), this.length);
			this.to.set(before.to.subarray(from, to), this.length);
			this.length += to - from;
		} else {
			for (let index = from; index < to; index++) {
				this.from[this.length] = index;
				this.to[this.length++] = index + 1;
			}
		}
	}

	/** Where some of the characters stand. */
	of(from: number, to: number): [from: number, to: number] {
		return [this.from[from], this.to[to - 1]];
	}

	private reserve(count: number): void {
		if (this.length + count <= this.from.length) return;
		const capacity = 2 * (this.length + count);
		[this.from, this.to] = [this.from, this.to].map((known) => {
			const more = new Int32Array(capacity);
			more.set(known);
			return more;
		});
	}
}

/** A text as it reads when something in it was decoded. */
export interface View {
	text: string;
	/** Nothing where this is the text that was looked at. */
	places?: Places;
}

/** What stands for a part of a match: its text, and how many characters of the match it comes from. */
export type Piece = [text: string, length: number];

/**
 * Rewrites what a pattern matches. The cost is that of the text.
 * @param decode what stands for a match, in pieces; undefined leaves it as it is
 * @returns undefined where nothing changes
 */
export function rewrite(view: View, pattern: RegExp, decode: (match: RegExpExecArray) => Piece[] | undefined): View | undefined {
	const { text, places: before } = view;
	const parts: string[] = [];
	const places = new Places(text.length);
	let end = 0;
	const keep = (until: number) => {
		parts.push(text.slice(end, until));
		places.keep(before, end, until);
		end = until;
	};
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		const pieces = decode(match);
		if (!pieces) continue;
		keep(match.index);
		for (const [piece, length] of pieces) {
			parts.push(piece);
			const [from, to] = before ? before.of(end, end + length) : [end, end + length];
			places.add(from, to, piece.length);
			end += length;
		}
	}
	if (parts.length === 0) return undefined;
	keep(text.length);
	return { text: parts.join(''), places };
}

/** Where a part of a view stands in the text that was looked at: a character that was decoded stands there as a whole. */
export function sourceOf({ places }: View, from: number, to: number): [from: number, to: number] {
	return places ? places.of(from, to) : [from, to];
}
