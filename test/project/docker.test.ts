import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { parse } from 'yaml';

import { vendorPackages } from '../../scripts/packages';

/** The image and the services of docker/, as far as they can be checked without Docker. */
const root = path.resolve(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(root, 'docker', file), 'utf8');

interface Service {
	image: string;
	build?: { context: string; args: { [name: string]: string } };
	command?: string;
	environment?: { [name: string]: string };
	volumes?: string[];
	depends_on?: { [service: string]: { condition: string } };
	healthcheck?: { test: string[] };
}

const { services, volumes } = parse(read('compose.yaml'), { merge: true }) as {
	services: { [name: string]: Service };
	volumes: object;
};
const instructions = read('Dockerfile')
	.split('\n')
	.filter((line) => line !== '' && !line.startsWith('#'));
const names = vendorPackages(root).map(({ manifest }) => manifest.name);

test('the image is n8n, with packages that there are', () => {
	expect(instructions.map((line) => line.split(' ')[0])).toEqual(['ARG', 'FROM', 'ARG', 'USER', 'RUN', 'WORKDIR', 'RUN', 'WORKDIR']);
	expect(instructions[0]).toMatch(/^ARG N8N_VERSION=\d+\.\d+\.\d+$/);
	expect(instructions[1]).toBe('FROM docker.n8n.io/n8nio/n8n:${N8N_VERSION}');
	const named = [read('Dockerfile'), read('compose.yaml'), read('.env.example')].join('\n').match(/n8n-nodes-[a-z-]+/g) as string[];
	expect(named.filter((name) => !names.includes(name))).toEqual([]);
});

test('its installation puts packages where n8n looks for them, and no n8n-workflow beside them', () => {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'docker-'));
	try {
		const given = ['one', 'two'].map((name) => {
			const folder = path.join(home, name);
			fs.mkdirSync(folder);
			const manifest = { name: `n8n-nodes-${name}`, version: '1.0.0', peerDependencies: { 'n8n-workflow': '*' } };
			fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
			const [{ filename }] = JSON.parse(
				execFileSync('npm', ['pack', '--json', '--pack-destination', home], { cwd: folder, encoding: 'utf8' }),
			);
			return path.join(home, filename);
		});
		const commands = instructions
			.filter((line) => /^(RUN|WORKDIR) /.test(line))
			.map((line) => line.replace(/^RUN /, '').replace(/^WORKDIR /, 'cd '))
			.join('\n')
			.replaceAll('/home/node', path.join(home, 'node'));
		execFileSync('sh', ['-euc', commands], {
			// Offline, npm would fail if it looked for the peer dependency.
			env: { ...process.env, PACKAGES: given.join(' '), npm_config_offline: 'true', npm_config_cache: path.join(home, 'cache') },
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		const modules = fs.readdirSync(path.join(home, 'node/.n8n/nodes/node_modules'));
		expect(modules.filter((name) => !name.startsWith('.')).sort()).toEqual(['n8n-nodes-one', 'n8n-nodes-two']);
	} finally {
		fs.rmSync(home, { recursive: true, force: true });
	}
});

test('the main process and the workers are one image with one environment, in queue mode', () => {
	const { n8n, worker } = services;
	expect(worker.command).toMatch(/^worker /);
	expect(n8n.command).toBeUndefined();
	for (const name of ['image', 'build', 'environment'] as const) expect(worker[name]).toEqual(n8n[name]);
	expect(n8n.environment).toMatchObject({ EXECUTIONS_MODE: 'queue', OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true', DB_TYPE: 'postgresdb' });
	// A volume over the folder of the packages would hide those of a newer image.
	for (const service of [n8n, worker]) expect(service.volumes).toBeUndefined();
	expect(services[n8n.environment!.QUEUE_BULL_REDIS_HOST].image).toMatch(/^redis:\d/);
	expect(services[n8n.environment!.DB_POSTGRESDB_HOST].image).toMatch(/^postgres:\d/);
	for (const [ours, theirs] of [
		['DATABASE', 'DB'],
		['USER', 'USER'],
		['PASSWORD', 'PASSWORD'],
	])
		expect(n8n.environment![`DB_POSTGRESDB_${ours}`]).toBe(services.postgres.environment![`POSTGRES_${theirs}`]);
});

test('services wait for what there is, keep their data, and take their secrets from .env', () => {
	for (const { depends_on = {}, volumes: own = [] } of Object.values(services)) {
		for (const [name, { condition }] of Object.entries(depends_on))
			expect(condition === 'service_started' || services[name]?.healthcheck !== undefined).toBe(true);
		for (const volume of own) expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
	}
	const build = path.join(root, 'docker', services.n8n.build!.context, 'Dockerfile');
	expect(fs.existsSync(build)).toBe(true);
	for (const name of Object.keys(services.n8n.build!.args)) expect(instructions.some((line) => line.startsWith(`ARG ${name}`))).toBe(true);
	const variables = [...read('compose.yaml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
	const set = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
	expect([...new Set(variables)].sort()).toEqual(set.sort());
	for (const { environment = {} } of Object.values(services))
		for (const [name, value] of Object.entries(environment)) if (/KEY|PASSWORD/.test(name)) expect(value).toMatch(/^\$\{\w+:\?/);
});
