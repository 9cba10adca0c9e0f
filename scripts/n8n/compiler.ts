import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { onPath, succeeds, thisMachine, type Machine } from './machine';

/** Tools that node-gyp needs and this machine lacks, such as `Python 3`; empty if it can compile. */
export function missingTools(machine: Machine): string[] {
	const { platform } = machine;
	// macOS has stubs of python3, make and c++ on the path that only offer to install the real tools.
	if (platform === 'darwin') return succeeds(machine, 'xcode-select', ['-p']) ? [] : ["Xcode's command line tools"];
	const missing = hasPython(machine) ? [] : ['Python 3'];
	if (platform === 'win32') return hasVisualStudio(machine) ? missing : [...missing, 'Visual Studio Build Tools'];
	if (!['make', 'gmake'].some((name) => onPath(machine, name))) missing.push('make');
	const compilers = [machine.env.CXX, 'g++', 'c++', 'clang++'];
	if (!compilers.some((name) => name && onPath(machine, name))) missing.push('a C++ compiler');
	return missing;
}

/** How to install the tools, one line for each system with this platform value. */
export function howToInstall(platform: NodeJS.Platform): string[] {
	if (platform === 'darwin') return ['xcode-select --install'];
	if (platform === 'win32') {
		return [
			'winget install Python.Python.3.12',
			'Visual Studio Build Tools (https://visualstudio.microsoft.com/downloads/) with "Desktop development with C++"',
		];
	}
	return [
		'Debian, Ubuntu: sudo apt-get install python3 make g++',
		'Fedora, RHEL:   sudo dnf install python3 make gcc-c++',
		'Alpine:         sudo apk add python3 make g++',
	];
}

/** The local folder with this Node's headers, if there is one, so that node-gyp does not have to fetch them. */
export function headersBesideNode({ env, nodePrefix }: Machine = thisMachine()): string | undefined {
	return [env.npm_config_nodedir, nodePrefix].find((folder) => folder && headersVersion(folder) === process.versions.node);
}

/** Whether node-gyp can get Node's headers: next to Node, from its own cache, or from nodejs.org. */
export async function hasHeaders(machine: Machine): Promise<boolean> {
	if (headersBesideNode(machine)) return true;
	const { node } = process.versions;
	if (headersVersion(path.join(nodeGypCache(machine), node)) === node) return true;
	return await machine.reachable(`https://nodejs.org/dist/v${node}/SHASUMS256.txt`);
}

function hasPython(machine: Machine): boolean {
	const { env } = machine;
	const commands = [env.npm_config_python, env.PYTHON, 'python3', 'python'];
	return commands.some((command) => command && succeeds(machine, command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']));
}

function hasVisualStudio({ env }: Machine): boolean {
	if (env.VCINSTALLDIR) return true;
	return fs.existsSync(path.join(env['ProgramFiles(x86)'] ?? '', 'Microsoft Visual Studio', 'Installer', 'vswhere.exe'));
}

/** The cache folder of node-gyp 11, which uses the package env-paths. */
function nodeGypCache({ platform, env }: Machine): string {
	if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'node-gyp');
	if (platform === 'win32') return path.join(env.LOCALAPPDATA ?? os.homedir(), 'node-gyp', 'Cache');
	return path.join(env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'node-gyp');
}

function headersVersion(folder: string): string | undefined {
	const file = path.join(folder, 'include', 'node', 'node_version.h');
	if (!fs.existsSync(file)) return undefined;
	const text = fs.readFileSync(file, 'utf8');
	const part = (name: string) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
	return [part('MAJOR'), part('MINOR'), part('PATCH')].join('.');
}
