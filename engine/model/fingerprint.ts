/** A text in a few characters, from which it cannot be read: two hashes of 32 bits (FNV-1a, forwards and backwards). */
export function fingerprint(text: string): string {
	let forwards = 0x811c9dc5;
	let backwards = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		forwards = Math.imul(forwards ^ text.charCodeAt(index), 0x01000193);
		backwards = Math.imul(backwards ^ text.charCodeAt(text.length - 1 - index), 0x01000193);
	}
	return `${text.length.toString(36)}${(forwards >>> 0).toString(36)}${(backwards >>> 0).toString(36)}`;
}
