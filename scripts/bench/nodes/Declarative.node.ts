import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

/** The same request in declarative style, which n8n's RoutingNode executes. */
export class Declarative implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Declarative',
		name: 'declarative',
		group: ['output'],
		version: 1,
		description: 'Leaves the requests to n8n',
		defaults: { name: 'Declarative' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'httpHeaderAuth', required: true }],
		requestDefaults: { method: 'POST', json: true },
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '', routing: { request: { method: 'POST', url: '={{ $value }}' } } },
			{ displayName: 'Label', name: 'label', type: 'string', default: '', routing: { send: { type: 'body', property: 'label' } } },
			{
				displayName: 'Type',
				name: 'authType',
				type: 'hidden',
				default: 'api_key',
				routing: { send: { type: 'body', property: 'auth_type' } },
			},
			{
				displayName: 'Scope',
				name: 'scope',
				type: 'hidden',
				default: 'workspace',
				routing: { send: { type: 'body', property: 'credential_scope' } },
			},
			{
				displayName: 'Key',
				name: 'key',
				type: 'string',
				default: '',
				routing: { send: { type: 'body', property: 'credentials.api_key' } },
			},
		],
	};
}
