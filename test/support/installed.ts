import './environment';

import * as fs from 'node:fs';
import * as path from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType } from 'n8n-workflow';

/** What an n8n has after it has loaded packages. */
export interface Installed {
	/** Nodes by full type. */
	nodes: { [type: string]: INodeType };
	/** Credential types by name. */
	credentials: { [name: string]: ICredentialType };
	/** The package that each credential type is from. */
	owners: { [name: string]: string };
}

/**
 * Loads packages with n8n-core's own loader, one after the other, into one registry: of two credential types with one name,
 * the last one counts (n8n 2.4.8, `LoadNodesAndCredentials.postProcessLoaders`).
 *
 * @param home a folder for the packages; its contents are deleted
 * @param unpacked the folders of the packages, in the order of loading
 */
export async function install(home: string, unpacked: string[]): Promise<Installed> {
	const modules = path.join(home, 'node_modules');
	fs.rmSync(home, { recursive: true, force: true });
	fs.mkdirSync(modules, { recursive: true });
	fs.symlinkSync(path.dirname(require.resolve('n8n-workflow/package.json')), path.join(modules, 'n8n-workflow'), 'junction');
	const installed: Installed = { nodes: {}, credentials: {}, owners: {} };
	for (const folder of unpacked) {
		const { name } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name: string };
		fs.cpSync(folder, path.join(modules, name), { recursive: true });
		const loader = new PackageDirectoryLoader(path.join(modules, name));
		await loader.loadAll();
		for (const [node, { type }] of Object.entries(loader.nodeTypes)) installed.nodes[`${loader.packageName}.${node}`] = type as INodeType;
		for (const [credential, { type }] of Object.entries(loader.credentialTypes)) {
			installed.credentials[credential] = type;
			installed.owners[credential] = loader.packageName;
		}
	}
	return installed;
}
