import { Document } from '../../../../engine/compile/document/document';
import { Fields } from '../../../../engine/compile/fields/fields';
import { Lookups } from '../../../../engine/compile/fields/lookups';
import { Schemas } from '../../../../engine/compile/schema/flatten';
import type { Field } from '../../../../engine/model';

/** The field of a schema, as if it stood in a body under the name `value`. */
function fieldOf(
	schema: unknown,
	{
		name = 'value',
		required = true,
		version = '3.1.0',
		components = {},
	}: { name?: string; required?: boolean; version?: string; components?: object } = {},
): Field {
	const document = Document.read(
		JSON.stringify({ openapi: version, info: { title: 'T', version: '1' }, paths: {}, components: { schemas: components }, schema }),
		'test.json',
	);
	return new Fields(new Schemas(document), new Lookups(document)).compile(schema, { name, pointer: '#/schema', required });
}

/** Kind of a field with the kinds of what is in it, short enough to read. */
function outline(field: Field): unknown {
	switch (field.kind) {
		case 'object':
			return Object.fromEntries(field.fields.map((child) => [child.required ? child.name : `${child.name}?`, outline(child)]));
		case 'array':
			return [outline(field.item)];
		case 'record':
			return { '*': outline(field.value) };
		case 'union':
			return field.options.map((branch) => [branch.label, outline(branch.field)]);
		case 'const':
			return field.value;
		default:
			return field.kind;
	}
}

describe('Each construct of a schema becomes one kind of field', () => {
	it.each<[string, unknown, unknown]>([
		['a string', { type: 'string' }, 'string'],
		['an integer', { type: 'integer' }, 'number'],
		['a boolean', { type: 'boolean' }, 'boolean'],
		['a point in time', { type: 'string', format: 'date-time' }, 'date'],
		['an enum', { type: 'string', enum: ['a', 'b'] }, 'enum'],
		['known texts or any other', { anyOf: [{ enum: ['a', 'b'], type: 'string' }, { type: 'string' }] }, 'enum'],
		['a const', { const: 'a' }, 'a'],
		['an enum of one', { enum: [7] }, 7],
		[
			'an object',
			{ type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'number' } } },
			{ a: 'string', 'b?': 'number' },
		],
		['an object without type', { properties: { a: {} } }, { 'a?': 'json' }],
		['a required name that is not described', { type: 'object', required: ['a'] }, { a: 'json' }],
		['a map', { type: 'object', additionalProperties: { type: 'boolean' } }, { '*': 'boolean' }],
		['a free object', { type: 'object' }, { '*': 'string' }],
		[
			'names by pattern',
			{ type: 'object', patternProperties: { '^x-': { type: 'number' } }, additionalProperties: false },
			{ '*': 'number' },
		],
		['a list', { type: 'array', items: { type: 'string' } }, ['string']],
		['a list of objects', { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } }, [{ 'a?': 'string' }]],
		['a tuple', { type: 'array', prefixItems: [{ type: 'string' }] }, 'json'],
		['anything', {}, 'json'],
		[
			'several types',
			{ type: ['string', 'number'] },
			[
				['Text', 'string'],
				['Number', 'number'],
			],
		],
		[
			'allOf',
			{ allOf: [{ properties: { a: { type: 'string' } } }, { required: ['a'], properties: { b: { type: 'string' } } }] },
			{ a: 'string', 'b?': 'string' },
		],
		[
			'allOf with one property twice',
			{
				allOf: [
					{ properties: { a: { properties: { x: { type: 'string' } } } } },
					{ properties: { a: { required: ['x'], properties: { y: { type: 'string' } } } } },
				],
			},
			{ 'a?': { x: 'string', 'y?': 'string' } },
		],
		[
			'a property called properties',
			{ type: 'object', properties: { properties: { type: 'string' }, required: { type: 'number' } } },
			{ 'properties?': 'string', 'required?': 'number' },
		],
		[
			'a union of required names',
			{ type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
			[
				['A', { a: 'string', 'b?': 'string' }],
				['B', { 'a?': 'string', b: 'string' }],
			],
		],
		[
			'a union beside properties',
			{
				properties: { a: { type: 'string' } },
				oneOf: [
					{ title: 'One', properties: { b: { type: 'string' } } },
					{ title: 'Two', properties: { c: { type: 'string' } } },
				],
			},
			[
				['One', { 'a?': 'string', 'b?': 'string' }],
				['Two', { 'a?': 'string', 'c?': 'string' }],
			],
		],
		[
			'what only answers have',
			{ type: 'object', properties: { id: { type: 'string', readOnly: true }, a: { type: 'string' } } },
			{ 'a?': 'string' },
		],
	])('%s', (_what, schema, expected) => expect(outline(fieldOf(schema))).toEqual(expected));

	it('a recursion is JSON from where it comes again', () => {
		const components = {
			Node: {
				type: 'object',
				properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Node' } } },
			},
		};
		expect(outline(fieldOf({ $ref: '#/components/schemas/Node' }, { components }))).toEqual({ 'name?': 'string', 'children?': ['json'] });
	});
});

