import * as fs from 'node:fs';
import * as path from 'node:path';
import { DocumentError } from '../../../engine/compile';
import { describe as describeDocument, InexpressibleError, parametersFor, requestFor, type Described } from '../../../engine/tools';
import { corpusFolder } from '../corpus/documents';
import { copy, isObject } from '../corpus/json';
import { Random } from '../corpus/random';
import { Source } from '../corpus/source';
import { share, shareOf } from '../../support/share';
import { countTries } from '../../support/tries';

/** A document that is broken by accident or on purpose gives a form, or one message that names the place. */

interface Text {
	name: string;
	text: string;
}
type Node = { [name: string]: unknown };

const FIXTURES = path.resolve(__dirname, '../../support/fixtures');
/** The available real documents that are small enough to be read hundreds of times, and always two of our own. */
const originals: Text[] = [corpusFolder(), FIXTURES]
	.filter((folder) => fs.existsSync(folder))
	.flatMap((folder) => fs.readdirSync(folder).map((file) => path.join(folder, file)))
	.filter((file) => /\.(json|ya?ml)$/.test(file) && fs.statSync(file).size < 40_000)
	.map((file) => ({ name: path.basename(file), text: fs.readFileSync(file, 'utf8') }));

const NATIVE =
	/\b(TypeError|RangeError|ReferenceError|SyntaxError)\b|Cannot (read|convert|destructure|set|use|create)|is not (a function|iterable|defined)|undefined|\[object |Maximum call stack|Invalid regular|\n\s+at /;

const GIVEN_UP = /too deeply to be checked|cannot be checked/;

/** What is wrong with how a document fails; undefined if it does not fail, or fails as it should. */
function misbehaviour(text: string, name: string, operation?: string): string | undefined {
	try {
		const described = describeDocument(text, name, operation);
		return described.node.properties.length > 0 ? unusable(described, text.length > 20_000) : 'no form';
	} catch (error) {
		const { message, stack } = error as Error;
		if (!(error instanceof DocumentError)) return `no DocumentError: ${String(stack).split('\n').slice(0, 5).join(' | ')}`;
		if (!/^\S.*?: \S/s.test(message)) return `no place: ${message}`;
		return NATIVE.test(message) || message.length > 2500 ? `no plain words: ${message.slice(0, 300)}` : undefined;
	}
}

/** What makes a form unusable: it may contain a keyword that only the validator looks at and cannot handle. */
function unusable(described: Described, deep: boolean): string | undefined {
	if (described.node.properties.length > 500) return undefined;
	for (const body of [undefined, 'a', { a: 'a', b: [5] }]) {
		try {
			const answer = requestFor(described, body === undefined ? {} : copy(parametersFor(described, { body })), {
				baseUrl: 'https://a.test',
			});
			// These values are not nested, so the validator only gives up on a schema that it cannot handle.
			if (!answer.valid && !deep && answer.problems.some(({ message }) => GIVEN_UP.test(message)))
				return `no check: ${JSON.stringify(answer.problems)}`;
		} catch (error) {
			const { stack, message } = error as Error;
			if (!(error instanceof InexpressibleError) || (!deep && GIVEN_UP.test(message)) || NATIVE.test(message.replace(/^[^:]*: /, '')))
				return `no use: ${String(stack).split('\n').slice(0, 5).join(' | ')}`;
		}
	}
	return undefined;
}

const tried = countTries('broken documents');

/** Tries documents and returns their number. A document that misbehaves fails the test with its name and what was changed. */
function tryAll(all: Iterable<{ name: string; text: string; what: string; operation?: string }>): number {
	const wrong = new Map<string, string>();
	let tries = 0;
	for (const { name, text, what, operation } of all) {
		tries++;
		const found = misbehaviour(text, name, operation);
		if (found !== undefined && wrong.size < 25) wrong.set(found.replace(/"[^"]*"/g, '…'), `${name}, ${what}: ${found}`);
	}
	tried(tries);
	expect([...wrong.values()]).toEqual([]);
	return tries;
}

/** An operation of a document that has several; otherwise undefined. */
function operationOf(text: string): string | undefined {
	const all = new Source(text).operations();
	return all.length > 1 ? all[0].id : undefined;
}

const parsed = originals.map(({ name, text }) => ({ name, text, root: new Source(text).root, operation: operationOf(text) }));

/** Every place within a value, as parent (object or list) and key. */
function placesOf(value: unknown, found: Array<{ parent: Node; key: string }> = []): Array<{ parent: Node; key: string }> {
	if (typeof value !== 'object' || value === null) return found;
	for (const [key, inner] of Object.entries(value)) {
		found.push({ parent: value as Node, key });
		placesOf(inner, found);
	}
	return found;
}

/** Yields the document with each replacement at one place, and then restores the original value. */
function* replaced(document: (typeof parsed)[number], { parent, key }: { parent: Node; key: string }, others: unknown[]) {
	const before = parent[key];
	for (const other of others) {
		parent[key] = other;
		yield {
			name: document.name,
			operation: document.operation,
			what: `${key} is ${JSON.stringify(other)?.slice(0, 100)} instead of ${JSON.stringify(before)?.slice(0, 100)}`,
			text: JSON.stringify(document.root),
		};
	}
	parent[key] = before;
}

const WRONG: unknown[] = [null, 5, -1.5, 'a', '', true, [], ['a'], [null], [5], {}, { a: null }, { a: 5 }, { a: 'b' }];
const body = (schema: unknown, components: unknown = {}) =>
	JSON.stringify({
		openapi: '3.1.0',
		info: { title: 'Acme', version: '1' },
		paths: { '/things': { post: { requestBody: { content: { 'application/json': { schema } } }, responses: {} } } },
		components,
	});
const nested = (depth: number, wrap: (inner: unknown) => unknown) => {
	let schema: unknown = { type: 'string' };
	for (let level = 0; level < depth; level++) schema = wrap(schema);
	return schema;
};

/** How many documents are drawn, and the size of some; `npm test` only tries a few. */
const BYTES = share(600, 100);
const TYPES = share(500, 80);
const REFS = share(300, 60);
const MANY = share(10_000, 2_000);

describe('Broken documents get a form, or one plain message with the place', () => {
	jest.setTimeout(60_000);

	it(`${BYTES} tries: bytes dropped, swapped and cut off`, () => {
		const random = new Random('bytes');
		const all = function* () {
			for (let index = 0; index < BYTES; index++) {
				const { name, text, operation } = random.pick(parsed);
				const at = random.int(0, text.length - 1);
				const to = at + random.pick([1, 1, 2, 10, 1000]);
				const [what, broken] = random.pick([
					[`without characters ${at} to ${to}`, text.slice(0, at) + text.slice(to)],
					[`cut off at ${at}`, text.slice(0, at)],
					[
						`with a brace at ${at}`,
						text.slice(0, at) +
							random.pick(['{', '}', '[', ']', ':', ',', '"', '\n', '\t', '\0', '&a ', '*a ', '!!js ', '- ']) +
							text.slice(at),
					],
					[`with the characters at ${at} twice`, text.slice(0, to) + text.slice(at)],
				]);
				yield { name, what, text: broken, operation };
			}
		};
		expect(tryAll(all())).toBe(BYTES);
	});

	it(`${3 * TYPES} tries: a value of another type in place of any value`, () => {
		const random = new Random('types');
		const all = function* () {
			for (let index = 0; index < TYPES; index++) {
				const document = random.pick(parsed);
				yield* replaced(document, random.pick(placesOf(document.root)), random.shuffled(WRONG).slice(0, 3));
			}
		};
		expect(tryAll(all())).toBe(3 * TYPES);
	});

	it('every keyword that a schema, a parameter or an operation can have, with values of every type', () => {
		const keywords = [
			...[
				'type',
				'properties',
				'required',
				'additionalProperties',
				'patternProperties',
				'propertyNames',
				'minProperties',
				'maxProperties',
				'dependentRequired',
				'dependentSchemas',
				'items',
				'prefixItems',
			],
			...[
				'contains',
				'minItems',
				'maxItems',
				'uniqueItems',
				'minContains',
				'pattern',
				'format',
				'minLength',
				'maxLength',
				'minimum',
				'maximum',
				'exclusiveMinimum',
				'exclusiveMaximum',
				'multipleOf',
				'enum',
				'const',
			],
			...[
				'oneOf',
				'anyOf',
				'allOf',
				'not',
				'if',
				'then',
				'else',
				'discriminator',
				'nullable',
				'title',
				'description',
				'default',
				'example',
				'examples',
				'readOnly',
				'writeOnly',
				'unevaluatedProperties',
				'$ref',
			],
			...[
				'contentMediaType',
				'x-n8n-secret',
				'x-n8n-label',
				'x-n8n-order',
				'x-n8n-input',
				'x-n8n-enum-labels',
				'x-n8n-suggestions',
				'x-n8n-lookup',
				'x-n8n-fields-from',
			],
		];
		const bases: Node[] = [
			{},
			{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
			{ type: 'array', items: { type: 'string' } },
			{ type: 'string' },
			{ type: 'integer' },
			{ oneOf: [{ type: 'object', properties: { k: { const: 'a' } } }, { $ref: '#/components/schemas/Base' }] },
		];
		const Base = { type: 'object', properties: { k: { const: 'b' }, c: { type: 'integer' } }, required: ['k'] };
		const all = function* () {
			for (const keyword of keywords) {
				for (const base of bases) {
					for (const value of WRONG) {
						const schema = { ...base, [keyword]: value };
						const what = JSON.stringify(schema);
						yield { name: 'acme.json', what, text: body(schema, { schemas: { Base } }) };
						if (base === bases[0])
							yield {
								name: 'acme.json',
								what: `in allOf: ${what}`,
								text: body({ type: 'object', properties: { a: { allOf: [schema, base] } }, required: ['a'] }, { schemas: { Base } }),
							};
					}
				}
			}
		};
		// 11 is coprime to the number of values, so that each keyword gets values of every kind.
		expect(tryAll(shareOf(all(), 11))).toBeGreaterThan(share(5000, 450));
	});

	it('every keyword around the schemas, with values of every type', () => {
		const document = (): Node => ({
			...{
				openapi: '3.0.3',
				info: { title: 'Acme', version: '1' },
				servers: [{ url: 'https://{host}.example.com', variables: { host: { default: 'a' } } }],
				security: [{ key: [], oauth: ['a'] }],
			},
			paths: {
				'/things/{id}': {
					parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
					post: {
						...{
							operationId: 'create',
							summary: 'Create',
							description: 'Creates',
							tags: ['a'],
							servers: [],
							'x-n8n-operation': { resource: 'thing', operation: 'create', name: 'Create' },
							'x-n8n-pagination': { style: 'offset', request: { offset: 'o', limit: 'l' }, size: 1 },
						},
						parameters: [
							{ name: 'q', in: 'query', style: 'form', explode: true, description: 'q', example: 'a', schema: { type: 'string' } },
							{ name: 'x', in: 'header', content: { 'application/json': { schema: {} } } },
						],
						requestBody: {
							required: true,
							description: 'b',
							content: {
								'multipart/form-data': {
									schema: { type: 'object', properties: { a: { type: 'string' } } },
									encoding: { a: { contentType: 'text/plain', style: 'form', explode: true } },
								},
							},
						},
						responses: { '200': { description: 'ok', 'x-n8n-result': { record: '/a' }, 'x-n8n-hint': 'a' } },
					},
				},
			},
			components: {
				securitySchemes: {
					key: { type: 'apiKey', in: 'header', name: 'X-Key' },
					oauth: {
						type: 'oauth2',
						flows: { authorizationCode: { authorizationUrl: 'https://a', tokenUrl: 'https://a', scopes: { a: 'b' } } },
					},
				},
			},
		});
		const swagger = (): Node => ({
			...{
				swagger: '2.0',
				info: { title: 'Acme' },
				host: 'a.example.com',
				basePath: '/a',
				schemes: ['https'],
				consumes: ['application/json'],
				securityDefinitions: { a: { type: 'basic' } },
				definitions: { A: { type: 'object' } },
			},
			parameters: { P: { name: 'p', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'csv' } },
			paths: {
				'/a': {
					parameters: [{ $ref: '#/parameters/P' }],
					post: {
						consumes: ['multipart/form-data'],
						parameters: [{ name: 'f', in: 'formData', type: 'string', enum: ['a'] }],
						responses: { '200': { description: 'ok', schema: { $ref: '#/definitions/A' } } },
					},
				},
			},
		});
		const all = function* () {
			for (const make of [document, swagger]) {
				const root = make();
				for (const place of placesOf(root)) yield* replaced({ name: 'acme.json', root, text: '', operation: undefined }, place, WRONG);
			}
		};
		expect(tryAll(shareOf(all(), 5))).toBeGreaterThan(share(1000, 200));
	});

	it(`${REFS} tries: $refs to nowhere, to themselves, to each other`, () => {
		const random = new Random('refs');
		const all = function* () {
			for (let index = 0; index < REFS; index++) {
				const document = random.pick(parsed);
				const places = placesOf(document.root).filter(({ parent, key }) => isObject(parent[key]));
				const refs = [
					'#/components/schemas/Nothing',
					'#',
					'#/',
					'#/paths',
					'#/info/title',
					'#/openapi',
					'#/components/schemas/%',
					'#/%E0%A4%A',
					'#/__proto__',
					'#/constructor/prototype',
					'',
					' ',
					'#a',
					'##',
				];
				yield* replaced(document, random.pick(places), [{ $ref: random.pick(refs) }]);
			}
		};
		expect(tryAll(all())).toBe(REFS);
	});

	it('11 tries: recursion of every kind', () => {
		const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
		const schemas: Array<[string, Node]> = [
			['itself', { A: ref('A') }],
			['each other', { A: ref('B'), B: ref('C'), C: ref('A') }],
			['itself in allOf', { A: { allOf: [ref('A'), { type: 'object' }] } }],
			['itself in oneOf', { A: { oneOf: [ref('A'), { type: 'string' }] } }],
			['each other in anyOf', { A: { anyOf: [ref('B')] }, B: { anyOf: [ref('A')] } }],
			['itself in items', { A: { type: 'array', items: ref('A') } }],
			['itself in additionalProperties', { A: { type: 'object', additionalProperties: ref('A') } }],
			['itself in a required property', { A: { type: 'object', required: ['a'], properties: { a: ref('A') } } }],
			['itself in not and if', { A: { type: 'object', not: ref('A'), if: ref('A'), then: ref('A') } }],
			[
				'each other through everything',
				{
					A: { allOf: [{ properties: { b: ref('B') } }], additionalProperties: ref('B') },
					B: { oneOf: [ref('A'), { type: 'array', items: ref('B') }] },
				},
			],
			['itself through its own place', { A: { properties: { a: { $ref: '#/components/schemas/A/properties/a' } } } }],
		];
		expect(tryAll(schemas.map(([what, all]) => ({ name: 'acme.json', what, text: body(ref('A'), { schemas: all }) })))).toBe(11);
	});

	it('12 tries: what is too much', () => {
		const many = Object.fromEntries(Array.from({ length: MANY }, (_one, index) => [`property_${index}`, { type: 'string' }]));
		const doubling: Node = { S0: { type: 'string' } };
		for (let level = 1; level <= 40; level++)
			doubling[`S${level}`] = {
				type: 'object',
				properties: { a: { $ref: `#/components/schemas/S${level - 1}` }, b: { $ref: `#/components/schemas/S${level - 1}` } },
			};
		const parts: Node = { S0: { type: 'object', properties: { a: { type: 'string' } } } };
		for (let level = 1; level <= 40; level++)
			parts[`S${level}`] = { allOf: [{ $ref: `#/components/schemas/S${level - 1}` }, { $ref: `#/components/schemas/S${level - 1}` }] };
		const long = 'a'.repeat(200 * MANY);
		const texts: Array<[string, string]> = [
			[`${MANY} properties`, body({ type: 'object', properties: many })],
			[`${MANY} required properties`, body({ type: 'object', properties: many, required: Object.keys(many) })],
			['1,000 objects in each other', body(nested(1000, (inner) => ({ type: 'object', properties: { a: inner } })))],
			[
				'1,000 required objects in each other',
				body(nested(1000, (inner) => ({ type: 'object', properties: { a: inner }, required: ['a'] }))),
			],
			['1,000 lists in each other', body(nested(1000, (inner) => ({ type: 'array', items: inner })))],
			['1,000 allOf in each other', body(nested(1000, (inner) => ({ allOf: [inner] })))],
			['1,000 oneOf in each other', body(nested(1000, (inner) => ({ oneOf: [inner, { type: 'integer' }] })))],
			['100,000 brackets', '['.repeat(100_000)],
			[`${200 * MANY} characters of description`, body({ type: 'string', description: long, title: long })],
			[`a name of ${200 * MANY} characters`, body({ type: 'object', properties: { [long]: { type: 'string' } } })],
			['$refs that double 40 times', body({ $ref: '#/components/schemas/S40' }, { schemas: doubling })],
			['allOf that doubles 40 times', body({ $ref: '#/components/schemas/S40' }, { schemas: parts })],
		];
		expect(tryAll(texts.map(([what, text]) => ({ name: 'acme.json', what, text })))).toBe(12);
	});

	it.each([
		'other.yaml',
		'./schemas/thing.json#/Thing',
		'https://example.com/openapi.json#/components/schemas/Thing',
		'file:///etc/passwd',
		'/etc/passwd',
	])('$ref to %s: nothing is fetched, and the message says how to bundle', (target) => {
		const fetched = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('fetched'));
		const read = jest.spyOn(jest.requireActual<typeof fs>('fs'), 'readFileSync');
		expect(() => describeDocument(body({ type: 'object', properties: { a: { $ref: target } } }), 'acme.json')).toThrow(
			`paths./things.post.requestBody.content.application/json.schema.properties.a: $ref "${target}" leads to another file ` +
				'or address, and nothing is fetched. Put everything into one document first, for example with "npx @redocly/cli ' +
				'bundle"',
		);
		expect(fetched).not.toHaveBeenCalled();
		expect(read).not.toHaveBeenCalled();
		fetched.mockRestore();
		read.mockRestore();
	});
});
