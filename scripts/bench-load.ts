/**
 * npm run bench:load [runs]: what the built package costs n8n at every start, and how large it is.
 * Each run is a process of its own, since n8n loads a package once, cold.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { pack } from './pack';

const root = path.resolve(__dirname, '..');

// n8n-core is loaded before the clock starts: n8n has it in memory anyway.
const LOAD = `
	const { PackageDirectoryLoader } = require('n8n-core');
	(async () => {
		const loader = new PackageDirectoryLoader(process.argv[1]);
		const start = process.hrtime.bigint();
		await loader.loadAll();
		const ms = Number(process.hrtime.bigint() - start) / 1e6;
		const { nodes, credentials } = loader.types;
		console.log(JSON.stringify({
			ms,
			nodes: nodes.length,
			credentials: credentials.length,
			bytes: Buffer.byteLength(JSON.stringify(nodes)),
		}));
		process.exit(0);
	})();
`;

function main(runs: number): void {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
	try {
		const { tarball, unpacked } = pack(root, home);
		const results = Array.from({ length: runs }, () => load(unpacked, home));
		const times = results.map(({ ms }) => ms).sort((a, b) => a - b);
		const { nodes, credentials, bytes } = results[0];
		console.log(`loadAll: median ${median(times).toFixed(1)} ms of ${runs} runs (${times[0].toFixed(1)} to ${times[runs - 1].toFixed(1)} ms)`);
		console.log(`loaded: ${nodes} nodes, ${credentials} credentials`);
		console.log(`types/nodes.json: ${bytes} bytes`);
		console.log(`tarball: ${fs.statSync(tarball).size} bytes`);
	} finally {
		fs.rmSync(home, { recursive: true, force: true });
	}
}

function load(unpacked: string, home: string): { ms: number; nodes: number; credentials: number; bytes: number } {
	const output = execFileSync(process.execPath, ['-e', LOAD, unpacked], {
		cwd: root,
		encoding: 'utf8',
		// n8n-core writes its settings below the user folder. NODE_PATH is how n8n gives n8n-workflow to packages.
		env: {
			...process.env,
			N8N_USER_FOLDER: home,
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
			NODE_PATH: path.join(root, 'node_modules'),
		},
	});
	return JSON.parse(output.trim().split('\n').pop()!);
}

function median(sorted: number[]): number {
	const middle = sorted.length / 2;
	return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

main(Math.max(1, Number(process.argv[2] ?? 9) || 9));
