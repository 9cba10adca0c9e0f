/** A text as it reads when something in it was decoded. */
export interface View {
	text: string;
	/** Where each character begins and ends in the text that was looked at; nothing where both texts are the same. */
	places?: { from: number[]; to: number[] };
}

/** What stands for a part of a match: its text, and how many characters of the match it comes from. */
export type Piece = [text: string, length: number];

/**
 * Rewrites what a pattern matches. The cost is that of the text.
 * @param decode what stands for a match, in pieces; undefined leaves it as it is
 * @returns undefined where nothing changes
 */
export function rewrite(view: View, pattern: RegExp, decode: (match: RegExpExecArray) => Piece[] | undefined): View | undefined {
	const { text, places } = view;
	const parts: string[] = [];
	const from: number[] = [];
	const to: number[] = [];
	let end = 0;
	const keep = (until: number) => {
		parts.push(text.slice(end, until));
		for (; end < until; end++) {
			from.push(places ? places.from[end] : end);
			to.push(places ? places.to[end] : end + 1);
		}
	};
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		const pieces = decode(match);
		if (!pieces) continue;
		keep(match.index);
		for (const [piece, length] of pieces) {
			parts.push(piece);
			for (let index = 0; index < piece.length; index++) {
				from.push(places ? places.from[end] : end);
				to.push(places ? places.to[end + length - 1] : end + length);
			}
			end += length;
		}
	}
	if (parts.length === 0) return undefined;
	keep(text.length);
	return { text: parts.join(''), places: { from, to } };
}

/** Where a part of a view stands in the text that was looked at: a character that was decoded stands there as a whole. */
export function sourceOf({ places }: View, from: number, to: number): [from: number, to: number] {
	return places ? [places.from[from], places.to[to - 1]] : [from, to];
}
