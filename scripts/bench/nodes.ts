import * as fs from 'node:fs';
import * as path from 'node:path';

import { buildSync } from 'esbuild';

/** Compiles the nodes to compare with into a folder that N8N_CUSTOM_EXTENSIONS can name. */
export function buildNodes(folder: string): void {
	const sources = path.join(__dirname, 'nodes');
	buildSync({
		entryPoints: fs.readdirSync(sources).map((file) => path.join(sources, file)),
		outdir: folder,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		logLevel: 'warning',
	});
}
