import * as fs from 'node:fs';
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
		expect(commandsOf(publish).match(/npm \w+/g)).toEqual(['npm install', 'npm publish']);
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
		for (const command of ['npm ci', 'npm test', 'npm run lint', 'npm run scan']) expect(commands).toContain(command);
		expect(jobs.build.steps[0].with).toMatchObject({ 'persist-credentials': false });
	});
});
