import { performance } from 'node:perf_hooks';

import { DocumentError } from '../../../engine/compile';
import { describe } from '../../../engine/compile/describe';
import { Problem } from '../../../scripts/n8n/problem';
import { filesOf } from '../../../cli/scaffold/files';
import { newVendor } from '../../../cli/scaffold/newVendor';
import { wrongWith } from './files';

/** The outcome of a hostile document. */
export interface Tried {
	/** The files of a new vendor, if the document could be turned into one. */
	files?: { [file: string]: string };
	wrong: string[];
	/** Duration of the slowest part, in milliseconds. */
	longest: number;
}

/**
 * Describes a document, turns it into a vendor, and reads all the files of that.
 * @param name the vendor's name
 */
export async function tryDocument(document: unknown, name: string): Promise<Tried> {
	const text = JSON.stringify(document);
	const wrong: string[] = [];
	let longest = 0;
	const timed = async <T>(what: string, work: () => T | Promise<T>): Promise<T | undefined> => {
		const started = performance.now();
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof DocumentError || error instanceof Problem))
				wrong.push(
					`${what}: ${String((error as Error).stack)
						.split('\n')
						.slice(0, 4)
						.join(' | ')}`,
				);
			return undefined;
		} finally {
			longest = Math.max(longest, performance.now() - started);
		}
	};
	await timed('describe', () => describe(text, 'acme.json'));
	const files = await timed('add', () =>
		filesOf(newVendor({ text, name: 'acme.json' }, { file: 'acme.json', name, operations: [] }), { name: 'n8n-nodes-x' }),
	);
	for (const [file, content] of Object.entries(files ?? {})) {
		const found = wrongWith(file, content);
		if (found !== undefined) wrong.push(`${file}: ${found}`);
	}
	return { ...(files ? { files } : {}), wrong, longest };
}
