import { Problem } from '../../scripts/n8n/problem';
import { createProgress } from '../../scripts/n8n/progress';
import { makeFolders, tidyFolders } from '../e2e/setup/folders';
import { bringN8n, placePackage } from '../e2e/setup/n8n';
import { onStop, stopAll } from '../e2e/setup/stop';
import { bringServices } from './services';
import { endStarted } from './started';

/** Brings what the tests start: n8n with the packed package, Redis and PostgreSQL. */
export default async function globalSetup(): Promise<void> {
	// Where jest itself writes.
	const progress = createProgress(process.stderr);
	process.stderr.write('\n');
	try {
		const folders = makeFolders();
		onStop(() => void tidyFolders(folders));
		onStop(endStarted);
		progress.step('Looking for Redis and PostgreSQL');
		bringServices();
		progress.done();
		const installation = await bringN8n(progress);
		progress.step('Building and packing the package');
		process.env.E2E_USER_FOLDER = placePackage(folders.work, installation);
		process.env.E2E_N8N = installation.folder;
		progress.done();
	} catch (error) {
		progress.failed();
		await stopAll();
		// Its words say all.
		if (error instanceof Problem) error.stack = undefined;
		throw error;
	}
}
