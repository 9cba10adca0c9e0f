import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { partsOf } from '../../model/pointer';
import type { TextFile } from './part';

/** Swagger 2.0's names for what is under `components` in OpenAPI 3.0. */
const SWAGGER: { [kind: string]: string } = { schemas: 'definitions', securitySchemes: 'securityDefinitions' };

/** Where a pointer is in a file, as messages begin: `acme.yaml:12:7`; undefined if the file cannot be parsed. */
export function lineOf({ text, name }: TextFile, pointer: string): string | undefined {
	const position = positionOf(text, pointer);
	return position && `${name}:${position.line}:${position.column}`;
}

/**
 * Finds a pointer in the text of a document: the position of the key at its end, or of the closest ancestor that is in
 * the text.
 * @param text YAML or JSON
 * @returns line and column, counted from 1; undefined if the text cannot be parsed
 */
export function positionOf(text: string, pointer: string): { line: number; column: number } | undefined {
	try {
		const lines = new LineCounter();
		const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
		const offset = offsetOf(document, writtenParts(pointer, document.has('swagger')));
		const { line, col } = lines.linePos(offset);
		return { line, column: col };
	} catch {
		// Nested too deeply for the parser.
		return undefined;
	}
}

/**
 * The parts of a pointer as they are in the text: Swagger 2.0 is read as OpenAPI 3.0, which has other names for them.
 * @param isSwagger whether the text is Swagger 2.0
 */
export function writtenParts(pointer: string, isSwagger: boolean): string[] {
	const parts = partsOf(pointer);
	const [first, kind = '', ...rest] = parts;
	return isSwagger && first === 'components' ? [SWAGGER[kind] ?? kind, ...rest] : parts;
}

function offsetOf(document: ReturnType<typeof parseDocument>, parts: string[]): number {
	let node: unknown = document.contents;
	let offset = document.contents?.range?.[0] ?? 0;
	for (const part of parts) {
		if (isAlias(node)) node = node.resolve(document);
		if (isMap(node)) {
			const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
			if (!pair) break;
			offset = (pair.key as Node).range?.[0] ?? offset;
			node = pair.value;
		} else if (isSeq(node)) {
			node = node.items[Number(part)];
			if (node === undefined) break;
			offset = (node as Node).range?.[0] ?? offset;
		} else break;
	}
	return offset;
}
