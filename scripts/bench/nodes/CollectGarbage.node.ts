import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** Frees what earlier executions left in n8n's process. */
export class CollectGarbage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Collect Garbage',
		name: 'collectGarbage',
		group: ['transform'],
		version: 1,
		description: 'Frees memory',
		defaults: { name: 'Collect Garbage' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		setFlagsFromString('--expose-gc');
		(runInNewContext('gc') as () => void)();
		return [this.getInputData()];
	}
}
