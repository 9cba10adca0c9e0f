import type { IAuthenticateGeneric, IDataObject, ICredentialTestRequest, INodeProperties } from 'n8n-workflow';
import { isHeaderName, isKeyHeader, isSecretName, keyOf, labelOf, words } from '../model/names';
import { literal } from '../model/layout';
import { append } from '../model/values';
import { child, isPart, placeOf, type Document, type Part } from './document/document';
import { findOperations, type Found } from './document/find';
import { withLiterals } from './text/literals';
import { sentenceOf } from './text/words';

/** An n8n credential type as data: what a class in `credentials/` declares. */
export interface CredentialType {
	name: string;
	displayName: string;
	/** n8n's OAuth2 base type, if the vendor uses OAuth2. */
	extends?: string[];
	properties: INodeProperties[];
	authenticate?: IAuthenticateGeneric;
	test?: { request: ICredentialTestRequest['request'] };
	/** The vendor's address, if the document gives one. */
	baseUrl?: string;
}

/** A security scheme in n8n's terms: fields to fill in, and where their values go. */
interface Scheme {
	properties: INodeProperties[];
	authenticate: IAuthenticateGeneric['properties'];
	oauth2?: boolean;
}

/**
 * The credential type for an operation, from the document's security schemes and servers (OpenAPI 3.1 objects).
 * @param warnings receives what the document leaves open
 */
export function credentialOf(document: Document, found: Found, vendor: string, warnings: string[]): CredentialType {
	const schemes = withKeyHeaders(schemesOf(document, found, warnings), document, found).concat(markedOf(document, found));
	const oauth2 = schemes.some((scheme) => scheme.oauth2);
	const suffix = oauth2 ? 'OAuth2Api' : 'Api';
	const servers = serversOf(document, found);
	const properties = withLiterals(distinctNames([...schemes.flatMap((scheme) => scheme.properties), ...baseUrlOf(servers)]));
	const authenticate = mergeAuthenticate(schemes.map((scheme) => scheme.authenticate));
	const test = testOf(document, found);
	return {
		name: `${keyOf([vendor])}${suffix}`,
		displayName: `${vendor} ${oauth2 ? 'OAuth2 API' : 'API'}`,
		...(oauth2 ? { extends: ['oAuth2Api'] } : {}),
		properties,
		...(Object.keys(authenticate).length > 0 ? { authenticate: { type: 'generic' as const, properties: authenticate } } : {}),
		...(test ? { test } : {}),
		...(servers[0] ? { baseUrl: servers[0].value } : {}),
	};
}

/** The schemes of the first alternative that n8n supports (Security Requirement Object), or a header parameter that must be the key. */
function schemesOf(document: Document, found: Found, warnings: string[]): Scheme[] {
	const root = document.root;
	const given = found.node.security ?? root.security;
	const alternatives = (Array.isArray(given) ? given : []).filter(isPart).filter((one) => Object.keys(one).length > 0);
	const defined = (root.components as Part | undefined)?.securitySchemes as Part | undefined;
	const refusedWhy: string[] = [];
	for (const alternative of alternatives) {
		const schemes = Object.entries(alternative).map(([name, scopes]) => {
			const scheme = defined?.[name];
			if (!isPart(scheme)) {
				refusedWhy.push(
					`${placeOf(child('#', 'components', 'securitySchemes', name))}: the operation asks for this scheme, but the ` +
						'document does not define it',
				);
				return undefined;
			}
			const { node, pointer } = document.follow(scheme, child('#', 'components', 'securitySchemes', name));
			const compiled = schemeOf(name, node, Array.isArray(scopes) ? scopes.map(String) : []);
			if (!compiled) refusedWhy.push(`${placeOf(pointer)}: n8n has no way to sign in with "${String(node.scheme ?? node.type)}"`);
			return compiled;
		});
		if (schemes.every((scheme): scheme is Scheme => scheme !== undefined)) return schemes;
	}
	append(warnings, new Set(refusedWhy));
	const header = keyHeaderOf(document, found);
	if (header) return [header];
	if (alternatives.length > 0) {
		warnings.push('The credential sends its key as a bearer token, since the document does not say how');
		return [bearer('Access Token')];
	}
	return [];
}

function schemeOf(name: string, scheme: Part, scopes: string[]): Scheme | undefined {
	const type = String(scheme.type);
	const kind = String(scheme.scheme ?? '').toLowerCase();
	if (type === 'apiKey') {
		const where = scheme.in === 'query' ? 'qs' : scheme.in === 'cookie' ? 'cookie' : 'headers';
		// No header or cookie can have another name, and n8n would evaluate one that begins with `=`.
		if (where !== 'qs' && !isHeaderName(String(scheme.name))) return undefined;
		return keyIn(where, String(scheme.name), sentenceOf(scheme.description));
	}
	if (type === 'http' && kind === 'basic') return basic();
	if (type === 'http' && kind === 'bearer')
		return bearer(isSecretName(name) && words(name).includes('key') ? 'API Key' : 'Access Token', sentenceOf(scheme.description));
	if (type === 'oauth2') return oauth2(scheme, scopes);
	return undefined;
}

