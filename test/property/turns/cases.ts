import type { OwnResponse } from '../../support/ownVendor';
import type { Setup } from '../../support/engine';
import type { Random } from '../corpus/random';

/** Number of characters in a megabyte. */
export const MEGABYTE = 1_000_000;

/** A use of a megabyte. */
export interface Case {
	which: string;
	parameters: object;
	more?: Partial<Setup>;
	/** Responses in order; the last one is repeated. */
	answers: OwnResponse[];
	/** Matches the output if the node did what the case is about. */
	seen: RegExp;
}

const text = { type: 'string' };
const json = (schema: object) => ({ 'application/json': { schema } });
const record = { type: 'object', properties: { id: text, label: text } };
const responses = { 200: { description: 'One', 'x-n8n-result': { id: '/id' }, content: json(record) } };
const body = (properties: object) => ({ required: true, content: json({ type: 'object', properties }) });

/** The paths of the vendor's document. */
export const PATHS = {
	'/things': {
		post: {
			operationId: 'createThing',
			'x-n8n-operation': { resource: 'thing', operation: 'create' },
			parameters: [
				{ name: 'q', in: 'query', schema: text },
				{ name: 'X-Note', in: 'header', schema: text },
			],
			requestBody: body({
				label: { type: 'string', pattern: '^[^\\n]*$' },
				secret: { type: 'string', format: 'password' },
				config: {},
				list: { type: 'array', uniqueItems: true, items: { type: 'object', properties: { name: text } } },
			}),
			responses,
		},
		get: {
			operationId: 'listThings',
			'x-n8n-operation': { resource: 'thing', operation: 'getAll' },
			'x-n8n-pagination': { style: 'cursor', request: { cursor: 'cursor' }, response: { next: '/next' } },
			parameters: [{ name: 'cursor', in: 'query', schema: text }],
			responses: {
				200: {
					description: 'A page',
					'x-n8n-result': { records: '/data', id: '/id' },
					content: json({ type: 'object', properties: { data: { type: 'array', items: record }, next: { type: ['string', 'null'] } } }),
				},
			},
		},
	},
	'/kinds': {
		get: {
			operationId: 'listKinds',
			'x-n8n-pagination': { style: 'none' },
			responses: {
				200: {
					description: 'All',
					'x-n8n-result': { records: '/data' },
					content: json({
						type: 'object',
						properties: { data: { type: 'array', items: { type: 'object', properties: { kind: text, schema: {} } } } },
					}),
				},
			},
		},
	},
	'/entries': {
		post: {
			operationId: 'createEntry',
			'x-n8n-operation': { resource: 'entry', operation: 'create' },
			requestBody: body({
				kind: text,
				data: {
					type: 'object',
					additionalProperties: text,
					'x-n8n-fields-from': { operation: 'listKinds', match: { kind: '/body/kind' }, schema: '/schema' },
				},
			}),
			responses,
		},
	},
};

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const SIGNS = [...LETTERS, ...'"\\%&<>/+= äé日😀'];
const OPTIONS = { retries: 0, concurrent: 1 };
const CREATED: OwnResponse = { body: { id: 'c-1' } };
const PLAIN = { 'content-type': 'text/plain' };

