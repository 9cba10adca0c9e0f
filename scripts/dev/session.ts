import * as fs from 'node:fs';
import * as path from 'node:path';

import { OWNER, VENDORS } from '../n8n/demo';
import { ensureInstalled, type Installation } from '../n8n/install';
import { takeLock } from '../n8n/lock';
import { folderOf, place } from '../n8n/place';
import { Problem } from '../n8n/problem';
import type { Progress } from '../n8n/progress';
import { atMockServer, provision, signInAs } from '../n8n/provision';
import { releaseFor } from '../n8n/versions';
import { buildInto } from './build';
import { startDevN8n } from './n8n';
import { updateFolder } from './update';
import { watchSources } from './watch';

/** The settings of a development session. */
export interface DevSession {
	/** The package's folder. */
	root: string;
	/** The folder for n8n, its data and the logs. */
	home: string;
	/** Starts the mock server for the vendors, on a given or any free port; returns the key that it accepts for each vendor. */
	mockServer(port?: number): Promise<{ url: string; keys: Record<string, string>; close(): Promise<void> | void }>;
	/** An n8n to use instead of the one for this Node version. */
	installation?: Installation;
	/** Port of the editor and REST; by default 5678, or any free one if that is taken. */
	port?: number;
	progress: Progress;
	/** Ends the session. */
	signal: AbortSignal;
}

/**
 * Opens the package in a real n8n, with a mock server for the vendors, and keeps it up to date while the sources change. If
 * they do not build, it reports why, and n8n keeps the last version.
 *
 * @throws Problem if it cannot start, or n8n ends by itself; the signal's reason if aborted before n8n runs.
 */
export async function runDev(session: DevSession): Promise<void> {
	const { root, home, progress, signal } = session;
	const lock = await takeLock(home);
	const closing: Array<() => Promise<void> | void> = [() => lock.release()];
	try {
		const built = path.join(home, 'dev');
		fs.rmSync(built, { recursive: true, force: true });
		progress.step('Building the package');
		await buildInto(built, root, signal);
		progress.done();

		const installation = session.installation ?? (await ensureInstalled(releaseFor(), home, { progress, signal }));
		const userFolder = path.join(home, `data-${installation.version}`);
		const name = place(built, userFolder, installation);
		let mockServer = await session.mockServer();
		closing.push(() => mockServer.close());

		progress.step(`Starting n8n ${installation.version}`);
		const n8n = await startDevN8n({ installation, userFolder, log: path.join(home, 'n8n.log'), port: session.port, signal });
		closing.push(() => n8n.stop());
		lock.note(n8n);
		await provision(await signInAs(n8n.url, userFolder), VENDORS, (vendor) => atMockServer(vendor, mockServer));
		progress.done();

		const rebuild = async () => {
			try {
				progress.step('Building');
				await buildInto(built, root, signal);
				progress.at('n8n loads it');
				let changed: string[] = [];
				const took = await n8n.take(() => (changed = updateFolder(folderOf(name, userFolder), built)));
				lock.note(n8n);
				// The mock server has read the documents, too.
				if (changed.some((file) => file.endsWith('.generated.json'))) {
					await mockServer.close();
					mockServer = await session.mockServer(Number(new URL(mockServer.url).port));
				}
				progress.done();
				progress.say(
					{
						same: '  Nothing is different.',
						reloaded: '  The nodes are reloaded; open editors show them.',
						restarted: '  n8n was started again: reload the editor.',
					}[took],
				);
			} catch (error) {
				progress.failed();
				if (signal.aborted) return;
				progress.say(error instanceof Problem ? `${error.message}\n  n8n keeps what it has.` : String((error as Error).stack));
			}
		};
		closing.push(await watchSources(root, rebuild));

		progress.say(
			`The editor: ${n8n.url}\nSign in as:  ${OWNER.email}  password:  ${OWNER.password}\nThe mock server for the vendors: ` +
				`${mockServer.url}\nWatching the sources. Ctrl-C ends it.`,
		);
		const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
		await Promise.race([n8n.failed, aborted]);
	} catch (error) {
		progress.failed();
		throw error;
	} finally {
		if (signal.aborted) progress.say('Stopping …');
		for (const close of closing.reverse()) await close();
	}
}
