import { inARow, items as itemsOf, START } from '../../test/n8n/workflows';
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
const BODY =
	"={{ JSON.stringify({ label: $json.label, auth_type: 'api_key', credential_scope: 'workspace', credentials: { api_key: $json.key } }) }}";

/**
 * A workflow that makes so many items and has each sent, with the same body, by the node that is measured.
 *
 * @param limit how many of our node's requests may be under way; what the vendor's document says where it is left out.
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

/** Has n8n free what earlier executions left: it would count for whichever node comes next. */
export const COLLECT_GARBAGE = inARow('Benchmark: collect garbage', [
	START,
	{ name: 'Collect Garbage', type: 'CUSTOM.collectGarbage', parameters: {} },
]);
