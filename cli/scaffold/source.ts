import { has } from '../../engine/model/values';

/** How wide a value in one line may be, with its indentation, a tab counting as four: what stands before it needs room too. */
const WIDTH = 80;

/**
 * A JSON value as TypeScript source in the style of this package: tabs, single quotes, short values in one line.
 * @param depth how far the line that it begins in is indented
 * @param comments remarks to put before a property, by its name
 */
export function literal(value: unknown, depth = 0, comments: { [name: string]: string } = {}): string {
	if (typeof value === 'string') return quoted(value);
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const list = Array.isArray(value);
	const entries: Array<[string, unknown]> = list
		? value.map((one) => ['', one])
		: Object.entries(value).filter(([, one]) => one !== undefined);
	if (entries.length === 0) return list ? '[]' : '{}';
	const parts = entries.map(([name, one]) => ({
		comment: has(comments, name) ? comments[name] : undefined,
		head: list ? '' : `${keyOf(name)}: `,
		one,
	}));
	const inline = parts.map(({ head, one }) => head + literal(one, depth, comments)).join(', ');
	const line = list ? `[${inline}]` : `{ ${inline} }`;
	const short =
		entries.length <= 3 && !line.includes('\n') && depth * 4 + line.length <= WIDTH && parts.every(({ comment }) => comment === undefined);
	if (short) return line;
	const tabs = '\t'.repeat(depth + 1);
	const lines = parts.map(
		({ comment, head, one }) =>
			`${comment === undefined ? '' : `${tabs}// ${comment}\n`}${tabs}${head}${literal(one, depth + 1, comments)},`,
	);
	return `${list ? '[' : '{'}\n${lines.join('\n')}\n${'\t'.repeat(depth)}${list ? ']' : '}'}`;
}

/** A text in single quotes, or in double ones where that needs no escapes. */
export function quoted(text: string): string {
	const double = JSON.stringify(text);
	if (text.includes("'") && !text.includes('"')) return double;
	return `'${double.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** A template literal of texts, and of expressions as source. */
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
	// As a plain key, this one would set the prototype.
	if (name === '__proto__') return "['__proto__']";
	return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
