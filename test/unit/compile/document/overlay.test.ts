import { compileVendor } from '../../../../engine/compile';
import { overlaid, overlayNameOf } from '../../../../engine/compile/document/overlay';
import { growth, LINEAR } from '../../../support/growth';

const HEAD = 'overlay: 1.0.0\ninfo: { title: Words for Acme, version: 1.0.0 }\n';
const overlay = (actions: string, head = HEAD) => ({ text: `${head}actions:\n${actions}`, name: 'acme.overlay.yaml' });

const DOCUMENT = {
	openapi: '3.1.0',
	info: { title: 'Acme', version: '1' },
	tags: [{ name: 'keys' }, { name: 'users' }, { name: 'teams' }],
	paths: {
		'/keys': {
			get: { parameters: [{ name: 'limit' }, { name: 'it\'s "quoted"' }], responses: { 200: { description: 'ok' } } },
			post: { summary: 'Create', responses: {} },
		},
	},
};

/** A document after some actions; it is itself not changed. */
function applied(actions: string, document: object = DOCUMENT) {
	const before = JSON.stringify(document);
	const { root } = overlaid(document as { [name: string]: unknown }, overlay(actions));
	expect(JSON.stringify(document)).toBe(before);
	return root as typeof DOCUMENT;
}

function message(act: () => unknown): string {
	try {
		act();
	} catch (error) {
		return (error as Error).message;
	}
	return 'no error';
}

