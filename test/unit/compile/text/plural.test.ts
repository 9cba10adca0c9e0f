import { plural, singular, withArticle } from '../../../../engine/compile/text/plural';
import { describe as describeDocument } from '../../../../engine/tools';

describe('Nouns', () => {
	it.each([
		['company', 'companies', 'a company'],
		['key', 'keys', 'a key'],
		['address', 'addresses', 'an address'],
		['access', 'accesses', 'an access'],
		['status', 'statuses', 'a status'],
		['user', 'users', 'a user'],
		['organization', 'organizations', 'an organization'],
		['update', 'updates', 'an update'],
		['API key', 'API keys', 'an API key'],
		['SSO connection', 'SSO connections', 'an SSO connection'],
		['apiKey', 'apiKeys', 'an apiKey'],
		['auth_config', 'auth_configs', 'an auth_config'],
	])('%s, %s, %s', (one, many, article) => {
		expect([plural(one), singular(many), withArticle(one)]).toEqual([many, one, article]);
	});

	it.each(['dns', 'data', 'metadata', 'customer_dns', 'customerData', 'AWS'])('%s is no plural', (name) => {
		expect(singular(name)).toBe(name);
	});

	it('are in the form as English has them', () => {
		const record = { type: 'object', properties: { id: { type: 'string' } } };
		const list = {
			'x-n8n-operation': { resource: 'company', operation: 'getAll' },
			responses: { 200: { description: 'All', content: { 'application/json': { schema: { type: 'array', items: record } } } } },
		};
		const { operation } = describeDocument(
			JSON.stringify({ openapi: '3.1.0', info: { title: 'Acme', version: '1' }, paths: { '/companies': { get: list } } }),
			'acme.yaml',
		);
		expect(operation).toMatchObject({ action: 'Get many companies', description: 'Retrieve a list of companies', plural: 'companies' });
	});
});
