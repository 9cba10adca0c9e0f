import { http } from '../support/http';

import { OWNER } from '../../scripts/n8n/demo';

/** A node type as the editor gets it. */
export interface NodeTypeDescription {
	name: string;
	displayName: string;
	iconUrl?: { light: string; dark: string };
	properties: Array<{ displayName: string; name: string }>;
	[other: string]: unknown;
}

/** A credential type as the editor gets it. */
export interface CredentialTypeDescription {
	name: string;
	displayName: string;
	iconUrl?: { light: string; dark: string };
	supportedNodes?: string[];
}

/** What an n8n has at an address outside its REST interface, for its owner: `/types/nodes.json`, `/icons/…`. */
export async function fetchAsOwner<T>(url: string, path: string): Promise<T> {
	const headers = { 'browser-id': 'a-test' };
	const login = await http.post(`${url}/rest/login`, { emailOrLdapLoginId: OWNER.email, password: OWNER.password }, { headers });
	const cookie = (login.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
	const { data } = await http.get<T>(`${url}${path}`, { headers: { ...headers, cookie } });
	return data;
}
