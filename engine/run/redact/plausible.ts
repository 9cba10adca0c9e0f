/** What a text of ASCII is written with: printable characters and the kinds of space. */
const WRITTEN = new Uint8Array(128);
for (let code = 0x20; code < 0x7f; code++) WRITTEN[code] = 1;
for (let code = 0x09; code <= 0x0d; code++) WRITTEN[code] = 1;

/** What UTF-8 that is none is read as. */
const BROKEN = 0xfffd;

/** Which characters the texts that are looked for can be written with, in any notation. */
export class Alphabet {
	private readonly ascii = WRITTEN.slice();
	private isAscii = true;
	private isAny = false;

	/** @param texts what is looked for, in canonical form */
	constructor(texts: Iterable<string>) {
		for (const text of texts) {
			for (let index = 0; index < text.length; index++) {
				const code = text.charCodeAt(index);
				if (code < 128) this.ascii[code] = 1;
				else this.isAscii = false;
				if (code === BROKEN) this.isAny = true;
			}
		}
	}

	/**
	 * The parts of a text in which something that is long enough can stand, each with the character before and behind it.
	 * What Base64 and hex read as is noise for the most part, and noise has few of them.
	 * @param least length of what is looked for
	 */
	stretches(text: string, least: number): string {
		if (this.isAny || least < 2) return text;
		let kept = '';
		/** All characters from the beginning of the window to here are known to be possible. */
		let known = 0;
		for (let from = 0; from + least <= text.length;) {
			let last = from + least - 1;
			while (last >= known && this.has(text.charCodeAt(last))) last--;
			if (last >= known) {
				from = known = last + 1;
				continue;
			}
			let to = from + least;
			while (to < text.length && this.has(text.charCodeAt(to))) to++;
			if (from === 0 && to === text.length) return text;
			kept += text.slice(Math.max(0, from - 1), to + 1);
			from = known = to + 1;
		}
		return kept;
	}

	/** What bytes say in UTF-8, where something that is long enough can stand: noise is not read at all. */
	readUtf8(bytes: Buffer, least: number): string {
		if (this.isAny || least < 2) return bytes.toString('utf8');
		let kept = '';
		for (let from = 0, at = 0; from < bytes.length; from = ++at) {
			for (let size = 1; size > 0; at += size) size = this.sizeAt(bytes, at);
			if (at - from >= least) kept += `${bytes.toString('utf8', from, at)}\ufffd`;
		}
		return kept;
	}

	/** How many bytes the character there has; 0 where there is none that is possible. */
	private sizeAt(bytes: Buffer, at: number): number {
		const first = bytes[at];
		if (first < 0x80) return this.ascii[first];
		const size = first >= 0xf5 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
		for (let index = 1; index < size; index++) if ((bytes[at + index] & 0xc0) !== 0x80) return 0;
		return size;
	}

	private has(code: number): boolean {
		return code < 128 ? this.ascii[code] === 1 : !this.isAscii && code !== BROKEN;
	}
}
