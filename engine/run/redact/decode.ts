import { View, type Notation, type Piece } from './view';

/** HTML's named characters of Latin-1, in order from U+00A0. */
const LATIN = (
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot ' +
	'cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml ' +
	'Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
	'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ' +
	'ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
).split(' ');
/** HTML's named ASCII characters: each name is followed by its character. */
const SIGNS =
	'amp& lt< gt> quot" apos\' sol/ bsol\\ plus+ equals= colon: semi; comma, period. num# percnt% dollar$ excl! quest? ast* lpar( rpar) ' +
	'lsqb[ lbrack[ rsqb] rbrack] lcub{ lbrace{ rcub} rbrace} verbar| vert| commat@ lowbar_ grave` Hat^ tab\t newline\n';
const ENTITIES = new Map<string, string>([
	...LATIN.map((name, index) => [name, String.fromCharCode(0xa0 + index)] as const),
	...SIGNS.split(/ (?=\w)/).map((one) => [one.slice(0, -1), one.slice(-1)] as const),
]);

const ESCAPES: { [letter: string]: string } = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' };

const PERCENT_SIGN = 0x25;
const CHARACTERS = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
/** The value of each ASCII character as a hex digit; 0 for others. */
const DIGITS = Uint8Array.from(CHARACTERS, (character) => (/[0-9a-f]/i.test(character) ? parseInt(character, 16) : 0));
/** Scratch buffer for the bytes of a match, most of which are short. */
const BYTES = Buffer.alloc(1024);

/** The first characters of all notations. */
const NOTATION = /[%\\&]/;

const PERCENT = '%[uU][0-9a-fA-F]{4}|(?:%[0-9a-fA-F]{2})+';
const BACKSLASH = '\\\\(?:[uU][0-9a-fA-F]{4}|[uU]\\{[0-9a-fA-F]{1,6}\\}|[xX][0-9a-fA-F]{2}|[nrtbfvNRTBFV0]|[^a-zA-Z0-9\\s])';
const ENTITY = '&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,10});?';

/** Each decodes one layer of one notation. */
const LAYERS = [PERCENT, BACKSLASH, ENTITY].map(notation);
/** Decodes all notations at once, including repeated encodings: `%252541`, `\\\\"`, `&amp;amp;lt;`. */
const EVERYTHING = notation(
	[
		'%(?:25)*[uU][0-9a-fA-F]{4}|(?:%(?:25)*[0-9a-fA-F]{2})+',
		`\\\\+(?:${BACKSLASH.slice(5, -1)}|\\\\)`,
		`&(?:amp;)+${ENTITY.slice(1)}|${ENTITY}`,
	].join('|'),
);

/** Most layers to decode one at a time: of mixed notations, and of a single one. Deeper texts are decoded all at once. */
const MAX_STEPS = 2;
const MAX_SAME = 4;
/** A longer text is not written by a person; each notation is decoded only once. */
const LONG = 100_000;
const MAX_ROUNDS = 6;

/**
 * The readings of a text: as written; with URL, JSON and HTML notations decoded one at a time, in any order; and with
 * all of them decoded together until nothing changes.
 */
export function* readingsOf(text: string): Generator<View, void, undefined> {
	const written = View.of(text);
	yield written;
	if (!NOTATION.test(text)) return;
	const known = new Set([text]);
	const isNew = (view: View) => !known.has(view.text) && known.add(view.text);
	const queue = [{ view: written, steps: [] as Notation[] }];
	for (const { view, steps } of queue) {
		for (const layer of LAYERS) {
			const isSame = steps.every((step) => step === layer);
			if (steps.length >= (text.length > LONG ? 1 : isSame ? MAX_SAME : MAX_STEPS)) continue;
			const next = view.read(layer);
			if (!isNew(next)) continue;
			queue.push({ view: next, steps: [...steps, layer] });
			yield next;
		}
	}
	for (const view of decoding(written)) if (isNew(view)) yield view;
}

/** Successive readings of a text, each with one more layer of all notations decoded, until nothing changes. */
function* decoding(written: View): Generator<View, void, undefined> {
	let view = written;
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const next = view.read(EVERYTHING);
		if (next === view) return;
		yield (view = next);
	}
}

/** A text with all notations decoded until nothing changes. */
export function decodedWhole(text: string): string {
	return [...decoding(View.of(text))].at(-1)?.text ?? text;
}

