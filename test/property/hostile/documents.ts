import fc from 'fast-check';

/** A seeded grammar of vendors' documents written to inject something into what is generated from them. */

/** Texts with code that, if it ever ran, would create the canary file. */
export function payloads(canary: string): string[] {
	const code = `require('node:fs').writeFileSync(${JSON.stringify(canary)},'x')`;
	return [
		...[
			code,
			`');${code};('`,
			`");${code};("`,
			`\`);${code};(\``,
			`\${${code}}`,
			`*/${code};/*`,
			`\n${code}\n//`,
			`\\');${code};//`,
			`\\\`;${code};//`,
			`\u2028${code}\u2028`,
			`'+${code}+'`,
			`x: ${code}`,
		],
		...[`={{ ${code} }}`, '={{ JSON.stringify($json) }}', '={{ $credentials.apiKey }}', '=', '={{', '}}', '{{ $json }}'],
		...[
			'</script><script>alert(1)</script>',
			'<img src=x onerror=alert(1)>',
			'<!--',
			']]>',
			'&lt;',
			'"/><path d="',
			'](javascript:alert(1))',
			'| a | b |',
			'\n# Heading\n',
			'```',
			'![x](https://x.test/y.png)',
			'<a href="javascript:alert(1)">x</a>',
		],
		...[
			'__proto__',
			'constructor',
			'toString',
			'hasOwnProperty',
			'prototype',
			'../../../etc/passwd',
			'..\\..',
			'/etc/passwd',
			'a/b',
			'~0~1',
			'%2e%2e%2f',
			'#',
			'?',
			'$ref',
		],
		...[
			'- a',
			'a: b',
			'&a',
			'*a',
			'!!js/function',
			'---',
			'...',
			'%YAML 1.1',
			'"',
			"'",
			'\\',
			'\t',
			'\r\n',
			'\0',
			'\u0085',
			'\ufeff',
			'\ud83d\ude00',
			'\ud800',
			'\u202e',
			'null',
			'true',
			'~',
			'0x10',
			'1e3',
			'',
			' ',
		],
		...[
			'INodeType',
			'Ran',
			'MockServer',
			'KEY',
			'run',
			'mockServer',
			'path',
			'default',
			'class',
			'x'.repeat(3000),
			'{'.repeat(500),
			'^(a+)+$',
			'^(\\w+\\s?)*$',
			'(',
			'[a-',
		],
	];
}

type Node = { [name: string]: unknown };

