import * as path from 'node:path';

import type { AddArguments } from '../terminal/arguments';
import { filesOf, type Manifest } from './files';
import { readDocument, readJson, readText } from '../terminal/input';
import type { Io } from '../terminal/io';
import { newVendor } from './newVendor';
import { registered } from './register';
import { writeAll } from './write';

const MANIFEST = 'package.json';

/**
 * `vendor add`: writes a vendor's files and registers it. Everything is generated and checked before the first write.
 * @returns the exit code
 * @throws Problem or DocumentError, before anything is written
 */
export async function add(given: AddArguments, io: Io): Promise<number> {
	const vendor = newVendor(await readDocument(given, 'The OpenAPI document', io), given);
	const manifestFile = path.join(io.root, MANIFEST);
	const files = await filesOf(vendor, (await readJson(manifestFile, 'The package description', io)) as Manifest);
	const { name, credential, warnings } = vendor;
	const manifest = registered(await readText(manifestFile, 'The package description', io), {
		nodes: `dist/nodes/${name.className}/${name.className}.node.js`,
		credentials: `dist/credentials/${credential.className}.credentials.js`,
	});
	writeAll(io.root, files, { [MANIFEST]: manifest });

	for (const warning of warnings) io.err(`warning: ${warning}.`);
	io.out(
		[
			`${name.display} is in. Written:`,
			...Object.keys(files).map((file) => `  ${file}`),
			`  ${MANIFEST} (registered)`,
			'',
			'Next:',
			...NEXT,
		].join('\n'),
	);
	return 0;
}

const NEXT = [
	'  npm run build && npm test && npm run lint',
	'  npm start           to see the node in a real n8n',
	'  git status          to read what was written, and improve the words in the document',
];
