/** A value that a connector requests. */
export interface ConnectorField {
	name: string;
	displayName: string;
	description?: string;
}

/** A connector, with the fields of each way to sign in. */
export interface Connector {
	id: string;
	name: string;
	category: string[];
	/** Fields by way to sign in. Of Alloy's names for these, only `oauth2` is known; the others are ours. */
	ways: Record<string, ConnectorField[]>;
}

const apiKey: ConnectorField = { name: 'apiKey', displayName: 'API Key', description: 'Secret key of the account' };

/** Connectors with different fields. Alloy has hundreds more, so credentials for others are accepted, too. */
export const CONNECTORS: Connector[] = [
	{ id: 'slack', name: 'Slack', category: ['communication'], ways: { oauth2: [], apiKey: [apiKey] } },
	{
		id: 'shopify',
		name: 'Shopify',
		category: ['commerce'],
		ways: { apiKey: [{ name: 'shopName', displayName: 'Shop Name', description: 'What stands before .myshopify.com' }, apiKey] },
	},
	{
		id: 'netsuite',
		name: 'NetSuite',
		category: ['erp'],
		ways: {
			token: [
				{ name: 'realm', displayName: 'Realm', description: 'Account ID of NetSuite' },
				{ name: 'consumerKey', displayName: 'Consumer Key' },
				{ name: 'tokenId', displayName: 'Token ID' },
				{ name: 'tokenSecret', displayName: 'Token Secret' },
			],
		},
	},
	{ id: 'openAi', name: 'OpenAI', category: ['ai'], ways: { apiKey: [apiKey] } },
	{
		id: 'zohoCrm',
		name: 'Zoho CRM',
		category: ['crm'],
		ways: { oauth2: [{ name: 'region', displayName: 'Region', description: 'Data center, such as us or eu' }] },
	},
];

/** The connector with an ID; undefined if it is not listed here. */
export function connectorOf(id: unknown): Connector | undefined {
	return CONNECTORS.find((connector) => connector.id === id);
}

/** URL of a connector's icon. */
export function iconOf({ id }: Connector): string {
	return `https://cdn.example.com/${id}.svg`;
}

/** The refusal of both APIs for an unknown connector. */
export function unknownConnector(id: unknown) {
	return { refused: { status: 404, message: `There is no connector ${String(id)}` } };
}
