import * as fs from 'node:fs';
import * as path from 'node:path';

import { pack } from '../pack';
import type { Installation } from './install';
import { Problem } from './problem';

/**
 * Packs a package as npm would publish it, and puts it among the community packages of an n8n, which must not be running.
 *
 * @param root the folder of the built package.
 * @param drafts a folder for the tarball; its contents are deleted.
 * @returns the package's name, with which its node types begin.
 * @throws Problem if npm cannot pack it.
 */
export function packAndPlace(root: string, drafts: string, userFolder: string, installation: Installation): string {
	fs.rmSync(drafts, { recursive: true, force: true });
	fs.mkdirSync(drafts, { recursive: true });
	let unpacked: string;
	try {
		({ unpacked } = pack(root, drafts));
	} catch (error) {
		throw new Problem(`${root} could not be packed: ${(error as Error).message}`);
	}
	return place(unpacked, userFolder, installation);
}

/** Puts an unpacked package among n8n's community packages. Returns the package's name. */
export function place(unpacked: string, userFolder: string, { folder }: Installation): string {
	const { name } = JSON.parse(fs.readFileSync(path.join(unpacked, 'package.json'), 'utf8')) as { name: string };
	const modules = path.join(userFolder, MODULES);
	const target = folderOf(name, userFolder);
	fs.rmSync(target, { recursive: true, force: true });
	fs.mkdirSync(path.dirname(target), { recursive: true });
	fs.cpSync(unpacked, target, { recursive: true });

	// The user folder may be within this project, whose own n8n-workflow would then be found before n8n's.
	const workflow = path.join(modules, 'n8n-workflow');
	fs.rmSync(workflow, { recursive: true, force: true });
	fs.symlinkSync(path.join(folder, 'node_modules', 'n8n-workflow'), workflow, 'junction');
	return name;
}

/** The folder of the community packages within a user folder. */
const MODULES = '.n8n/nodes/node_modules';

/** The folder of a community package. */
export function folderOf(name: string, userFolder: string): string {
	return path.join(userFolder, MODULES, name);
}
