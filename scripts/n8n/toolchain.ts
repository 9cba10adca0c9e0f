import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import axios from 'axios';

import { SQLITE3 } from './versions';

/** The machine to look at. */
export interface Machine {
	platform: NodeJS.Platform;
	env: NodeJS.ProcessEnv;
	/** Prefix of Node's own installation, where its headers may lie. */
	nodePrefix: string;
	/** Whether something is there to be fetched; default asks. */
	reachable: (url: string) => Promise<boolean>;
}

const INSTALL: Partial<Record<NodeJS.Platform, string[]>> = {
	linux: [
		'Debian, Ubuntu:  sudo apt-get install python3 make g++',
		'Fedora, RHEL:    sudo dnf install python3 make gcc-c++',
		'Alpine:          sudo apk add python3 make g++',
	],
	darwin: ['macOS:           xcode-select --install'],
	win32: [
		'Windows:         winget install Python.Python.3.12',
		'                 Visual Studio Build Tools (https://visualstudio.microsoft.com/downloads/) with "Desktop development with C++"',
	],
};

/**
 * Whether sqlite3, which n8n needs, can come to this machine. Its install script is `prebuild-install -r napi ||
 * node-gyp rebuild`: it takes the binary from its GitHub release, or else compiles.
 *
 * @returns `ready`: there is a binary to take; `compile`: it can be compiled; or what is missing and what to install,
 * as lines.
 */
export async function sqliteOutlook(machine: Machine = thisMachine()): Promise<'ready' | 'compile' | string[]> {
	const url = binaryUrl(machine);
	if (cachedBinary(machine, url) || (await machine.reachable(url))) return 'ready';

	const missing = missingTools(machine);
	const headers = await headersOutlook(machine);
	if (missing.length === 0 && headers) return 'compile';

	const lines = [
		'n8n keeps its data in SQLite, and the binding for it (sqlite3) can come to this machine in neither way:',
		`  - the ready binary cannot be downloaded (no answer from ${url});`,
		`  - it cannot be compiled: ${[...missing, ...(headers ? [] : ["Node's headers"])].join(', ')} missing.`,
		'Install this, then start again:',
	];
	if (missing.length > 0) lines.push(...(INSTALL[machine.platform] ?? ['Python 3, make and a C++ compiler']).map(indent));
	if (!headers) lines.push(indent(`the headers of Node ${process.versions.node} (come with Node from nodejs.org; Debian, Ubuntu: libnode-dev),`));
	if (!headers) lines.push(indent('or let this machine reach https://nodejs.org, where node-gyp fetches them'));
	return lines;
}

/** For node-gyp: headers that lie beside this Node, so that none have to be fetched. */
export function headersBesideNode({ env, nodePrefix }: Machine = thisMachine()): string | undefined {
	const own = env.npm_config_nodedir;
	return [own, nodePrefix].find((folder) => folder && headersVersion(folder) === process.versions.node);
}

/** The machine that this runs on. */
export function thisMachine(): Machine {
	// <prefix>/bin/node, and on Windows <prefix>\node.exe
	const folder = path.dirname(fs.realpathSync(process.execPath));
	return {
		platform: process.platform,
		env: process.env,
		nodePrefix: process.platform === 'win32' ? folder : path.dirname(folder),
		reachable: async (url) => {
			try {
				// Only whether it is there: the file itself is fetched by the install script.
				return (await axios.head(url, { timeout: 8000 })).status === 200;
			} catch {
				return false;
			}
		},
	};
}

const indent = (line: string) => `  ${line}`;

/** As prebuild-install names it; `napi_versions` of sqlite3 5.1.7 are 3 and 6. */
function binaryUrl({ platform, env }: Machine): string {
	const host = env.npm_config_sqlite3_binary_host ?? env.npm_config_sqlite3_binary_host_mirror;
	const base = host ? `${host.replace(/\/$/, '')}/v${SQLITE3}` : `https://github.com/TryGhost/node-sqlite3/releases/download/v${SQLITE3}`;
	const libc = platform === 'linux' && isMusl() ? 'musl' : '';
	return `${base}/sqlite3-v${SQLITE3}-napi-v6-${platform}${libc}-${process.arch}.tar.gz`;
}

function isMusl(): boolean {
	const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
	return report.header?.glibcVersionRuntime === undefined;
}

/** prebuild-install keeps what it fetched in npm's cache, as `<digest>-<url with dashes>`. */
function cachedBinary({ env }: Machine, url: string): boolean {
	const folder = path.join(env.npm_config_cache ?? path.join(os.homedir(), '.npm'), '_prebuilds');
	const name = path.posix.basename(url).replace(/[^a-zA-Z0-9.]+/g, '-');
	return fs.existsSync(folder) && fs.readdirSync(folder).some((file) => file.endsWith(`-${name}`));
}

/** What node-gyp looks for and does not find. */
function missingTools(machine: Machine): string[] {
	const { platform, env } = machine;
	const python = [env.npm_config_python, env.PYTHON, 'python3', 'python'].some((command) => command && isPython3(command));
	const missing = python ? [] : ['Python 3'];
	if (platform === 'win32') return hasVisualStudio(env) ? missing : [...missing, 'Visual Studio Build Tools'];
	// macOS has stubs of make and c++ on the path that only offer to install the real ones.
	if (platform === 'darwin') return succeeds('xcode-select', ['-p']) ? missing : [...missing, "Xcode's command line tools"];
	if (!['make', 'gmake'].some((name) => onPath(machine, name))) missing.push('make');
	if (![env.CXX, 'g++', 'c++', 'clang++'].some((name) => name && onPath(machine, name))) missing.push('a C++ compiler (g++)');
	return missing;
}

function isPython3(command: string): boolean {
	return succeeds(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']);
}

function hasVisualStudio(env: NodeJS.ProcessEnv): boolean {
	if (env.VCINSTALLDIR) return true;
	const installer = path.join(env['ProgramFiles(x86)'] ?? '', 'Microsoft Visual Studio', 'Installer', 'vswhere.exe');
	return fs.existsSync(installer);
}

function onPath({ env }: Machine, name: string): boolean {
	if (path.isAbsolute(name)) return fs.existsSync(name);
	return (env.PATH ?? '').split(path.delimiter).some((folder) => folder !== '' && fs.existsSync(path.join(folder, name)));
}

function succeeds(command: string, args: string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore', timeout: 10_000 });
		return true;
	} catch {
		return false;
	}
}

/** Headers beside Node, ones that node-gyp fetched earlier, or the place where it fetches them. */
async function headersOutlook(machine: Machine): Promise<boolean> {
	if (headersBesideNode(machine)) return true;
	const { node } = process.versions;
	const caches: Partial<Record<NodeJS.Platform, string>> = {
		darwin: path.join(os.homedir(), 'Library', 'Caches', 'node-gyp'),
		win32: path.join(machine.env.LOCALAPPDATA ?? '', 'node-gyp', 'Cache'),
	};
	const cache = caches[machine.platform] ?? path.join(machine.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'node-gyp');
	if (headersVersion(path.join(cache, node)) === node) return true;
	return await machine.reachable(`https://nodejs.org/dist/v${node}/SHASUMS256.txt`);
}

function headersVersion(prefix: string): string | undefined {
	const file = path.join(prefix, 'include', 'node', 'node_version.h');
	if (!fs.existsSync(file)) return undefined;
	const text = fs.readFileSync(file, 'utf8');
	const part = (name: string) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
	return [part('MAJOR'), part('MINOR'), part('PATCH')].join('.');
}
