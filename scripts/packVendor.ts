/**
 * npm run pack: packs the package of each vendor, into packs/. `-- nylas` packs one. n8n verifies packages for a single
 * service, so these are what is submitted to n8n. Needs a build. Exit code 0: packed; 1: no such package, or no build.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

import { words } from '../engine/model/names';
import { Problem } from './n8n/problem';
import { pack } from './pack';
import { readManifest, vendorPackages } from './packages';

/** A package that has been packed. */
export interface Packed {
	name: string;
	/** Where the package was put together. */
	folder: string;
	tarball: string;
	/** Where the tarball was unpacked. */
	unpacked: string;
}

/**
 * Puts the package of one vendor together and packs it: its own files from `packages/<vendor>/`, and of the build the nodes
 * and credential types that it registers, their icons, and the engine.
 * @param root the project's folder
 * @param built a folder with the built `dist` and the bundle's `package.json`
 * @param wanted the vendor's name in any spelling: `nylas`, `alloy-embedded`
 * @param target folder for the package and its tarball
 * @throws Problem if there is no such package
 */
export function packVendor(root: string, built: string, wanted: string, target: string): Packed {
	const packages = vendorPackages(root);
	const plain = (text: string) => words(text).join('');
	const one = packages.find(({ slug }) => plain(slug) === plain(wanted));
	if (!one) throw new Problem(`There is no package for "${wanted}". There are: ${packages.map(({ slug }) => slug).join(', ')}.`);

	const { name, n8n } = one.manifest;
	const folder = path.join(target, name);
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	for (const file of ['package.json', 'README.md', 'CHANGELOG.md', 'examples'])
		fs.cpSync(path.join(one.folder, file), path.join(folder, file), { recursive: true });
	fs.copyFileSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));

	const registered = [...n8n.nodes, ...n8n.credentials];
	for (const part of new Set([...n8n.nodes.map((file) => path.dirname(file)), 'dist/engine', ...n8n.credentials]))
		fs.cpSync(path.join(built, part), path.join(folder, part), { recursive: true });
	copyIcons(built, folder, registered.map((file) => fs.readFileSync(path.join(built, file), 'utf8')).join('\n'));
	// A codex file names the type of its node.
	const bundle = readManifest(root).name;
	for (const file of n8n.nodes.map((node) => path.join(folder, node.replace(/\.js$/, '.json')))) {
		const codex = JSON.parse(fs.readFileSync(file, 'utf8')) as { node: string };
		fs.writeFileSync(file, JSON.stringify({ ...codex, node: codex.node.replace(`${bundle}.`, `${name}.`) }));
	}
	return { name, folder, ...pack(folder, target, `${name}-unpacked`) };
}

/** Packs all of them, or one. Arguments and errors as of `packVendor`. */
export function packVendors(root: string, built: string, target: string, wanted?: string): Packed[] {
	const names = wanted === undefined ? vendorPackages(root).map(({ slug }) => slug) : [wanted];
	return names.map((name) => packVendor(root, built, name, target));
}

function copyIcons(built: string, folder: string, sources: string): void {
	for (const icon of new Set([...sources.matchAll(/icons\/([\w.]+\.svg)/g)].map(([, file]) => file))) {
		fs.cpSync(path.join(built, 'dist/icons', icon), path.join(folder, 'dist/icons', icon));
	}
}

function main(): number {
	const [wanted] = process.argv.slice(2);
	const root = path.resolve(__dirname, '..');
	try {
		if (wanted?.startsWith('-')) throw new Problem(`There is no option ${wanted}. Name a vendor, or none for all: npm run pack -- nylas`);
		if (!fs.existsSync(path.join(root, 'dist'))) throw new Problem('There is no dist/ yet: run "npm run build" first.');
		const target = path.join(root, 'packs');
		fs.mkdirSync(target, { recursive: true });
		for (const { tarball, folder, unpacked } of packVendors(root, root, target, wanted)) {
			for (const draft of [folder, unpacked]) fs.rmSync(draft, { recursive: true, force: true });
			console.log(path.relative(process.cwd(), tarball));
		}
		return 0;
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		console.error(error.message);
		return 1;
	}
}

if (require.main === module) process.exitCode = main();