describe('An action of an overlay', () => {
	it('merges objects at any depth, replaces scalars and keeps the rest', () => {
		const { paths } = applied(
			"- target: $.paths['/keys']\n  update: { post: { summary: New, responses: { 201: { description: made } } } }",
		);
		expect(paths['/keys']).toEqual({
			get: DOCUMENT.paths['/keys'].get,
			post: { summary: 'New', responses: { 201: { description: 'made' } } },
		});
	});

	it('appends the elements of a list within an object, and an update of a list as one element', () => {
		expect(applied('- target: $\n  update: { tags: [{ name: more }, { name: last }] }').tags.map(({ name }) => name)).toEqual([
			...['keys', 'users', 'teams'],
			...['more', 'last'],
		]);
		expect(applied('- target: $.tags\n  update: { name: more }').tags[3]).toEqual({ name: 'more' });
		expect(applied('- target: $.tags\n  update: [1, 2]').tags[3]).toEqual([1, 2]);
	});

	it('applies to everything that the target finds', () => {
		const { paths } = applied(
			"- target: $.paths.*.*\n  update: { x-safe: true }\n- target: $..parameters[?@.name == 'limit']\n  update: { in: query }",
		);
		expect(paths['/keys']).toMatchObject({ get: { 'x-safe': true }, post: { 'x-safe': true } });
		expect(paths['/keys'].get.parameters).toEqual([{ name: 'limit', in: 'query' }, { name: 'it\'s "quoted"' }]);
	});

	it.each([
		['$.tags[0,2]', ['users']],
		['$.tags[2,0]', ['users']],
		['$.tags[?@.name != "users"]', ['users']],
		['$.tags[0,0]', ['users', 'teams']],
	])('removes what %s finds, the right elements also where there are several', (target, names) => {
		expect(applied(`- target: ${target}\n  remove: true`).tags.map(({ name }) => name)).toEqual(names);
	});

	it('removes what is in an object, also where the target finds what holds it as well', () => {
		expect(applied("- target: $.paths['/keys'].post\n  remove: true").paths['/keys']).not.toHaveProperty('post');
		expect(applied("- target: $['paths','tags']\n  remove: true")).not.toHaveProperty('paths');
		expect(applied('- target: $.paths..*[?@.name]\n  remove: true').paths['/keys'].get.parameters).toEqual([]);
	});

	it('does not update where it removes, nor remove where it says false', () => {
		expect(applied('- target: $.tags[0]\n  remove: true\n  update: { name: other }').tags.map(({ name }) => name)).toEqual([
			'users',
			'teams',
		]);
		expect(applied('- target: $.tags[0]\n  remove: false\n  update: { name: other }').tags[0]).toEqual({ name: 'other' });
	});

	it('works on the result of the one before, so an object can be replaced', () => {
		const { info } = applied(
			'- target: $.info\n  remove: true\n- target: $\n  update: { info: { title: B } }\n- target: $.info\n  update: { a: 1 }',
		);
		expect(info).toEqual({ title: 'B', a: 1 });
	});

	it('changes one place of an object that is in two, as with a YAML alias', () => {
		const shared = { type: 'string' };
		const root = applied('- target: $.a\n  update: { x: 1 }', { a: shared, b: shared, c: [shared] });
		expect(root).toEqual({ a: { type: 'string', x: 1 }, b: { type: 'string' }, c: [{ type: 'string' }] });
	});

	it('changes one place of such an object again and again, and leaves the others', () => {
		const shared = { list: [{ a: 1 }], inner: { b: 1 } };
		const actions =
			'- target: $.one.inner\n  update: { c: 1 }\n- target: $.one.list\n  update: { a: 2 }\n- target: $.two.list[0]\n  update: { a: 3 }';
		expect(applied(`${actions}\n- target: $.one.inner\n  update: { d: 1 }`, { one: shared, two: shared, three: shared })).toEqual({
			one: { list: [{ a: 1 }, { a: 2 }], inner: { b: 1, c: 1, d: 1 } },
			two: { list: [{ a: 3 }], inner: { b: 1 } },
			three: { list: [{ a: 1 }], inner: { b: 1 } },
		});
	});

	it('adds the same to several places, which later actions change one by one', () => {
		expect(applied('- target: $.*\n  update: { x: { y: [1] } }\n- target: $.a.x\n  update: { y: [2] }', { a: {}, b: {} })).toEqual({
			a: { x: { y: [1, 2] } },
			b: { x: { y: [1] } },
		});
	});

	it('costs what its length costs', () => {
		const run = (size: number) => {
			const paths = Object.fromEntries(Array.from({ length: size }, (_, index) => [`/a${index}`, { get: {} }]));
			const text = Object.keys(paths).map((one) => ({ target: `$.paths['${one}'].get`, update: { x: 1 } }));
			const file = {
				text: JSON.stringify({ overlay: '1.0.0', info: { title: 'a', version: '1' }, actions: text }),
				name: 'acme.overlay.yaml',
			};
			return () => overlaid({ paths }, file);
		};
		expect(growth(2000, run)).toBeLessThan(LINEAR);
	});

	it('adds a name that objects inherit as any other', () => {
		const { info } = applied('- target: $.info\n  update: { __proto__: { a: 1 }, constructor: { b: 1 } }') as { info: object };
		expect(JSON.parse(JSON.stringify(info))).toEqual(
			JSON.parse('{"title":"Acme","version":"1","__proto__":{"a":1},"constructor":{"b":1}}'),
		);
	});
});

