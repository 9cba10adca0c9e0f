import { words } from '../../model/names';
import { singular } from '../text/plural';

/** A segment of a path: a word or a variable. */
export interface Segment {
	text: string;
	/** Name of the variable; undefined for a word. */
	variable?: string;
}

/** A parsed path. */
export interface ApiPath {
	text: string;
	segments: Segment[];
	/** The custom method after a colon, as in `/keys/{id}:rotate` (Google AIP-136). */
	custom?: string;
	/** The path with each variable as `{}`. */
	shape: string;
	/** It ends in a variable. */
	isItem: boolean;
}

/** Parses a path, without the query or fragment that some documents include. */
export function pathOf(text: string): ApiPath {
	const plain = text.replace(/[?#].*$/, '');
	const colon = /[^/]:([A-Za-z][\w.-]*)$/.exec(plain);
	const path = colon ? plain.slice(0, colon.index + 1) : plain;
	const segments = path
		.split('/')
		.filter(Boolean)
		// OData writes keys in parentheses: Databases({id}), Projects('{name}').
		.flatMap((part) => {
			const keyed = /^(\w+)\('?(\{[^}]*\})'?\)$/.exec(part);
			return keyed ? keyed.slice(1) : [part];
		})
		.map((part): Segment => {
			// Some documents write variables as routers do: `:id`.
			if (/^:\w+$/.test(part)) return { text: part, variable: part.slice(1) };
			const variables = [...part.matchAll(/\{([^}]*)\}/g)];
			const isVariable = variables.length > 0 && /^\W*(\{[^}]*\}\W*)+(\.\w+)?$/.test(part);
			return isVariable ? { text: part, variable: variables[variables.length - 1][1] } : { text: part };
		});
	const shape = shapeOf(segments);
	const isItem = segments.length > 0 && segments[segments.length - 1].variable !== undefined;
	return { text, segments, ...(colon ? { custom: colon[1] } : {}), shape, isItem };
}

/** The text of a path with each variable as `{}`. */
export function shapeOf(segments: Segment[]): string {
	return `/${segments.map(({ text, variable }) => (variable === undefined ? text : '{}')).join('/')}`;
}

/** The path without trailing variables, where an item's list is. */
export function collectionOf({ segments }: ApiPath): Segment[] {
	let end = segments.length;
	while (end > 0 && segments[end - 1].variable !== undefined) end--;
	return segments.slice(0, end);
}

/** The last word of a path. */
export function lastWord(segments: Segment[]): string {
	const text = [...segments].reverse().find(({ variable }) => variable === undefined)?.text ?? '';
	return text.replace(/\.(json|xml|csv)$/i, '');
}

/** Whether a segment is a version or a word without meaning, such as `api`. */
export function isPrefix(text: string): boolean {
	return /^(v\d[\w.]*|api|rest|\d+|v\d.*)$/i.test(text);
}

/** The words of a name in the singular: `apiKeys` → `api key`. */
export function nounOf(name: string): string {
	return inSingular(words(name)).join(' ');
}

/** Puts the last word into the singular. */
export function inSingular(all: string[]): string[] {
	return all.map((word, index) => (index === all.length - 1 ? singular(word) : word));
}

/** How many words of a path also occur in another one. */
export function commonWords(one: ApiPath, other: ApiPath, counts: (text: string) => boolean = () => true): number {
	const texts = new Set(other.segments.flatMap(({ text, variable }) => (variable === undefined && counts(text) ? [text] : [])));
	return one.segments.filter(({ text, variable }) => variable === undefined && texts.has(text)).length;
}

/** Whether a name is a plural. */
export function isPlural(name: string): boolean {
	const all = words(name);
	const last = all[all.length - 1];
	return last !== undefined && singular(last) !== last;
}
