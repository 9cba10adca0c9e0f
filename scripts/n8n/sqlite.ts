import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { hasHeaders, howToInstall, missingTools } from './compiler';
import { thisMachine, type Machine } from './machine';
import { Problem } from './problem';
import { SQLITE3 } from './versions';

/**
 * How sqlite3, which stores n8n's data, can be installed on a machine. Its install script is `prebuild-install -r napi
 * || node-gyp rebuild`, so it downloads the binary of its GitHub release, or else compiles one.
 *
 * @throws Problem with what to install, if neither can work.
 */
export async function wayToSqlite(machine: Machine = thisMachine()): Promise<'download' | 'compile'> {
	const url = binaryUrl(machine);
	if (isCached(machine, url) || (await machine.reachable(url))) return 'download';

	const tools = missingTools(machine);
	const headers = await hasHeaders(machine);
	if (tools.length === 0 && headers) return 'compile';

	const { node } = process.versions;
	throw new Problem(
		[
			'n8n keeps its data in SQLite, and its binding (sqlite3) can come to this machine in neither way:',
			`- The ready binary cannot be fetched: no answer from ${url}`,
			`- It cannot be compiled. Missing: ${[...tools, ...(headers ? [] : ["Node's headers"])].join(', ')}.`,
			'Do this, then start again:',
			...(tools.length > 0 ? howToInstall(machine.platform) : []).map((line) => `  ${line}`),
			...(headers
				? []
				: [
						`  Let this machine reach https://nodejs.org, or use a Node ${node} that has its headers beside it`,
						'  (the one from nodejs.org has; on Debian and Ubuntu they are in libnode-dev).',
					]),
		].join('\n'),
	);
}

/** The URL as prebuild-install 7 forms it. sqlite3 5.1.7 has binaries for Node-API 3 and 6; Node 20 and later use 6. */
function binaryUrl({ platform, env }: Machine): string {
	const mirror = env.npm_config_sqlite3_binary_host ?? env.npm_config_sqlite3_binary_host_mirror;
	const releases = mirror ?? 'https://github.com/TryGhost/node-sqlite3/releases/download';
	const libc = platform === 'linux' && isMusl() ? 'musl' : '';
	return `${releases}/v${SQLITE3}/sqlite3-v${SQLITE3}-napi-v6-${platform}${libc}-${process.arch}.tar.gz`;
}

function isMusl(): boolean {
	const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
	return header?.glibcVersionRuntime === undefined;
}

/** Whether the binary is in npm's cache, where prebuild-install keeps downloads as `<digest>-<file name>`. */
function isCached({ env }: Machine, url: string): boolean {
	const folder = path.join(env.npm_config_cache ?? path.join(os.homedir(), '.npm'), '_prebuilds');
	return fs.existsSync(folder) && fs.readdirSync(folder).some((file) => file.endsWith(`-${path.posix.basename(url)}`));
}
