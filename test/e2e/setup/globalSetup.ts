import { signIn } from '../../../scripts/n8n/api';
import { OWNER } from '../../../scripts/n8n/demo';
import { Problem } from '../../../scripts/n8n/problem';
import { createProgress, type Progress } from '../../../scripts/n8n/progress';
import { startBrowser } from './browser';
import { findChromium } from './chromium';
import { makeFolders, tidyFolders, type Folders } from './folders';
import { bringN8n, placePackage, startForTests } from './n8n';
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
	const userFolder = placePackage(work, installation);

	progress.step(`Starting n8n ${installation.version} and the browser`);
	const n8n = await startForTests(installation, userFolder, log);
	onStop(async () => await n8n.stop());
	await signIn(n8n.url, OWNER);
	process.env.E2E_URL = n8n.url;
	process.env.E2E_VERSION = installation.version;
	process.env.E2E_N8N = installation.folder;
	process.env.E2E_USER_FOLDER = userFolder;

	const browser = await startBrowser();
	onStop(async () => await browser.close());
	process.env.E2E_BROWSER = browser.address;
}
