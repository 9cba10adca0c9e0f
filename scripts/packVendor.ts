/**
 * npm run pack -- nylas: packs one vendor's nodes and credential types as a separate package, into packs/, because n8n
 * only verifies packages for a single service. Needs a build. Exit code 0: packed; 1: no such vendor, or no build.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

import { words } from '../engine/model/names';
import { Problem } from './n8n/problem';
import { pack } from './pack';

interface Manifest {
	name: string;
	description: string;
	repository: { url: string };
	keywords: string[];
	n8n: { nodes: string[]; credentials: string[] };
	scripts?: unknown;
	devDependencies?: unknown;
}

/**
 * Writes the package of one vendor and packs it.
 * @param root the package's folder, with the documentation
 * @param built a folder with `package.json`, `LICENSE` and the built `dist`
 * @param wanted the vendor's name in any spelling: `nylas`, `alloy-embedded`
 * @returns name and folder of the new package, its tarball, and the unpacked tarball
 * @throws Problem if there is no such vendor
 */
export function packVendor(
	root: string,
	built: string,
	wanted: string,
	target: string,
): { name: string; folder: string; tarball: string; unpacked: string } {
	const manifest = JSON.parse(fs.readFileSync(path.join(built, 'package.json'), 'utf8')) as Manifest;
	const vendors = vendorsOf(built);
	const plain = (text: string) => words(text).join('');
	const vendor = vendors.find((one) => plain(one) === plain(wanted));
	if (!vendor) throw new Problem(`There is no vendor "${wanted}". There are: ${vendors.map((one) => words(one).join('-')).join(', ')}.`);

	const slug = words(vendor).join('-');
	const name = `n8n-nodes-${slug}-credentials`;
	const folder = path.join(target, name);
	fs.rmSync(folder, { recursive: true, force: true });
	const nodes = manifest.n8n.nodes.filter((file) => file.split('/')[2] === vendor);
	const sources = nodes.map((file) => fs.readFileSync(path.join(built, file), 'utf8')).join('\n');
	// The files of credential types are named after their class: nylasApi is in NylasApi.credentials.js.
	const credentials = manifest.n8n.credentials.filter((file) => {
		const className = path.basename(file).split('.')[0];
		return sources.includes(`'${className.charAt(0).toLowerCase()}${className.slice(1)}'`);
	});
	for (const part of [`dist/nodes/${vendor}`, 'dist/engine', ...credentials])
		fs.cpSync(path.join(built, part), path.join(folder, part), { recursive: true });
	copyIcons(built, folder, [sources, ...credentials.map((file) => fs.readFileSync(path.join(built, file), 'utf8'))].join('\n'));
	for (const file of nodes.map((one) => one.replace(/\.js$/, '.json'))) {
		const codex = JSON.parse(fs.readFileSync(path.join(built, file), 'utf8')) as { node: string };
		fs.writeFileSync(path.join(folder, file), JSON.stringify({ ...codex, node: codex.node.replace(manifest.name, name) }));
	}
	fs.copyFileSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
	const page = fs.readFileSync(path.join(root, 'docs/vendors', `${slug}.md`), 'utf8');
	const title = /^# (.*)$/m.exec(page)?.[1] ?? vendor;
	fs.writeFileSync(path.join(folder, 'README.md'), readme(name, title, manifest, page));
	const { scripts: _scripts, devDependencies: _development, ...rest } = manifest;
	const own = {
		...rest,
		name,
		description: `n8n nodes that create and manage credentials at ${title}`,
		keywords: [...manifest.keywords.slice(0, 4), ...words(vendor)],
		n8n: { ...manifest.n8n, nodes, credentials },
	};
	fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(own, null, '\t')}\n`);
	return { name, folder, ...pack(folder, target, `${name}-unpacked`) };
}

/** The folder names of the vendors whose nodes a package registers. */
export function vendorsOf(folder: string): string[] {
	const { n8n } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
	return [...new Set(n8n.nodes.map((file) => file.split('/')[2]))];
}

function copyIcons(built: string, folder: string, sources: string): void {
	for (const icon of new Set([...sources.matchAll(/icons\/([\w.]+\.svg)/g)].map(([, file]) => file))) {
		fs.cpSync(path.join(built, 'dist/icons', icon), path.join(folder, 'dist/icons', icon));
	}
}

/** The vendor's page with installation instructions. Its links to pictures and other pages lead to the repository. */
function readme(name: string, title: string, { name: whole, repository }: Manifest, page: string): string {
	const sources = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
	const body = page
		.replace(/^# .*\n+/, '')
		.replace(/(!?)(\[[^\]]*\])\((?!https?:|#)([^)]*)\)/g, (_all, picture: string, text: string, target: string) => {
			// Links are relative to docs/vendors, where the page is.
			const file = path.posix.join('docs/vendors', target);
			return `${picture}${text}(${sources}/${picture ? 'raw' : 'blob'}/main/${file})`;
		});
	return `# ${name}

${title} for n8n: the nodes of [${whole}](https://www.npmjs.com/package/${whole}) for this one vendor. Install one of the
two packages, not both: they would show each node twice.

In n8n: Settings → Community nodes → Install, and enter \`${name}\`.

${body.trim()}

## License

MIT
`;
}

function main(): number {
	const [wanted] = process.argv.slice(2);
	const root = path.resolve(__dirname, '..');
	try {
		if (wanted === undefined || wanted.startsWith('-')) throw new Problem('Name the vendor: npm run pack -- nylas');
		if (!fs.existsSync(path.join(root, 'dist'))) throw new Problem('There is no dist/ yet: run "npm run build" first.');
		const target = path.join(root, 'packs');
		fs.mkdirSync(target, { recursive: true });
		const { tarball, unpacked } = packVendor(root, root, wanted, target);
		fs.rmSync(unpacked, { recursive: true, force: true });
		console.log(path.relative(process.cwd(), tarball));
		return 0;
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		console.error(error.message);
		return 1;
	}
}

if (require.main === module) process.exitCode = main();
