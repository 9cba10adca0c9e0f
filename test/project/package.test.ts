import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { pack } from '../../scripts/pack';
import { nodesOf, vendorPackages } from '../../scripts/packages';
import { packVendor } from '../../scripts/packVendor';
import type { KeptRequests, KeptWorkflow } from '../released/kept';
import { runNode } from '../support/engine';
import { install, type Installed } from '../support/installed';
import { storeWith } from '../support/lifecycle';
import { useMockServer } from '../support/vendorTest';
import { VENDORS } from '../support/vendors';

/**
 * The package as n8n gets it: built, packed, unpacked, and loaded where nothing but n8n-workflow can be resolved. Lint
 * does not notice shipped code that requires a development dependency; this does.
 */
const root = path.resolve(__dirname, '../..');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

let folder: string;
let tarball: string;
let unpacked: string;
/** What the package registers. */
let loaded: Loaded[];

interface Loaded {
	file: string;
	/** What went wrong, with its stack. */
	failure?: string;
	requires: string[];
	type: {
		name?: string;
		displayName?: string;
		extends?: string[];
		authenticate?: object;
		icon?: { light: string; dark: string };
		properties?: Array<{ name: string; typeOptions?: object }>;
		test?: { request: { url: string } };
		description?: {
			name: string;
			icon: { light: string; dark: string };
			properties: Array<{ name: string; options?: Array<{ name: string }> }>;
			credentials: Array<{ name: string }>;
		};
	};
}

// Runs in a process of its own, so that jest's own module system is out of the way.
const LOAD = `
	const Module = require('node:module');
	const path = require('node:path');
	const [unpacked, workflow, ...files] = process.argv.slice(1);
	let requires;
	const resolve = Module._resolveFilename;
	Module._resolveFilename = function (request, parent, ...rest) {
		const inside = parent?.filename?.startsWith(unpacked + path.sep);
		if (inside && !request.startsWith('.') && !path.isAbsolute(request)) {
			requires.add(request);
			if (request === 'n8n-workflow') return resolve.call(this, workflow, parent, ...rest);
			if (!Module.isBuiltin(request)) throw new Error('Cannot be resolved in n8n: ' + request);
		}
		return resolve.call(this, request, parent, ...rest);
	};
	console.log(JSON.stringify(files.map((file) => {
		requires = new Set();
		// Each file loads all that it needs by itself.
		for (const loaded of Object.keys(require.cache)) if (loaded.startsWith(unpacked + path.sep)) delete require.cache[loaded];
		try {
			const className = path.basename(file).split('.')[0];
			const type = new (require(path.join(unpacked, file))[className])();
			return { file, requires: [...requires], type };
		} catch (error) {
			return { file, failure: error.stack };
		}
	})));
`;

/** Loads files of a package, in one process. */
function loadAll(files: string[], from: string): Loaded[] {
	// From a folder without node_modules above it.
	const output = execFileSync(process.execPath, ['-e', LOAD, from, require.resolve('n8n-workflow'), ...files], {
		cwd: folder,
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	});
	return JSON.parse(output);
}

/** One of the whole package's files, loaded. */
function load(file: string): Loaded {
	const one = loaded.find((other) => other.file === file);
	expect(one?.failure).toBeUndefined();
	return one!;
}

function build(target: string): void {
	const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules/gulp/bin/gulp.js'), 'build'], {
		cwd: root,
		env: { ...process.env, BUILD_DIR: target },
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
}

/** The unpacked package of a vendor, which is packed once. */
function packed(slug: string): string {
	const there = path.join(folder, `n8n-nodes-${slug}-credentials-unpacked`);
	return fs.existsSync(there) ? there : packVendor(root, path.join(folder, 'source'), slug, folder).unpacked;
}

function filesOf(directory: string): string[] {
	return fs
		.readdirSync(directory, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)));
}

beforeAll(() => {
	folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'package-')));
	// Built beside the checkout, whose own dist/ may be in use or old.
	const source = path.join(folder, 'source');
	fs.mkdirSync(source);
	for (const file of ['package.json', 'README.md', 'LICENSE']) {
		if (fs.existsSync(path.join(root, file))) fs.copyFileSync(path.join(root, file), path.join(source, file));
	}
	// PACKAGE_DIST names a build that is there already.
	if (process.env.PACKAGE_DIST) fs.cpSync(process.env.PACKAGE_DIST, path.join(source, 'dist'), { recursive: true });
	else build(path.join(source, 'dist'));
	({ tarball, unpacked } = pack(source, folder));
	loaded = loadAll([...manifest.n8n.nodes, ...manifest.n8n.credentials], unpacked);
}, 180_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('the tarball is below 300 KB', () => {
	expect(fs.statSync(tarball).size).toBeLessThan(300_000);
});

