import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { parse } from 'yaml';

interface Job {
	needs?: string | string[];
	environment?: string;
	permissions?: { [scope: string]: string };
	steps: Array<{ uses?: string; run?: string; with?: { [name: string]: unknown } }>;
}

const folder = path.resolve(__dirname, '../../.github/workflows');
const workflows = fs.readdirSync(folder).map((file) => ({
	file,
	...(parse(fs.readFileSync(path.join(folder, file), 'utf8')) as { permissions: object; jobs: { [name: string]: Job } }),
}));
const { permissions, jobs } = workflows.find(({ file }) => file === 'release.yml') as (typeof workflows)[number];
const commandsOf = ({ steps }: Job) => steps.map(({ run = '' }) => run).join('\n');

test.each(workflows)('$file takes actions by their commit', ({ jobs: all }) => {
	const used = Object.values(all).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
	expect(used.length).toBeGreaterThan(0);
	for (const one of used) expect(one).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
});

describe('The release', () => {
	it("lets only the job publish that runs nobody else's code, and has to be approved", () => {
		expect(permissions).toEqual({});
		const publishing = Object.entries(jobs).filter(([, job]) => job.permissions?.['id-token'] === 'write');
		expect(publishing.map(([name]) => name)).toEqual(['publish']);
		const [[, publish]] = publishing;
		expect(publish).toMatchObject({ environment: 'npm', needs: 'build', permissions: { 'id-token': 'write' } });
		expect(Object.keys(publish.permissions as object)).toEqual(['id-token']);
		expect(publish.steps.some(({ uses }) => uses?.startsWith('actions/checkout@'))).toBe(false);
		expect(commandsOf(publish).match(/npm \w+/g)).toEqual(['npm install', 'npm view', 'npm publish']);
		for (const line of commandsOf(publish)
			.split('\n')
			.filter((one) => one.includes('npm ')))
			expect(line).toContain('--ignore-scripts');
		expect(commandsOf(publish)).toMatch(/ npm@\d+\.\d+\.\d+$/m);
	});

	it('is built and tested with the right to read alone, from a tag on main that is the version', () => {
		expect(jobs.build.permissions).toEqual({ contents: 'read' });
		const commands = commandsOf(jobs.build);
		expect(commands).toContain('git merge-base --is-ancestor "$GITHUB_SHA" origin/main');
		expect(commands).toContain('test "$GITHUB_REF_NAME" = "v$(node -p');
		for (const command of ['npm ci', 'npm test', 'npm run lint', 'npm run scan', 'npm run pack']) expect(commands).toContain(command);
		expect(jobs.build.steps[0].with).toMatchObject({ 'persist-credentials': false });
	});

	it('publishes the bundle and the packages that npm does not have, and stops where one fails', () => {
		const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'release-'));
		try {
			for (const name of ['old', 'new', 'refused', 'never']) {
				const home = path.join(folder, 'package');
				fs.mkdirSync(home, { recursive: true });
				fs.writeFileSync(path.join(home, 'package.json'), JSON.stringify({ name: `n8n-nodes-${name}`, version: '1.2.3' }));
				fs.mkdirSync(path.join(folder, 'release'), { recursive: true });
				const order = ['old', 'new', 'refused', 'never'].indexOf(name);
				execFileSync('tar', ['-czf', path.join(folder, `release/${order}-${name}.tgz`), '-C', folder, 'package']);
			}
			// In place of npm: it has the old one, and refuses one.
			fs.writeFileSync(
				path.join(folder, 'npm'),
				'#!/bin/sh\necho "$@" >> calls\ncase "$*" in *view*old@1.2.3*) ;; *view*) exit 1;; *refused*) exit 1;; esac\n',
				{ mode: 0o755 },
			);
			const [script] = jobs.publish.steps.flatMap(({ run }) => (run?.includes('npm publish') ? [run] : []));
			// As GitHub runs it.
			const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
				cwd: folder,
				env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
				encoding: 'utf8',
			});
			expect({ status, stdout }).toEqual({ status: 1, stdout: 'n8n-nodes-old@1.2.3 is there already\n' });
			const published = fs.readFileSync(path.join(folder, 'calls'), 'utf8').match(/^publish .*$/gm);
			const publish = 'publish --ignore-scripts --provenance --access public ./release';
			expect(published).toEqual([`${publish}/1-new.tgz`, `${publish}/2-refused.tgz`]);
		} finally {
			fs.rmSync(folder, { recursive: true, force: true });
		}
	});
});
