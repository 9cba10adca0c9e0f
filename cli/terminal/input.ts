import * as fs from 'node:fs';
import * as path from 'node:path';

import { parse, type ParseError } from 'jsonc-parser';

import { overlayNameOf, type Files } from '../../engine/compile';
import { parseEntered } from '../../engine/tools';
import { Problem } from '../../scripts/n8n/problem';
import type { Io } from './io';

const REASONS: { [code: string]: string } = {
	ENOENT: 'there is no such file',
	ENOTDIR: 'there is no such file',
	EISDIR: 'it is a folder',
	EACCES: 'this user may not read it',
};

/**
 * The text of a file, or of standard input for `-`.
 * @param what what the file contains, for messages
 * @throws Problem if it cannot be read
 */
export async function readText(file: string, what: string, io: Io): Promise<string> {
	if (file === '-') return withoutMark(await io.stdin());
	try {
		return withoutMark(fs.readFileSync(file, 'utf8'));
	} catch (error) {
		const { code = 'unknown', message } = error as NodeJS.ErrnoException;
		throw new Problem(`${what} ${file} cannot be read: ${REASONS[code] ?? message}. Check the path, or give "-" for standard input.`);
	}
}

/**
 * A document, and the overlay that is named or lies beside it.
 * @param given the paths; the document may be `-`
 * @param what what the document is, for messages
 * @throws Problem if one of them cannot be read
 */
export async function readDocument(given: { file: string; overlay?: string }, what: string, io: Io): Promise<Files> {
	const { file } = given;
	const document = { text: await readText(file, what, io), name: nameOf(file) };
	const beside = file === '-' ? undefined : overlayNameOf(file);
	const overlay = given.overlay ?? (beside !== undefined && fs.existsSync(beside) ? beside : undefined);
	if (overlay === undefined) return document;
	return { ...document, overlay: { text: await readText(overlay, 'The overlay', io), name: nameOf(overlay) } };
}

/** A file's name in messages. */
export function nameOf(file: string): string {
	return file === '-' ? 'standard input' : path.basename(file);
}

/**
 * The JSON of a file, or of standard input for `-`.
 * @param what what the file contains, for messages
 * @throws Problem if it cannot be read or is not JSON
 */
export async function readJson(file: string, what: string, io: Io): Promise<unknown> {
	return parseJson(await readText(file, what, io), what, nameOf(file));
}

/**
 * @param name the file's name in messages
 * @throws Problem with the position of the first mistake
 */
export function parseJson(text: string, what: string, name: string): unknown {
	try {
		return parseEntered(text);
	} catch {
		// JSON.parse gives no position for some mistakes, and its message repeats the text, which may contain secrets.
		const mistakes: ParseError[] = [];
		parse(text, mistakes, { disallowComments: true });
		throw new Problem(`${what} ${name} is not valid JSON${placeOf(text, mistakes[0]?.offset)}. Check quotes, commas and brackets.`);
	}
}

function placeOf(text: string, offset: number | undefined): string {
	if (text.trim() === '') return ': it is empty';
	if (offset === undefined) return '';
	const lines = text.slice(0, offset).split('\n');
	return ` at line ${lines.length}, column ${lines[lines.length - 1].length + 1}`;
}

/** Removes the byte order mark with which some editors begin a file. */
function withoutMark(text: string): string {
	return text.replace(/^\uFEFF/, '');
}
