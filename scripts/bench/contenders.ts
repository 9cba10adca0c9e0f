import { inARow, items as itemsOf, START } from '../../test/n8n/workflows';
import type { Workflow, WorkflowNode } from '../n8n/run';

/** The nodes to compare. */
export type Contender = 'ours' | 'httpRequest' | 'declarative' | 'oneByOne';

export const TITLES: Record<Contender, string> = {
	ours: 'this package (Mielto: Create)',
	httpRequest: 'HTTP Request',
	declarative: 'declarative (RoutingNode)',
	oneByOne: 'one await for each item',
};

/** The n8n credentials of the nodes, by type. */
export type References = Record<'mieltoApi' | 'httpHeaderAuth', { id: string; name: string }>;

/** Name of the measured node in its workflow. */
export const MEASURED = 'Measured';

const LABEL = '={{ $json.label }}';
const KEY = '={{ $json.key }}';
const BODY =
	"={{ JSON.stringify({ label: $json.label, auth_type: 'api_key', credential_scope: 'workspace', credentials: { api_key: $json.key } }) }}";

/**
 * A workflow that creates items and has the measured node send a request for each, with the same body for all nodes.
 *
 * @param limit how many requests our node may send at the same time; by default as the vendor's document says.
 */
export function workflowFor(contender: Contender, items: number, vendor: string, references: References, limit?: number): Workflow {
	const url = `${vendor}/api/v1/credentials`;
	const own = { url, label: LABEL, key: KEY };
	const header = { httpHeaderAuth: references.httpHeaderAuth };
	const measured: Record<Contender, Omit<WorkflowNode, 'name'> & { type: string }> = {
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
				options: limit === undefined ? {} : { concurrent: limit },
			},
			credentials: { mieltoApi: references.mieltoApi },
		},
		httpRequest: {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.3,
			parameters: {
				method: 'POST',
				url,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: BODY,
				options: {},
			},
			credentials: header,
		},
		declarative: { type: 'CUSTOM.declarative', parameters: own, credentials: header },
		oneByOne: { type: 'CUSTOM.oneByOne', parameters: own, credentials: header },
	};
	const rows = itemsOf(
		'Items',
		`Array.from({ length: ${items} }, (_, i) => ({ json: { label: 'Customer ' + i, key: 'key-of-customer-' + i } }))`,
	);
	return inARow(`Benchmark: ${contender}`, [START, rows, { name: MEASURED, ...measured[contender] }]);
}

/** Makes n8n free the memory of earlier executions, which would otherwise count for the next node. */
export const COLLECT_GARBAGE = inARow('Benchmark: collect garbage', [
	START,
	{ name: 'Collect Garbage', type: 'CUSTOM.collectGarbage', parameters: {} },
]);