function secretField(displayName: string, name: string, description?: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		...(description && description !== displayName ? { description } : {}),
	};
}

function bearer(displayName: string, description?: string): Scheme {
	const name = keyOf([displayName]);
	return {
		properties: [secretField(displayName, name, description)],
		authenticate: { headers: { Authorization: `=Bearer {{$credentials.${name}}}` } },
	};
}

function basic(): Scheme {
	return {
		properties: [
			{ displayName: 'User', name: 'user', type: 'string', default: '' },
			{ ...secretField('Password', 'password'), required: false },
		],
		authenticate: { auth: { username: '={{$credentials.user}}', password: '={{$credentials.password}}' } },
	};
}

function keyIn(where: 'headers' | 'qs' | 'cookie', header: string, description?: string): Scheme {
	const displayName = /^(x[-_])?authorization$/i.test(header) ? 'API Key' : labelOf(header.replace(/^x[-_]/i, ''));
	const name = keyOf([displayName]);
	const value = `={{$credentials.${name}}}`;
	const authenticate =
		where === 'cookie' ? { headers: { Cookie: `=${header}={{$credentials.${name}}}` } } : { [where]: { [literal(header)]: value } };
	return { properties: [secretField(displayName, name, description)], authenticate };
}

/** n8n's own OAuth2 base type does the rest: https://docs.n8n.io/integrations/builtin/credentials/httprequest/#using-oauth2 */
function oauth2(scheme: Part, scopes: string[]): Scheme | undefined {
	const flows = isPart(scheme.flows) ? scheme.flows : {};
	const code = flows.authorizationCode as Part | undefined;
	const client = flows.clientCredentials as Part | undefined;
	const flow = code ?? client;
	if (!flow || typeof flow.tokenUrl !== 'string') return undefined;
	const all = scopes.length > 0 ? scopes : Object.keys((flow.scopes as Part | undefined) ?? {});
	const hidden = (displayName: string, name: string, value: string): INodeProperties => ({
		displayName,
		name,
		type: 'hidden',
		default: value,
	});
	return {
		oauth2: true,
		properties: [
			hidden('Grant Type', 'grantType', code ? 'authorizationCode' : 'clientCredentials'),
			...(code ? [hidden('Authorization URL', 'authUrl', String(code.authorizationUrl ?? ''))] : []),
			hidden('Access Token URL', 'accessTokenUrl', flow.tokenUrl),
			{
				displayName: 'Scope',
				name: 'scope',
				type: 'string',
				default: all.join(' '),
				description: 'What the access is asked for, separated by spaces',
			},
			hidden('Auth URI Query Parameters', 'authQueryParameters', ''),
			hidden('Authentication', 'authentication', 'header'),
		],
		authenticate: {},
	};
}

/** Adds key headers that are declared as parameters but sent by no scheme; the form does not ask for them. */
function withKeyHeaders(schemes: Scheme[], document: Document, found: Found): Scheme[] {
	const sent = new Set(
		schemes.flatMap(({ authenticate }) => Object.keys((authenticate.headers ?? {}) as object)).map((name) => name.toLowerCase()),
	);
	const isSent = (name: string) => sent.has(name.toLowerCase()) || (/^authorization$/i.test(name) && schemes.length > 0);
	const headers = parametersOf(document, found).filter(
		(node) => node.in === 'header' && node.required === true && node['x-n8n-credential'] !== true && isKeyHeader(String(node.name)),
	);
	return [
		...schemes,
		...headers.filter(({ name }) => !isSent(String(name))).map((node) => keyIn('headers', String(node.name), sentenceOf(node.description))),
	];
}

/** A header parameter that can only be the key, as in documents without security schemes. */
function keyHeaderOf(document: Document, found: Found): Scheme | undefined {
	const headers = parametersOf(document, found).filter((node) => node.in === 'header' && isKeyHeader(String(node.name)));
	const header = headers.find((node) => node.required === true) ?? headers[0];
	if (!header) return undefined;
	const words = JSON.stringify([header.description, header.schema, header.example]);
	if (/^authorization$/i.test(String(header.name)) && /bearer/i.test(words)) return bearer('API Key');
	return keyIn('headers', String(header.name), sentenceOf(header.description));
}

