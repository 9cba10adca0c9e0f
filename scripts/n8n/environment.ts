/** Variables in the environment that configure another n8n, and must not affect ours. */
const FOREIGN = /^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|CREDENTIALS|NODES|GENERIC|OFFLOAD|E2E)_/;

const LOOPBACK = '127.0.0.1,localhost';

/**
 * The environment for an n8n that only this machine can reach and that calls nobody by itself.
 *
 * @param ports `http` for the editor and REST, `broker` for the task runners.
 * @param extra further variables, which take precedence.
 */
export function environment(userFolder: string, ports: { http: number; broker: number }, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
	const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, LOOPBACK].filter(Boolean).join(',');
	return {
		...Object.fromEntries(own),
		// The mock server is on this machine, where a proxy would not find it.
		NO_PROXY: noProxy,
		no_proxy: noProxy,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(ports.http),
		N8N_RUNNERS_BROKER_PORT: String(ports.broker),
		// Over http, browsers send secure cookies to localhost only, and not all of them do.
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		// Otherwise n8n fetches the list of verified packages from its maker's server.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		...extra,
	};
}
