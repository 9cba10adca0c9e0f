import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The checkout. */
export const ROOT = path.resolve(__dirname, '../../..');

/** Where the folders of a run are. */
export interface Folders {
	/** The package, n8n's data, the browser's: gone after the run. */
	work: string;
	/** What is kept of failures. */
	kept: string;
	/** For the pictures of the documentation; undefined where none are to be made. They differ with every run, by what is in them. */
	images?: string;
	/** Of n8n itself. */
	log: string;
}

/** Makes the folders of a new run. */
export function makeFolders(): Folders {
	return foldersIn(fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'e2e-'))));
}

/** The folders of the run that this test belongs to. */
export function folders(): Folders {
	const run = process.env.E2E_FOLDER;
	if (!run) throw new Error('These tests need what globalSetup starts: run them with `npm run e2e`');
	return foldersIn(run);
}

function foldersIn(run: string): Folders {
	process.env.E2E_FOLDER = run;
	const kept = path.join(run, 'kept');
	const made = { work: path.join(run, 'work'), kept };
	for (const folder of Object.values(made)) fs.mkdirSync(folder, { recursive: true });
	return { ...made, log: path.join(kept, 'n8n.log'), ...(process.env.UPDATE_IMAGES ? { images: path.join(ROOT, 'docs/images') } : {}) };
}

/** Deletes what nobody looks at after a run. Gives the folder with the rest, if there is any. */
export function tidyFolders({ work, kept, log }: Folders): string | undefined {
	fs.rmSync(work, { recursive: true, force: true, maxRetries: 5 });
	const failed = fs.readdirSync(kept).some((name) => name.startsWith(FAILURE));
	if (!failed) fs.rmSync(log, { force: true });
	if (fs.readdirSync(kept).length > 0) return kept;
	fs.rmSync(path.dirname(kept), { recursive: true, force: true });
	return undefined;
}

/** What the names of files about a failure begin with. */
export const FAILURE = 'failure-';
