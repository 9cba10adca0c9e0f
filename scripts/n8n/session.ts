import * as fs from 'node:fs';
import * as path from 'node:path';

import type { N8nApi } from './api';
import { OWNER, type DemoVendor } from './demo';
import { nodeType, readExamples, withCredentials, type Example } from './examples';
import { ensureInstalled, type Installation } from './install';
import { takeLock } from './lock';
import { runNpm } from './npm';
import { packAndPlace } from './place';
import { Problem } from './problem';
import { describeExit, startN8n } from './process';
import type { Progress } from './progress';
import { atMockServer, provision, signInAs } from './provision';
import { formatResults, readResult, type Result } from './results';
import { releaseFor } from './versions';

/** The settings of a demonstration. */
export interface Session {
	/** The package's folder. */
	root: string;
	/** The folder for n8n, its data and the logs. */
	home: string;
	/** Folder of the example workflows. */
	examples: string;
	vendors: DemoVendor[];
	/** Starts the mock server for the vendors; returns the key that it accepts for each. */
	mockServer(): Promise<{ url: string; keys: Record<string, string>; close(): Promise<void> | void }>;
	/** A key for the real vendor, which is then called instead of the mock server. */
	ownKey?: string;
	/** Whether to end after the table. */
	once: boolean;
	/** An n8n to use instead of the one for this Node version. */
	installation?: Installation;
	progress: Progress;
	/** Ends the session. */
	signal: AbortSignal;
}

/**
 * Builds the package, puts it into a real n8n, creates a credential at each vendor there, and keeps the editor open.
 *
 * @returns whether all were created.
 * @throws Problem if it cannot get that far; the signal's reason if aborted before the table.
 */
export async function runSession(session: Session): Promise<boolean> {
	const { root, home, vendors, ownKey, once, progress, signal } = session;
	const { name: packageName } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { name: string };
	const examples = readExamples(session.examples, vendors, packageName);
	const log = path.join(home, 'n8n.log');
	const lock = await takeLock(home);
	const closing: Array<() => Promise<void> | void> = [() => lock.release()];
	try {
		progress.step('Building the package');
		await build(root, home, signal);
		progress.done();

		const installation = session.installation ?? (await ensureInstalled(releaseFor(), home, { progress, signal }));
		const userFolder = path.join(home, `data-${installation.version}`);
		progress.step('Packing the package');
		packAndPlace(root, path.join(home, 'package'), userFolder, installation);

		const mockServer = ownKey === undefined ? await session.mockServer() : undefined;
		if (mockServer) closing.push(() => mockServer.close());

		progress.step(`Starting n8n ${installation.version}`);
		const n8n = await startN8n({ installation, userFolder, log, signal });
		closing.push(() => n8n.stop());
		lock.note(n8n);

		progress.step(ownKey === undefined ? 'Creating credentials at the mock server' : 'Creating a credential at the vendor');
		const api = await signInAs(n8n.url, userFolder);
		const references = await provision(api, vendors, (vendor) =>
			mockServer ? atMockServer(vendor, mockServer) : { name: `${vendor.credential} (own key)`, data: { apiKey: ownKey } },
		);
		const results: Result[] = [];
		for (const example of examples) {
			progress.at(example.vendor.title);
			results.push(await runExample(api, example, references, packageName, signal));
		}
		const complete = results.every(({ created }) => created !== undefined);
		if (complete) progress.done();
		else progress.failed();
		progress.say(`\n${formatResults(results)}\n`);
		if (!complete) progress.say(`n8n's log: ${log}\n`);
		if (once) return complete;

		progress.say(`The editor: ${n8n.url}\nSign in as:  ${OWNER.email}  password:  ${OWNER.password}\nCtrl-C ends it.`);
		const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
		const exit = await Promise.race([n8n.exited, aborted]);
		if (exit) throw new Problem(`n8n ended by itself, with ${describeExit(exit)}.`, log);
		return complete;
	} catch (error) {
		progress.failed();
		throw error;
	} finally {
		if (signal.aborted) progress.say('Stopping …');
		for (const close of closing.reverse()) await close();
	}
}

async function build(root: string, home: string, signal: AbortSignal): Promise<void> {
	const log = path.join(home, 'build.log');
	fs.rmSync(log, { force: true });
	const lines: string[] = [];
	const { code } = await runNpm(['run', 'build'], { cwd: root, log, signal, onLine: (line) => lines.push(line) });
	if (code === 0) return;
	throw new Problem(`The package does not build ("npm run build" ended with exit code ${code}):\n${lines.slice(-15).join('\n')}`, log);
}

async function runExample(
	api: N8nApi,
	{ vendor, workflow, variant }: Example,
	references: Record<string, { id: string; name: string }>,
	packageName: string,
	signal: AbortSignal,
): Promise<Result> {
	const label = { vendor: vendor.title, variant };
	const names = workflow.nodes.filter(({ type }) => type === nodeType(vendor, packageName)).map(({ name }) => name);
	try {
		const id = await api.upsertWorkflow(withCredentials(workflow, references));
		return { ...label, ...readResult(await api.runWorkflow(id, { signal }), names) };
	} catch (error) {
		// A problem with one vendor must not prevent the others from being shown.
		if (!(error instanceof Problem)) throw error;
		return { ...label, problem: error.message };
	}
}
