import { rewrite, type View } from './view';

/** What holds other than ASCII characters. */
export const NOT_ASCII = /[^\0-\x7f]/;
/** Spaces beside the usual one; a form writes it as `+`. */
const SPACE = /[+\t\n\v\f\r]/;
const SPACES = new RegExp(SPACE, 'g');
/** A character with what is written over it, and all others that are not ASCII. */
const CLUSTERS = /\p{Cf}|[^\p{M}]\p{M}+|[^\0-\x7f]/gu;

/** A text as it is compared: case, the ways to write one character, and the kinds of space make no difference. */
export function folded(text: string): string {
	return foldedAscii(NOT_ASCII.test(text) ? composed(text) : text);
}

/** The same where nothing but ASCII is looked for, and the rest is noise. */
export function foldedAscii(text: string): string {
	const plain = text.toLowerCase();
	return SPACE.test(plain) ? plain.replace(SPACES, ' ') : plain;
}

/** The same, with the places. */
export function foldedView(view: View): View {
	if (!NOT_ASCII.test(view.text)) return { ...view, text: folded(view.text) };
	const { text, places } = rewrite(view, CLUSTERS, ([cluster]) => [[composed(cluster), cluster.length]]) ?? view;
	return { text: text.toLowerCase().replace(SPACES, ' '), places };
}

/** A folded text without any space: a key can be wrapped at any length. */
export function packed(text: string): string {
	return text.includes(' ') ? text.replaceAll(' ', '') : text;
}

/** The same, with the places. */
export function packedView(view: View): View {
	return rewrite(view, / +/g, ([spaces]) => [['', spaces.length]]) ?? view;
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