function notation(source: string): Notation {
	const pieces = (match: string) => piecesOf(match) ?? [[match, match.length] as Piece];
	return {
		pattern: new RegExp(source, 'g'),
		pieces,
		read: (match) => (match[0] === '%' ? fromUtf8(match) : undefined) ?? joined(pieces(match)),
	};
}

function joined(pieces: Piece[]): string {
	let text = '';
	for (const [piece] of pieces) text += piece;
	return text;
}

/** Decodes percent-encoded UTF-8, even if encoded several times; undefined if the match is not that. */
function fromUtf8(match: string): string | undefined {
	const bytes = match.length <= BYTES.length ? BYTES : Buffer.allocUnsafe(match.length);
	let count = 0;
	let isAscii = true;
	for (let index = 0; index < match.length; count++) {
		const start = index++;
		while (index < match.length && match.charCodeAt(index) !== PERCENT_SIGN) index++;
		// `%u0041` has an even number of characters; `%41` and `%2541` have an odd number.
		if ((index - start) % 2 === 0) return undefined;
		const byte = byteAt(match, index - 2);
		if (byte >= 128) isAscii = false;
		bytes[count] = byte;
	}
	if (isAscii && count === 1) return CHARACTERS[bytes[0]];
	const text = bytes.toString(isAscii ? 'latin1' : 'utf8', 0, count);
	return isAscii || !text.includes('\ufffd') ? text : undefined;
}

/** The byte that two hex digits represent. */
function byteAt(text: string, index: number): number {
	return (DIGITS[text.charCodeAt(index) & 127] << 4) | DIGITS[text.charCodeAt(index + 1) & 127];
}

function piecesOf(match: string): Piece[] | undefined {
	if (match[0] === '%') return fromPercent(match);
	const one = match[0] === '&' ? fromEntity(match) : fromBackslash(match);
	return one === undefined ? undefined : [[one, match.length]];
}

function fromPercent(match: string): Piece[] {
	const unicode = /^%(?:25)*u(....)$/i.exec(match);
	if (unicode) return [[String.fromCharCode(parseInt(unicode[1], 16)), match.length]];
	const all = match.match(/%(?:25)*[0-9a-fA-F]{2}/g) as string[];
	return inUtf8(
		all.map((one) => parseInt(one.slice(-2), 16)),
		all.map((one) => one.length),
	);
}

/** Decodes bytes as UTF-8; each invalid byte becomes a character of its own. */
function inUtf8(bytes: number[], lengths: number[]): Piece[] {
	const pieces: Piece[] = [];
	for (let index = 0; index < bytes.length;) {
		const first = bytes[index];
		const count = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
		const character = count === 1 ? String.fromCharCode(first) : Buffer.from(bytes.slice(index, index + count)).toString('utf8');
		const isOne = count === 1 || (!character.includes('\ufffd') && character.length <= 2) || isReplacement(bytes, index);
		const used = isOne ? Math.min(count, bytes.length - index) : 1;
		pieces.push([isOne ? character : String.fromCharCode(first), sum(lengths, index, index + used)]);
		index += used;
	}
	return pieces;
}

/** Whether the bytes are U+FFFD itself, which is sent in place of a lone surrogate. */
function isReplacement(bytes: number[], index: number): boolean {
	return bytes[index] === 0xef && bytes[index + 1] === 0xbf && bytes[index + 2] === 0xbd;
}

function sum(numbers: number[], from: number, to: number): number {
	let total = 0;
	for (let index = from; index < to; index++) total += numbers[index];
	return total;
}

function fromBackslash(match: string): string | undefined {
	const escape = match.replace(/^\\+/, '');
	// Only backslashes: an escaped backslash, one layer or more.
	if (escape === '') return '\\';
	if (escape.length === 1) return ESCAPES[escape.toLowerCase()] ?? escape;
	return character(parseInt(escape.replace(/[^0-9a-f]/gi, ''), 16));
}

function fromEntity(match: string): string | undefined {
	const [, several, name] = /^&((?:amp;)*)(.+?);?$/.exec(match) as RegExpExecArray;
	const sign = name.startsWith('#')
		? character(/^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1)))
		: (ENTITIES.get(name) ?? ENTITIES.get(name.toLowerCase()));
	// After `&amp;` there need not be an entity name.
	return sign ?? (several === '' ? undefined : `&${match.slice(several.length + 1)}`);
}

function character(code: number): string | undefined {
	return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
