import fc from 'fast-check';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { PlacedField } from '../../engine/model';
import { describe as describeDocument } from '../../engine/tools';
import { share } from '../support/share';
import { checkCase, type Options, type Row } from '../property/corpus/check';

/**
 * Any document within these bounds gives a right form. Requests are drawn, judged and compared by the corpus run's own
 * parts, which know nothing of the engine.
 */

type Node = { [name: string]: unknown };
/** A schema that is drawn, and the version whose words it is written in. */
interface Drawn {
	version: '3.0.3' | '3.1.0';
	schema: Node;
	schemas: { [name: string]: Node };
	required: boolean;
}

const ODD = [
	...[
		'a',
		'b',
		'c',
		'name',
		'value',
		'type',
		'client_id',
		'clientId',
		'client-id',
		'client id',
		'client.id',
		'CLIENT_ID',
		'a/b',
		'a~b',
		'~1',
		'~0',
		' ',
		'  a',
		'0',
		'1',
		'-',
		'_',
		'__proto__',
		'constructor',
	],
	...[
		'toString',
		'hasOwnProperty',
		'length',
		'resource',
		'operation',
		'options',
		'additionalFields',
		'present',
		'items',
		'row',
		'json',
		'fields',
		'=x',
		'{{ $json.a }}',
		'$ref',
		'properties',
		'ünï',
		'日本',
		'😀',
		'é',
		'x'.repeat(200),
		'a\nb',
		'"',
		"'",
		'<b>',
	],
];
const name = fc.constantFrom(...ODD);

/** A schema that may say null as well, in the words of its version. */
function nullable(version: Drawn['version'], schema: Node): Node {
	if (version === '3.0.3')
		return { ...schema, nullable: true, ...(Array.isArray(schema.enum) ? { enum: [...(schema.enum as unknown[]), null] } : {}) };
	if (schema.const !== undefined || schema.type === undefined) return { anyOf: [schema, { type: 'null' }] };
	return { ...schema, type: [schema.type, 'null'], ...(Array.isArray(schema.enum) ? { enum: [...(schema.enum as unknown[]), null] } : {}) };
}

const limits = (least: string, most: string, to: number) =>
	fc
		.tuple(fc.option(fc.nat(to), { nil: undefined }), fc.option(fc.integer({ min: to, max: 2 * to }), { nil: undefined }))
		.map(([low, high]) => ({ ...(low === undefined ? {} : { [least]: low }), ...(high === undefined ? {} : { [most]: high }) }));

const text: fc.Arbitrary<Node> = fc.oneof(
	{ weight: 3, arbitrary: limits('minLength', 'maxLength', 5).map((own) => ({ type: 'string', ...own })) },
	{
		weight: 2,
		arbitrary: fc
			.constantFrom('date-time', 'date', 'email', 'uri', 'uuid', 'ipv4', 'password', 'unknown')
			.map((format) => ({ type: 'string', format })),
	},
	fc.constantFrom('^[a-z]+$', '^[0-9]{3}$', '^x', 'y$').map((pattern) => ({ type: 'string', pattern })),
	fc
		.uniqueArray(fc.constantFrom('a', 'b', 'A', 'a b', '', '=x', 'null', '1', 'ünï', 'x-y', 'x_y'), { minLength: 1, maxLength: 4 })
		.map((values) => ({ type: 'string', enum: values })),
);
const number: fc.Arbitrary<Node> = fc.oneof(
	fc.tuple(fc.constantFrom('integer', 'number'), limits('minimum', 'maximum', 10)).map(([type, own]) => ({ type, ...own })),
	fc.tuple(fc.constantFrom('integer', 'number'), fc.constantFrom(2, 5)).map(([type, multipleOf]) => ({ type, multipleOf })),
	fc.uniqueArray(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 3 }).map((values) => ({ type: 'integer', enum: values })),
);
const scalar = fc.oneof({ weight: 4, arbitrary: text }, { weight: 2, arbitrary: number }, fc.constant<Node>({ type: 'boolean' }));

function objectOf(inner: fc.Arbitrary<Node>, extra: fc.Arbitrary<unknown>): fc.Arbitrary<Node> {
	return fc
		.tuple(fc.uniqueArray(fc.tuple(name, inner, fc.boolean()), { selector: ([one]) => one, minLength: 1, maxLength: 4 }), extra)
		.map(([fields, additionalProperties]) => {
			const required = fields.filter(([, , needed]) => needed).map(([one]) => one);
			return {
				type: 'object',
				properties: Object.fromEntries(fields.map(([one, schema]) => [one, schema])),
				...(required.length > 0 ? { required } : {}),
				...(additionalProperties === undefined ? {} : { additionalProperties }),
			};
		});
}

