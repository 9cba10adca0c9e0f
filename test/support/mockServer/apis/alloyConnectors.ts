/** A value that a connector asks for. */
export interface ConnectorField {
	name: string;
	displayName: string;
	description?: string;
}

/** A connector, with what it asks for in each way to sign in. */
export interface Connector {
	id: string;
	name: string;
	category: string[];
	/** Alloy's words for the ways are not known, but for `oauth2`: the others are ours. */
	ways: Record<string, ConnectorField[]>;
}

const apiKey: ConnectorField = { name: 'apiKey', displayName: 'API Key', description: 'Secret key of the account' };

/** Connectors of different needs. Alloy has hundreds more, so a credential of another one is taken, too. */
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

/** The connector of an ID; undefined for one that is not here. */
export function connectorOf(id: unknown): Connector | undefined {
	return CONNECTORS.find((connector) => connector.id === id);
}

/** Address of a connector's picture. */
export function iconOf({ id }: Connector): string {
	return `https://cdn.example.com/${id}.svg`;
}

/** The words of both APIs for a connector that they do not have. */
export function unknownConnector(id: unknown) {
	return { refused: { status: 404, message: `There is no connector ${String(id)}` } };
}
