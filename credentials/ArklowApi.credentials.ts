import type { IAuthenticateGeneric, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

/** API key of Arklow. */
export class ArklowApi implements ICredentialType {
	name = 'arklowApi';

	displayName = 'Arklow API';

	icon: Icon = { light: 'file:../icons/arklow.svg', dark: 'file:../icons/arklow.dark.svg' };

	documentationUrl = 'https://arklowdocs.io/api-reference';

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
			description: "An API key of your Arklow organization. If it was made through Arklow's API, it is the 'material' of that answer.",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.arklow.io',
			placeholder: 'e.g. https://api.arklow.io',
			required: true,
			description: 'Address of the API. Change it only if Arklow gave you another one.',
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
				// The key alone: Arklow knows no prefix.
				'x-arklow-auth': '={{$credentials.apiKey}}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/v1/self/',
			// The key must not travel on to the address that a redirect names.
			disableFollowRedirect: true,
		},
		// Arklow reports errors with status 200 as well, so only an answer with a user shows a good key.
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data',
					value: null,
					message: 'Arklow did not accept the API key. Check that it is complete and still valid.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data',
					value: undefined,
					message: "This is not an answer of Arklow's API. Check the base URL.",
				},
			},
		],
	};
}
