/**
 * npm run vendor: turns a vendor's OpenAPI document into an n8n node; see `npm run vendor -- --help`.
 * Exit code 0: done; 1: the document or the values are wrong; 2: wrong arguments.
 */
import * as path from 'node:path';

import { runVendor } from './main';

async function standardInput(): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of process.stdin) parts.push(part as Buffer);
	return Buffer.concat(parts).toString('utf8');
}

// `… | head` closes the pipe as soon as it has enough lines.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
	process.exit();
});

const io = {
	stdin: standardInput,
	out: (text: string) => void process.stdout.write(`${text}\n`),
	err: (text: string) => void process.stderr.write(`${text}\n`),
	root: path.resolve(__dirname, '..'),
};

// Not process.exit(), which could cut off output that is still being written.
void runVendor(process.argv.slice(2), io).then((code) => (process.exitCode = code));
