import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';

import axios, { type AxiosInstance } from 'axios';

import { Problem } from './problem';
import { runWorkflow, type Run, type Workflow } from './run';

/** The user who signs in. n8n requires a password of 8 to 64 characters with a digit and a capital letter. */
export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

/** n8n's REST interface, as its editor uses it, for one signed-in user. */
export interface N8nApi {
	/** Creates a credential, or replaces the data of the one with the same name and type. Returns the reference for nodes. */
	upsertCredential(credential: { name: string; type: string; data: object }): Promise<{ id: string; name: string }>;
	/** Creates a workflow, or replaces the one with the same name. Returns its id. */
	upsertWorkflow(workflow: Workflow): Promise<string>;
	/** Runs a saved workflow from its trigger, as the editor's button does, and waits until it ends; default 120,000 ms. */
	runWorkflow(id: string, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<Run>;
	/** Any other call: method, path below `/rest`, body. Returns the response's `data`. Throws a Problem if n8n refuses. */
	call: <T>(method: string, path: string, body?: object) => Promise<T>;
}

/**
 * Signs in to an n8n, creating the owner first if there is none yet.
 *
 * @throws Problem if n8n has a different owner or password.
 */
export async function signIn(url: string, owner: Owner): Promise<N8nApi> {
	const call = caller(url);
	const settings = await call<{ userManagement: { showSetupOnFirstLoad?: boolean } }>('GET', '/settings');
	if (settings.userManagement.showSetupOnFirstLoad) await call('POST', '/owner/setup', owner);
	else await call('POST', '/login', { emailOrLdapLoginId: owner.email, password: owner.password });

	return {
		call,
		async upsertCredential({ name, type, data }) {
			const known = await call<Array<{ id: string; name: string; type: string }>>('GET', '/credentials');
			const same = known.find((credential) => credential.name === name && credential.type === type);
			const path = same ? `/credentials/${same.id}` : '/credentials';
			const { id } = await call<{ id: string }>(same ? 'PATCH' : 'POST', path, { name, type, data });
			return { id, name };
		},
		async upsertWorkflow({ name, nodes, connections, settings = {} }) {
			const filter = encodeURIComponent(JSON.stringify({ name }));
			// The filter also finds names that merely contain this one.
			const known = await call<Array<{ id: string; name: string }>>('GET', `/workflows?filter=${filter}`);
			const same = known.find((workflow) => workflow.name === name);
			const path = same ? `/workflows/${same.id}` : '/workflows';
			const { id } = await call<{ id: string }>(same ? 'PATCH' : 'POST', path, { name, nodes, connections, settings });
			return id;
		},
		runWorkflow: async (id, options) => await runWorkflow(call, id, options),
	};
}

/** Makes calls within one session: n8n ties its cookie to the browser's id, and renews it now and then. */
function caller(url: string): N8nApi['call'] {
	const http: AxiosInstance = axios.create({
		baseURL: `${url}/rest`,
		headers: { 'browser-id': randomUUID() },
		// n8n closes connections that are idle for 5 s. A process that was busy then would not notice, and would reuse one.
		httpAgent: new Agent({ keepAlive: false }),
		proxy: false,
		timeout: 30_000,
		validateStatus: () => true,
	});
	const cookies = new Map<string, string>();
	return async <T>(method: string, path: string, body?: object) => {
		const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const { status, data, headers } = await http
			.request<{ message?: unknown; data?: unknown } | undefined>({ method, url: path, data: body, headers: cookie ? { cookie } : {} })
			.catch((error: Error) => {
				throw new Problem(`n8n does not answer at ${url}: ${error.message}`);
			});
		for (const line of headers['set-cookie'] ?? []) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name) cookies.set(name, value);
		}
		if (status < 200 || status > 299) {
			const said = typeof data?.message === 'string' ? `: ${data.message}` : '';
			throw new Problem(`n8n refused ${method} /rest${path} (${status})${said}`);
		}
		return data?.data as T;
	};
}
