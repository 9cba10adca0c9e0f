'use strict';

// The build runs TypeScript sources (the compiler of the vendors' documents) directly.
require('tsx/cjs');

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Transform } = require('node:stream');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

/** Another folder than dist lets tests build a package next to the checkout's own. */
const out = process.env.BUILD_DIR ?? 'dist';

/** Writes the data that the nodes ship instead of a parser: one JSON file next to each vendor's document. */
async function generate() {
	const { generate: run } = require('./scripts/generate');
	try {
		for (const file of run(__dirname)) console.log(`wrote ${file}`);
	} catch (error) {
		// For a problem with a document, the message suffices; an error of ours keeps its stack.
		const { DocumentError } = require('./engine/compile');
		throw error instanceof DocumentError ? failure(error.message) : error;
	}
}

async function clean() {
	fs.rmSync(out, { recursive: true, force: true });
}

/** Compiles nodes and credentials to one file each, because n8n loads them by path. */
async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', out], {
		cwd: __dirname,
		stdio: 'inherit',
	});
	if (status !== 0) throw failure('TypeScript found errors');
}

/** Bundles the engine with its libraries into one file, because where n8n installs the package, there is only n8n-workflow. */
async function bundle() {
	fs.rmSync(path.join(out, 'engine'), { recursive: true, force: true });
	const { metafile, outputFiles } = await esbuild.build({
		absWorkingDir: __dirname,
		entryPoints: ['engine/run/index.ts'],
		outfile: path.join(out, 'engine/run/index.js'),
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow'],
		metafile: true,
		write: false,
		logLevel: 'warning',
	});
	const [{ path: file, text }] = outputFiles;
	fs.mkdirSync(path.dirname(file), { recursive: true });
	fs.writeFileSync(file, licences(Object.keys(metafile.inputs)) + text);
}

/** The full licences of the packages that the given files belong to, as a comment, because the licences require it. */
function licences(files) {
	const packages = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter((folder) => folder !== undefined);
	return [...new Set(packages)]
		.sort()
		.map((given) => {
			const folder = path.resolve(__dirname, given);
			const { name, version, homepage } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
			const own = fs.readdirSync(folder).find((file) => /^(licen[cs]e|copying)(\.|$)/i.test(file));
			// Some packages lack the licence file that their repository has.
			const licence = own ? path.join(folder, own) : path.join(__dirname, 'licenses', `${name.replace('@', '').replace('/', '__')}.txt`);
			if (!fs.existsSync(licence))
				throw failure(
					`${name} is bundled, but brings no licence: put the text of its repository into ${path.relative(__dirname, licence)}`,
				);
			const text = fs.readFileSync(licence, 'utf8').trim().replace(/\*\//g, '*\u200b/');
			return `/*!\nContains ${name} ${version}${homepage ? `, ${homepage}` : ''}\n\n${text}\n*/\n`;
		})
		.join('');
}

/** Removes the white space with which TypeScript writes JSON and which n8n would read at every start. */
function compact() {
	const shrink = new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents.toString())));
			done(null, file);
		},
	});
	return src(path.join(out, 'nodes/**/*.json'))
		.pipe(shrink)
		.pipe(dest(path.join(out, 'nodes')));
}

/** Copies the output schemas, from which n8n shows an operation's output before the first run. */
function schemas() {
	return src('nodes/*/__schema__/**/*.json').pipe(dest(path.join(out, 'nodes')));
}

function icons() {
	return src('icons/**/*.{svg,png}', { encoding: false }).pipe(dest(path.join(out, 'icons')));
}

/** An error that gulp prints without a stack. */
function failure(message) {
	return Object.assign(new Error(message), { name: '', showStack: false });
}

const build = series(clean, generate, compile, schemas, parallel(bundle, compact, icons));

module.exports = { generate, clean, compile, bundle, schemas, compact, icons, build, default: build };
