import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialType, IExecuteFunctions, INodeParameters, INodeType, IPollFunctions } from 'n8n-workflow';
import { stringify } from 'yaml';

import { STORE } from '../../engine/model/layout';
import { compileVendor } from '../../engine/compile';
import { executeOperations, loadVendor, methodsOf, pollList } from '../../engine/run';
import { runNode, stopEngine, type Ran, type Setup } from './engine';
import { ActiveWorkflow } from './polling';

/** A request to a test's own vendor. */
export interface OwnRequest {
	method: string;
	/** Path and query as sent. */
	url: string;
	path: string;
	query: { [name: string]: string };
	headers: IncomingMessage['headers'];
	body: unknown;
}

/** The response of a test's own vendor; undefined instead of it ends the connection without a response. */
export interface OwnResponse {
	status?: number;
	headers?: { [name: string]: string };
	/** Sent as JSON, or a text as is. */
	body?: unknown;
	/** Sent piece by piece, `every` milliseconds apart. */
	pieces?: { texts: string[]; every: number };
}

/** A test's own vendor: its document is compiled, and a server responds as the test specifies. */
export interface OwnVendor {
	readonly url: string;
	/** The requests in order of arrival. */
	readonly requests: OwnRequest[];
	answer(handler: (request: OwnRequest) => OwnResponse | undefined | Promise<OwnResponse | undefined>): void;
	run(paths: object, which: string, parameters?: INodeParameters, more?: Partial<Setup>): Promise<Ran>;
	trigger(paths: object, parameters?: INodeParameters): ActiveWorkflow;
}

const credential = {
	name: 'ownApi',
	displayName: 'Own API',
	properties: [],
	authenticate: { type: 'generic', properties: { headers: { authorization: '=Bearer {{$credentials.apiKey}}' } } },
} as unknown as ICredentialType;

const nodes = new WeakMap<object, INodeType>();

/** The node for a document's paths, compiled once. */
function nodeOf(paths: object): INodeType {
	const node = nodes.get(paths) ?? compiled(paths);
	nodes.set(paths, node);
	return node;
}

function compiled(paths: object): INodeType {
	const document = {
		openapi: '3.1.0',
		info: { title: 'Own', version: '1' },
		'x-n8n-credential': 'ownApi',
		servers: [{ url: 'https://own.example' }],
		paths,
	};
	const { vendor, properties, trigger } = loadVendor(
		JSON.parse(JSON.stringify(compileVendor(stringify(document), 'own.openapi.yaml'))) as never,
	);
	const description = {
		displayName: 'Own',
		name: 'own',
		group: ['output'],
		version: 1,
		description: 'Own',
		defaults: { name: 'Own' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'ownApi', required: true }, { name: STORE.credential }],
	};
	return {
		description: { ...description, properties: trigger ?? properties },
		methods: methodsOf(vendor),
		execute: async function (this: IExecuteFunctions) {
			return await executeOperations(this, vendor);
		},
		poll: async function (this: IPollFunctions) {
			return await pollList(this, vendor);
		},
	} as unknown as INodeType;
}

/** Parses JSON; any other body stays a text. */
function read(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** Starts a server for the tests of one file; its responses are reset before each test. */
export function useOwnVendor(): OwnVendor {
	let server: Server;
	let handler: Parameters<OwnVendor['answer']>[0] = () => ({ status: 404 });
	const requests: OwnRequest[] = [];
	const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const credentialData = () => ({ baseUrl: url(), apiKey: 'own-demo-key' });
	beforeAll(async () => {
		server = createServer((message, response) => void serve(message, response));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(() => {
		requests.length = 0;
		handler = () => ({ status: 404 });
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		await stopEngine();
	});

	async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of message) chunks.push(chunk as Buffer);
		const { pathname, searchParams } = new URL(message.url ?? '', 'http://own');
		const text = Buffer.concat(chunks).toString();
		const request: OwnRequest = {
			method: message.method ?? '',
			url: message.url ?? '',
			path: pathname,
			query: Object.fromEntries(searchParams),
			headers: message.headers,
			body: read(text),
		};
		requests.push(request);
		const answer = await handler(request);
		if (!answer) return void message.socket.destroy();
		const { status = 200, headers = {}, body, pieces } = answer;
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		for (const piece of pieces?.texts ?? []) {
			if (response.destroyed) return;
			response.write(piece);
			await new Promise((resolve) => setTimeout(resolve, pieces?.every));
		}
		response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
	}

	return {
		get url() {
			return url();
		},
		requests,
		answer(next) {
			handler = next;
		},
		async run(paths, which, parameters = {}, more = {}) {
			const [resource, operation] = which.split('.');
			return await runNode({
				node: nodeOf(paths),
				credential,
				credentialData: credentialData(),
				parameters: { resource, operation, ...parameters },
				...more,
			});
		},
		trigger(paths, parameters = {}) {
			return new ActiveWorkflow({ node: nodeOf(paths), credential, credentialData: credentialData(), parameters });
		},
	};
}
