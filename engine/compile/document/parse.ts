import { LineCounter, parseDocument, visit } from 'yaml';
import { DocumentError } from './part';

/**
 * Parses JSON, which is fast, or else YAML.
 * @param name the file's name, for messages
 * @throws DocumentError with line and column if it is neither
 */
export function parse(text: string, name: string): unknown {
	if (text.trimStart().startsWith('{')) {
		try {
			return JSON.parse(text) as unknown;
		} catch {
			// YAML in braces, or JSON with a mistake: the YAML parser can tell the line.
		}
	}
	const lines = new LineCounter();
	let parsed;
	try {
		parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
	} catch {
		throw tooDeep(name);
	}
	const [broken] = parsed.errors;
	if (broken?.message.includes('call stack')) throw tooDeep(name);
	if (broken) {
		const { line, col } = lines.linePos(broken.pos[0]);
		throw new DocumentError(`${name}:${line}:${col}`, `this is neither JSON nor YAML. ${broken.message}`);
	}
	let aliases = 0;
	visit(parsed, { Alias: () => void aliases++ });
	if (aliases > MAX_ALIASES)
		throw new DocumentError(name, `there are ${aliases} aliases, and ${MAX_ALIASES} at most are read. ${NO_ALIASES}`);
	try {
		return parsed.toJS({ maxAliasCount: MAX_COPIES });
	} catch (error) {
		const { message } = error as Error;
		throw new DocumentError(
			name,
			message.startsWith('Excessive alias count') ? `one anchor stands for more than ${MAX_COPIES} values. ${NO_ALIASES}` : message,
		);
	}
}

function tooDeep(name: string): DocumentError {
	return new DocumentError(name, 'this is neither JSON nor YAML that can be read: it is nested too deeply');
}

/** Most aliases in a document: the parser's work grows with the square of their number. */
const MAX_ALIASES = 5000;
/** Most values per anchor: with aliases of aliases, ten lines can expand to a billion values. */
const MAX_COPIES = 1000;
const NO_ALIASES = 'Write "$ref" in place of aliases such as "*name", or save the document as JSON';
