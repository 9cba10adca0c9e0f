import { PollContext } from 'n8n-core';
import { Workflow, type IDataObject, type INode, type INodeParameters, type WorkflowExecuteMode } from 'n8n-workflow';

import { additionalDataWith, asPicked, nodeTypesOf, TestCredentials, type Setup } from './engine';

type Polled = Pick<Setup, 'node' | 'credential' | 'credentialData' | 'parameters' | 'typeVersion'>;

/**
 * A workflow with a polling trigger, as n8n keeps it: the static data belongs to the running workflow, and n8n stores it as
 * JSON when the workflow is activated, and when the trigger starts it.
 */
export class ActiveWorkflow {
	/** ID of the chosen n8n credential. */
	account = 'c1';
	private stored = '{}';
	private workflow: Workflow | undefined;

	constructor(private readonly setup: Polled) {}

	/** Changes the data of the n8n credential, which stays the same one. */
	signIn(values: Setup['credentialData']): void {
		Object.assign(this.setup.credentialData, values);
	}

	/** Activates the workflow, which polls at once; n8n does the same when it restarts. */
	async activate(parameters?: INodeParameters): Promise<IDataObject[]> {
		if (parameters) this.setup.parameters = parameters;
		this.workflow = this.load();
		const items = await this.run(this.workflow, 'trigger');
		this.save();
		return items;
	}

	/** Polls, as n8n does at each scheduled time. */
	async poll(): Promise<IDataObject[]> {
		const items = await this.run(this.workflow as Workflow, 'trigger');
		if (items.length > 0) this.save();
		return items;
	}

	/** Polls like 'Fetch Test Event' in the editor, which stores nothing. */
	async byHand(): Promise<IDataObject[]> {
		return await this.run(this.load(), 'manual');
	}

	/** The trigger's static data in n8n's database, as JSON. */
	get saved(): string {
		return this.stored;
	}

	private save(): void {
		this.stored = JSON.stringify((this.workflow as Workflow).staticData);
	}

	private load(): Workflow {
		const { node, parameters, typeVersion = 1 } = this.setup;
		const credentials = { [this.setup.credential.name]: { id: this.account, name: 'Test account' } };
		const trigger: INode = {
			id: '1',
			name: 'Trigger',
			type: 'test.node',
			typeVersion,
			position: [0, 0],
			parameters: asPicked(node.description.properties, parameters),
			credentials,
		};
		return new Workflow({
			id: 'w1',
			nodes: [trigger],
			connections: {},
			active: true,
			nodeTypes: nodeTypesOf({ 'test.node': node }),
			staticData: JSON.parse(this.stored) as IDataObject,
		});
	}

	private async run(workflow: Workflow, mode: WorkflowExecuteMode): Promise<IDataObject[]> {
		const credentials = new TestCredentials(this.setup.credential, this.setup.credentialData);
		const context = new PollContext(
			workflow,
			workflow.getNode('Trigger') as INode,
			additionalDataWith(credentials),
			mode,
			mode === 'manual' ? 'manual' : 'activate',
		);
		const output = await this.setup.node.poll?.call(context);
		return (output?.[0] ?? []).map(({ json }) => json);
	}
}
