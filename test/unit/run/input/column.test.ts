import fc from 'fast-check';
import { Workflow, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { fromColumns, UNRESOLVED } from '../../../../engine/run/input/column';
import { share } from '../../../support/share';
import { create } from '../../../support/vendors';
import { useMockServer } from '../../../support/vendorTest';

const NODE = { id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
const workflow = new Workflow({
	nodes: [NODE],
	connections: {},
	active: false,
	nodeTypes: { getByNameAndVersion: () => ({ description: { properties: [] } }) } as never,
});

/** What n8n itself makes of a stored parameter. */
function byN8n(stored: unknown, json: IDataObject): unknown {
	return workflow.expression.getParameterValue(stored as INodeParameters, null, 0, 0, NODE.name, [{ json }], 'manual', {});
}

const ITEM: IDataObject = {
	label: 'Acme',
	'Full Name': 'Acme Ltd',
	"it's": 1,
	_id: 0,
	on: false,
	empty: '',
	none: null,
	own: { key: 'k-1', parts: [{ id: 7 }] },
	'=x': '={{ 1 }}',
};

describe('A column that was dragged into a field is taken as n8n takes it', () => {
	it.each([
		['={{ $json.label }}', 'Acme'],
		['={{$json.label}}', 'Acme'],
		['={{  $json["Full Name"]  }}', 'Acme Ltd'],
		["={{ $json['Full Name'] }}", 'Acme Ltd'],
		['={{ $json["it\'s"] }}', 1],
		['={{ $json._id }}', 0],
		['={{ $json.on }}', false],
		['={{ $json.empty }}', ''],
		['={{ $json.own.key }}', 'k-1'],
		['={{ $json.own.parts[0].id }}', 7],
		['={{ $json.own.parts.length }}', 1],
		['={{ $json["=x"] }}', '={{ 1 }}'],
		['no expression', 'no expression'],
		[
			{
				items: [
					{ name: 'api_key', value: '={{ $json.own.key }}' },
					{ name: 'plain', value: 3, more: [true, null, '={{ $json.on }}'] },
				],
			},
			{
				items: [
					{ name: 'api_key', value: 'k-1' },
					{ name: 'plain', value: 3, more: [true, null, false] },
				],
			},
		],
	])('%j', (stored, value) => {
		expect(fromColumns(stored, ITEM)).toEqual(value);
		expect(byN8n(stored, ITEM)).toEqual(value);
	});

	it.each([
		'={{ $json.missing }}',
		'={{ $json.none }}',
		'={{ $json.own }}',
		'={{ $json.label.length }}',
		'={{ $json.label.toUpperCase() }}',
		'={{ $json["la" + "bel"] }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json.constructor }}',
		'={{ $json["__proto__"] }}',
		'={{ $json.label || "x" }}',
		'={{ $json }}',
		'={{ $jsonx.label }}',
		'={{ $("Start").item.json.label }}',
		'={{ $json.label }} Ltd',
		'=Hello {{ $json.label }}',
		'={{ $json.label }}{{ $json.on }}',
		'={{ $json.label }} ',
		'=',
	])('%s is left to n8n', (expression) => {
		expect(fromColumns(expression, ITEM)).toBe(UNRESOLVED);
		expect(fromColumns({ rows: [{ value: expression }, { value: '={{ $json.label }}' }] }, ITEM)).toBe(UNRESOLVED);
	});

	it('whatever the column is called and holds (2,000 tries, seed 1)', () => {
		const name = fc.oneof(
			fc.string(),
			fc.constantFrom(
				'label',
				'Full Name',
				'constructor',
				'__proto__',
				'prototype',
				'toString',
				'length',
				'0',
				'größe',
				'a.b',
				'a}}b',
				'{{',
				'a"b',
				"a'b",
				'\\',
				'a\nb',
			),
		);
		const plain = fc.oneof(
			fc.string(),
			fc.double(),
			fc.boolean(),
			fc.constant(null),
			fc.constant('={{ 1 + 1 }}'),
			fc.constant('{{ $json }}'),
		);
		const step = (one: string) => [`.${one}`, `[${JSON.stringify(one)}]`, `['${one}']`, `["${one}"]`, `[${one}]`];
		let taken = 0;
		const written = fc.record({
			name,
			inner: name,
			value: plain,
			nested: fc.boolean(),
			way: fc.nat(4),
			innerWay: fc.nat(4),
			space: fc.constantFrom('', ' ', '\t'),
		});
		fc.assert(
			fc.property(written, ({ name, inner, value, nested, way, innerWay, space }) => {
				const json = Object.fromEntries([[name, nested ? Object.fromEntries([[inner, value]]) : value]]) as IDataObject;
				const expression = `={{${space}$json${step(name)[way]}${nested ? step(inner)[innerWay] : ''}${space}}}`;
				const ours = fromColumns(expression, json);
				if (ours === UNRESOLVED) return;
				taken++;
				expect(ours).toBe(byN8n(expression, json));
			}),
			{ numRuns: share(2000, 400), seed: 1 },
		);
		expect(taken).toBeGreaterThan(share(200, 40));
	});
});

const mockServer = useMockServer();

it('A row that lacks a column is told with the name of the field, and nothing is sent', async () => {
	const items = [{ label: 'One', key: 'k-1' }, { label: 'Two' }];
	const parameters = {
		label: '={{ $json.label }}',
		authType: 'api_key',
		credentials: { items: [{ name: 'api_key', value: '={{ $json.key }}' }] },
	};
	const { error } = await create('mielto', mockServer.url, parameters, { items });
	expect(error?.message).toBe('Credentials: api_key (credentials.api_key) is missing [item 1]');
	expect(error?.context?.itemIndex).toBe(1);
	expect(mockServer.current.requests).toEqual([]);
});
