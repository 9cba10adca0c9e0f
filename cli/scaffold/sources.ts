import type { INodeProperties } from 'n8n-workflow';

import { STORE } from '../../engine/model/layout';
import type { Credential } from './credential';
import type { VendorName } from './names';
import { formatted, literal } from './source';

/** The variable parts of `nodes/<Vendor>/<Vendor>.node.ts`. */
export interface NodeSource {
	name: VendorName;
	/** Name of the n8n credential type. */
	credential: string;
	description: string;
	/** Whether the form has secrets, which n8n's encrypted store can provide. */
	secrets: boolean;
}

/** The source of a vendor's node class. */
export async function nodeSource({ name, credential, description, secrets }: NodeSource): Promise<string> {
	const { className, key, display } = name;
	const credentials = [
		`{ name: '${credential}', required: true }`,
		...(secrets
			? [
					`{ name: '${STORE.credential}', displayName: '${STORE.label}', required: true, testedBy: '${STORE.test}', ` +
						`displayOptions: { show: { ${STORE.parameter}: ['${STORE.stored}'] } } }`,
				]
			: []),
	];
	return await formatted(`import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf, SUBTITLE } from '../../engine/run';
import generated from './${key}.generated.json';

const { vendor, properties } = loadVendor(generated);

/** ${display}: what it offers is written in ${key}.openapi.yaml. */
export class ${className} implements INodeType {
	description: INodeTypeDescription = {
		displayName: ${literal(display)},
		name: '${key}',
		icon: { light: 'file:../../icons/${key}.svg', dark: 'file:../../icons/${key}.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: ${literal(description)},
		defaults: { name: ${literal(display)} },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [${credentials.join(', ')}],
		properties,
	};

	methods = methodsOf(vendor);

	async execute(this: IExecuteFunctions) {
		return await executeOperations(this, vendor);
	}
}
`);
}

/** The source of a vendor's credential type class. */
export async function credentialSource({ key, display }: VendorName, credential: Credential, documentationUrl: string): Promise<string> {
	const { className, name, displayName, properties, authenticate, test } = credential;
	const types = [
		...(authenticate ? ['IAuthenticateGeneric'] : []),
		'Icon',
		...(test ? ['ICredentialTestRequest'] : []),
		'ICredentialType',
		'INodeProperties',
	];
	const members = [
		`name = '${name}';`,
		...(credential.extends ? [`extends = ${literal(credential.extends)};`] : []),
		`displayName = ${literal(displayName)};`,
		`icon: Icon = { light: 'file:../icons/${key}.svg', dark: 'file:../icons/${key}.dark.svg' };`,
		`documentationUrl = ${literal(documentationUrl)};`,
		...(credential.extends ? [] : [RESTRICTED]),
		`properties: INodeProperties[] = ${literal(properties.map(withoutNo))};`,
		...(authenticate ? [`authenticate: IAuthenticateGeneric = ${literal(authenticate)};`] : []),
		...(test ? [`test: ICredentialTestRequest = ${literal(test, COMMENTS)};`] : []),
	];
	return await formatted(`import type { ${types.join(', ')} } from 'n8n-workflow';

/** ${credential.extends ? 'Access to' : authenticate ? 'API key of' : 'Address of'} ${display}. */
export class ${className} implements ICredentialType {
${members.join('\n\n')}
}
`);
}

/** Omitted for a type that extends one of n8n's own, with which n8n signs in by itself. */
const RESTRICTED = `/** No other node may use the key, n8n's HTTP Request node included (n8n 2.41 and later). */
	restrictToSupportedNodes = true as const;`;

/** Drops `required: false`, which is the default. */
function withoutNo({ required, ...property }: INodeProperties): INodeProperties {
	return required ? { ...property, required } : property;
}

/** Comments in a credential type's test, by the property that they precede. */
const COMMENTS = {
	disableFollowRedirect: 'The key must not travel on to the address that a redirect names.',
	key: 'First character of the answer: JSON comes parsed, a web page as its text.',
};
