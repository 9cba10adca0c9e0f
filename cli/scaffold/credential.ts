import type { IAuthenticateGeneric, ICredentialTestRequest } from 'n8n-workflow';

import { credentialOf, type CredentialType, type Document, findOperations, type Found, isPart, type Part } from '../../engine/compile';
import { append } from '../../engine/model/values';
import { Problem } from '../../scripts/n8n/problem';
import type { VendorName } from './names';

/** The n8n credential type of a new vendor. */
export interface Credential extends Omit<CredentialType, 'test'> {
	className: string;
	/** Undefined with OAuth2, which n8n tests by itself. */
	test?: ICredentialTestRequest;
	/** The GET operation of the test, if the document has one. */
	testedBy?: Found;
	/** The OpenAPI security scheme that is assumed if the document has none that n8n supports. */
	assumed?: Part;
}

/**
 * The credential type for an operation, including its test.
 * @param warnings receives what the document leaves open
 * @throws Problem if n8n's rules forbid the name
 */
export function credentialFor(document: Document, found: Found, name: VendorName, warnings: string[]): Credential {
	const open: string[] = [];
	const { test, ...type } = credentialOf(document, found, name.display, open);
	const suffix = type.extends ? 'OAuth2Api' : 'Api';
	if (!type.extends && /oauth2/i.test(name.className)) {
		throw new Problem(
			`The name "${name.display}" has "OAuth2" in it, which n8n keeps for credentials that sign in so; this one does not. ` +
				'Give another one with --name.',
		);
	}
	const named = {
		...type,
		name: `${name.key}${suffix}`,
		className: `${name.className}${suffix}`,
		displayName: `${name.display} ${type.extends ? 'OAuth2 API' : 'API'}`,
	};
	append(warnings, open);
	const assumed = open.length > 0 ? { assumed: schemeOf(type.authenticate) } : {};
	if (open.length === 0 && !type.authenticate && !type.extends)
		warnings.push(
			'The document names no way to sign in, so the credential type has an address and no key. Where the vendor wants one, ' +
				'add components.securitySchemes and security to the document and add the vendor again',
		);
	if (type.extends) return { ...named, ...assumed };

	const testedBy = findOperations(document).find(({ method, path }) => method === 'GET' && path === test?.request.url);
	const url = testedBy?.path ?? fixedPart(found.path);
	if (!testedBy)
		warnings.push(
			`The document has no GET that could test the key, so the credential type asks for ${url}, which may not exist: put a ` +
				'better path into its test',
		);
	return { ...named, ...assumed, testedBy, test: testOf(named, url, testedBy !== undefined, name.display) };
}

/** `/v3/connectors/{provider}/creds` → `/v3/connectors`. */
function fixedPart(path: string): string {
	const parts = path.split('/');
	const variable = parts.findIndex((part) => part.includes('{'));
	return (variable === -1 ? path : parts.slice(0, variable).join('/')) || '/';
}

function testOf(
	{ properties }: Pick<CredentialType, 'properties'>,
	url: string,
	documented: boolean,
	vendor: string,
): ICredentialTestRequest {
	const chosen = properties.some((property) => property.name === 'otherBaseUrl');
	const request = {
		baseURL: chosen
			? '={{$credentials.baseUrl === "other" ? $credentials.otherBaseUrl : $credentials.baseUrl}}'
			: '={{$credentials.baseUrl}}',
		url,
		disableFollowRedirect: true,
	};
	// n8n only accepts rules of one kind.
	if (documented) {
		const message = 'The address answers with a web page, not with the API. Check the base URL.';
		return { request, rules: [{ type: 'responseSuccessBody', properties: { key: '0', value: '<', message } }] };
	}
	const missing = `The key could not be tested: ${vendor} has nothing to read at ${url}. Save it all the same; the node will tell.`;
	const rule = (value: number, message: string) => ({ type: 'responseCode' as const, properties: { value, message } });
	return {
		request,
		rules: [
			rule(401, `${vendor} did not accept the key. Check that it is complete and still valid.`),
			rule(404, missing),
			rule(405, missing),
		],
	};
}

/** The security scheme that corresponds to `authenticate`. */
function schemeOf(authenticate: IAuthenticateGeneric | undefined): Part {
	const { headers } = authenticate?.properties ?? {};
	const [name, value] = Object.entries(isPart(headers) ? headers : {})[0] ?? ['Authorization', '=Bearer '];
	return String(value).startsWith('=Bearer ') ? { type: 'http', scheme: 'bearer' } : { type: 'apiKey', in: 'header', name };
}
