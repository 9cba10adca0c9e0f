import { words } from '../../engine/model/names';
import { DARK, hex, hueOf, standingOut, WHITE, type Rgb } from './colours';
import { GLYPHS } from './glyphs';
import type { VendorName } from './names';

const INK: Rgb = [0x1b, 0x1b, 0x24];
/** Stroke width of the monogram, whatever its size. */
const STROKE = 3.5;
const CENTER = 23.5;

/** Two SVG icons in the style of the others: a key with the vendor's initials in its head. */
export function icons({ display, key }: VendorName): { light: string; dark: string } {
	const monogram = drawn(initials(display, key));
	const hue = hueOf(key);
	return { light: keyWith(monogram, standingOut(hue, WHITE), WHITE), dark: keyWith(monogram, standingOut(hue, DARK), INK) };
}

function initials(display: string, key: string): string[] {
	const all = words(display.normalize('NFKD').replace(/\p{M}/gu, ''))
		.map((word) => word.charAt(0).toUpperCase())
		.filter((letter) => GLYPHS[letter] !== undefined);
	// Only words separated by spaces count: n8n's names would split "GitHub".
	const count = /\s/.test(display) ? 2 : 1;
	return all.length > 0 ? all.slice(0, count) : [key.charAt(0).toUpperCase()];
}

/** Letters side by side, centred in the key's head. */
function drawn(letters: string[]): string {
	const scale = letters.length === 1 ? 1.5 : 1.05;
	const gap = 3.6;
	const width = letters.length * 10 + (letters.length - 1) * gap;
	const paths = letters.map((letter, index) =>
		index === 0 ? `<path d="${GLYPHS[letter]}"/>` : `<path transform="translate(${index * (10 + gap)})" d="${GLYPHS[letter]}"/>`,
	);
	const [x, y] = [CENTER - (width * scale) / 2, CENTER - (14 * scale) / 2].map(rounded);
	return `stroke-width="${rounded(STROKE / scale)}" transform="translate(${x} ${y})scale(${scale})">${paths.join('')}`;
}

function rounded(number: number): number {
	return Math.round(number * 100) / 100;
}

function keyWith(monogram: string, colour: Rgb, ink: Rgb): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60" fill="none" stroke-linecap="round" stroke-linejoin="round">
	<path stroke="${hex(colour)}" stroke-width="6.4" d="m36 36 20 20M44 44l5-5M52 52l4.5-4.5"/>
	<circle cx="23.5" cy="23.5" r="22.5" fill="${hex(colour)}"/>
	<g stroke="${hex(ink)}" ${monogram}</g>
</svg>
`;
}
