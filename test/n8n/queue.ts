import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import axios from 'axios';

import { environment } from '../../scripts/n8n/environment';
import { startGroup, type Exit } from '../../scripts/n8n/group';
import type { Installation } from '../../scripts/n8n/install';
import { freePorts } from '../../scripts/n8n/ports';
import { Problem } from '../../scripts/n8n/problem';
import { startN8n, type RunningN8n } from '../../scripts/n8n/process';
import { PATIENCE } from '../examples/n8n';
import { startServices } from './services';
import { started } from './started';

/** A process that works off n8n's queue. */
export interface Worker {
	name: string;
	pid: number;
	exited: Promise<Exit>;
	/** The executions that it has begun, by their ids. */
	begun(): string[];
	stop(): Promise<void>;
}

/** An n8n in queue mode: the main process and its workers, with a Redis and a PostgreSQL of their own. */
export interface QueueMode {
	main: RunningN8n;
	workers: Worker[];
	stop(): Promise<void>;
}

/**
 * Starts n8n in queue mode with workers that do one execution at a time each.
 *
 * @param packageFolder a user folder that has the package; each process gets a copy of its packages, as a container would.
 * @param work a folder for what they write.
 */
export async function startQueueMode(installation: Installation, packageFolder: string, work: string, names: string[]): Promise<QueueMode> {
	const stops: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (let each = stops.pop(); each; each = stops.pop()) await each();
	};
	try {
		const services = await startServices();
		stops.push(services.stop);
		const env: NodeJS.ProcessEnv = {
			// Jest sets it to "test", and n8n would then expect its own tests.
			NODE_ENV: undefined,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(services.redis.port),
			// By default it takes a minute until the others notice that a worker is gone. One that is only slow must not seem so.
			QUEUE_WORKER_LOCK_DURATION: '30000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
			QUEUE_WORKER_STALLED_INTERVAL: '5000',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(services.postgres.port),
			DB_POSTGRESDB_USER: services.postgres.user,
			DB_POSTGRESDB_PASSWORD: 'none',
			DB_POSTGRESDB_DATABASE: services.postgres.database,
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		};
		const folderOf = (name: string) => {
			const folder = path.join(work, name);
			fs.cpSync(path.join(packageFolder, '.n8n', 'nodes'), path.join(folder, '.n8n', 'nodes'), { recursive: true });
			return folder;
		};
		// First, because it makes the tables.
		const main = started(await startN8n({ installation, userFolder: folderOf('main'), log: path.join(work, 'main.log'), port: 0, env }));
		stops.push(main.stop);
		const workers = await Promise.all(
			names.map(async (name) => {
				const worker = await startWorker(installation, name, folderOf(name), path.join(work, `${name}.log`), env);
				stops.push(worker.stop);
				return worker;
			}),
		);
		return { main, workers, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startWorker(
	installation: Installation,
	name: string,
	userFolder: string,
	log: string,
	env: NodeJS.ProcessEnv,
): Promise<Worker> {
	// Each process has a broker for its task runners, on a port of its own.
	const [http, broker] = await freePorts(0, 0);
	const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(http), N8N_WORKER_SERVER_ADDRESS: '127.0.0.1' };
	const output = fs.openSync(log, 'w');
	const group = started(
		await startGroup(process.execPath, [installation.bin, 'worker', '--concurrency=1'], {
			cwd: userFolder,
			env: environment(userFolder, { http, broker }, { ...env, ...health }),
			stdio: ['ignore', output, output],
		}),
	);
	fs.closeSync(output);
	let exit: Exit | undefined;
	void group.exited.then((ended) => (exit = ended));
	const words = () => fs.readFileSync(log, 'utf8');
	const end = Date.now() + PATIENCE;
	while (!(await isReady(http))) {
		if (exit || Date.now() > end) {
			await group.stop(1000);
			throw new Problem(`The worker did not start:\n${words()}`);
		}
		await wait(200);
	}
	return {
		name,
		pid: group.pid,
		exited: group.exited,
		begun: () => [...words().matchAll(/Worker started execution (\d+)/g)].map(([, id]) => id),
		stop: async () => await group.stop(),
	};
}

async function isReady(port: number): Promise<boolean> {
	try {
		const { status } = await axios.get(`http://127.0.0.1:${port}/healthz/readiness`, {
			timeout: 5000,
			proxy: false,
			validateStatus: () => true,
		});
		return status === 200;
	} catch {
		return false;
	}
}