describe('Branches of a union are told apart', () => {
	const object = (properties: object, more: object = {}) => ({ type: 'object', properties, required: Object.keys(properties), ...more });
	const branches = (schema: unknown, components = {}) => {
		const field = fieldOf(schema, { components });
		return field.kind === 'union'
			? { selector: field.selectorLabel, branches: field.options.map(({ value, label }) => [value, label]) }
			: field.kind;
	};

	it.each<[string, unknown, unknown]>([
		[
			'by a constant',
			{ oneOf: [object({ kind: { const: 'a_b' } }), object({ kind: { const: 'c' } })] },
			{
				selector: 'Kind',
				branches: [
					['a_b', 'A B'],
					['c', 'C'],
				],
			},
		],
		[
			'by an enum of one, named by title',
			{ oneOf: [object({ kind: { enum: ['a'] } }, { title: 'The first' }), object({ kind: { enum: ['b'] } }, { title: 'The second' })] },
			{
				selector: 'Kind',
				branches: [
					['a', 'The First'],
					['b', 'The Second'],
				],
			},
		],
		[
			'by title alone',
			{ oneOf: [object({ a: {} }, { title: 'One thing' }), object({ a: {} }, { title: 'Another thing' })] },
			{
				selector: 'Value Type',
				branches: [
					['oneThing', 'One Thing'],
					['anotherThing', 'Another Thing'],
				],
			},
		],
		[
			'by the fields that they have',
			{ anyOf: [object({ a_key: {} }), object({ b: {} })] },
			{
				selector: 'Value Type',
				branches: [
					['aKey', 'A Key'],
					['b', 'B'],
				],
			},
		],
		[
			'by type',
			{ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
			{
				selector: 'Value Type',
				branches: [
					['text', 'Text'],
					['list', 'List'],
				],
			},
		],
		[
			'by nothing',
			{ oneOf: [{ type: 'string' }, { type: 'string' }] },
			{
				selector: 'Value Type',
				branches: [
					['text', 'Text'],
					['text2', 'Text 2'],
				],
			},
		],
	])('%s', (_how, schema, expected) => expect(branches(schema)).toEqual(expected));

	it("by the document's discriminator, with and without mapping, and through inheritance", () => {
		const components = {
			Cat: object({ kind: { type: 'string' }, lives: { type: 'integer' } }),
			Dog: object({ kind: { type: 'string' } }),
			Base: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } }, discriminator: { propertyName: 'kind' } },
			Bird: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { wings: { type: 'integer' } } }] },
			Fish: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { fins: { type: 'integer' } } }] },
		};
		const oneOf = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];
		expect(branches({ oneOf, discriminator: { propertyName: 'kind' } }, components)).toMatchObject({
			selector: 'Kind',
			branches: [
				['Cat', 'Cat'],
				['Dog', 'Dog'],
			],
		});
		const mapping = { miau: '#/components/schemas/Cat', wuff: 'Dog' };
		expect(branches({ oneOf, discriminator: { propertyName: 'kind', mapping } }, components)).toMatchObject({
			branches: [
				['miau', 'Miau'],
				['wuff', 'Wuff'],
			],
		});
		expect(branches({ $ref: '#/components/schemas/Base' }, components)).toMatchObject({
			selector: 'Kind',
			branches: [
				['Bird', 'Bird'],
				['Fish', 'Fish'],
			],
		});
	});
});

describe('Null is a value where the document says so', () => {
	it.each<[string, unknown, string?]>([
		['a type array', { type: ['string', 'null'] }],
		['anyOf with null', { anyOf: [{ type: 'string' }, { type: 'null' }] }],
		['nullable', { type: 'string', nullable: true }, '3.0.3'],
		['an enum with null', { enum: ['a', 'b', null] }],
		['nullable beside allOf', { nullable: true, allOf: [{ type: 'string' }] }, '3.0.3'],
	])('%s', (_how, schema, version = '3.1.0') => expect(fieldOf(schema, { version }).nullable).toBe(true));

	it('and not otherwise', () => expect(fieldOf({ type: 'string' }).nullable).toBe(false));
});

describe('Secrets are masked', () => {
	it.each<[string, string, unknown]>([
		['by name', 'client_secret', { type: 'string' }],
		['by format', 'value', { type: 'string', format: 'password' }],
		['because they can only be written', 'value', { type: 'string', writeOnly: true }],
		['because the document says so', 'value', { type: 'string', 'x-n8n-secret': true }],
	])('%s', (_how, name, schema) => expect(fieldOf(schema, { name }).secret).toBe(true));

	it('in everything that an object holds which the document says is secret, unless it says otherwise', () => {
		const field = fieldOf({
			type: 'object',
			'x-n8n-secret': true,
			properties: { user: { type: 'string' }, email: { type: 'string', 'x-n8n-secret': false } },
		});
		expect(field.kind === 'object' && field.fields.map(({ name, secret }) => [name, secret])).toEqual([
			['user', true],
			['email', false],
		]);
	});

	it('and numbers are not, whatever their name: n8n can mask texts only', () =>
		expect(fieldOf({ type: 'integer' }, { name: 'max_tokens' }).secret).toBe(false));
});
