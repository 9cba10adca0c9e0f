import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** How many colours a palette can have. A picture of the editor has more, of blurred edges, which are not missed. */
const COLOURS = 256;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [TRUE_COLOUR, PALETTE, TRUE_COLOUR_AND_ALPHA] = [2, 3, 6];

/**
 * Writes a screenshot (PNG, 8 bits, without interlacing: as Chromium makes them) with a palette of its most frequent
 * colours, which takes about half of the room.
 */
export function withPalette(png: Buffer): Buffer {
	const { width, height, pixels } = readPng(png);
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

function readPng(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
	const [width, height, depth, type] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
	const size = { [TRUE_COLOUR]: 3, [TRUE_COLOUR_AND_ALPHA]: 4 }[type];
	if (depth !== 8 || size === undefined || png[28] !== 0) throw new Error('This is no screenshot of Chromium');
	const data: Buffer[] = [];
	for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
		if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
	}
	const rows = unfilter(inflateSync(Buffer.concat(data)), width * size, size);
	const pixels = new Uint32Array(width * height);
	for (let index = 0; index < pixels.length; index++) pixels[index] = rows.readUIntBE(index * size, 3);
	return { width, height, pixels };
}

/** Undoes what makes the rows compress better: each byte is kept as its difference to its neighbours (PNG, part 9). */
function unfilter(filtered: Buffer, length: number, size: number): Buffer {
	const height = filtered.length / (length + 1);
	const rows = Buffer.alloc(length * height);
	for (let y = 0; y < height; y++) {
		const filter = filtered[y * (length + 1)];
		for (let x = 0; x < length; x++) {
			const at = y * length + x;
			const left = x >= size ? rows[at - size] : 0;
			const above = y > 0 ? rows[at - length] : 0;
			const corner = x >= size && y > 0 ? rows[at - length - size] : 0;
			rows[at] = filtered[y * (length + 1) + 1 + x] + guess(filter, left, above, corner);
		}
	}
	return rows;
}

function guess(filter: number, left: number, above: number, corner: number): number {
	switch (filter) {
		case 1:
			return left;
		case 2:
			return above;
		case 3:
			return (left + above) >> 1;
		case 4:
			return paeth(left, above, corner);
		default:
			return 0;
	}
}

function paeth(left: number, above: number, corner: number): number {
	const [toLeft, toAbove, toCorner] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
	if (toLeft <= toAbove && toLeft <= toCorner) return left;
	return toAbove <= toCorner ? above : corner;
}

function chunk(name: string, data: Buffer): Buffer {
	const whole = Buffer.alloc(12 + data.length);
	whole.writeUInt32BE(data.length, 0);
	whole.write(name, 4, 'latin1');
	data.copy(whole, 8);
	whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
	return whole;
}
