import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { pack } from '../pack';
import { median } from './numbers';

const root = path.resolve(__dirname, '../..');

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

/** What a package costs n8n at every start, and how large it is. */
export interface Loaded {
	/** Milliseconds of `loadAll`. */
	median: number;
	least: number;
	most: number;
	nodes: number;
	credentials: number;
	/** Of `types/nodes.json`, which the editor fetches. */
	bytes: number;
	/** Of the tarball. */
	size: number;
}

/**
 * Packs a built package and loads it as n8n does. Each run is a process of its own, since n8n loads a package once, cold.
 *
 * @param folder the package's folder.
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
		// n8n-core writes its settings below the user folder. NODE_PATH is how n8n gives n8n-workflow to packages.
		env: {
			...process.env,
			N8N_USER_FOLDER: home,
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
			NODE_PATH: path.join(root, 'node_modules'),
		},
	});
	return JSON.parse(output.trim().split('\n').pop()!) as ReturnType<typeof load>;
}
