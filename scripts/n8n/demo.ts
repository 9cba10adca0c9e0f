import type { Owner } from './api';

/** A vendor in the demonstration. Everything that differs between them is here. */
export interface DemoVendor {
	/** As on the command line. */
	name: string;
	/** As in the table. */
	title: string;
	/** Type of its node within the package. */
	node: string;
	/** Type of the n8n credential that its node takes. */
	credential: string;
	/** Name of its key among the mock server's. */
	key: string;
	/** What the n8n credential holds so that calls go to the mock server. */
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
		// Its base URL is chosen from a list.
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

/** Signs in to the editor. Not a secret: that n8n listens on loopback only. */
export const OWNER: Owner = {
	email: 'demo@example.com',
	password: 'Create-1-credential',
	firstName: 'Demo',
	lastName: 'Owner',
};
