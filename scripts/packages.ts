import * as fs from 'node:fs';
import * as path from 'node:path';

/** What `package.json` of a vendor's package, or of the bundle, says. */
export interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** The package of one vendor. */
export interface VendorPackage {
	/** The vendor's name as a file name: `alloy-embedded`. */
	slug: string;
	/** Folder of its own files, which are not built. */
	folder: string;
	manifest: Manifest;
}

/** The packages of single vendors, by name: each is a folder in `packages/`. */
export function vendorPackages(root: string): VendorPackage[] {
	const home = path.join(root, 'packages');
	return fs
		.readdirSync(home)
		.sort()
		.map((slug) => ({ slug, folder: path.join(home, slug), manifest: readManifest(path.join(home, slug)) }));
}

/** The parsed `package.json` of a folder. */
export function readManifest(folder: string): Manifest {
	return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The names of the nodes that a package registers: the class in `NylasTrigger.node.js` is named `nylasTrigger`. */
export function nodesOf({ n8n }: Manifest): string[] {
	return n8n.nodes.map((file) => {
		const className = path.posix.basename(file).split('.')[0];
		return `${className[0].toLowerCase()}${className.slice(1)}`;
	});
}