const WRONG: Array<[what: string, text: string, message: string]> = [
	['an empty file', '', 'acme.overlay.yaml: the overlay is empty or not an object. It should start with "overlay: 1.0.0"'],
	['no YAML', `${HEAD}actions: [`, 'acme.overlay.yaml:3:11: this is neither JSON nor YAML. '],
	['an OpenAPI document', 'openapi: 3.1.0', 'acme.overlay.yaml:1:1: document: "overlay" should be 1.0.0, but is missing'],
	[
		'another version',
		overlay('- target: $\n  update: {}', HEAD.replace('1.0.0', '1.1.0')).text,
		'acme.overlay.yaml:1:1: overlay: "overlay" should be 1.0.0, but is "1.1.0"',
	],
	['no actions', HEAD, 'acme.overlay.yaml:1:1: document: "actions" is missing here'],
	['an empty list of actions', `${HEAD}actions: []`, 'acme.overlay.yaml:3:1: actions: what stands here must NOT have fewer than 1 items'],
	[
		'an unknown key',
		overlay('- target: $\n  udpate: {}').text,
		'acme.overlay.yaml:5:3: actions.0.udpate: "udpate" is not known here; there is: update, ',
	],
	[
		'an extension that stands beside "update"',
		overlay('- target: $.info\n  x-n8n-label: A').text,
		'acme.overlay.yaml:5:3: actions.0.x-n8n-label: "x-n8n-label" is not known here; ',
	],
	[
		'an action that does nothing',
		overlay('- target: $').text,
		'acme.overlay.yaml:4:3: actions.0: this action does nothing: "update" or "remove" is missing here',
	],
	['no target', overlay('- update: {}').text, 'acme.overlay.yaml:4:3: actions.0: "target" is missing here'],
	[
		'no JSONPath',
		overlay('- target: paths./keys\n  update: {}').text,
		'acme.overlay.yaml:4:3: actions.0.target: this is no JSONPath (RFC 9535): ',
	],
	[
		'a target with a wrong method',
		overlay("- target: $.paths['/keys'].put\n  update: {}").text,
		`acme.overlay.yaml:4:3: actions.0.target: the target finds nothing: there is no "put" at $.paths['/keys']; there is: $.paths['/keys'].get, $.paths['/keys'].post`,
	],
	[
		'a target with a wrong path',
		overlay("- target: $.paths['/key'].get.responses\n  update: {}").text,
		`there is no "/key" at $.paths; there is: $.paths['/keys']`,
	],
	['a name that needs quotation marks', overlay('- target: $.paths.*.get.responses.201\n  update: {}').text, 'this is no JSONPath'],
	[
		'a status that no operation has',
		overlay("- target: $.paths.*.*.responses['201']\n  update: {}").text,
		`there is no "201" at $.paths[*][*].responses; there is: 200`,
	],
	[
		'a filter that fits nothing',
		overlay("- target: $.paths['/keys'].get.parameters[?@.name == 'limits']\n  update: {}").text,
		`at $.paths['/keys'].get.parameters is nothing that fits [?`,
	],
	[
		'the nearest to a filter',
		overlay("- target: $.paths['/keys'].get.parameters[?@.name == 'limits']\n  update: {}").text,
		'; there is: limit, ',
	],
	[
		'a target that is a scalar',
		overlay('- target: $.info.title\n  update: A').text,
		'actions.0.target: what is at $.info.title is neither an object nor a list. Target the object that holds it: $.info',
	],
	[
		'a scalar for an object',
		overlay('- target: $.info\n  update: A').text,
		'acme.overlay.yaml:5:3: actions.0.update: $.info is an object, so there should be an object here, whose properties go into it',
	],
	[
		'a list within an object for an object',
		overlay('- target: $\n  update:\n    info: [1]').text,
		'6:5: actions.0.update.info: $.info is an object, so there should be an object here. To replace it, remove it in an action before',
	],
	[
		'the end of everything',
		overlay('- target: $\n  remove: true').text,
		'acme.overlay.yaml:4:3: actions.0.target: the whole document cannot be removed',
	],
];

describe('An overlay that is wrong is refused with its file, the place in it and what would be right', () => {
	it.each(WRONG)('%s', (_what, text, expected) => {
		expect(message(() => overlaid(DOCUMENT, { text, name: 'acme.overlay.yaml' }))).toContain(expected);
	});
});

const VENDOR = `openapi: 3.1.0
info: { title: Acme, version: '1' }
paths:
  /keys:
    post:
      parameters: [{ name: a, in: query, schema: { type: string } }]
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } }
`;
const ACTIONS = `- target: $
  update: { x-n8n-credential: acmeApi }
- target: $.paths['/keys'].post
  update:
    x-n8n-operation: { resource: key, operation: create }
- target: $.paths['/keys'].post.responses['200']
  update:
    x-n8n-result: { id: /id }
- target: $.paths['/keys'].post.parameters
  update: { name: b, in: query, schema: { type: string } }
`;
const compile = (actions: string, document = VENDOR) => compileVendor(document, 'acme.openapi.yaml', overlay(actions));

