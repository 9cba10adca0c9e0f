import type { IAuthenticateGeneric, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

/** API key of a Nylas application, and the region that the application is in. */
export class NylasApi implements ICredentialType {
	name = 'nylasApi';

	displayName = 'Nylas API';

	icon: Icon = { light: 'file:../icons/nylas.svg', dark: 'file:../icons/nylas.dark.svg' };

	documentationUrl = 'https://developer.nylas.com/docs/v3/auth/nylas-app-credentials/';

	/** No other node may use the key, n8n's HTTP Request node included (n8n 2.41 and later). */
	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'In the Nylas dashboard, open your application and then API Keys',
		},
		{
			displayName: 'Region',
			name: 'baseUrl',
			type: 'options',
			options: [
				{ name: 'United States', value: 'https://api.us.nylas.com' },
				{ name: 'Europe', value: 'https://api.eu.nylas.com' },
				{ name: 'Other', value: 'other' },
			],
			default: 'https://api.us.nylas.com',
			required: true,
			description: 'Region of your Nylas application. Nylas refuses a key that is used in another region.',
		},
		{
			displayName: 'Base URL',
			name: 'otherBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.us.nylas.com',
			required: true,
			displayOptions: { show: { baseUrl: ['other'] } },
			description: 'Address of the API, as Nylas gave it to you',
		},
		{
			displayName: 'Allow Unencrypted HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether the base URL may begin with http, so that the API key can be read on its way. For tests within your own network.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: '=Bearer {{$credentials.apiKey}}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl === "other" ? $credentials.otherBaseUrl : $credentials.baseUrl}}',
			url: '/v3/applications',
			// The key must not travel on to the address that a redirect names.
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Nylas did not accept the API key. Check the key, and that the region is the one of your Nylas application.',
				},
			},
		],
	};
}
