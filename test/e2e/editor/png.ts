import { crc32, deflateSync } from 'node:zlib';

import { PNG } from 'pngjs';

/** How many colours a palette can have. A picture of the editor has more, of blurred edges, which are not missed. */
const COLOURS = 256;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PALETTE = 3;

/**
 * Writes a picture (PNG) with a palette of its most frequent colours, which takes about half of the room; pngjs reads
 * pictures with a palette, and writes none.
 */
export function withPalette(png: Buffer): Buffer {
	const { width, height, data } = PNG.sync.read(png);
	const pixels = Uint32Array.from({ length: width * height }, (_, index) => data.readUIntBE(index * 4, 3));
	const counts = new Map<number, number>();
	for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
	const byFrequency = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
	const palette = byFrequency.slice(0, COLOURS);
	const places = new Map(byFrequency.map((colour) => [colour, nearest(palette, colour)]));

	const rows = Buffer.alloc(height * (width + 1));
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = places.get(pixels[y * width + x]) as number;
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 8;
	header[9] = PALETTE;
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', Buffer.from(palette.flatMap(parts))),
		chunk('IDAT', deflateSync(rows, { level: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function nearest(palette: number[], colour: number): number {
	const [red, green, blue] = parts(colour);
	let best = 0;
	let least = Infinity;
	palette.forEach((one, index) => {
		const distance = ((one >> 16) - red) ** 2 + (((one >> 8) & 0xff) - green) ** 2 + ((one & 0xff) - blue) ** 2;
		if (distance < least) [best, least] = [index, distance];
	});
	return best;
}

/** Red, green and blue. */
function parts(colour: number): number[] {
	return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function chunk(name: string, data: Buffer): Buffer {
	const whole = Buffer.alloc(12 + data.length);
	whole.writeUInt32BE(data.length, 0);
	whole.write(name, 4, 'latin1');
	data.copy(whole, 8);
	whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
	return whole;
}
