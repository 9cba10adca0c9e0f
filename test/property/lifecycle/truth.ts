import * as fs from 'node:fs';
import * as path from 'node:path';

/** A label or a guess of any set. */
export type Row = { [name: string]: unknown };

/** The folder of the labels: LIFECYCLE_TRUTH, or next to the project. */
export function truthFolder(): string {
	return process.env.LIFECYCLE_TRUTH ?? path.resolve(__dirname, '../../../../shared/lifecycle');
}

/** The lines of a JSONL file; none if the file does not exist. */
export function rowsOf(...file: string[]): Row[] {
	const place = path.join(truthFolder(), ...file);
	if (!fs.existsSync(place)) return [];
	return fs
		.readFileSync(place, 'utf8')
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => JSON.parse(line) as Row);
}

/** The documents of a folder, by name. */
export function documentsIn(...folder: string[]): Map<string, string> {
	const place = path.join(truthFolder(), ...folder);
	const files = fs.existsSync(place) ? fs.readdirSync(place).sort() : [];
	return new Map(files.map((file) => [file.replace(/\.(json|ya?ml)$/, ''), fs.readFileSync(path.join(place, file), 'utf8')]));
}

/** An operation without a trailing slash and without the names of its path variables, which do not matter. */
export function plainOperation(operation: unknown): string {
	const [method = '', ...rest] = String(operation).split(' ');
	const plain = rest.join(' ').replace(/\{[^}]*\}/g, '{}');
	return `${method.toUpperCase()} ${plain.length > 1 ? plain.replace(/\/+$/, '') : plain}`;
}
