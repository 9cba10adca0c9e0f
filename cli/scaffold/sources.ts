import type { INodeProperties } from 'n8n-workflow';

import { STORE } from '../../engine/model/layout';
import type { Credential } from './credential';
import type { VendorName } from './names';
import { formatted, literal } from './source';

/** What `nodes/<Vendor>/<Vendor>.node.ts` consists of. */
export interface NodeSource {
	name: VendorName;
	/** Name of the n8n credential type. */
	credential: string;
	description: string;
	/** Whether the form has secrets, which can be taken from n8n's store. */
	secrets: boolean;
}

/** The class of a vendor's node. */
export async function nodeSource({ name, credential, description, secrets }: NodeSource): Promise<string> {
	const { className, key, display } = name;
	const credentials = [
		`{ name: '${credential}', required: true }`,
		...(secrets
			? [
					`{ name: '${STORE.credential}', required: true, testedBy: '${STORE.test}', ` +
						`displayOptions: { show: { ${STORE.parameter}: ['${STORE.stored}'] } } }`,
				]
			: []),
	];
	return await formatted(`import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf } from '../../engine/run';
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
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
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

/** The class of a vendor's credential type. */
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

/** Not where one of n8n's own is extended: n8n signs in with it by itself. */
const RESTRICTED = `/** No other node may use the key, n8n's HTTP Request node included (n8n 2.41 and later). */
	restrictToSupportedNodes = true as const;`;

/** What is not required need not say so. */
function withoutNo({ required, ...property }: INodeProperties): INodeProperties {
	return required ? { ...property, required } : property;
}

/** Remarks in a credential type's test, by the property that they stand before. */
const COMMENTS = {
	disableFollowRedirect: 'The key must not travel on to the address that a redirect names.',
	key: 'First character of the answer: JSON comes parsed, a web page as its text.',
};
