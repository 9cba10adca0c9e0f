/**
 * npm run dev: runs the package in a real n8n, which reloads its nodes whenever the sources change; see
 * `npm run dev -- --help`. Exit code 0: ended with Ctrl-C; 1: it could not start, or n8n ended by itself; 2: wrong arguments.
 */
import * as path from 'node:path';

import { runDev } from './dev/session';
import { Problem } from './n8n/problem';
import { createProgress } from './n8n/progress';
import { runMockServer } from './n8n/mockServer';

const root = path.resolve(__dirname, '..');

const HELP = `npm run dev

Builds the package and opens it in a real n8n, as npm start does, beside a mock server that answers as the vendors do. Then it
watches the sources (documents, engine, nodes, credentials, icons): each change is built, and n8n reloads the nodes; the
editor shows them at once. What is wrong with a document is said with its place, and n8n keeps what it has until that is
mended. Ctrl-C ends it.

Logs are in .n8n/: n8n.log, install.log.`;

async function main(): Promise<number> {
	const [given] = process.argv.slice(2);
	if (given !== undefined) {
		if (given === '--help') console.log(HELP);
		else console.error(`There is no argument "${given}".\n\n${HELP}`);
		return given === '--help' ? 0 : 2;
	}
	const stopping = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
	try {
		await runDev({ root, home: path.join(root, '.n8n'), mockServer: runMockServer, progress: createProgress(), signal: stopping.signal });
		return 0;
	} catch (error) {
		if (stopping.signal.aborted) return 0;
		if (!(error instanceof Problem)) throw error;
		console.error(`\n${error.message}${error.log ? `\nMore in ${error.log}` : ''}`);
		return 1;
	}
}

main().then(
	(code) => process.exit(code),
	(error) => {
		console.error(error);
		process.exit(1);
	},
);
