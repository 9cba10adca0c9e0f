import type { IAuthenticateGeneric, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

/** API key of Alloy Automation, for both of its APIs: Embedded and Connectivity. */
export class AlloyApi implements ICredentialType {
	name = 'alloyApi';

	displayName = 'Alloy API';

	icon: Icon = { light: 'file:../icons/alloy.svg', dark: 'file:../icons/alloy.dark.svg' };

	documentationUrl = 'https://docs.runalloy.com/connectivity-api/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In the Alloy dashboard, open Settings and then API Keys. Development and production have keys of their own and share the base URL.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://production.runalloy.com',
			placeholder: 'e.g. https://production.runalloy.com',
			required: true,
			description: 'Address of the API. Change it only if Alloy gave you another one.',
		},
		{
			displayName: 'Allow Unencrypted HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether the base URL may begin with http, so that the API key can be read on its way. For tests within your own network.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: '2025-09',
			placeholder: 'e.g. 2025-09',
			required: true,
			description: 'Version of the API that is asked for. The Alloy nodes are made for 2025-09.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: '=Bearer {{$credentials.apiKey}}',
				'x-api-version': '={{$credentials.apiVersion}}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/users',
			// The key must not travel on to the address that a redirect names.
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					// First character of the answer: JSON comes parsed, a web page as its text.
					key: '0',
					value: '<',
					message: 'The address answers with a web page, not with the API. Check the base URL.',
				},
			},
		],
	};
}
