import * as fs from 'node:fs';
import * as path from 'node:path';

import type { INodeType } from 'n8n-workflow';

import type { Vendor } from '../../engine/model';
import { STORE } from '../../engine/model/layout';
import { VENDORS } from '../support/vendors';
import type { MockServer } from '../support/mockServer';
import { casesOf, triggerCasesOf } from './cases';
import { newestVersion, type StoredNode } from './opened';
import { replay, type Sent } from './replay';

const ROOT = path.resolve(__dirname, '../..');

/** The workflow of one node type as a version of the package stored it. */
export interface KeptWorkflow {
	name: string;
	nodes: Array<StoredNode & { id: string; position: [number, number] }>;
	connections: object;
	settings: object;
}

/** What belongs to it, by the names of its nodes. */
export interface KeptRequests {
	/** What n8n's encrypted store held. */
	secrets: { [node: string]: { [name: string]: string } };
	requests: { [node: string]: Sent[] };
}

/** A node type of today, and the vendor's name in the mock server. */
export interface Today {
	vendor: string;
	/** Within the package: `nylas`, `nylasTrigger`. */
	name: string;
	type: INodeType;
	model: Vendor;
}

/** The node types that the package registers, of those vendors that the mock server knows. */
export function nodesOfToday(): Today[] {
	const { n8n } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	return n8n.nodes.flatMap((file) => {
		// Beside it there is a .node.json.
		const source = path.join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		const className = path.basename(source).split('.')[0];
		// eslint-disable-next-line @typescript-eslint/no-require-imports
		const type = new (require(source) as { [name: string]: new () => INodeType })[className]();
		const { name } = type.description;
		const vendor = name.replace(/Trigger$/, '');
		if (VENDORS[vendor] === undefined) return [];
		const generated = path.join(path.dirname(source), `${vendor}.generated.json`);
		return [{ vendor, name, type, model: (JSON.parse(fs.readFileSync(generated, 'utf8')) as { vendor: Vendor }).vendor }];
	});
}

/** Makes the workflow of a node type with every operation in it, and runs each of its nodes. */
export async function keep(
	{ vendor, name, type, model }: Today,
	version: string,
	mockServer: MockServer,
): Promise<{ workflow: KeptWorkflow; requests: KeptRequests }> {
	const { description } = type;
	const { name: packageName } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { name: string };
	const cases = type.poll ? triggerCasesOf(model, description) : casesOf(model, description);
	const kept: KeptRequests = { secrets: {}, requests: {} };
	const nodes: KeptWorkflow['nodes'] = [];
	for (const [index, { title, parameters, secrets }] of cases.entries()) {
		const types = [model.credential, ...(Object.keys(secrets).length > 0 ? [STORE.credential] : [])];
		const credentials = Object.fromEntries(types.map((one) => [one, { id: '', name: 'An account' }]));
		const node = {
			id: `${name}-${index}`,
			name: title,
			type: `${packageName}.${name}`,
			typeVersion: newestVersion(description),
			position: [0, 160 * index] as [number, number],
			parameters,
			credentials,
		};
		nodes.push(node);
		if (Object.keys(secrets).length > 0) kept.secrets[title] = secrets;
		kept.requests[title] = await replay(vendor, type, node, secrets, mockServer);
	}
	return {
		workflow: { name: `${description.displayName}, as ${version} stores it`, nodes, connections: {}, settings: { executionOrder: 'v1' } },
		requests: kept,
	};
}
