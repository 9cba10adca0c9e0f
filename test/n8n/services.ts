import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { startGroup, type Group } from '../../scripts/n8n/group';
import { freePorts } from '../../scripts/n8n/ports';
import { Problem } from '../../scripts/n8n/problem';
import { folders } from '../e2e/setup/folders';
import { started } from './started';

/** A Redis and a PostgreSQL of our own, on loopback. */
export interface Services {
	redis: { port: number };
	/** Its only user needs no password. */
	postgres: { port: number; user: string; database: string };
	stop(): Promise<void>;
}

/** The programs, by Debian's package that has them. */
interface Programs {
	'redis-server': string;
	/** The folder with `initdb` and `postgres`. */
	postgresql: string;
}

/** How long a server may take to listen, in milliseconds. */
const PATIENCE = 120_000;

/**
 * Finds Redis and PostgreSQL on this machine. As root on Debian or Ubuntu it installs what is missing.
 *
 * @throws Problem where one is missing and cannot be installed.
 */
export function bringServices(): Programs {
	const missing = Object.entries(find()).flatMap(([name, found]) => (found === undefined ? [name] : []));
	if (missing.length > 0) install(missing);
	const { 'redis-server': redis, postgresql } = find();
	if (redis === undefined || postgresql === undefined)
		throw new Problem(`${missing.join(' and ')} cannot be found, although apt-get has installed it.`);
	return { 'redis-server': redis, postgresql };
}

/** Starts both, with nothing in them, in a new folder. */
export async function startServices(): Promise<Services> {
	const programs = bringServices();
	const { work } = folders();
	const folder = fs.mkdtempSync(path.join(work, 'services-'));
	// PostgreSQL does not run as root.
	const user = process.getuid?.() === 0 ? postgresUser() : undefined;
	if (user) {
		fs.chownSync(folder, user.uid, user.gid);
		// It has to come through, not to read there.
		fs.chmodSync(path.dirname(work), 0o711);
	}
	const groups: Group[] = [];
	const stop = async () => {
		for (const group of groups.reverse()) await group.stop();
		fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const [redis, postgres] = await freePorts(0, 0);
		const start = async (program: string, args: string[], port: number) => {
			const log = path.join(folder, `${path.basename(program)}.log`);
			const output = fs.openSync(log, 'w');
			const group = started(
				await startGroup(program, args, { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', output, output] }),
			);
			fs.closeSync(output);
			groups.push(group);
			await untilListens(path.basename(program), port, group, log);
		};
		await start(
			programs['redis-server'],
			['--bind', '127.0.0.1', '--port', String(redis), '--save', '', '--appendonly', 'no', '--dir', folder],
			redis,
		);

		const data = path.join(folder, 'data');
		const made = spawnSync(
			path.join(programs.postgresql, 'initdb'),
			['-D', data, '-U', 'n8n', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
			{ ...user, cwd: folder, encoding: 'utf8' },
		);
		if (made.status !== 0) throw new Problem(`PostgreSQL makes no database: ${made.error?.message ?? made.stderr}`);
		const settings = { port: postgres, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
		await start(
			path.join(programs.postgresql, 'postgres'),
			['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
			postgres,
		);
		return { redis: { port: redis }, postgres: { port: postgres, user: 'n8n', database: 'postgres' }, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

function find(): { [name in keyof Programs]: string | undefined } {
	const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
	const lib = '/usr/lib/postgresql';
	const versions = fs.existsSync(lib) ? fs.readdirSync(lib).sort((one, other) => Number(other) - Number(one)) : [];
	const has =
		(...names: string[]) =>
		(folder: string) =>
			names.every((name) => fs.existsSync(path.join(folder, name)));
	const redis = [...folders, '/usr/bin'].find(has('redis-server'));
	return {
		'redis-server': redis && path.join(redis, 'redis-server'),
		postgresql: [...versions.map((version) => path.join(lib, version, 'bin')), ...folders].find(has('initdb', 'postgres')),
	};
}

function install(names: string[]): void {
	const command = `apt-get install ${names.join(' ')}`;
	const needed =
		`These tests run n8n in queue mode, which needs Redis and PostgreSQL. Missing here: ${names.join(' and ')}. On Debian and ` +
		`Ubuntu: ${command}.`;
	if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) throw new Problem(needed);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	for (const args of [
		['update', '-qq'],
		['install', '-y', '-qq', '--no-install-recommends', ...names],
	]) {
		const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
		if (status !== 0) throw new Problem(`${needed} It failed: ${stderr}`);
	}
}

/** The user that Debian's package of PostgreSQL makes. */
function postgresUser(): { uid: number; gid: number } {
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

async function untilListens(name: string, port: number, group: Group, log: string): Promise<void> {
	let ended = false;
	void group.exited.then(() => (ended = true));
	const end = Date.now() + PATIENCE;
	while (!(await listens(port))) {
		if (ended || Date.now() > end) throw new Problem(`${name} did not start:\n${fs.readFileSync(log, 'utf8')}`);
		await wait(100);
	}
}

async function listens(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = net.connect(port, '127.0.0.1');
		const done = (found: boolean) => {
			socket.destroy();
			resolve(found);
		};
		socket.once('connect', () => done(true));
		socket.once('error', () => done(false));
	});
}