/** A header name, mostly reduced to allowed characters, because a document with any other is refused as a whole. */
function carried(name: string): string {
	return name.length % 8 === 0 ? name : name.replace(/[^\w!#$%&'*+.^`|~-]/g, '') || 'X-Name';
}

/**
 * Hostile documents, each with an operation that is to become a node.
 * @param canary the file that their code would create
 */
export function hostileDocuments(canary: string): fc.Arbitrary<Node> {
	const text = fc.oneof(
		fc.constantFrom(...payloads(canary)),
		fc.tuple(fc.constantFrom(...payloads(canary)), fc.constantFrom(...payloads(canary))).map((parts) => parts.join('')),
		fc.string({ unit: 'binary', maxLength: 20 }),
	);
	const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 2 });
	const record = (model: { [name: string]: fc.Arbitrary<unknown> }) =>
		fc.record(model).map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
	const words = {
		title: maybe(text),
		description: maybe(text),
		'x-n8n-label': maybe(text.filter((one) => one.trim() !== '')),
		example: maybe(text),
	};
	const named = (value: fc.Arbitrary<unknown>) =>
		fc.array(fc.tuple(text, value), { maxLength: 4 }).map((entries) => {
			const object: Node = {};
			for (const [name, one] of entries)
				Object.defineProperty(object, name, { value: one, enumerable: true, configurable: true, writable: true });
			return object;
		});
	const { schema } = fc.letrec<{ schema: unknown; object: unknown }>((tie) => ({
		schema: fc.oneof(
			{ maxDepth: 3, withCrossShrink: false },
			record({
				...words,
				type: fc.constant('string'),
				default: maybe(text),
				pattern: maybe(text),
				format: maybe(fc.constantFrom('date', 'date-time', 'uri', 'email', 'binary', 'password')),
			}),
			record({
				...words,
				enum: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
				default: maybe(text),
				'x-n8n-enum-labels': maybe(named(text)),
			}),
			record({ ...words, const: text }),
			record({ ...words, type: fc.constantFrom('integer', 'number', 'boolean'), default: maybe(fc.oneof(text, fc.integer())) }),
			record({ ...words, type: fc.constant('array'), items: tie('schema') }),
			record({
				...words,
				type: fc.constant('object'),
				additionalProperties: tie('schema'),
				'x-n8n-suggestions': maybe(named(text).filter((one) => Object.keys(one).length > 0)),
			}),
			record({ ...words, oneOf: fc.array(tie('object'), { minLength: 1, maxLength: 3 }) }),
			tie('object'),
		),
		object: fc
			.tuple(named(tie('schema')), record(words), fc.boolean())
			.map(([properties, said, all]) => ({ ...said, type: 'object', properties, ...(all ? { required: Object.keys(properties) } : {}) })),
	}));
	const parameter = fc
		.tuple(
			fc.constantFrom('query', 'header'),
			record({
				name: text,
				description: maybe(text),
				example: maybe(text),
				required: fc.boolean(),
				'x-n8n-credential': maybe(fc.constant(true)),
				schema: record({
					type: fc.constant('string'),
					default: maybe(text),
					enum: maybe(fc.uniqueArray(text, { minLength: 1, maxLength: 3 })),
				}),
			}),
		)
		.map(([where, one]) => ({ ...one, in: where, name: where === 'header' ? carried(one.name as string) : one.name }));
	const scheme = fc.oneof(
		record({ type: fc.constant('apiKey'), in: fc.constantFrom('header', 'query', 'cookie'), name: text, description: maybe(text) }),
		record({ type: fc.constant('http'), scheme: fc.constantFrom('bearer', 'basic', 'digest'), description: maybe(text) }),
		record({
			type: fc.constant('oauth2'),
			flows: record({ authorizationCode: record({ authorizationUrl: text, tokenUrl: text, scopes: named(text) }) }),
		}),
	);
	const address = fc.oneof(
		fc.constant('https://api.acme.test'),
		text.map((one) => `https://api.acme.test/${one}`),
		text,
	);
	return record({
		info: record({ title: text, version: text, description: maybe(text), contact: maybe(record({ url: address })) }),
		servers: maybe(
			fc.array(record({ url: address, description: maybe(text), variables: maybe(named(record({ default: text }))) }), { maxLength: 3 }),
		),
		operation: record({
			operationId: maybe(text),
			summary: maybe(text),
			description: maybe(text),
			tags: maybe(fc.array(text, { maxLength: 3 })),
			externalDocs: maybe(record({ url: address })),
			parameters: maybe(fc.uniqueArray(parameter, { maxLength: 3, selector: (one) => String((one as Node).name).toLowerCase() })),
		}),
		body: schema,
		result: maybe(record({ id: fc.constant('/id') })),
		path: fc.oneof(
			fc.constant('/credentials'),
			text.map((one) => `/credentials/${one.replace(/[{}]/g, '')}`),
		),
		security: maybe(fc.tuple(text, scheme)),
		externalDocs: maybe(record({ url: address })),
		tags: maybe(fc.array(record({ name: text, externalDocs: maybe(record({ url: address })) }), { maxLength: 2 })),
	}).map((parts: Node): Node => {
		const { info, servers, operation, body, result, path, security, externalDocs, tags } = parts as { [name: string]: Node } & {
			path: string;
			security?: [string, Node];
		};
		const post = {
			...operation,
			requestBody: { required: true, content: { 'application/json': { schema: body } } },
			responses: { 201: { description: 'Created', ...(result ? { 'x-n8n-result': result } : {}) } },
		};
		return {
			...{ openapi: '3.1.0', info, paths: { [path]: { post } } },
			...Object.fromEntries(Object.entries({ servers, externalDocs, tags }).filter(([, one]) => one !== undefined)),
			...(security ? { security: [{ [security[0]]: [] }], components: { securitySchemes: { [security[0]]: security[1] } } } : {}),
		};
	});
}
