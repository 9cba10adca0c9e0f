import * as fs from 'node:fs';
import * as path from 'node:path';
import { overlaid, parse, type Part, readFiles } from '../../../engine/compile';
import { Source } from './source';

/** One operation of one document. */
export interface Case {
	/** 'vapi-credential', 'Nylas POST /v3/connectors'. */
	name: string;
	kind: 'corpus' | 'seed' | 'node' | 'fixture';
	text: string;
	/** 'POST /path', if the document has several operations. */
	operation?: string;
}

const ROOT = path.resolve(__dirname, '../../..');

/** The folder of the real documents: next to the checkout, unless OPENAPI_CORPUS names another one. */
export function corpusFolder(): string {
	return process.env.OPENAPI_CORPUS ?? path.resolve(ROOT, '../shared/openapi-corpus');
}

/** All documents that the corpus run covers, including the real ones if they are available. */
export function casesOf(): Case[] {
	return [
		...filesOf(corpusFolder(), /\.(json|ya?ml)$/).flatMap((file) => casesIn(file, 'corpus')),
		...filesOf(path.resolve(ROOT, '../shared/seeds'), /\.json$/).flatMap((file) => casesIn(file, 'seed')),
		...filesOf(path.join(ROOT, 'nodes'), /\.openapi\.yaml$/).flatMap((file) => casesIn(file, 'node')),
		...filesOf(path.join(ROOT, 'test/support/fixtures'), /\.yaml$/).flatMap((file) => casesIn(file, 'fixture')),
	];
}

function casesIn(file: string, kind: Case['kind']): Case[] {
	const { text: own, name: fileName, overlay } = readFiles(file);
	const text = overlay ? JSON.stringify(overlaid(parse(own, fileName) as Part, overlay).root) : own;
	const name = path.basename(file).replace(/(\.openapi)?\.(json|ya?ml)$/, '');
	const operations = new Source(text).operations();
	if (operations.length === 1) return [{ name, kind, text }];
	return operations.map(({ id }) => ({ name: `${name} ${id}`, kind, text, operation: id }));
}

function filesOf(folder: string, which: RegExp): string[] {
	if (!fs.existsSync(folder)) return [];
	return fs
		.readdirSync(folder, { withFileTypes: true })
		.flatMap((entry) => (entry.isDirectory() ? filesOf(path.join(folder, entry.name), which) : [path.join(folder, entry.name)]))
		.filter((file) => which.test(path.basename(file)))
		.sort();
}