/** Parameters that the document assigns to the credential (`x-n8n-credential`), such as a version header. */
function markedOf(document: Document, found: Found): Scheme[] {
	return parametersOf(document, found)
		.filter(
			(node) => node['x-n8n-credential'] === true && (node.in === 'query' || (node.in === 'header' && isHeaderName(String(node.name)))),
		)
		.map((node) => {
			const name = keyOf([String(node.name)]);
			const fallback = isPart(node.schema) ? node.schema.default : undefined;
			return {
				properties: [
					{
						displayName: labelOf(String(node.name).replace(/^x[-_]/i, '')),
						name,
						type: 'string',
						default: String(fallback ?? ''),
						description: sentenceOf(node.description),
					},
				],
				authenticate: { [node.in === 'header' ? 'headers' : 'qs']: { [literal(String(node.name))]: `={{$credentials.${name}}}` } },
			};
		});
}

function parametersOf(document: Document, found: Found): Part[] {
	const lists = [found.pathItem.parameters, found.node.parameters].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
	return lists.map((given) => document.follow(given, child(found.pointer, 'parameters')).node);
}

/** The document's servers as choices, with variables replaced by their defaults (Server Object); relative URLs are dropped. */
function serversOf(document: Document, found: Found): Array<{ name: string; value: string }> {
	const { root } = document;
	const given = [found.node.servers, found.pathItem.servers, root.servers].find((list) => Array.isArray(list) && list.length > 0) as
		Part[] | undefined;
	return (given ?? []).filter(isPart).flatMap((server) => {
		const variables = (server.variables ?? {}) as { [name: string]: { default?: string } };
		const value = String(server.url).replace(/\{([^{}]+)\}/g, (all, name: string) => variables[name]?.default ?? all);
		return /^https?:\/\//i.test(value) ? [{ name: sentenceOf(server.description) ?? value, value: withoutSlashes(value) }] : [];
	});
}

/** An address without trailing slashes. */
function withoutSlashes(text: string): string {
	let end = text.length;
	while (text[end - 1] === '/') end--;
	return text.slice(0, end);
}

const ALLOW_HTTP: INodeProperties = {
	displayName: 'Allow Unencrypted HTTP',
	name: 'allowHttp',
	type: 'boolean',
	default: false,
	description: 'Whether the base URL may begin with http, so that the API key can be read on its way. For tests within your own network.',
};

function baseUrlOf(servers: Array<{ name: string; value: string }>): INodeProperties[] {
	const field: INodeProperties = {
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: servers[0]?.value ?? '',
		required: true,
		placeholder: 'e.g. https://api.example.com',
		description: 'Address of the API, without a slash at the end',
	};
	if (servers.length < 2) return [field, ALLOW_HTTP];
	const options = [...servers, { name: 'Other', value: 'other' }];
	return [
		{
			displayName: 'Server',
			name: 'baseUrl',
			type: 'options',
			options: options.length < 5 ? options : options.sort((a, b) => a.name.localeCompare(b.name, 'en')),
			default: servers[0].value,
		},
		{ ...field, name: 'otherBaseUrl', default: '', displayOptions: { show: { baseUrl: ['other'] } } },
		ALLOW_HTTP,
	];
}

/** The request that tests the credential: a GET without required parameters, as close to the operation's path as possible. */
function testOf(document: Document, found: Found): CredentialType['test'] {
	const harmless = findOperations(document).filter((one) => one.method === 'GET' && !one.path.includes('{') && !asksFor(document, one));
	const shared = (path: string) => path.split('/').filter((part, index) => part === found.path.split('/')[index]).length;
	const [best] = harmless.sort((a, b) => shared(b.path) - shared(a.path) || a.path.length - b.path.length);
	return best
		? { request: { baseURL: '={{$credentials.baseUrl === "other" ? $credentials.otherBaseUrl : $credentials.baseUrl}}', url: best.path } }
		: undefined;
}

function asksFor(document: Document, found: Found): boolean {
	return parametersOf(document, found).some(
		(node) => node.required === true && node['x-n8n-credential'] !== true && !(node.in === 'header' && isKeyHeader(String(node.name))),
	);
}

function mergeAuthenticate(all: Array<IAuthenticateGeneric['properties']>): IAuthenticateGeneric['properties'] {
	const headers: IDataObject = {};
	const qs = {};
	for (const one of all) {
		// One header holds all cookies (RFC 6265, 4.2.1).
		const cookies = [headers.Cookie, one.headers?.Cookie].filter((cookie) => typeof cookie === 'string');
		Object.assign(headers, one.headers, cookies.length > 1 ? { Cookie: `${cookies[0]}; ${cookies[1].slice(1)}` } : {});
		Object.assign(qs, one.qs);
	}
	const auth = all.reduce<IAuthenticateGeneric['properties']['auth']>((last, one) => one.auth ?? last, undefined);
	return {
		...(Object.keys(headers).length > 0 ? { headers } : {}),
		...(Object.keys(qs).length > 0 ? { qs } : {}),
		...(auth ? { auth } : {}),
	};
}

/** Drops fields whose names occur before: schemes share them. */
function distinctNames(properties: INodeProperties[]): INodeProperties[] {
	const seen = new Set<string>();
	return properties.filter(({ name }) => !seen.has(name) && seen.add(name));
}