/** Objects that one property tells apart. */
function told(objects: Node[]): Node[] {
	return objects.map((object, index) => ({
		...object,
		properties: { ...(object.properties as Node), kind: { type: 'string', enum: [`kind${index}`] } },
		required: [...new Set([...((object.required as string[] | undefined) ?? []), 'kind'])],
	}));
}

/** Objects that a required property of its own tells from the others: where a value fits several, any of them is right. */
function distinct(objects: Node[]): Node[] {
	return objects.map((object, index) => ({
		...object,
		properties: { ...(object.properties as Node), [`only${index}`]: { type: 'string' } },
		required: [...new Set([...((object.required as string[] | undefined) ?? []), `only${index}`])],
	}));
}

function schemaOf(version: Drawn['version'], schemas: { [name: string]: Node }): fc.Arbitrary<Node> {
	const named = (schema: Node) => {
		const key = `S${Object.keys(schemas).length}`;
		schemas[key] = schema;
		return { $ref: `#/components/schemas/${key}` };
	};
	const { any } = fc.letrec<{ any: Node; object: Node }>((tie) => ({
		any: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			{ weight: 6, arbitrary: scalar },
			{ weight: 4, arbitrary: tie('object') },
			{ weight: 1, arbitrary: scalar.map((one) => nullable(version, one)) },
			{
				weight: 1,
				arbitrary: fc.tuple(tie('any'), limits('minItems', 'maxItems', 2)).map(([items, own]) => ({ type: 'array', items, ...own })),
			},
			{ weight: 1, arbitrary: tie('any').map((additionalProperties) => ({ type: 'object', additionalProperties })) },
			{ weight: 1, arbitrary: fc.constant(version === '3.0.3' ? { type: 'string', enum: ['only'] } : { const: 'only' }) },
			{ weight: 1, arbitrary: fc.array(tie('object'), { minLength: 2, maxLength: 3 }).map((objects) => ({ oneOf: told(objects) })) },
			{
				weight: 1,
				arbitrary: fc
					.array(tie('object'), { minLength: 2, maxLength: 3 })
					.map((objects) => ({ oneOf: told(objects).map(named), discriminator: { propertyName: 'kind' } })),
			},
			{ weight: 1, arbitrary: fc.array(tie('object'), { minLength: 2, maxLength: 3 }).map((objects) => ({ anyOf: distinct(objects) })) },
			{
				weight: 1,
				arbitrary: fc
					.tuple(text, fc.oneof(number, fc.constant<Node>({ type: 'boolean' })), fc.constantFrom('oneOf', 'anyOf'))
					.map(([one, two, keyword]) => ({ [keyword]: [one, two] })),
			},
			{ weight: 1, arbitrary: tie('object').map(named) },
			{ weight: 1, arbitrary: tie('object').map((one) => nullable(version, one)) },
			{ weight: 1, arbitrary: version === '3.1.0' ? fc.constant<Node>({ type: ['string', 'integer'] }) : fc.constant<Node>({}) },
		),
		object: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			{ weight: 4, arbitrary: objectOf(tie('any'), fc.constantFrom(undefined, undefined, false)) },
			{ weight: 1, arbitrary: objectOf(scalar, fc.constantFrom(true, { type: 'string' }, { type: 'integer' })) },
			{
				weight: 1,
				arbitrary: fc
					.tuple(objectOf(tie('any'), fc.constant(undefined)), objectOf(tie('any'), fc.constant(undefined)))
					.map(([one, two]) => ({ allOf: [apart(one, 0), apart(two, 1)] })),
			},
		),
	}));
	return any;
}

/** One part of an allOf has every second name: two that speak of one name could ask for what no value is. */
function apart(schema: Node, part: number): Node {
	const keep = ([one]: [string, unknown]) => ODD.indexOf(one) % 2 === part;
	return {
		type: 'object',
		properties: Object.fromEntries(Object.entries(schema.properties as Node).filter(keep)),
		required: ((schema.required as string[] | undefined) ?? []).filter((one) => keep([one, undefined])),
	};
}

const drawn: fc.Arbitrary<Drawn> = fc
	.tuple(fc.constantFrom('3.0.3' as const, '3.1.0' as const), fc.boolean())
	.chain(([version, required]) => {
		const schemas = {};
		return schemaOf(version, schemas).map((schema) => ({ version, schema, required, schemas: { ...schemas } }));
	});

