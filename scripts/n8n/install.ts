import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import { headersBesideNode } from './compiler';
import { runNpm, type NpmRun } from './npm';
import { describeNpm } from './npmActivity';
import { Problem } from './problem';
import type { Progress } from './progress';
import { wayToSqlite } from './sqlite';
import { SQLITE3, type Release } from './versions';

/** An n8n that is ready to start. */
export interface Installation {
	/** The folder that contains its package.json and node_modules. */
	folder: string;
	/** The script that Node runs. */
	bin: string;
	version: string;
}

/** Written when everything is in place, so that an interrupted installation is not mistaken for a complete one. */
const MARKER = 'installed.json';

/** Additional space for npm's cache and the compiler's leftovers. */
const SPARE_GIGABYTES = 0.5;

/**
 * The n8n in a folder, whoever installed it.
 *
 * @throws Problem if there is none.
 */
export function installationIn(folder: string): Installation {
	const program = path.join(folder, 'node_modules', 'n8n');
	const manifest = path.join(program, 'package.json');
	if (!fs.existsSync(manifest)) throw new Problem(`There is no n8n in ${folder}.`);
	const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version: string };
	return { folder, bin: path.join(program, 'bin', 'n8n'), version };
}

/**
 * Installs a release into `<home>/<version>`, unless it is there. Takes minutes; npm's output goes to `<home>/install.log`.
 *
 * @throws Problem if it is impossible, before anything is fetched if that can be known; the signal's reason if aborted.
 */
export async function ensureInstalled(
	release: Release,
	home: string,
	{ progress, signal }: { progress: Progress; signal?: AbortSignal },
): Promise<Installation> {
	const folder = path.join(home, release.version);
	if (isInstalled(folder, release)) return installationIn(folder);

	const title = `Installing n8n ${release.version}`;
	const log = path.join(home, 'install.log');
	progress.say(
		`n8n ${release.version} is not here yet. It is fetched once, into ${path.relative(process.cwd(), folder) || '.'}:\n` +
			`this takes about five minutes and ${release.gigabytes} GB, and goes when you delete that folder.`,
	);
	progress.step('Looking how SQLite can be had');
	checkRoom(home, release);
	const way = await wayToSqlite();
	signal?.throwIfAborted();
	progress.done();
	progress.say(
		way === 'download' ? 'Its binary can be downloaded.' : 'Its binary cannot be downloaded, so it is compiled: a minute or two more.',
	);

	progress.step(`${title}: SQLite`);
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(log, '');
	const headers = headersBesideNode();
	const env = {
		...(headers ? { npm_config_nodedir: headers } : {}),
		// Otherwise its install script first waits for a download that is known to fail.
		...(way === 'compile' ? { npm_config_build_from_source: 'sqlite3' } : {}),
	};
	const npm = async (...args: string[]) => {
		const describe = describeNpm();
		await runOrThrow(args, { cwd: folder, log, env, signal, onLine: (line) => progress.at(describe(line)) });
	};
	// sqlite3 comes first and alone, because it is the part that can fail.
	writeManifest(folder, { ...release.manifest, dependencies: { sqlite3: SQLITE3 } });
	await npm('install', '--ignore-scripts', ...release.flags);
	await npm('rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts');
	checkLoads(folder, 'sqlite3', log);

	progress.step(`${title}: npm packages`);
	writeManifest(folder, release.manifest);
	await npm('install', '--ignore-scripts', ...release.flags);
	if (release.binaries.length > 0) {
		await npm('rebuild', ...release.binaries, '--ignore-scripts=false', '--foreground-scripts');
	}
	for (const name of ['sqlite3', ...release.binaries]) checkLoads(folder, name, log);

	fs.writeFileSync(path.join(folder, MARKER), marker(release));
	progress.done();
	return installationIn(folder);
}

function isInstalled(folder: string, release: Release): boolean {
	const file = path.join(folder, MARKER);
	return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === marker(release);
}

/** The marker's content, which differs whenever the installation would differ. */
function marker(release: Release): string {
	const { platform, arch } = process;
	return `${JSON.stringify({ ...release, platform, arch }, null, '\t')}\n`;
}

function writeManifest(folder: string, manifest: object): void {
	fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
}

async function runOrThrow(args: string[], run: NpmRun): Promise<void> {
	const options = ['--no-audit', '--no-fund', '--no-update-notifier', '--no-progress', '--loglevel=http'];
	const { code } = await runNpm([...args, ...options], run);
	if (code === 0) return;
	throw new Problem(`n8n could not be installed: "npm ${args[0]}" ended with exit code ${code}.${lastErrors(run.log)}`, run.log);
}

/** npm's last error messages, shortened. */
function lastErrors(log: string): string {
	const errors = fs
		.readFileSync(log, 'utf8')
		.split('\n')
		.filter((line) => /^npm (error|ERR!) (?!A complete log|path|cwd)/.test(line));
	return errors.length > 0 ? `\n${errors.slice(0, 5).join('\n')}` : '';
}

function checkLoads(folder: string, name: string, log: string): void {
	try {
		execFileSync(process.execPath, ['-e', `require(${JSON.stringify(name)})`], { cwd: folder, stdio: 'pipe' });
	} catch (error) {
		const { stderr } = error as { stderr?: Buffer };
		fs.appendFileSync(log, String(stderr ?? error));
		throw new Problem(`n8n could not be installed: the binary of ${name} is there but does not load on this machine.`, log);
	}
}

function checkRoom(home: string, { gigabytes }: Release): void {
	const { bavail, bsize } = fs.statfsSync(home);
	const free = (bavail * bsize) / 1e9;
	const needed = gigabytes + SPARE_GIGABYTES;
	if (free >= needed) return;
	throw new Problem(`n8n needs about ${needed.toFixed(1)} GB of room, and ${home} has ${free.toFixed(1)} GB left.`);
}
