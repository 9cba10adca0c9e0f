import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { pack } from '../pack';
import { median } from './numbers';

const root = path.resolve(__dirname, '../..');

// n8n-core is loaded before the clock starts, since n8n has it in memory anyway.
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

/** How long n8n takes to load a package, and the package's size. */
export interface Loaded {
	/** Milliseconds of `loadAll`. */
	median: number;
	least: number;
	most: number;
	nodes: number;
	credentials: number;
	/** Size of `types/nodes.json`, which the editor fetches. */
	bytes: number;
	/** Size of the tarball, in bytes. */
	size: number;
}

/**
 * Packs a built package and loads it as n8n does. Each run is a new process, since n8n loads a package once, cold.
 *
 * @param folder the built package's folder.
 */
export function measureLoad(folder: string, runs: number): Loaded {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
	try {
		const { tarball, unpacked } = pack(folder, home);
		const results = Array.from({ length: runs }, () => load(unpacked, home));
		const times = results.map(({ ms }) => ms);
		const { nodes, credentials, bytes } = results[0];
		return {
			median: median(times),
			least: Math.min(...times),
			most: Math.max(...times),
			nodes,
			credentials,
			bytes,
			size: fs.statSync(tarball).size,
		};
	} finally {
		fs.rmSync(home, { recursive: true, force: true });
	}
}

function load(unpacked: string, home: string): { ms: number; nodes: number; credentials: number; bytes: number } {
	const output = execFileSync(process.execPath, ['-e', LOAD, unpacked], {
		cwd: root,
		encoding: 'utf8',
		// n8n-core writes its settings into the user folder. n8n provides n8n-workflow to packages through NODE_PATH.
		env: {
			...process.env,
			N8N_USER_FOLDER: home,
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
			NODE_PATH: path.join(root, 'node_modules'),
		},
	});
	return JSON.parse(output.trim().split('\n').pop()!) as ReturnType<typeof load>;
}
