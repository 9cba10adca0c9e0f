/** Red, green and blue, each from 0 to 255. */
export type Rgb = [number, number, number];

export const WHITE: Rgb = [255, 255, 255];
/** The background of icons in the dark theme of n8n's editor. */
export const DARK: Rgb = [0x2d, 0x2d, 0x2d];

/** The contrast that WCAG 2.1 requires of text, which is more than it requires of graphics. */
const ENOUGH = 4.5;

/**
 * A colour of the given hue, lightened or darkened just enough to stand out from the background.
 * @param hue from 0 to 359
 */
export function standingOut(hue: number, background: Rgb): Rgb {
	const step = luminance(background) > 0.5 ? -1 : 1;
	for (let lightness = 50; lightness > 0 && lightness < 100; lightness += step) {
		const colour = rgbOf(hue, 0.72, lightness / 100);
		if (contrast(colour, background) >= ENOUGH) return colour;
	}
	return step < 0 ? [0, 0, 0] : WHITE;
}

/** The contrast ratio of two colours, from 1 to 21: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
export function contrast(first: Rgb, second: Rgb): number {
	const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

/** A colour in hexadecimal: `#2D2D2D`. */
export function hex(colour: Rgb): string {
	return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`.toUpperCase();
}

/** The hue for a name: always the same one, and different for most other names. */
export function hueOf(name: string): number {
	let hash = 2166136261;
	for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 16777619);
	return (hash >>> 0) % 360;
}

function luminance(colour: Rgb): number {
	const [red, green, blue] = colour.map((part) => {
		const share = part / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function rgbOf(hue: number, saturation: number, lightness: number): Rgb {
	const spread = saturation * Math.min(lightness, 1 - lightness);
	const part = (offset: number) => {
		const turn = (offset + hue / 30) % 12;
		return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))));
	};
	return [part(0), part(8), part(4)];
}
