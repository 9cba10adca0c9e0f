/** ASCII characters of a written text: printable ones and whitespace. */
const WRITTEN = new Uint8Array(128);
for (let code = 0x20; code < 0x7f; code++) WRITTEN[code] = 1;
for (let code = 0x09; code <= 0x0d; code++) WRITTEN[code] = 1;

/** The replacement character, which invalid UTF-8 decodes to. */
const BROKEN = 0xfffd;

/** The characters that the texts searched for can contain, in any notation. */
export class Alphabet {
	private readonly ascii = WRITTEN.slice();
	private isAscii = true;
	private isAny = false;

	/** @param texts what is searched for, in canonical form */
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
	 * The parts of a text that are long enough to contain a match, each with one character before and after it. Base64 and
	 * hex mostly decode to noise, which has few such parts.
	 * @param least length of the shortest text searched for
	 */
	stretches(text: string, least: number): string {
		if (this.isAny || least < 2) return text;
		let kept = '';
		/** All characters from the start of the window to here are known to be possible. */
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

	/** Decodes those parts of UTF-8 bytes that are long enough to contain a match; noise is not decoded at all. */
	readUtf8(bytes: Buffer, least: number): string {
		if (this.isAny || least < 2) return bytes.toString('utf8');
		let kept = '';
		for (let from = 0, at = 0; from < bytes.length; from = ++at) {
			for (let size = 1; size > 0; at += size) size = this.sizeAt(bytes, at);
			if (at - from >= least) kept += `${bytes.toString('utf8', from, at)}\ufffd`;
		}
		return kept;
	}

	/** Length in bytes of the character at a position; 0 if it is not a possible one. */
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
