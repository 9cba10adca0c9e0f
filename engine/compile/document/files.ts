import * as fs from 'node:fs';
import * as path from 'node:path';

import { overlayNameOf } from './overlay';
import type { TextFile } from './part';

/** A document, and what is laid over it. */
export interface Files extends TextFile {
	overlay?: TextFile;
}

/**
 * Reads a document and the overlay that lies beside it, if there is one: `acme.openapi.yaml` and `acme.overlay.yaml`.
 * @param name what messages call the document; the overlay is then called so that it lies beside it
 * @throws an error of the file system
 */
export function readFiles(file: string, name = path.basename(file)): Files {
	const overlay = overlayNameOf(file);
	return {
		...{ text: read(file), name },
		...(fs.existsSync(overlay) ? { overlay: { text: read(overlay), name: overlayNameOf(name) } } : {}),
	};
}

/** Some editors begin a file with a byte order mark. */
function read(file: string): string {
	return fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}