/** The cases by name, with random contents that depend on the seed. */
export function casesOf(random: Random): { [name: string]: Case } {
	const draw = (count: number, from = LETTERS) => Array.from({ length: count }, () => random.pick(from)).join('');
	const rows = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ id: `t${index}`, label: draw(30, SIGNS), token: draw(40) }));
	const many = rows(8_000);
	const few = many.slice(0, 200);
	const large = JSON.stringify(many);
	const secret = draw(40, SIGNS).trim();
	const other = draw(24);
	const pem = `-----BEGIN PRIVATE KEY-----\n${(draw(MEGABYTE).match(/.{64}/g) as string[]).join('\n')}\n-----END PRIVATE KEY-----\n`;
	const create = (fields: object, ...answers: OwnResponse[]): Omit<Case, 'seen'> => ({
		which: 'thing.create',
		// An expression, so that n8n does not store the megabyte in the parameters.
		parameters: {
			options: OPTIONS,
			additionalFields: Object.fromEntries(Object.keys(fields).map((name) => [name, `={{ $json.${name} }}`])),
		},
		more: { items: [fields as { [name: string]: unknown }] },
		answers: answers.length > 0 ? answers : [CREATED],
	});
	const names = Object.fromEntries(many.map(({ id, token }) => [`name_${id}`, token]));
	const schema = {
		type: 'object',
		properties: Object.fromEntries(Object.keys(names).map((name) => [name, { type: 'string', maxLength: 40 }])),
	};
	const refused = (message: string, headers = PLAIN): OwnResponse => ({ status: 400, headers, body: message });
	const echoes: { [how: string]: string } = {
		'as it is': `${large}${secret}`,
		'a thousand times': `${`wrong: ${secret} `.repeat(1000)}${large}`,
		'percent-encoded': encodeURIComponent(`${secret}${large}`).slice(0, MEGABYTE),
		'JSON in JSON': JSON.stringify(JSON.stringify(`${secret}${large}`)).slice(0, MEGABYTE),
		Base64: Buffer.from(`${secret}${large}`).toString('base64').slice(0, MEGABYTE),
		hex: Buffer.from(`${secret}${large}`).toString('hex').slice(0, MEGABYTE),
		HTML: `${secret}${large}`.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).slice(0, MEGABYTE),
		'what is no secret': `${large.slice(0, MEGABYTE)}`,
	};
	return {
		'JSON parameter': { ...create({ config: large }), seen: /c-1/ },
		'JSON parameter that is cut off': { ...create({ config: large.slice(0, -10) }), seen: /JSON/ },
		'a number of a megabyte': { ...create({ config: `[${'1'.repeat(MEGABYTE)}` }), seen: /JSON/ },
		'list of objects': { ...create({ list: many }), seen: /c-1|List/ },
		'text field with a pattern': { ...create({ label: draw(MEGABYTE, SIGNS) }), seen: /c-1/ },
		'query of a megabyte': { ...create({ q: draw(MEGABYTE, SIGNS) }, refused('too long')), seen: /Own|Q/ },
		'header of a megabyte': { ...create({ 'X-Note': draw(MEGABYTE, SIGNS) }, refused('too long')), seen: /Own|Note/ },
		'private key': { ...create({ secret: pem }), seen: /c-1/ },
		'private key, repeated': { ...create({ secret: pem }, refused(pem.replaceAll('\n', '\\n'))), seen: /hidden|refused/ },
		'private key without an end': { ...create({ secret: pem.slice(0, -30) }), seen: /c-1|Secret/ },
		'secrets by the hundred, repeated': {
			...create({ config: JSON.stringify({ secrets: few.map(({ label }) => label) }) }, { body: { id: 'c-1', all: large } }),
			seen: /hidden/,
		},
		'JSON answer': { ...create({ secret }, { body: { id: 'c-1', all: many } }), seen: /c-1/ },
		'JSON answer that is cut off': { ...create({ secret }, { body: `{"id":"c-1","all":${large}` }), seen: /Own/ },
		'errors by the thousand': {
			...create({ secret }, { status: 422, body: { detail: many.map(({ label }) => ({ loc: ['body', 'label'], msg: label })) } }),
			seen: /refused/,
		},
		...Object.fromEntries(
			Object.entries(echoes).flatMap(([how, told]) => [
				[`error in plain text: ${how}`, { ...create({ secret }, refused(told)), seen: /refused/ }],
				[`field of an answer: ${how}`, { ...create({ secret, config: { secret: other } }, { body: { id: 'c-1', told } }), seen: /c-1/ }],
			]),
		),
		'page of HTML': { ...create({ secret }, { status: 502, headers: { 'content-type': 'text/html' }, body: `<p>${large}` }), seen: /Own/ },
		'pages of a list': {
			which: 'thing.getAll',
			parameters: { returnAll: true, options: OPTIONS },
			answers: [{ body: { data: many, next: 'b' } }, { body: { data: many.map((one) => ({ ...one, id: `b${one.id}` })), next: null } }],
			seen: /bt7999/,
		},
		'items of a megabyte each': {
			...create({ label: 'x', secret }),
			more: { items: Array.from({ length: 5 }, () => ({ label: 'x', secret, rest: large })) },
			seen: /c-1/,
		},
		'error output of an item of a megabyte': {
			...create({ secret, config: { all: few } }, refused('no')),
			more: { items: [{ secret, config: { all: few }, rest: `${large}${secret}` }], onError: 'continueErrorOutput' },
			seen: /hidden/,
		},
		'a schema that was fetched': {
			which: 'entry.create',
			parameters: {
				kind: 'a',
				options: OPTIONS,
				additionalFields: { kind: 'a', data: { value: { data: { items: inRows(names) } } } },
			},
			answers: [{ body: { data: [{ kind: 'a', schema }] } }, CREATED],
			seen: /c-1/,
		},
	};
}

/** Values by name, as rows of a form with typed names. */
function inRows(values: { [name: string]: string }): object[] {
	return Object.entries(values).map(([otherName, value]) => ({ name: '__other', otherName, value }));
}
