import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** Named secrets in n8n's encrypted store: a node takes one by its name, so that no workflow and no execution holds it. */
export class CredentialSecretsApi implements ICredentialType {
	name = 'credentialSecretsApi';

	displayName = 'Credential Secrets API';

	icon: Icon = { light: 'file:../icons/secrets.svg', dark: 'file:../icons/secrets.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-create-credential/n8n-nodes-create-credential/blob/main/docs/secrets.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Secrets',
			name: 'entries',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Secret',
			default: { items: [{ name: '', value: '' }] },
			description: 'Each secret has a name, by which a node takes it',
			options: [
				{
					displayName: 'Secret',
					name: 'items',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							required: true,
							placeholder: 'e.g. acmeApiKey',
							description: 'What the secret is called in the nodes',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							typeOptions: { password: true },
							default: '',
							required: true,
							description: 'The secret itself. A whole file can be pasted, too.',
						},
					],
				},
			],
		},
	];
}
