import type { INodeParameters } from 'n8n-workflow';

import type { VendorName } from './names';

/** An example workflow in n8n's download format: a manual trigger and the vendor's node. */
export function exampleOf(
	packageName: string,
	{ display, key }: VendorName,
	credential: string,
	action: string,
	parameters: INodeParameters,
): object {
	return {
		name: `${action} at ${display}`,
		meta: { variant: action },
		nodes: [
			{
				id: 'b1d7c0de-0000-4000-8000-000000000001',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'b1d7c0de-0000-4000-8000-000000000002',
				name: display,
				type: `${packageName}.${key}`,
				typeVersion: 1,
				position: [220, 0],
				parameters,
				credentials: { [credential]: { id: '', name: `${display} account` } },
			},
		],
		connections: { Start: { main: [[{ node: display, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
