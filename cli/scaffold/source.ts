import type { Options } from 'prettier';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
// Prettier's main entry point loads ES modules, which jest cannot.
import { format } from 'prettier/standalone';

import style from '../../.prettierrc.json';
import { has } from '../../engine/model/values';

/** Formats TypeScript in this package's style. */
export async function formatted(source: string): Promise<string> {
	return await format(source, { ...(style as Options), parser: 'typescript', plugins: [estree, typescript] });
}

/** An object with more properties than this gets one line per property. */
const IN_ONE_LINE = 3;

/**
 * A JSON value as unformatted TypeScript source.
 * @param comments comments to put before properties, by property name
 */
export function literal(value: unknown, comments: { [name: string]: string } = {}): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map((one) => literal(one, comments)).join(', ')}]`;
	const entries = Object.entries(value).filter(([, one]) => one !== undefined);
	const properties = entries.map(
		([name, one]) => `${has(comments, name) ? `\n// ${comments[name]}\n` : ''}${keyOf(name)}: ${literal(one, comments)}`,
	);
	// Prettier keeps an object expanded if a line break follows its opening brace.
	return `{${entries.length > IN_ONE_LINE ? '\n' : ''}${properties.join(', ')}}`;
}

/** The source of a template literal, from texts and source expressions. */
export function templated(parts: Array<string | { source: string }>): string {
	const text = (part: string) =>
		JSON.stringify(part)
			.slice(1, -1)
			.replace(/\\"/g, '"')
			.replace(/`|\$\{/g, '\\$&');
	return `\`${parts.map((part) => (typeof part === 'string' ? text(part) : `\${${part.source}}`)).join('')}\``;
}

/** A name as the key of an object. */
export function keyOf(name: string): string {
	// As a plain key, it would set the prototype.
	return name === '__proto__' ? '["__proto__"]' : JSON.stringify(name);
}
