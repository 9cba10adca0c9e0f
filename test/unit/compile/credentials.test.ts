import { describe as describeDocument } from '../../../engine/tools';

interface Given {
	schemes?: object;
	security?: object[];
	parameters?: object[];
	servers?: object[];
	paths?: object;
}

/** The credential of a document with one operation, `POST /credentials`. */
function credentialOf({ schemes, security, parameters = [], servers, paths = {} }: Given) {
	const document = {
		openapi: '3.1.0',
		info: { title: 'Acme API', version: '1' },
		...(servers ? { servers } : {}),
		...(security ? { security } : {}),
		paths: { '/credentials': { post: { parameters, responses: {} } }, ...paths },
		components: { securitySchemes: schemes ?? {} },
	};
	return describeDocument(JSON.stringify(document), 'acme.json', 'POST /credentials');
}

describe("A credential type is made of the document's security schemes", () => {
	it.each<[string, Given, object, string[]]>([
		[
			'a bearer token',
			{ schemes: { t: { type: 'http', scheme: 'bearer' } }, security: [{ t: [] }] },
			{ headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
			['accessToken'],
		],
		[
			'user and password',
			{ schemes: { b: { type: 'http', scheme: 'basic' } }, security: [{ b: [] }] },
			{ auth: { username: '={{$credentials.user}}', password: '={{$credentials.password}}' } },
			['user', 'password'],
		],
		[
			'a key in a header',
			{ schemes: { k: { type: 'apiKey', in: 'header', name: 'X-Acme-Key' } }, security: [{ k: [] }] },
			{ headers: { 'X-Acme-Key': '={{$credentials.acmeKey}}' } },
			['acmeKey'],
		],
		[
			'a key in the query',
			{ schemes: { k: { type: 'apiKey', in: 'query', name: 'key' } }, security: [{ k: [] }] },
			{ qs: { key: '={{$credentials.key}}' } },
			['key'],
		],
		[
			'a key in a cookie',
			{ schemes: { k: { type: 'apiKey', in: 'cookie', name: 'sid' } }, security: [{ k: [] }] },
			{ headers: { Cookie: '=sid={{$credentials.sid}}' } },
			['sid'],
		],
		[
			'two keys together',
			{
				schemes: { a: { type: 'apiKey', in: 'header', name: 'X-Id' }, b: { type: 'apiKey', in: 'header', name: 'X-Secret' } },
				security: [{ a: [], b: [] }],
			},
			{ headers: { 'X-Id': '={{$credentials.id}}', 'X-Secret': '={{$credentials.secret}}' } },
			['id', 'secret'],
		],
		[
			'two cookies together',
			{
				schemes: { a: { type: 'apiKey', in: 'cookie', name: 'sid' }, b: { type: 'apiKey', in: 'cookie', name: 'token' } },
				security: [{ a: [], b: [] }],
			},
			{ headers: { Cookie: '=sid={{$credentials.sid}}; token={{$credentials.token}}' } },
			['sid', 'token'],
		],
		[
			'a scheme whose name has a space',
			{ schemes: { 'API Key': { type: 'apiKey', in: 'header', name: 'X-API-Key' } }, security: [{ 'API Key': [] }] },
			{ headers: { 'X-API-Key': '={{$credentials.apiKey}}' } },
			['apiKey'],
		],
		[
			'the first alternative that n8n can do',
			{ schemes: { d: { type: 'http', scheme: 'digest' }, t: { type: 'http', scheme: 'bearer' } }, security: [{ d: [] }, { t: [] }] },
			{ headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
			['accessToken'],
		],
		[
			'a header parameter that plainly is the key',
			{ parameters: [{ name: 'xi-api-key', in: 'header', required: true, schema: { type: 'string' } }] },
			{ headers: { 'xi-api-key': '={{$credentials.xiApiKey}}' } },
			['xiApiKey'],
		],
		[
			'a header parameter that is a bearer token by its words',
			{ parameters: [{ name: 'Authorization', in: 'header', required: true, schema: { type: 'string', default: 'bearer YOUR_API_KEY' } }] },
			{ headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
			['apiKey'],
		],
	])('%s', (_what, given, authenticate, names) => {
		const { credential, node } = credentialOf(given);
		expect(credential.name).toBe('acmeApi');
		expect(credential.displayName).toBe('Acme API');
		expect(credential.authenticate).toEqual({ type: 'generic', properties: authenticate });
		expect(credential.properties.map(({ name }) => name)).toEqual([...names, 'baseUrl', 'allowHttp']);
		for (const { name, typeOptions } of credential.properties)
			if (!['user', 'baseUrl', 'allowHttp'].includes(name)) expect(typeOptions).toEqual({ password: true });
		// What the credential sends, the form does not ask for.
		expect(node.properties.map(({ name }) => name)).toEqual(['n8nCredentials', 'resource', 'operation', 'options']);
	});

	it.each([
		[
			'authorizationCode',
			{
				authorizationCode: {
					authorizationUrl: 'https://acme.test/authorize',
					tokenUrl: 'https://acme.test/token',
					scopes: { read: 'Read' },
				},
			},
		],
		['clientCredentials', { clientCredentials: { tokenUrl: 'https://acme.test/token', scopes: { read: 'Read' } } }],
	])("OAuth2 %s uses n8n's own base type", (grantType, flows) => {
		const { credential } = credentialOf({ schemes: { o: { type: 'oauth2', flows } }, security: [{ o: ['read'] }] });
		expect(credential).toMatchObject({ name: 'acmeOAuth2Api', displayName: 'Acme OAuth2 API', extends: ['oAuth2Api'] });
		const values = Object.fromEntries(credential.properties.map(({ name, default: value }) => [name, value]));
		expect(values).toMatchObject({ grantType, accessTokenUrl: 'https://acme.test/token', scope: 'read' });
		expect(credential.authenticate).toBeUndefined();
	});

	it('warns of a scheme that the document does not define, and offers a bearer token', () => {
		const { credential, warnings } = credentialOf({ security: [{ nothing: [] }] });
		expect(warnings.join(' ')).toContain(
			'components.securitySchemes.nothing: the operation asks for this scheme, but the document does not define it',
		);
		expect(credential.authenticate?.properties.headers).toEqual({ Authorization: '=Bearer {{$credentials.accessToken}}' });
	});

	it('asks for an address alone where the document says nothing of keys', () => {
		const { credential } = credentialOf({});
		expect(credential.authenticate).toBeUndefined();
		expect(credential.properties.map(({ name }) => name)).toEqual(['baseUrl', 'allowHttp']);
	});
});

describe("The address comes from the document's servers", () => {
	const addressOf = (servers: object[]) =>
		credentialOf({ servers })
			.credential.properties.filter(({ name }) => /baseUrl/i.test(name))
			.map(({ name, type, default: value }) => [name, type, value]);

	it.each<[string, object[], unknown]>([
		['one server', [{ url: 'https://api.acme.test/v1/' }], [['baseUrl', 'string', 'https://api.acme.test/v1']]],
		[
			'variables',
			[{ url: 'https://{region}.acme.test', variables: { region: { default: 'eu' } } }],
			[['baseUrl', 'string', 'https://eu.acme.test']],
		],
		['a relative server', [{ url: '/api' }], [['baseUrl', 'string', '']]],
		['none', [], [['baseUrl', 'string', '']]],
		[
			'several',
			[
				{ url: 'https://us.acme.test', description: 'US' },
				{ url: 'https://eu.acme.test', description: 'EU' },
			],
			[
				['baseUrl', 'options', 'https://us.acme.test'],
				['otherBaseUrl', 'string', ''],
			],
		],
	])('%s', (_what, servers, expected) => expect(addressOf(servers)).toEqual(expected));
});

describe('A credential is tested with a GET that does no harm', () => {
	it('the nearest one that needs nothing', () => {
		const paths = {
			'/users/{id}': { get: { parameters: [{ name: 'id', in: 'path', required: true, schema: {} }], responses: {} } },
			'/credentials/types': { get: { responses: {} } },
			'/status': { get: { responses: {} } },
		};
		expect(credentialOf({ paths }).credential.test?.request.url).toBe('/credentials/types');
	});

	it('none where there is none', () => expect(credentialOf({}).credential.test).toBeUndefined());
});
