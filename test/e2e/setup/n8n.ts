import * as fs from 'node:fs';
import * as path from 'node:path';

import { ensureInstalled, installationIn, type Installation } from '../../../scripts/n8n/install';
import { takeLock } from '../../../scripts/n8n/lock';
import { packAndPlace } from '../../../scripts/n8n/place';
import { startN8n, type RunningN8n } from '../../../scripts/n8n/process';
import type { Progress } from '../../../scripts/n8n/progress';
import { releaseFor } from '../../../scripts/n8n/versions';
import { ROOT } from './folders';
import { buildPackage } from './package';

/** The n8n of `npm start`, or the one in the folder that E2E_N8N names. */
export async function bringN8n(progress: Progress): Promise<Installation> {
	const { E2E_N8N } = process.env;
	if (E2E_N8N) return installationIn(E2E_N8N);
	const home = path.join(ROOT, '.n8n');
	const release = releaseFor();
	// An install of somebody else's is not to be disturbed; an n8n of somebody else's that runs does not matter.
	const lock = fs.existsSync(path.join(home, release.version, 'installed.json')) ? undefined : await takeLock(home);
	try {
		return await ensureInstalled(release, home, { progress });
	} finally {
		lock?.release();
	}
}

/** Builds and packs the package, and puts it into a new user folder below `work`. Gives that folder. */
export function placePackage(work: string, installation: Installation): string {
	const userFolder = path.join(work, 'n8n');
	const built = buildPackage(path.join(work, 'package'));
	packAndPlace(built, path.join(work, 'packed'), userFolder, installation);
	return userFolder;
}

/** Starts an n8n for tests on a free port. */
export async function startForTests(installation: Installation, userFolder: string, log: string): Promise<RunningN8n> {
	// Jest sets NODE_ENV to "test", and n8n would then expect its own tests.
	return await startN8n({ installation, userFolder, log, port: 0, env: { NODE_ENV: undefined } });
}
