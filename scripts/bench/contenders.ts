import type { Workflow, WorkflowNode } from '../n8n/run';

/** The nodes that are compared. */
export type Contender = 'ours' | 'httpRequest' | 'declarative' | 'oneByOne';

export const TITLES: Record<Contender, string> = {
	ours: 'this package (Mielto: Create)',
	httpRequest: 'HTTP Request',
	declarative: 'declarative (RoutingNode)',
	oneByOne: 'one await for each item',
};

/** The credentials in n8n that the nodes take, by type. */
export type References = Record<'mieltoApi' | 'httpHeaderAuth', { id: string; name: string }>;

/** The name of the node that is measured. */
export const MEASURED = 'Measured';

const LABEL = '={{ $json.label }}';
const KEY = '={{ $json.key }}';
const BODY = "={{ JSON.stringify({ label: $json.label, auth_type: 'api_key', credential_scope: 'workspace', credentials: { api_key: $json.key } }) }}";

/**
 * A workflow that makes so many items and has each sent, with the same body, by the node that is measured.
 *
 * @param limit how many of our node's requests may be under way.
 */
export function workflowFor(contender: Contender, items: number, vendor: string, references: References, limit: number): Workflow {
	const url = `${vendor}/api/v1/credentials`;
	const own = { url, label: LABEL, key: KEY };
	const header = { httpHeaderAuth: references.httpHeaderAuth };
	const measured: Record<Contender, Partial<WorkflowNode>> = {
		ours: {
			type: 'n8n-nodes-create-credential.mielto',
			parameters: {
				resource: 'credential',
				operation: 'create',
				label: LABEL,
				authType: 'api_key',
				credentialScope: 'workspace',
				specifyCredentials: 'fields',
				credentials: { items: [{ name: 'api_key', value: KEY }] },
				options: { concurrent: limit },
			},
			credentials: { mieltoApi: references.mieltoApi },
		},
		httpRequest: {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.3,
			parameters: { method: 'POST', url, authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth', sendBody: true, specifyBody: 'json', jsonBody: BODY, options: {} },
			credentials: header,
		},
		declarative: { type: 'CUSTOM.declarative', parameters: own, credentials: header },
		oneByOne: { type: 'CUSTOM.oneByOne', parameters: own, credentials: header },
	};
	const code = `return Array.from({ length: ${items} }, (_, i) => ({ json: { label: 'Customer ' + i, key: 'key-of-customer-' + i } }));`;
	const row: Array<Partial<WorkflowNode>> = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		{ name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: code } },
		{ name: MEASURED, ...measured[contender] },
	];
	const nodes = row.map((node, index) => ({ typeVersion: 1, ...node, id: `node-${index}`, position: [200 * index, 0] }) as WorkflowNode);
	const next = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return { name: `Benchmark: ${contender}`, nodes, connections: { Start: next('Items'), Items: next(MEASURED) }, settings: { executionOrder: 'v1' } };
}
