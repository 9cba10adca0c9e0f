import type { Workflow, WorkflowNode } from '../../scripts/n8n/run';
import type { MockServer } from '../support/mockServer';

const PACKAGE = 'n8n-nodes-create-credential';

/** A node without its place. */
type Step = Partial<WorkflowNode> & Pick<WorkflowNode, 'name' | 'type'>;

/** A workflow whose nodes stand in a row. */
export function inARow(name: string, steps: Step[], settings: Record<string, unknown> = {}): Workflow {
	const nodes = steps.map((step, index): WorkflowNode => ({ typeVersion: 1, ...step, id: `node-${index}`, position: [200 * index, 0] }));
	const connections = Object.fromEntries(
		nodes.slice(1).map((node, index) => [nodes[index].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1', ...settings } };
}

export const START: Step = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };

/** A Code node that gives the items which an expression of JavaScript makes. */
export function items(name: string, expression: string): Step {
	return { name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: `return ${expression};` } };
}

/** Creates an API key at Mielto for each `{ label, key }`, or updates it. */
export const MIELTO: Step = {
	name: 'Mielto',
	type: `${PACKAGE}.mielto`,
	parameters: {
		resource: 'credential',
		operation: 'upsert',
		label: '={{ $json.label }}',
		authType: 'api_key',
		credentialScope: 'workspace',
		specifyCredentials: 'fields',
		credentials: { items: [{ name: 'api_key', value: '={{ $json.key }}' }] },
	},
	credentials: { mieltoApi: { id: '', name: '' } },
};

/** Creates a credential at Alloy for each `{ userId, key }`, unless the user has one. */
export const ALLOY: Step = {
	name: 'Alloy',
	type: `${PACKAGE}.alloyEmbedded`,
	parameters: {
		resource: 'credential',
		operation: 'createOrReuse',
		userId: { __rl: true, mode: 'id', value: '={{ $json.userId }}' },
		credentialType: { __rl: true, mode: 'id', value: 'openAi' },
		credentialConnectorFields: 'anyConnector',
		specifyCredentialData: 'fields',
		credentialDataAnyConnector: { items: [{ name: 'apiKey', value: '={{ $json.key }}' }] },
	},
	credentials: { alloyApi: { id: '', name: '' } },
};

/** What tells the credentials of a vendor from each other, in the order of their creation: labels, or users. */
export function identities({ credentials }: MockServer, vendor: string): string[] {
	return credentials
		.filter((each) => each.vendor === vendor)
		.map(({ body }) => String((body as { label?: string; userId?: string }).label ?? (body as { userId?: string }).userId));
}

/** How often each outcome occurs. */
export function outcomes(output: Array<Record<string, unknown>>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { outcome } of output) counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
	return counts;
}
