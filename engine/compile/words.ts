import { labelOf } from '../names';

/**
 * A description as n8n wants it: plain words without markup, two sentences at most, and a full stop only where there
 * is more than one.
 * @returns undefined where nothing is left
 */
export function sentenceOf(text: unknown): string | undefined {
	if (typeof text !== 'string') return undefined;
	const plain = text
		.replace(/<[^>]*>/g, ' ')
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/```[\s\S]*?```/g, ' ')
		.replace(/[`*#]|\b__?\b/g, '')
		.replace(/\s+/g, ' ')
		.trim();
	if (!plain) return undefined;
	const sentences = plain.match(/[^.!?]+(?:[.!?]+(?!\s|$)[^.!?]*)*[.!?]*(?:\s|$)/g) ?? [plain];
	const kept = sentences.slice(0, 2).map((sentence) => sentence.trim());
	const joined = upperFirst(kept.length === 1 ? kept[0].replace(/[.:;,]+$/, '') : kept.join(' '));
	const short = joined.length > 300 ? `${joined.slice(0, 297).replace(/\s\S*$/, '')}…` : joined;
	return short || undefined;
}

export function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a choice is called: `vector_store` → `Vector Store`, `S256` stays, `''` is said. */
export function enumLabel(value: unknown): string {
	if (value === '') return '(Empty)';
	if (typeof value !== 'string') return String(value);
	return /^[a-z0-9]+([_-][a-z0-9]+)*$/.test(value) || /^[a-z]+([A-Z][a-z0-9]+)+$/.test(value) || /^[A-Z0-9]+(_[A-Z0-9]+)+$/.test(value) ? labelOf(value) : value;
}

/** n8n wants a boolean's description to begin with "Whether". */
export function booleanDescription(label: string, description: string | undefined): string {
	if (description && /^whether\b/i.test(description)) return upperFirst(description);
	const plain = description?.replace(/^(if|when) (this is |set to |it is )?(true|enabled|set|yes)[,:]?\s*(then\s*)?/i, '');
	return plain ? `Whether this applies: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}` : `Whether '${label}' is true`;
}
