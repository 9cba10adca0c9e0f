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
	type IConnections,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { checkOutputs } from './outputs';

/** The outcome of one run of a node. */
export interface Ran {
	run: IRun;
	/** Items of the main output; empty if the node ended with an error. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errorItems: INodeExecutionData[];
	/** The error as n8n saves it with the execution. */
	error?: { message: string; description?: string | null; context?: { [name: string]: unknown }; httpCode?: string };
	/** How often the n8n credential was decrypted. */
	decrypts: number;
}

/** Another n8n credential of a node. */
export interface OtherCredential {
	credential: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

/** A node with what it needs to run. */
export interface Setup {
	node: INodeType;
	credential: ICredentialType;
	credentialData: ICredentialDataDecryptedObject;
	/** The node's n8n credentials in addition to its vendor's. */
	others?: OtherCredential[];
	parameters: INodeParameters;
	/** Version of the node; 1 by default. */
	typeVersion?: number;
	/** Input items; one empty item by default. */
	items?: Array<{ [name: string]: unknown }>;
	/** Binary data that every input item has: texts by name. */
	files?: { [name: string]: string };
	onError?: INode['onError'];
	/** n8n's own Retry On Fail, with a minimal pause, since n8n takes 0 for its usual second. */
	retryOnFail?: boolean;
	/** How many items the node gets at a time, in a loop like n8n's Loop Over Items; all at once by default. */
	batchSize?: number;
	/** The failed run, as saved, that n8n's Retry starts from. */
	retryOf?: IRun;
	/** Cancels the execution. */
	signal?: AbortSignal;
	timezone?: string;
	/** ID of the chosen n8n credential. */
	account?: string;
}

class Start {
	description = {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Start',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	};

	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return [this.getInputData()];
	}
}

/** A minimal Loop Over Items: its second output passes on the items in batches, its first one ends the loop. */
class Loop {
	description = {
		displayName: 'Loop',
		name: 'loop',
		group: ['transform'],
		version: 1,
		description: 'Loop',
		defaults: { name: 'Loop' },
		inputs: ['main'],
		outputs: ['main', 'main'],
		properties: [{ displayName: 'Batch Size', name: 'batchSize', type: 'number', default: 1 }],
	};

	async execute(this: IExecuteFunctions) {
		const kept = this.getContext('node') as { left?: INodeExecutionData[] };
		const left = (kept.left ??= [...this.getInputData()]);
		const batch = left.splice(0, this.getNodeParameter('batchSize', 0) as number);
		return batch.length > 0 ? [[], batch] : [[{ json: {} }], []];
	}
}

/** Replaces n8n's credential helper, which needs a database: holds one credential of each type and authenticates as n8n does. */
export class TestCredentials extends ICredentialsHelper {
	/** How often the first credential, the vendor's, was decrypted. */
	decrypts = 0;
	private readonly all: OtherCredential[];

	constructor(first: ICredentialType, data: ICredentialDataDecryptedObject, others: OtherCredential[] = []) {
		super();
		this.all = [{ credential: first, data }, ...others];
	}

	/** The references with which a node names its credentials. */
	get references(): { [type: string]: { id: string; name: string } } {
		return Object.fromEntries(
			this.all.map(({ credential }, index) => [
				credential.name,
				{ id: `c${index + 1}`, name: index === 0 ? 'Test account' : credential.displayName },
			]),
		);
	}

	private of(type: string): OtherCredential {
		return this.all.find(({ credential }) => credential.name === type) as OtherCredential;
	}

	getParentTypes(type: string): string[] {
		return this.of(type).credential.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string) {
		return this.of(type).credential.properties;
	}

	async getCredentials(_node: unknown, type: string) {
		return new Credentials({ id: null, name: '' } as never, type, '');
	}

	/** Resolves expressions in a credential as n8n's own helper does. */
	async getDecrypted(
		...[, , type, mode, executeData, , values]: Parameters<ICredentialsHelper['getDecrypted']>
	): Promise<ICredentialDataDecryptedObject> {
		if (type === this.all[0].credential.name) this.decrypts++;
		const data = { ...this.of(type).data };
		if (!values) return data;
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = values;
		return workflow.expression.getParameterValue(
			data as never,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			{},
			executeData,
			false,
			data as never,
		) as never;
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

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		given: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	) {
		const { authenticate } = this.of(type).credential;
		if (typeof authenticate === 'function') return await authenticate(credentials, given);
		const options = given as unknown as { [part: string]: { [name: string]: unknown } };
		const resolve = (value: string) =>
			workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials } as never, undefined, '');
		for (const [part, values] of Object.entries((authenticate as IAuthenticateGeneric | undefined)?.properties ?? {})) {
			options[part] ??= {};
			for (const [name, value] of Object.entries(values as { [name: string]: string }))
				options[part][String(resolve(name))] = resolve(value);
		}
		return given;
	}
}

/** The additional data that n8n provides to everything that a node does. */
export function additionalDataWith(credentialsHelper: TestCredentials, hooks?: ExecutionLifecycleHooks): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		hooks,
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
}

