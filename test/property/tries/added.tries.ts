import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import { copyOf } from '../../../cli/scaffold/copy';
import { addVendors } from '../../unit/cli/added';
import { call, ROOT } from '../../unit/cli/call';

/** Vendors that `add` wrote, in a copy of the checkout where what it says to do next is done. */
let copy: string;
let added: number;

beforeAll(async () => {
	copy = copyOf(ROOT);
	const { others } = await addVendors(copy, 4);
	added = 2 + others.length;
}, 120_000);
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

describe('What was added', () => {
	function run(command: string[], more: { [name: string]: string } = {}): { status: number | null; output: string } {
		// n8n's lint rules look at paths in another way when they believe to be tested themselves.
		const { NODE_ENV: _env, JEST_WORKER_ID: _worker, ...env } = process.env;
		const { status, stdout, stderr } = spawnSync(process.execPath, command, {
			cwd: copy,
			env: { ...env, ...more },
			encoding: 'utf8',
			maxBuffer: 1 << 26,
		});
		return { status, output: `${stdout}${stderr}` };
	}
	const names = () => fs.readdirSync(path.join(copy, 'test/nodes')).filter((file) => !fs.existsSync(path.join(ROOT, 'test/nodes', file)));

	it('builds, with the form that describe shows', async () => {
		const { status, output } = run(['node_modules/gulp/bin/gulp.js', 'build']);
		expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
		for (const file of ['TheAcmeCloud.node.js', 'TheAcmeCloud.node.json', 'theAcmeCloud.generated.json'])
			expect(fs.existsSync(path.join(copy, 'dist/nodes/TheAcmeCloud', file))).toBe(true);
		expect(fs.existsSync(path.join(copy, 'dist/icons/theAcmeCloud.dark.svg'))).toBe(true);
		const { properties } = JSON.parse(fs.readFileSync(path.join(copy, 'dist/nodes/Keyring/keyring.generated.json'), 'utf8'));
		const { out } = await call(['describe', path.join(copy, 'nodes/Keyring/keyring.openapi.yaml')]);
		expect(JSON.parse(out).node.properties).toEqual(properties);
	}, 180_000);

	it('passes its own tests, and those that look at every vendor', () => {
		expect(names()).toHaveLength(added);
		// Its page, n8n's guidelines, the form; and the package as built above, but for its size: six vendors are more than one
		// should hold.
		const jest = [
			'node_modules/jest/bin/jest.js',
			'--silent',
			// Another worker would have to load and compile everything as well.
			'--runInBand',
			...names().map((file) => `test/nodes/${file}`),
			'test/project/docs.test.ts',
			'test/integration/uxGuidelines.test.ts',
			'test/unit/compile/form/form.test.ts',
			'test/project/package.test.ts',
		];
		const { status, output } = run([...jest, '--testNamePattern', '^(?!.*(300 KB|packed alone))'], {
			PACKAGE_DIST: path.join(copy, 'dist'),
		});
		expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
	}, 300_000);

	it('passes lint', () => {
		// What was there before passes by itself.
		const ours = (folder: string) =>
			fs.readdirSync(path.join(copy, folder)).filter((file) => !fs.existsSync(path.join(ROOT, folder, file)));
		const added = ['nodes', 'credentials', 'test/nodes'].flatMap((folder) => ours(folder).map((file) => `${folder}/${file}`));
		expect(added.length).toBeGreaterThan(3 * 3);
		for (const command of [
			['node_modules/eslint/bin/eslint.js', '--quiet', 'package.json', ...added],
			[
				'node_modules/prettier/bin/prettier.cjs',
				'--check',
				'--log-level',
				'warn',
				...added.map((file) => (file.endsWith('.ts') ? file : `${file}/**/*.ts`)),
			],
		]) {
			const { status, output } = run(command);
			expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
		}
	}, 180_000);
});
