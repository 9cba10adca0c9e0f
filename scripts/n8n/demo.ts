import type { Owner } from './api';

/** A vendor in the demonstration, with everything that differs between vendors. */
export interface DemoVendor {
	/** Name on the command line. */
	name: string;
	/** Name in the table of results. */
	title: string;
	/** Type of its node, without the package name. */
	node: string;
	/** Type of its node's n8n credential. */
	credential: string;
	/** Name of its key in the mock server's `KEYS`. */
	key: string;
	/** Data of an n8n credential that directs calls to the mock server. */
	mockServer(url: string, apiKey: string): object;
}

const atUrl = (url: string, apiKey: string) => ({ baseUrl: url, apiKey });

export const VENDORS: DemoVendor[] = [
	{
		name: 'nylas',
		title: 'Nylas',
		node: 'nylas',
		credential: 'nylasApi',
		key: 'nylas',
		// Its base URL is chosen from a list, which has `other` for any further one.
		mockServer: (url, apiKey) => ({ baseUrl: 'other', otherBaseUrl: url, apiKey }),
	},
	{ name: 'arklow', title: 'Arklow', node: 'arklow', credential: 'arklowApi', key: 'arklow', mockServer: atUrl },
	{ name: 'mielto', title: 'Mielto', node: 'mielto', credential: 'mieltoApi', key: 'mielto', mockServer: atUrl },
	{
		name: 'alloyEmbedded',
		title: 'Alloy Embedded',
		node: 'alloyEmbedded',
		credential: 'alloyApi',
		key: 'alloy',
		mockServer: atUrl,
	},
	{
		name: 'alloyConnectivity',
		title: 'Alloy Connectivity',
		node: 'alloyConnectivity',
		credential: 'alloyApi',
		key: 'alloy',
		mockServer: atUrl,
	},
];

/** The user of the demonstration's n8n. Its password is no secret, as that n8n only listens on loopback. */
export const OWNER: Owner = {
	email: 'demo@example.com',
	password: 'Create-1-credential',
	firstName: 'Demo',
	lastName: 'Owner',
};
