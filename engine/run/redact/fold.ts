import { View, type Notation, type Piece } from './view';

/** Matches any character that is not ASCII. */
export const NOT_ASCII = /[^\0-\x7f]/;
/** Whitespace other than the space itself; HTML forms encode a space as `+`. */
const SPACE = /[+\t\n\v\f\r]/;
const SPACES = new RegExp(SPACE, 'g');
/** Units of composition: a base with its combining marks, the jamo of a Hangul syllable, or a single character. */
const CLUSTER = /\p{Cf}|[\u1100-\u11ff]+|[^\p{M}]\p{M}+|[^\0-\x7f]|[\0-\x7f]/gu;

/** Normalizes text that is not ASCII, so that case and equivalent spellings of a character make no difference. */
const COMPOSED: Notation = {
	// Includes the preceding ASCII character, since the first match may be a combining mark.
	pattern: /[\0-\x7f]?[^\0-\x7f]+/g,
	read: composed,
	pieces(match) {
		const pieces = (match.match(CLUSTER) ?? []).map((cluster): Piece => [composed(cluster), cluster.length]);
		return pieces.map(([piece]) => piece).join('') === composed(match) ? pieces : [[composed(match), match.length]];
	},
};

const UNSPACED: Notation = { pattern: / +/g, read: () => '', pieces: (match) => [['', match.length]] };

/** A text in canonical form for comparison: case, equivalent spellings of characters and kinds of whitespace do not matter. */
export function folded(view: View): View {
	const canonical = NOT_ASCII.test(view.text) ? view.read(COMPOSED) : view;
	return canonical.with(foldedAscii(canonical.text));
}

/** The same for ASCII only; suffices if all that is searched for is ASCII. */
export function foldedAscii(text: string): string {
	const plain = text.toLowerCase();
	return SPACE.test(plain) ? plain.replace(SPACES, ' ') : plain;
}

/** The canonical form of a text, without a way back to the original positions. */
export function foldedText(text: string): string {
	return folded(View.of(text)).text;
}

/** A canonical text without spaces, since a key can be wrapped at any length. */
export function packed(view: View): View {
	return view.text.includes(' ') ? view.read(UNSPACED) : view;
}

/** The same, without a way back to the original positions. */
export function packedText(text: string): string {
	return text.includes(' ') ? text.replaceAll(' ', '') : text;
}

/** Upper case comes before lower case because it turns `ß` into `SS`. Lone surrogates become U+FFFD, as they do when sent. */
function composed(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/[\ud800-\udfff]/gu, '\ufffd')
		.toUpperCase()
		.toLowerCase()
		.replaceAll('ς', 'σ');
}
