import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

const WORKSPACE_HEADER = 'X-Workspace-Id';

/** API key of Mielto, and the workspace to work in. */
export class MieltoApi implements ICredentialType {
	name = 'mieltoApi';

	displayName = 'Mielto API';

	icon: Icon = { light: 'file:../icons/mielto.svg', dark: 'file:../icons/mielto.dark.svg' };

	documentationUrl = 'https://docs.mielto.com';

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
			description:
				'When an API key is created, Mielto shows a key and, this one time only, a secret. Its documentation does not say ' +
				'which of the two to send: if the connection test refuses the one, enter the other.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.mielto.com',
			placeholder: 'e.g. https://api.mielto.com',
			required: true,
			description: 'Address of the API. Change it only if Mielto gave you another one.',
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
			displayName: 'Workspace ID',
			name: 'workspaceId',
			type: 'string',
			default: '',
			description: 'Workspace to work in where a node names none. When left empty, it is the workspace of the API key.',
		},
	];

	/** A function, since n8n's generic form would send the header empty, and over the one that a node has set. */
	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const headers = { ...requestOptions.headers, Authorization: `Bearer ${String(credentials.apiKey)}` };
		const named = Object.keys(headers).some((name) => name.toLowerCase() === WORKSPACE_HEADER.toLowerCase());
		return {
			...requestOptions,
			headers: credentials.workspaceId && !named ? { ...headers, [WORKSPACE_HEADER]: credentials.workspaceId } : headers,
		};
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/api/v1/credentials',
			qs: { limit: 1 },
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
