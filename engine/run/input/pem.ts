const FENCE = '-----';

/**
 * Restores the line breaks of a PEM text (RFC 7468), which cannot be parsed without them: a masked field has a single
 * line, so the line breaks of a pasted private key are lost, or arrive as `\n` from a JSON file. Any other text is
 * returned as it is. Avoids regular expressions that backtrack, since texts can have any length.
 */
export function withLineBreaks(text: string): string {
	const trimmed = text.trim();
	if (!trimmed.startsWith(`${FENCE}BEGIN `) || trimmed.includes('\n')) return text;
	let length = trimmed.length;
	while (trimmed.startsWith('\\n', length - 2) || trimmed.startsWith('\\r', length - 2)) length -= 2;
	const whole = trimmed.slice(0, length).trimEnd();
	const afterBegin = whole.indexOf(FENCE, FENCE.length) + FENCE.length;
	const beforeEnd = whole.lastIndexOf(`${FENCE}END `);
	const [begin, end] = [whole.slice(0, afterBegin), whole.slice(beforeEnd)];
	if (beforeEnd <= afterBegin || !isFence(begin, 'BEGIN') || !isFence(end, 'END')) return text;
	const inside = whole.slice(afterBegin, beforeEnd).replace(/\\n|\\r|\s/g, '');
	if (/[^A-Za-z0-9+/=]/.test(inside)) return text;
	return `${begin}\n${(inside.match(/.{1,64}/g) ?? []).join('\n')}\n${end}\n`;
}

/** Whether a line is a BEGIN or END line of a PEM text. The longest label in use has 32 letters. */
function isFence(line: string, word: string): boolean {
	return line.length < 100 && new RegExp(`^${FENCE}${word} [A-Z0-9 ]+${FENCE}$`).test(line);
}
