import * as fs from 'node:fs';
import * as path from 'node:path';

import { installationIn, type Installation } from '../../scripts/n8n/install';
import { startN8n, type RunningN8n } from '../../scripts/n8n/process';
import { folders } from '../e2e/setup/folders';
import { started } from '../n8n/started';
import { filesBelow } from './kept';

/** An n8n for one test alone, which says and writes all that it can. */
export interface Own {
	program: RunningN8n;
	installation: Installation;
	database: string;
	/** What it prints. */
	log: string;
	/** All files that it has written: its data, what it logs to a file, what it prints. */
	files(): string[];
}

/** Starts one, with the package as the n8n of all tests has it, and a database of its own. */
export async function startOwn(name: string): Promise<Own> {
	const installation = installationIn(process.env.E2E_N8N as string);
	const userFolder = path.join(folders().work, name);
	const home = path.join(userFolder, '.n8n');
	fs.cpSync(path.join(process.env.E2E_USER_FOLDER as string, '.n8n', 'nodes'), path.join(home, 'nodes'), { recursive: true });
	const log = path.join(folders().work, `${name}.log`);
	const env = {
		// Jest sets it to "test", and n8n would then expect its own tests.
		NODE_ENV: undefined,
		N8N_LOG_LEVEL: 'debug',
		N8N_LOG_OUTPUT: 'console,file',
		EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'true',
	};
	const program = started(await startN8n({ installation, userFolder, log, port: 0, env }));
	const files = () => [...filesBelow(home).filter((file) => !file.includes(`${path.sep}nodes${path.sep}`)), log];
	return { program, installation, database: path.join(home, 'database.sqlite'), log, files };
}
