import { titleCase } from 'title-case';
import { labelOf } from '../../model/names';

/**
 * A description as n8n wants it: plain text without markup, at most two sentences, and a final full stop only after
 * more than one sentence.
 * @returns undefined if nothing is left
 */
export function sentenceOf(text: unknown): string | undefined {
	if (typeof text !== 'string') return undefined;
	const plain = text
		.slice(0, 2000)
		.replace(/```[\s\S]*?(```|$)/g, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/[`*#]|\b__?\b/g, '')
		.replace(/\s+/g, ' ')
		.replace(/ ([.,;:])( |$)/g, '$1$2')
		// n8n uses a node's description as the default of a parameter, where a leading `=` would start an expression.
		.replace(/^[\s=]+/, '')
		.trim();
	if (!plain) return undefined;
	// A sentence with a template in it is meant for programmers.
	const [first, ...others] = sentencesIn(plain).filter((sentence) => !/[{}]/.test(sentence));
	if (first === undefined) return undefined;
	const kept = others.length > 0 && first.length + others[0].length < 250 ? [first, others[0]] : [first];
	const joined = upperFirst(kept.map((sentence) => sentence.replace(/[.:;,\s]+$/, '')).join('. '));
	const short = joined.length > 300 ? `${joined.slice(0, 297).replace(/\s\S*$/, '')}…` : joined;
	// n8n counts sentences by ". " (eslint-plugin-n8n-nodes-base, node-param-description-…-final-period).
	const several = short.replace('e.g.', '').includes('. ');
	return spelled(several ? `${short.replace(/[.…]+$/, '')}.` : short) || undefined;
}

/** Abbreviations whose full stop does not end a sentence. */
const ABBREVIATION = /\b(e\.g|i\.e|etc|vs|approx|incl|resp|no|ex)\.$/i;

function sentencesIn(text: string): string[] {
	const sentences: string[] = [];
	for (const part of text.split(/(?<=[.!?])\s+/)) {
		const last = sentences.length - 1;
		if (last >= 0 && ABBREVIATION.test(sentences[last])) sentences[last] += ` ${part}`;
		else sentences.push(part);
	}
	return sentences;
}

/** Uses n8n's spelling of the words that its linter checks. */
function spelled(text: string): string {
	return text
		.replace(/(?<![\w'"{/.-])ids(?![\w'"}/-])/gi, 'IDs')
		.replace(/(?<![\w'"{/.-])id(?![\w'"}/-])/gi, 'ID')
		.replace(/(?<![\w'"{/.-])urls(?![\w'"}/-])/gi, 'URLs')
		.replace(/(?<![\w'"{/.-])url(?![\w'"}/-])/gi, 'URL')
		.replace(/omma separated/g, 'omma-separated');
}

/** A title from the document, in Title Case. */
export function titleOf(text: string): string {
	return titleCase(spelled(text.slice(0, 2000).replace(/\s+/g, ' ').trim()));
}

/** Drops a description that only repeats the label. */
export function unlikeLabel(description: string | undefined, label: string): string | undefined {
	const plain = (text: string) =>
		text
			.replace(/^The\s/i, '')
			.replace(/\.$/, '')
			.toLowerCase();
	return description !== undefined && plain(description) === plain(label) ? undefined : description;
}

/** Capitalizes the first letter. */
export function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The label of a choice: `vector_store` → `Vector Store`; `S256` stays; `''` → `(Empty)`. */
export function enumLabel(value: unknown): string {
	if (value === '') return '(Empty)';
	if (typeof value !== 'string') return String(value);
	if (value.length > 500) return `${value.slice(0, 500)}…`;
	// Anything but a plain name (a model, media type or algorithm) keeps the vendor's spelling.
	return /^[a-z0-9]+([_-][a-z0-9]+)*$/.test(value) || /^[a-z]+([A-Z][a-z0-9]+)+$/.test(value) || /^[A-Z0-9]+(_[A-Z0-9]+)+$/.test(value)
		? labelOf(value)
		: titleCase(value);
}

/** Rephrases a boolean's description to begin with "Whether", as n8n requires. */
export function booleanDescription(label: string, description: string | undefined): string {
	if (description && /^whether\b/i.test(description)) return upperFirst(description);
	const plain = description?.replace(/^(if|when) (this is |set to |it is )?(true|enabled|set|yes)[,:]?\s*(then\s*)?/i, '');
	return plain ? `Whether this applies: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}` : `Whether '${label}' is true`;
}