test('nothing but the built package, README, LICENSE and package.json is in it', () => {
	const others = filesOf(unpacked).filter((file) => !file.startsWith(`dist${path.sep}`));
	expect(others.filter((file) => !['LICENSE', 'README.md', 'package.json'].includes(file))).toEqual([]);
	expect(others).toEqual(expect.arrayContaining(['LICENSE', 'package.json']));
	// Sources, type declarations, documents and tests stay at home; of the engine there is one file.
	const built = filesOf(path.join(unpacked, 'dist'));
	expect(built.filter((file) => !/\.(js|json|svg)$/.test(file))).toEqual([]);
	expect(built.filter((file) => file.startsWith('engine'))).toEqual([path.join('engine', 'run', 'index.js')]);
});

test('the engine carries the licence of everything that is bundled into it, in full', () => {
	const engine = fs.readFileSync(path.join(unpacked, 'dist/engine/run/index.js'), 'utf8');
	// esbuild names each file before its code.
	const bundled = [...engine.matchAll(/^\/\/ .*node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)].map(([, name]) => name);
	expect(bundled).toContain('@cfworker/json-schema');
	for (const name of new Set(bundled)) {
		const home = path.join(root, 'node_modules', name);
		const own = fs.readdirSync(home).find((file) => /^licen[cs]e/i.test(file));
		const licence = own ? path.join(home, own) : path.join(root, 'licenses', `${name.replace('@', '').replace('/', '__')}.txt`);
		expect(engine).toContain(fs.readFileSync(licence, 'utf8').trim());
		expect(engine).toContain(`Contains ${name} `);
	}
});

test('of n8n-workflow it takes only what both lines of n8n have', () => {
	// Looked up in n8n-workflow of n8n 2.4.8 and of n8n 2.41.1.
	const inBoth = ['NodeApiError', 'NodeConnectionTypes', 'NodeOperationError', 'isSafeObjectProperty', 'sleep'];
	const taken = filesOf(path.join(unpacked, 'dist'))
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) =>
			[...fs.readFileSync(path.join(unpacked, 'dist', file), 'utf8').matchAll(/n8n_?workflow\d*\.(\w+)/gi)].map(([, name]) => name),
		);
	expect(taken.length).toBeGreaterThan(0);
	expect(taken.filter((name) => !inBoth.includes(name))).toEqual([]);
});

