import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** What most nodes do: one request per item, each awaited before the next. */
export class OneByOne implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'One by One',
		name: 'oneByOne',
		group: ['output'],
		version: 1,
		description: 'Awaits one request for each item',
		defaults: { name: 'One by One' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'httpHeaderAuth', required: true }],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Label', name: 'label', type: 'string', default: '' },
			{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items: INodeExecutionData[] = [];
		for (let index = 0; index < this.getInputData().length; index++) {
			const parameter = (name: string) => this.getNodeParameter(name, index) as string;
			const body = {
				label: parameter('label'),
				auth_type: 'api_key',
				credential_scope: 'workspace',
				credentials: { api_key: parameter('key') },
			};
			const json = (await this.helpers.httpRequestWithAuthentication.call(this, 'httpHeaderAuth', {
				method: 'POST',
				url: parameter('url'),
				body,
				json: true,
			})) as IDataObject;
			items.push({ json, pairedItem: { item: index } });
		}
		return [items];
	}
}
