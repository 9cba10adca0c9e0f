import { signIn } from '../../scripts/n8n/api';
import { OWNER } from '../../scripts/n8n/demo';
import { Problem } from '../../scripts/n8n/problem';
import { createProgress } from '../../scripts/n8n/progress';
import { makeFolders, tidyFolders } from '../e2e/setup/folders';
import { bringN8n, placePackage, startForTests } from '../e2e/setup/n8n';
import { onStop, stopAll } from '../e2e/setup/stop';
import { endStarted } from '../n8n/started';

/** Starts a real n8n that has the packed package, for all tests of a run. */
export default async function globalSetup(): Promise<void> {
	// Where jest itself writes.
	const progress = createProgress(process.stderr);
	process.stderr.write('\n');
	try {
		const folders = makeFolders();
		// For what n8n leaves there.
		process.env.TMPDIR = folders.work;
		onStop(() => void tidyFolders(folders));
		onStop(endStarted);
		const installation = await bringN8n(progress);
		progress.step('Building and packing the package');
		const userFolder = placePackage(folders.work, installation);

		progress.step(`Starting n8n ${installation.version}`);
		const n8n = await startForTests(installation, userFolder, folders.log);
		onStop(async () => await n8n.stop());
		await signIn(n8n.url, OWNER);
		process.env.E2E_URL = n8n.url;
		process.env.E2E_N8N = installation.folder;
		process.env.E2E_USER_FOLDER = userFolder;
		progress.done();
	} catch (error) {
		progress.failed();
		await stopAll();
		// Its words say all.
		if (error instanceof Problem) error.stack = undefined;
		throw error;
	}
}