describe('A document with an overlay', () => {
	it('is read as if all stood in one file', () => {
		const { vendor } = compile(ACTIONS);
		expect(vendor.credential).toBe('acmeApi');
		expect(vendor.operations[0]).toMatchObject({ resource: 'key', operation: 'create', result: { id: '/id' } });
		expect(vendor.operations[0].inputs.map(({ field }) => field.name)).toEqual(['a', 'b']);
	});

	it.each<[string, string, string, string]>([
		[
			'a place that is not there',
			'{ id: /id }',
			'{ id: /ids }',
			'acme.overlay.yaml:11:21: paths./keys.post.responses.200.x-n8n-result.id: there is no "/ids"',
		],
		['an unknown extension', 'x-n8n-operation:', 'x-n8n-operatoin:', 'acme.overlay.yaml:8:5: paths./keys.post.x-n8n-operatoin: '],
		[
			'an appended element',
			'name: b, in: query',
			'name: b, in: query, x-n8n-lable: B',
			'acme.overlay.yaml:13:33: paths./keys.post.parameters.1.x-n8n-lable: ',
		],
		[
			'a wrong place for an extension',
			'update: { x-n8n-credential: acmeApi }',
			'update: { x-n8n-sort: true, x-n8n-credential: a }',
			'acme.overlay.yaml:5:13: x-n8n-sort: ',
		],
	])('names the line of the overlay for what came from there: %s', (_what, from, to, expected) => {
		expect(ACTIONS).toContain(from);
		expect(message(() => compile(ACTIONS.replace(from, to)))).toContain(expected);
	});

	it('names the line of the document for what is its own', () => {
		const document = VENDOR.replace('description: ok', 'description: ok\n          x-n8n-lable: a');
		expect(message(() => compile(ACTIONS, document))).toMatch(/^acme\.openapi\.yaml:10:11: paths\./);
	});

	it('names the right line also where an element before was removed', () => {
		const actions = `${ACTIONS}- target: $.paths['/keys'].post.parameters[0]\n  remove: true\n`.replace(
			'name: b,',
			'name: b, x-n8n-lable: B,',
		);
		expect(message(() => compile(actions))).toContain('acme.overlay.yaml:13:22: paths./keys.post.parameters.0.x-n8n-lable: ');
	});

	it('names the right line of each of several elements of which one is removed', () => {
		const one = (name: string) =>
			`- target: $.paths['/keys'].post.parameters\n  update: { name: ${name}, in: query, schema: { type: string } }\n`;
		const actions = `${ACTIONS.split('- target').slice(0, 4).join('- target')}${one('b')}${one('c')}${one('d')}${one('e')}`;
		const removed = `- target: $.paths['/keys'].post.parameters[0,2]\n  remove: true\n`;
		for (const [name, line] of Object.entries({ b: 13, d: 17, e: 19 })) {
			const wrong = actions.replace(`name: ${name},`, `name: ${name}, x-n8n-lable: a,`);
			expect(message(() => compile(wrong + removed))).toContain(`acme.overlay.yaml:${line}:22: `);
		}
	});

	it('names the line of the overlay also over Swagger 2.0, whose parts have other names', () => {
		const document = JSON.stringify({
			swagger: '2.0',
			info: { title: 'Acme', version: '1' },
			paths: { '/keys': { post: { parameters: [{ name: 'body', in: 'body', schema: { $ref: '#/definitions/Key' } }], responses: {} } } },
			definitions: { Key: { type: 'object', properties: { name: { type: 'string' } } } },
		});
		const actions = `${ACTIONS.split('- target').slice(0, 3).join('- target')}- target: $.definitions.Key.properties.name
  update: { x-n8n-enum-labels: { a: A } }
`;
		expect(message(() => compile(actions, document))).toMatch(/^acme\.overlay\.yaml:10:34: .*there is no enum here/);
	});
});

it.each([
	['acme.openapi.yaml', 'acme.overlay.yaml'],
	['folder/acme.openapi.json', 'folder/acme.overlay.yaml'],
	['acme.yaml', 'acme.overlay.yaml'],
	['acme.v2.yml', 'acme.v2.overlay.yaml'],
	['acme', 'acme.overlay.yaml'],
])('beside %s lies %s', (document, name) => {
	expect(overlayNameOf(document)).toBe(name);
});
