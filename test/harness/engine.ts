import './environment';

import { Container } from '@n8n/di';
import { Credentials, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	Workflow,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** What one run of a node came to. */
export interface Ran {
	run: IRun;
	/** Items of the main output, or none where the node ended with an error. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errorItems: INodeExecutionData[];
	/** The error as n8n saves it with the execution. */
	error?: { message: string; description?: string | null; context?: { [name: string]: unknown }; httpCode?: string };
	/** How often the n8n credential was decrypted. */
	decrypts: number;
}

/** A node with what it needs to run. */
export interface Setup {
	node: INodeType;
	credential: ICredentialType;
	credentialData: ICredentialDataDecryptedObject;
	parameters: INodeParameters;
	/** Input items; one empty item when left out. */
	items?: Array<{ [name: string]: unknown }>;
	onError?: INode['onError'];
	timezone?: string;
}

class Start {
	description = { displayName: 'Start', name: 'start', group: ['trigger'], version: 1, description: 'Start', defaults: { name: 'Start' }, inputs: [], outputs: ['main'], properties: [] };

	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return [this.getInputData()];
	}
}

/** n8n's own credential helper needs a database; this one holds one credential and authenticates as n8n does. */
class TestCredentials extends ICredentialsHelper {
	decrypts = 0;

	constructor(
		private readonly type: ICredentialType,
		private readonly data: ICredentialDataDecryptedObject,
	) {
		super();
	}

	getParentTypes(): string[] {
		return this.type.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties() {
		return this.type.properties;
	}

	async getCredentials(_node: unknown, type: string) {
		return new Credentials({ id: null, name: '' } as never, type, '');
	}

	async getDecrypted() {
		this.decrypts++;
		return { ...this.data };
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	getOAuth2Options() {
		return undefined;
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, _type: string, given: IHttpRequestOptions, workflow: Workflow, node: INode) {
		const { authenticate } = this.type;
		if (typeof authenticate === 'function') return await authenticate(credentials, given);
		const options = given as unknown as { [part: string]: { [name: string]: unknown } };
		const resolve = (value: string) => workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials } as never, undefined, '');
		for (const [part, values] of Object.entries((authenticate as IAuthenticateGeneric | undefined)?.properties ?? {})) {
			options[part] ??= {};
			for (const [name, value] of Object.entries(values as { [name: string]: string })) options[part][String(resolve(name))] = resolve(value);
		}
		return given;
	}
}

/** Runs one node through n8n-core's own engine: expressions, displayOptions, authentication and errors are n8n's. */
export async function runNode(setup: Setup): Promise<Ran> {
	const { node, credential, credentialData, parameters, items = [{}], onError, timezone } = setup;
	const types: { [type: string]: unknown } = { 'test.start': new Start(), 'test.node': node };
	const nodeTypes = { getByName: (type: string) => types[type], getByNameAndVersion: (type: string) => types[type], getKnownTypes: () => ({}) } as never;
	const stored = asPicked(node.description.properties, parameters);
	const nodes: INode[] = [
		{ id: '1', name: 'Start', type: 'test.start', typeVersion: 1, position: [0, 0], parameters: {} },
		{ id: '2', name: 'Node', type: 'test.node', typeVersion: 1, position: [0, 0], parameters: stored, credentials: { [credential.name]: { id: 'c1', name: 'Test account' } }, ...(onError ? { onError } : {}) },
	];
	const connections = { Start: { main: [[{ node: 'Node', type: 'main' as const, index: 0 }]] } };
	const settings = { executionOrder: 'v1' as const, ...(timezone ? { timezone } : {}) };
	const workflow = new Workflow({ id: 'w1', name: 'test', nodes, connections, active: false, nodeTypes, settings });
	const credentials = new TestCredentials(credential, credentialData);
	const additionalData = {
		credentialsHelper: credentials,
		hooks: new ExecutionLifecycleHooks('manual', '1', { id: 'w1', name: 'test', nodes, connections } as never),
		currentNodeExecutionIndex: 0,
		executionId: '1',
		variables: {},
		workflowSettings: {},
		userId: 'u',
		externalSecretsProxy: {},
		restApiUrl: '',
		webhookTestBaseUrl: '',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/b',
		formWaitingBaseUrl: 'http://localhost/f',
		webhookWaitingBaseUrl: 'http://localhost/w',
		setExecutionStatus() {},
		logAiEvent() {},
		sendDataToUI() {},
		getRunExecutionData() {},
		executeWorkflow() {},
	} as unknown as IWorkflowExecuteAdditionalData;
	const input = items.map((json) => ({ json: json as INodeExecutionData['json'] }));
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: workflow.getNode('Start') as INode, data: { main: [input] }, source: null }] } as never,
	});
	const run = await new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(workflow);
	const result = run.data.resultData;
	const main = result.runData.Node?.[0]?.data?.main;
	const error = (result.runData.Node?.[0]?.error ?? result.error) as Ran['error'] | undefined;
	return { run, items: main?.[0] ?? [], errorItems: main?.[1] ?? [], error, decrypts: credentials.decrypts };
}

/** The parameters as the editor stores them: what can be picked from a list is an object, also where an ID was typed. */
function asPicked(properties: INodeProperties[], parameters: INodeParameters): INodeParameters {
	const pickable = (name: string) => properties.some((property) => property.name === name && property.type === 'resourceLocator');
	const entries = Object.entries(parameters).map(([name, value]) => [name, pickable(name) && typeof value === 'string' ? { __rl: true, mode: 'id', value } : value]);
	return Object.fromEntries(entries) as INodeParameters;
}

/** Ends what n8n-core 2.4 keeps running (a timer of its SSH clients), so that jest ends by itself. */
export async function stopEngine(): Promise<void> {
	const { SSHClientsManager } = (await import('n8n-core/dist/execution-engine/ssh-clients-manager' as string)) as { SSHClientsManager: new () => { onShutdown(): void } };
	Container.get(SSHClientsManager).onShutdown();
}
