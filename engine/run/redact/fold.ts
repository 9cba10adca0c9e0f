import { View, type Notation, type Piece } from './view';

/** What holds other than ASCII characters. */
export const NOT_ASCII = /[^\0-\x7f]/;
/** Spaces beside the usual one; a form writes it as `+`. */
const SPACE = /[+\t\n\v\f\r]/;
const SPACES = new RegExp(SPACE, 'g');
/** A character with what is written over it, letters that make one syllable, and all others that are not ASCII. */
const CLUSTER = /\p{Cf}|[\u1100-\u11ff]+|[^\p{M}]\p{M}+|[^\0-\x7f]|[\0-\x7f]/gu;

/** Canonical forms of what is not ASCII: case, and the ways to write one character, make no difference. */
const COMPOSED: Notation = {
	// With the character before, over which the first one can be written.
	pattern: /[\0-\x7f]?[^\0-\x7f]+/g,
	read: composed,
	pieces(match) {
		const pieces = (match.match(CLUSTER) ?? []).map((cluster): Piece => [composed(cluster), cluster.length]);
		return pieces.map(([piece]) => piece).join('') === composed(match) ? pieces : [[composed(match), match.length]];
	},
};

const UNSPACED: Notation = { pattern: / +/g, read: () => '', pieces: (match) => [['', match.length]] };

/** A text as it is compared: case, the ways to write one character, and the kinds of space make no difference. */
export function folded(view: View): View {
	const canonical = NOT_ASCII.test(view.text) ? view.read(COMPOSED) : view;
	return canonical.with(foldedAscii(canonical.text));
}

/** The same where nothing but ASCII is looked for, and the rest is noise. */
export function foldedAscii(text: string): string {
	const plain = text.toLowerCase();
	return SPACE.test(plain) ? plain.replace(SPACES, ' ') : plain;
}

/** The same of a text of which no place has to be known. */
export function foldedText(text: string): string {
	return folded(View.of(text)).text;
}

/** A folded text without any space: a key can be wrapped at any length. */
export function packed(view: View): View {
	return view.text.includes(' ') ? view.read(UNSPACED) : view;
}

/** The same of a text of which no place has to be known. */
export function packedText(text: string): string {
	return text.includes(' ') ? text.replaceAll(' ', '') : text;
}

/** Upper case first, which writes `ß` as `SS`; half of a character is on the wire what Unicode puts in its place. */
function composed(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/[\ud800-\udfff]/gu, '\ufffd')
		.toUpperCase()
		.toLowerCase()
		.replaceAll('ς', 'σ');
}
