/**
 * Runs one of the project's tools with Node 24, so that it uses the newest n8n: `tsx scripts/onNode24.ts jest …`.
 * Installs that Node if the running one is older. Exits with the tool's exit code.
 */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { constants } from 'node:os';
import * as path from 'node:path';

import { bringNode24 } from './n8n/node';
import { Problem } from './n8n/problem';
import { createProgress } from './n8n/progress';

const root = path.resolve(__dirname, '..');

async function main([tool, ...args]: string[]): Promise<number> {
	const node = await bringNode24(path.join(root, '.n8n'), createProgress(process.stderr));
	const child = spawn(node, [scriptOf(tool), ...args], {
		stdio: 'inherit',
		// Whatever the tool starts as `node`, npm above all, must use this Node as well.
		env: { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) },
	});
	// Ctrl-C reaches the tool as well; this process must wait until the tool has cleaned up.
	process.on('SIGINT', () => undefined);
	for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]));
	});
}

/** The script behind a tool's name, to which node_modules/.bin links. */
function scriptOf(tool: string): string {
	const folder = path.join(root, 'node_modules', tool);
	const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { bin: string | Record<string, string> };
	return path.join(folder, typeof bin === 'string' ? bin : bin[tool]);
}

main(process.argv.slice(2)).then(
	(code) => process.exit(code),
	(error) => {
		console.error(error instanceof Problem ? `\n${error.message}${error.log ? `\nMore in ${error.log}` : ''}` : error);
		process.exit(1);
	},
);
