import { compileVendor } from '../../../../engine/compile';

/** A document with a create operation of each of the first resources, and only a list of each of the others. */
function optionsFor(created: string[], listed: string[]) {
	const responses = { '200': { description: 'Done.', content: { 'application/json': { schema: { type: 'object' } } } } };
	const marked = (resource: string, operation: string) => ({
		'x-n8n-operation': { resource, operation },
		summary: `Use a ${resource}`,
		responses,
	});
	const document = {
		openapi: '3.1.0',
		info: { title: 'Acme', version: '1' },
		'x-n8n-credential': 'acmeApi',
		servers: [{ url: 'https://api.acme.example' }],
		paths: Object.fromEntries([
			...created.map((resource) => [`/${resource}`, { post: marked(resource, 'create') }]),
			...listed.map((resource) => [`/${resource}`, { get: marked(resource, 'get') }]),
		]) as object,
	};
	const resource = compileVendor(JSON.stringify(document), 'acme.json').properties.find(({ name }) => name === 'resource');
	return { order: resource?.options?.map((option) => 'value' in option && option.value), chosen: resource?.default };
}

test.each([
	['credentials come first', ['account', 'apiKey', 'credential'], ['application'], ['credential', 'apiKey', 'account', 'application']],
	['what is like a credential comes before what only is created', ['account', 'serviceAccount'], [], ['serviceAccount', 'account']],
	['what is created comes before what is looked up', ['user'], ['apiKey'], ['user', 'apiKey']],
	['equals are sorted by name', ['webhook', 'token'], ['b', 'a'], ['token', 'webhook', 'a', 'b']],
])('of the resources, %s', (_, created, listed, expected) => {
	expect(optionsFor(created, listed)).toEqual({ order: expected, chosen: expected[0] });
});