/** A registry like n8n's, with these nodes. */
export function nodeTypesOf(types: { [type: string]: unknown }): INodeTypes {
	return {
		getByName: (type: string) => types[type],
		getByNameAndVersion: (type: string) => types[type],
		getKnownTypes: () => ({}),
	} as never;
}

/** Runs one node through n8n-core's own engine: expressions, displayOptions, authentication and errors are n8n's. */
export async function runNode(setup: Setup): Promise<Ran> {
	const {
		node,
		credential,
		credentialData,
		others,
		account,
		parameters,
		typeVersion = 1,
		items = [{}],
		batchSize,
		files,
		onError,
		timezone,
		retryOnFail,
		retryOf,
		signal,
	} = setup;
	const credentials = new TestCredentials(credential, credentialData, others);
	const types: { [type: string]: unknown } = { 'test.start': new Start(), 'test.loop': new Loop(), 'test.node': node };
	const nodeTypes = nodeTypesOf(types);
	const stored = asPicked(node.description.properties, parameters);
	const nodes: INode[] = [
		{ id: '1', name: 'Start', type: 'test.start', typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: 'Node',
			type: 'test.node',
			typeVersion,
			position: [0, 0],
			parameters: stored,
			credentials: { ...credentials.references, ...(account ? { [credential.name]: { id: account, name: account } } : {}) },
			...(onError ? { onError } : {}),
			...(retryOnFail ? { retryOnFail, maxTries: 5, waitBetweenTries: 1 } : {}),
		},
	];
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	if (batchSize !== undefined)
		nodes.push({ id: '3', name: 'Loop', type: 'test.loop', typeVersion: 1, position: [0, 0], parameters: { batchSize } });
	const connections: IConnections =
		batchSize === undefined
			? { Start: { main: [to('Node')] } }
			: { Start: { main: [to('Loop')] }, Loop: { main: [[], to('Node')] }, Node: { main: [to('Loop')] } };
	const settings = { executionOrder: 'v1' as const, ...(timezone ? { timezone } : {}) };
	const workflow = new Workflow({ id: 'w1', name: 'test', nodes, connections, active: false, nodeTypes, settings });
	const additionalData = additionalDataWith(
		credentials,
		new ExecutionLifecycleHooks('manual', '1', { id: 'w1', name: 'test', nodes, connections } as never),
	);
	const binary =
		files &&
		Object.fromEntries(
			Object.entries(files).map(([name, text]) => [
				name,
				{ data: Buffer.from(text).toString('base64'), mimeType: 'text/plain', fileName: `${name}.txt` },
			]),
		);
	const input = items.map((json) => ({ json: json as INodeExecutionData['json'], ...(binary ? { binary } : {}) }));
	const data = retryOf
		? retried(retryOf, workflow)
		: createRunExecutionData({
				executionData: {
					nodeExecutionStack: [{ node: workflow.getNode('Start') as INode, data: { main: [input] }, source: null }],
				} as never,
			});
	const running = new WorkflowExecute(additionalData, retryOf ? 'retry' : 'manual', data).processRunExecutionData(workflow);
	signal?.addEventListener('abort', () => running.cancel());
	const run = await running;
	const result = run.data.resultData;
	const main = result.runData.Node?.[0]?.data?.main;
	const error = (result.runData.Node?.[0]?.error ?? result.error) as Ran['error'] | undefined;
	// n8n does not store defaults, so these are the parameters as the workflow resolves them.
	const { resource, operation } = workflow.getNode('Node')?.parameters ?? {};
	checkOutputs(node.description.name, resource, operation, main?.[0] ?? []);
	return { run, items: main?.[0] ?? [], errorItems: main?.[1] ?? [], error, decrypts: credentials.decrypts };
}

/** The data with which n8n's Retry repeats a saved execution (n8n's `ExecutionService.retry`). */
function retried(failed: IRun, workflow: Workflow): IRun['data'] {
	const data = JSON.parse(JSON.stringify(failed.data)) as IRun['data'];
	const last = data.resultData.lastNodeExecuted as string;
	delete data.resultData.error;
	if (data.resultData.runData[last]?.at(-1)?.error !== undefined) data.resultData.runData[last].pop();
	for (const entry of data.executionData?.nodeExecutionStack ?? []) entry.node = workflow.getNode(entry.node.name) as INode;
	return createRunExecutionData(data as never) as IRun['data'];
}

/** The parameters as the editor stores them: fields with a list of records hold an object, even for a typed ID. */
export function asPicked(properties: INodeProperties[], parameters: INodeParameters): INodeParameters {
	const pickable = (name: string) => properties.some((property) => property.name === name && property.type === 'resourceLocator');
	const entries = Object.entries(parameters).map(([name, value]) => [
		name,
		pickable(name) && typeof value === 'string' ? { __rl: true, mode: 'id', value } : value,
	]);
	return Object.fromEntries(entries) as INodeParameters;
}

/** Stops what n8n-core 2.4 keeps running (a timer of its SSH clients), so that jest can exit. */
export async function stopEngine(): Promise<void> {
	const { SSHClientsManager } = (await import('n8n-core/dist/execution-engine/ssh-clients-manager' as string)) as {
		SSHClientsManager: new () => { onShutdown(): void };
	};
	Container.get(SSHClientsManager).onShutdown();
}
