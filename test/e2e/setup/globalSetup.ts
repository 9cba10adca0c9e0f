import * as fs from 'node:fs';
import * as path from 'node:path';

import { signIn } from '../../../scripts/n8n/api';
import { OWNER } from '../../../scripts/n8n/demo';
import { ensureInstalled, installationIn, type Installation } from '../../../scripts/n8n/install';
import { takeLock } from '../../../scripts/n8n/lock';
import { packAndPlace } from '../../../scripts/n8n/place';
import { Problem } from '../../../scripts/n8n/problem';
import { startN8n } from '../../../scripts/n8n/process';
import { createProgress, type Progress } from '../../../scripts/n8n/progress';
import { releaseFor } from '../../../scripts/n8n/versions';
import { startBrowser } from './browser';
import { findChromium } from './chromium';
import { makeFolders, ROOT, tidyFolders, type Folders } from './folders';
import { buildPackage } from './package';
import { onStop, stopAll } from './stop';

/** Starts a real n8n that has the packed package, for all tests of a run. */
export default async function globalSetup(): Promise<void> {
	// Where jest itself writes.
	const progress = createProgress(process.stderr);
	process.stderr.write('\n');
	try {
		findChromium();
		const folders = makeFolders();
		// For what the browser and n8n leave there.
		process.env.TMPDIR = folders.work;
		onStop(() => {
			const kept = tidyFolders(folders);
			if (kept) process.stderr.write(`\nScreenshots and logs: ${kept}\n`);
		});
		await start(folders, progress);
		progress.done();
	} catch (error) {
		progress.failed();
		await stopAll();
		// Its words say all.
		if (error instanceof Problem) error.stack = undefined;
		throw error;
	}
}

async function start({ work, log }: Folders, progress: Progress): Promise<void> {
	const installation = await bringN8n(progress);
	progress.step('Building and packing the package');
	const userFolder = path.join(work, 'n8n');
	const built = buildPackage(path.join(work, 'package'));
	packAndPlace(built, path.join(work, 'packed'), userFolder, installation);

	progress.step(`Starting n8n ${installation.version} and the browser`);
	// Jest sets NODE_ENV to "test", and n8n would then expect its own tests.
	const n8n = await startN8n({ installation, userFolder, log, port: 0, env: { NODE_ENV: undefined } });
	onStop(async () => await n8n.stop());
	await signIn(n8n.url, OWNER);
	process.env.E2E_URL = n8n.url;

	const browser = await startBrowser();
	onStop(async () => await browser.close());
	process.env.E2E_BROWSER = browser.address;
}

/** The n8n of `npm start`, or the one in the folder that E2E_N8N names. */
async function bringN8n(progress: Progress): Promise<Installation> {
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
