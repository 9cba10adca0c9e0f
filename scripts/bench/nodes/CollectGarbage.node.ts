import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** Frees the memory of earlier executions in n8n's process. */
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
		const collect = runInNewContext('gc') as () => void;
		// V8 returns memory to the system some time after freeing it.
		for (let before = Infinity, now = process.memoryUsage().rss; now < before * 0.99; now = process.memoryUsage().rss) {
			before = now;
			for (let time = 0; time < 2; time++) {
				collect();
				await wait(200);
			}
		}
		return [this.getInputData()];
	}
}
