import type { INodeProperties } from 'n8n-workflow';

import { STORE } from '../../engine/model/layout';
import type { Credential } from './credential';
import type { VendorName } from './names';
import { literal, quoted } from './source';

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
export function nodeSource({ name: { className, key, display }, credential, description, secrets }: NodeSource): string {
	return `import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf } from '../../engine/run';
import generated from './${key}.generated.json';

const { vendor, properties } = loadVendor(generated);

/** ${display}: what it offers is written in ${key}.openapi.yaml. */
export class ${className} implements INodeType {
	description: INodeTypeDescription = {
		displayName: ${quoted(display)},
		name: '${key}',
		icon: { light: 'file:../../icons/${key}.svg', dark: 'file:../../icons/${key}.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: ${quoted(description)},
		defaults: { name: ${quoted(display)} },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [${
			secrets
				? `
			{ name: '${credential}', required: true },
			{ name: '${STORE.credential}', required: true, testedBy: '${STORE.test}', displayOptions: { show: { ${STORE.parameter}: ['${STORE.stored}'] } } },
		`
				: `{ name: '${credential}', required: true }`
		}],
		properties,
	};

	methods = methodsOf(vendor);

	async execute(this: IExecuteFunctions) {
		return await executeOperations(this, vendor);
	}
}
`;
}

/** The class of a vendor's credential type. */
export function credentialSource({ key, display }: VendorName, credential: Credential, documentationUrl: string): string {
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
		`displayName = ${quoted(displayName)};`,
		`icon: Icon = { light: 'file:../icons/${key}.svg', dark: 'file:../icons/${key}.dark.svg' };`,
		`documentationUrl = ${quoted(documentationUrl)};`,
		...(credential.extends ? [] : [RESTRICTED]),
		`properties: INodeProperties[] = ${literal(properties.map(withoutNo), 1)};`,
		...(authenticate ? [`authenticate: IAuthenticateGeneric = ${literal(authenticate, 1)};`] : []),
		...(test ? [`test: ICredentialTestRequest = ${literal(test, 1, COMMENTS)};`] : []),
	];
	return `${imports(types)}

/** ${credential.extends ? 'Access to' : authenticate ? 'API key of' : 'Address of'} ${display}. */
export class ${className} implements ICredentialType {
${members.map((member) => `\t${member}`).join('\n\n')}
}
`;
}

/** Not where one of n8n's own is extended: n8n signs in with it by itself. */
const RESTRICTED = `/** No other node may use the key, n8n's HTTP Request node included (n8n 2.41 and later). */
	restrictToSupportedNodes = true as const;`;

/** In one line where that fits, as the formatter of this package does it. */
function imports(types: string[]): string {
	const line = `import type { ${types.join(', ')} } from 'n8n-workflow';`;
	return line.length <= 100 ? line : `import type {\n${types.map((type) => `\t${type},\n`).join('')}} from 'n8n-workflow';`;
}

/** What is not required need not say so. */
function withoutNo({ required, ...property }: INodeProperties): INodeProperties {
	return required ? { ...property, required } : property;
}

/** Remarks in a credential type's test, by the property that they stand before. */
const COMMENTS = {
	disableFollowRedirect: 'The key must not travel on to the address that a redirect names.',
	key: 'First character of the answer: JSON comes parsed, a web page as its text.',
};
