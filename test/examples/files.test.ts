import * as fs from 'node:fs';
import * as path from 'node:path';

import type { Workflow } from '../../scripts/n8n/run';

const ROOT = path.resolve(__dirname, '../..');
const PACKAGE = 'n8n-nodes-create-credential.';

const FILES = fs.readdirSync(path.join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));

/** The names of a node's parameters. */
function formOf(type: string): string[] {
	const name = type.slice(PACKAGE.length).replace(/Tool$/, '');
	const file = path.join(ROOT, 'nodes', `${name[0].toUpperCase()}${name.slice(1)}`, `${name}.generated.json`);
	const { properties } = JSON.parse(fs.readFileSync(file, 'utf8')) as { properties: Array<{ name: string }> };
	return properties.map((property) => property.name);
}

describe.each(FILES)('examples/%s', (file) => {
	const text = fs.readFileSync(path.join(ROOT, 'examples', file), 'utf8');
	const workflow = JSON.parse(text) as Workflow & { nodes: Array<{ id: string }> };

	test('names credentials, and is bound to none', () => {
		const references = workflow.nodes.flatMap(({ credentials }) => Object.values(credentials ?? {}));
		expect(references.length).toBeGreaterThan(0);
		for (const { id, name } of references) expect([id, name]).toEqual(['', expect.stringMatching(/^([A-Z].*|n8n) account$/)]);
	});

	test('has ids and names that occur once, and connections between nodes that are there', () => {
		const ids = [...text.matchAll(/"id": "([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const linked = [...JSON.stringify(workflow.connections).matchAll(/"node":"([^"]+)"/g)].map(([, name]) => name);
		expect([...Object.keys(workflow.connections), ...linked].filter((name) => !names.includes(name))).toEqual([]);
	});

	test('sets parameters that the nodes have', () => {
		const own = workflow.nodes.filter(({ type }) => type.startsWith(PACKAGE));
		expect(own.length).toBeGreaterThan(0);
		for (const { name, type, parameters = {} } of own) {
			const known = [...formOf(type), ...(type.endsWith('Tool') ? ['descriptionType', 'toolDescription'] : [])];
			expect([name, Object.keys(parameters).filter((parameter) => !known.includes(parameter))]).toEqual([name, []]);
		}
	});
});

test('each is explained in notes, whose first step says where secrets are to be', () => {
	const notes = FILES.map((file) => {
		const { nodes } = JSON.parse(fs.readFileSync(path.join(ROOT, 'examples', file), 'utf8')) as Workflow;
		const first = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote')?.parameters?.content;
		return { file, step: /^1\. (.*)$/m.exec(String(first))?.[1] ?? '' };
	});
	const SWITCHES = ['Save successful production executions', 'Save failed production executions', 'Save manual executions'];
	const named = notes.map(({ file, step }) => [
		file,
		SWITCHES.every((name) => step.includes(`**${name}**`)) && step.includes('*Do not save*')
			? 'settings'
			: /Credential Secrets/.test(step)
				? 'store'
				: 'neither',
	]);
	expect(Object.fromEntries(named)).toEqual({
		'agent.json': 'store',
		'create-alloy-connectivity.json': 'settings',
		'create-alloy-embedded.json': 'store',
		'create-arklow.json': 'store',
		'create-mielto.json': 'store',
		'create-nylas.json': 'store',
		'import-api-keys.json': 'settings',
		// Nobody enters a secret there.
		'offboard.json': 'neither',
		'onboard-a-customer.json': 'settings',
		'rotate-a-secret.json': 'store',
	});
});

test('each is run in a real n8n: the smallest ones by npm start, the others by a test of their own', () => {
	const tests = fs
		.readdirSync(__dirname)
		.filter((file) => file.endsWith('.e2e.ts'))
		.map((file) => fs.readFileSync(path.join(__dirname, file), 'utf8'))
		.join('\n');
	const own = FILES.map((file) => path.basename(file, '.json')).filter((name) => !name.startsWith('create-'));
	expect(own.filter((name) => !tests.includes(`example('${name}')`))).toEqual([]);
});