test('the package needs nothing at run time', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

test('every node and credential of the sources is registered, and nothing else', () => {
	const sources = [
		...filesOf(path.join(root, 'nodes')).map((file) => `nodes/${file}`),
		...filesOf(path.join(root, 'credentials')).map((file) => `credentials/${file}`),
	]
		.filter((file) => /\.(node|credentials)\.ts$/.test(file))
		.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
	expect([...manifest.n8n.nodes, ...manifest.n8n.credentials].sort()).toEqual(sources.sort());
});

describe.each<string>(manifest.n8n.nodes)('%s', (file) => {
	test('loads where only n8n-workflow can be resolved, and describes itself', () => {
		const { type, requires } = load(file);
		expect(requires.filter((name) => name !== 'n8n-workflow')).toEqual([]);
		const { name, icon, properties, credentials } = type.description!;
		expect(path.basename(file).toLowerCase()).toBe(`${name.toLowerCase()}.node.js`);
		expect(properties.map((property) => property.name)).toEqual(
			expect.arrayContaining(file.includes('Trigger') ? ['events'] : ['resource', 'operation']),
		);
		expectIcons(file, icon);
		const known = manifest.n8n.credentials.map((credential: string) => path.basename(credential).split('.')[0].toLowerCase());
		for (const credential of credentials) expect(known).toContain(credential.name.toLowerCase());
	});

	test('has its codex beside it', () => {
		const codex = JSON.parse(fs.readFileSync(path.join(unpacked, `${file}on`), 'utf8'));
		expect(codex.categories.length).toBeGreaterThan(0);
		expect(codex.alias).toContain('credential');
		expect(codex.resources.primaryDocumentation[0].url).toMatch(/^https:/);
		expect(codex.resources.credentialDocumentation[0].url).toMatch(/^https:/);
	});
});

test.each<string>(manifest.n8n.credentials)('%s loads, masks its key and can be tested', (file) => {
	const { type, requires } = load(file);
	expect(requires.filter((name) => name !== 'n8n-workflow')).toEqual([]);
	expect(type.displayName).toMatch(/ API$/);
	expectIcons(file, type.icon!);
	if (type.name === 'credentialSecretsApi') return;
	// n8n has the fields of OAuth2, and tests it by itself.
	if (type.extends) return;
	if (type.authenticate)
		expect(type.properties!.filter(({ typeOptions }) => typeOptions && 'password' in typeOptions).length).toBeGreaterThan(0);
	expect(type.test!.request.url).toMatch(/^\//);
});

describe.each(vendorPackages(root))('the package of $slug', ({ slug, folder: home, manifest: own }) => {
	let alone: string;
	beforeAll(() => {
		alone = packed(slug);
	});

	test('has all that it needs and nothing else', () => {
		for (const { file, type, requires, failure } of loadAll([...own.n8n.nodes, ...own.n8n.credentials], alone)) {
			expect(failure).toBeUndefined();
			expect(requires.filter((one) => one !== 'n8n-workflow')).toEqual([]);
			for (const icon of Object.values(type.icon ?? type.description!.icon))
				expect(fs.existsSync(path.resolve(alone, path.dirname(file), icon.replace(/^file:/, '')))).toBe(true);
			const held = own.n8n.credentials.map((one) => path.basename(one).split('.')[0].toLowerCase());
			for (const { name: credential } of type.description?.credentials ?? []) expect(held).toContain(credential.toLowerCase());
		}
		const files = filesOf(alone);
		expect(files.filter((file) => !/^(dist|examples)\//.test(file)).sort()).toEqual([
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'package.json',
		]);
		expect(files.filter((file) => file.startsWith('dist/nodes/') && file.split('/')[2] !== own.n8n.nodes[0].split('/')[2])).toEqual([]);
		const credentials = files.filter((file) => file.startsWith('dist/credentials/'));
		expect(credentials.sort()).toEqual([...own.n8n.credentials].sort());
		for (const node of own.n8n.nodes) {
			const codex = JSON.parse(fs.readFileSync(path.join(alone, `${node}on`), 'utf8'));
			expect(codex.node).toBe(`${own.name}.${nodesOf(own)[own.n8n.nodes.indexOf(node)]}`);
		}
	});

	test('names no other vendor', () => {
		// The Alloy nodes are of one vendor.
		const others = ['nylas', 'arklow', 'mielto', 'alloy'].filter((name) => !slug.includes(name));
		const named = filesOf(alone).filter((file) => new RegExp(others.join('|'), 'i').test(fs.readFileSync(path.join(alone, file), 'utf8')));
		expect(others.length).toBe(3);
		expect(named).toEqual([]);
	});

	test('says of itself what the bundle says, and has its version in the changelog', () => {
		const read = JSON.parse(fs.readFileSync(path.join(alone, 'package.json'), 'utf8'));
		for (const name of ['license', 'author', 'bugs', 'engines', 'peerDependencies']) expect(read[name]).toEqual(manifest[name]);
		expect(read.repository).toEqual({ ...manifest.repository, directory: `packages/${slug}` });
		for (const name of ['dependencies', 'devDependencies', 'scripts']) expect(read[name]).toBeUndefined();
		expect(read.name).toBe(`n8n-nodes-${slug}-credentials`);
		expect(own.n8n.nodes).toEqual(manifest.n8n.nodes.filter((file: string) => file.split('/')[2] === own.n8n.nodes[0].split('/')[2]));
		const [, version] = /^## (.*)$/m.exec(fs.readFileSync(path.join(alone, 'CHANGELOG.md'), 'utf8')) as RegExpExecArray;
		expect(version).toBe(own.version);
		// n8n's scanner lints the sources where it finds the name of the package.
		const sources = [...fs.readdirSync(path.join(home, 'nodes')), ...fs.readdirSync(path.join(home, 'credentials'))];
		const registered = [
			...own.n8n.nodes.map((file) => file.split('/')[2]),
			...own.n8n.credentials.map((file) => path.basename(file, '.js') + '.ts'),
		];
		expect(sources.sort()).toEqual([...new Set(registered)].sort());
	});

	test('has a README for npm, whose links lead to what is there', () => {
		const readme = fs.readFileSync(path.join(alone, 'README.md'), 'utf8');
		expect(readme).toContain(`enter \`${own.name}\``);
		for (const part of ['Install', 'Operations', 'Credentials', 'Your first workflow']) expect(readme).toContain(`\n## ${part}\n`);
		const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
		expect(targets.filter((target) => !target.startsWith('https:'))).toEqual([]);
		const sources = `${manifest.repository.url.replace(/^git\+|\.git$/g, '')}/`;
		const files = targets
			.filter((target) => target.startsWith(sources) && target !== `${sources}issues`)
			.map((target) => target.slice(sources.length).replace(/#.*/, ''));
		expect(files.every((file) => /^(blob|raw)\/main\//.test(file))).toBe(true);
		const missing = files.map((file) => file.replace(/^\w+\/main\//, '')).filter((file) => !fs.existsSync(path.join(root, file)));
		expect(missing).toEqual([]);
		expect(files.some((file) => /^raw\/.*\.png$/.test(file))).toBe(true);
		// Every operation of the form, by its name.
		for (const node of own.n8n.nodes.filter((file) => !file.includes('Trigger'))) {
			const { properties } = load(node).type.description!;
			const operations = properties
				.filter(({ name }) => name === 'operation')
				.flatMap(({ options }) => (options ?? []).map(({ name }) => name));
			expect(operations.filter((name) => !readme.includes(name))).toEqual([]);
		}
	});
});

describe.each([
	['nylas', 'mielto'],
	['mielto', 'nylas'],
	['alloy-embedded', 'alloy-connectivity'],
	['alloy-connectivity', 'alloy-embedded'],
])('%s, and then %s, in one n8n', (...slugs) => {
	const mockServer = useMockServer();
	let installed: Installed;
	beforeAll(async () => {
		installed = await install(path.join(folder, 'installed', slugs.join('-')), slugs.map(packed));
	});

	test('share the credential types of the one that was loaded last', () => {
		const shared = Object.entries(installed.owners).filter(([name]) => ['alloyApi', 'credentialSecretsApi'].includes(name));
		expect(shared.length).toBe(slugs[0].startsWith('alloy') ? 2 : 1);
		for (const [, owner] of shared) expect(owner).toBe(`n8n-nodes-${slugs[1]}-credentials`);
	});

	test.each(slugs)('%s takes a secret from Credential Secrets, and creates a credential', async (slug) => {
		const name = slug.replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
		const released = path.join(root, 'test/released', manifest.version, name);
		const { secrets, requests } = JSON.parse(fs.readFileSync(`${released}.requests.json`, 'utf8')) as KeptRequests;
		const title = Object.keys(secrets).find((one) => one.startsWith('Create credential ')) as string;
		const { parameters } = (JSON.parse(fs.readFileSync(`${released}.json`, 'utf8')) as KeptWorkflow).nodes.find(
			(node) => node.name === title,
		) as KeptWorkflow['nodes'][number];
		const node = installed.nodes[`n8n-nodes-${slug}-credentials.${name}`];
		const [own] = node.description.credentials as Array<{ name: string }>;
		const { error, items } = await runNode({
			node,
			credential: installed.credentials[own.name],
			credentialData: VENDORS[name].credentialData(mockServer.url),
			others: [{ credential: installed.credentials.credentialSecretsApi, data: storeWith(secrets[title]).data }],
			parameters,
		});
		expect({ error, vendor: items[0]?.json.vendor }).toEqual({ error: undefined, vendor: node.description.displayName });
		const creating = (all: Array<{ method: string; path: string; body?: unknown }>) =>
			all.filter(({ method }) => method !== 'GET').map(({ method, path: at, body }) => ({ method, path: at, body }));
		expect(creating(mockServer.current.requests)).toEqual(creating(requests[title]));
		expect(creating(requests[title])).toHaveLength(1);
	});
});

/** n8n resolves an icon from the compiled file, and refuses one outside the package. */
function expectIcons(file: string, icon: { light: string; dark: string }): void {
	expect(icon.light).not.toBe(icon.dark);
	for (const reference of [icon.light, icon.dark]) {
		const target = path.resolve(unpacked, path.dirname(file), reference.replace(/^file:/, ''));
		expect(target.startsWith(unpacked + path.sep)).toBe(true);
		expect(fs.readFileSync(target, 'utf8')).toContain('<svg');
	}
}
