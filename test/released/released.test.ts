import * as fs from 'node:fs';
import * as path from 'node:path';

import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { useMockServer } from '../support/vendorTest';
import { nodesOfToday, type KeptRequests, type KeptWorkflow } from './kept';
import { resolved, unknownIn } from './opened';
import { replay } from './replay';

/** Workflows that earlier versions stored open and run with the nodes of today. `npm run released` keeps a version's. */
const versions = fs
	.readdirSync(__dirname, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);
const today = nodesOfToday();
const mockServer = useMockServer();

test('there are workflows of a version, with every operation of it', () => {
	expect(versions.length).toBeGreaterThan(0);
	const { version } = JSON.parse(fs.readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8')) as { version: string };
	if (!versions.includes(version)) return;
	// Of the version that is worked on; earlier ones had fewer.
	for (const { name, type, model } of today.filter((one) => !one.type.poll)) {
		const kept = (read(version, name) as KeptWorkflow).nodes.map((node) => {
			const { resource, operation } = resolved(type.description, node);
			return `${String(resource)} ${String(operation)}`;
		});
		const offered = model.operations.flatMap((one) =>
			[one.operation, ...(one.identity ? [one.identity.operation] : [])].map((operation) => `${one.resource} ${operation}`),
		);
		expect({ [name]: offered.filter((one) => !kept.includes(one)) }).toEqual({ [name]: [] });
	}
});

const workflows = versions.flatMap((version) =>
	fs
		.readdirSync(path.join(__dirname, version))
		.filter((file) => !file.endsWith('.requests.json'))
		.map((file) => [version, path.basename(file, '.json')] as const),
);

describe.each(workflows)('%s, %s', (version, name) => {
	const { nodes } = read(version, name) as KeptWorkflow;
	const { secrets, requests } = read(version, `${name}.requests`) as KeptRequests;
	const now = today.find((one) => one.name === name);

	test('the node is there, and knows everything that was stored', () => {
		expect(now?.name).toBe(name);
		const { description } = now?.type as { description: INodeTypeDescription };
		expect(nodes.length).toBeGreaterThan(0);
		expect(nodes.flatMap((node) => unknownIn(description, node).map((what) => `${node.name}: ${what}`))).toEqual([]);
	});

	test('each node sends what it sent', async () => {
		if (!now) throw new Error(`There is no node ${name} any more`);
		for (const node of nodes) {
			const sent = await replay(now.vendor, now.type, node, secrets[node.name] ?? {}, mockServer.current);
			expect({ [node.name]: sent }).toEqual({ [node.name]: requests[node.name] });
		}
	});
});

/** What the test would say if somebody changed the form so. */
test.each<[string, (form: INodeProperties[]) => void, RegExp]>([
	[
		'a parameter has another name',
		(form) => (named(form, 'credentialDataClientId').name = 'clientId'),
		/: credentialDataClientId: no such parameter$/,
	],
	[
		'an optional field is gone',
		(form) => named(form, 'additionalFields').options?.splice(0),
		/: additionalFields\.\w+: no such parameter$/,
	],
	['an option is gone', (form) => named(form, 'credentialType').options?.pop(), /: credentialType: "\w+" is none of the options$/],
	['a text has become a number', (form) => (named(form, 'name').type = 'number'), /: name: "[^"]+" is no number$/],
	['an operation is hidden', (form) => named(form, 'operation').options?.splice(1, 1), /: operation: "\w+" is none of the options$/],
	[
		'something new has to be filled in',
		(form) => form.push({ displayName: 'New', name: 'new', type: 'string', default: '', required: true }),
		/: Parameter "New" is required\.$/,
	],
])('it is noticed when %s', (_what, change, expected) => {
	const { type } = today.find(({ name }) => name === 'nylas') as (typeof today)[number];
	const description = structuredClone(type.description);
	change(description.properties);
	const { nodes } = read(versions[0], 'nylas') as KeptWorkflow;
	const said = nodes.flatMap((node) => unknownIn(description, node).map((what) => `${node.name}: ${what}`));
	expect(said.filter((one) => expected.test(one))).not.toEqual([]);
});

test('it is noticed when a version of a node is gone', () => {
	const { type } = today.find(({ name }) => name === 'nylas') as (typeof today)[number];
	const [node] = (read(versions[0], 'nylas') as KeptWorkflow).nodes;
	expect(unknownIn({ ...type.description, version: [2, 3] }, node)).toContain('version 1 of the node');
	expect(unknownIn({ ...type.description, version: [1, 2], defaultVersion: 2 }, node)).toEqual([]);
});

function named(form: INodeProperties[], name: string): INodeProperties {
	return form.find((property) => property.name === name) as INodeProperties;
}

function read(version: string, name: string): unknown {
	return JSON.parse(fs.readFileSync(path.join(__dirname, version, `${name}.json`), 'utf8'));
}