function documentOf({ version, schema, schemas, required }: Drawn): string {
	const operation = {
		summary: 'Create a thing',
		requestBody: { required, content: { 'application/json': { schema } } },
		responses: { '201': { description: 'Created' } },
	};
	return JSON.stringify({
		openapi: version,
		info: { title: 'Acme', version: '1' },
		paths: { '/things': { post: operation } },
		components: { schemas },
	});
}

/** Checks documents; one that fails is printed, made as small as it gets. */
function holds(runs: number, seed: number, check: (text: string) => unknown): void {
	fc.assert(
		fc.property(drawn, (one) => {
			check(documentOf(one));
		}),
		{ seed, numRuns: runs, endOnFailure: false },
	);
}

/** What the corpus run finds out about a document. */
function rowOf(document: string, { trips = 0, wrong = 0, without = [] }: Partial<Options>): Row {
	return checkCase({ name: 'drawn', kind: 'fixture', text: document }, { seed: 1, trips, wrong, without, shrink: false });
}

function failuresOf({ failures }: Row, ...checks: string[]) {
	return failures
		.filter(({ check }) => checks.includes(check))
		.map(({ check, place, message, request }) => `${check} ${place}: ${message} ${JSON.stringify(request)}`);
}

/** All levels of a form. */
function levelsOf(properties: INodeProperties[]): INodeProperties[][] {
	return [
		properties,
		...properties.flatMap(({ type, options }) => {
			if (type === 'collection') return levelsOf(options as INodeProperties[]);
			return type === 'fixedCollection' ? (options as INodePropertyCollection[]).flatMap(({ values }) => levelsOf(values)) : [];
		}),
	];
}

/** All fields of the model. */
function fieldsOf(field: PlacedField): PlacedField[] {
	const inner =
		field.kind === 'object'
			? [...field.fields, ...(field.extra ? [field.extra] : [])]
			: field.kind === 'record'
				? [field.value]
				: field.kind === 'array'
					? [field.item]
					: field.kind === 'union'
						? field.options.map((branch) => branch.field)
						: [];
	return [field, ...inner.flatMap(fieldsOf)];
}

/** How much is drawn for each test; `npm test` draws a few of it. */
const FORMS = share(300, 60);
const DOCUMENTS = share(50, 10);
const REQUESTS = share(12, 6);

describe('For any document', () => {
	jest.setTimeout(60_000);

	it(`${FORMS} forms: each parameter has a label, and a name that nothing else in its level has`, () => {
		holds(FORMS, 11, (text) => {
			const { node, operation } = describeDocument(text, 'acme.json');
			for (const level of levelsOf(node.properties)) {
				expect(level.filter(({ displayName, name: key }) => displayName.trim() === '' || key === '')).toEqual([]);
				const seen = level.map(({ name: key, displayOptions }) => JSON.stringify([key, displayOptions]));
				expect(seen.filter((one, index) => seen.indexOf(one) !== index)).toEqual([]);
			}
			for (const field of operation.inputs.flatMap((input) => fieldsOf(input.field))) {
				expect(field.label.trim()).not.toBe('');
				if (field.kind !== 'object') continue;
				const keys = field.fields.flatMap((one) =>
					one.wrap !== undefined
						? [`${one.collection} ${one.wrap}`]
						: 'key' in one && one.key !== ''
							? [`${one.collection ?? ''} ${one.key}`]
							: [],
				);
				expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
				expect(new Set(field.fields.map((one) => one.name)).size).toBe(field.fields.length);
			}
		});
	});

	it(`${DOCUMENTS} documents: every leaf and every branch is in the form`, () => {
		holds(DOCUMENTS, 12, (text) =>
			expect(failuresOf(rowOf(text, { without: ['untouched'] }), 'describe', 'body', 'leaf', 'branch')).toEqual([]),
		);
	});

	it(`${DOCUMENTS} documents, ${REQUESTS} requests each: what the document allows comes back the same`, () => {
		holds(DOCUMENTS, 13, (text) =>
			expect(failuresOf(rowOf(text, { trips: REQUESTS, without: ['places', 'untouched'] }), 'describe', 'round trip')).toEqual([]),
		);
	});

	it(`${DOCUMENTS} documents: an untouched form sends nothing that is not required`, () => {
		holds(DOCUMENTS, 14, (text) => {
			expect(failuresOf(rowOf(text, { without: ['places'] }), 'untouched')).toEqual([]);
		});
	});

	it(`${DOCUMENTS} documents, ${REQUESTS} wrong requests each: refused, and the place is named`, () => {
		holds(DOCUMENTS, 15, (text) =>
			expect(failuresOf(rowOf(text, { wrong: REQUESTS, without: ['places', 'untouched'] }), 'describe', 'wrong')).toEqual([]),
		);
	});
});
