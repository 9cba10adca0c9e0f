import type { Field, Input } from '../../../engine/model';
import { requestOf } from '../../../engine/run/request/request';
import { Redactor } from '../../../engine/run/redact';
import { Checker } from '../../../engine/run/validate/check';

/** More than a call takes as arguments. */
const MANY = 200_000;
const many = Array.from({ length: MANY }, (_, index) => index);

it('is more than a call takes as arguments', () => {
	expect(() => [].push(...(many as never[]))).toThrow(RangeError);
});

describe('A list of any length is', () => {
	it('sent in a query', () => {
		const field = { kind: 'array', name: 'id', label: 'ID' } as Field;
		const input = { in: 'query', field, style: 'form', explode: true } as Input;
		const operation = { method: 'GET', path: '/all', inputs: [input] } as never;
		const { request, problems } = requestOf(operation, [{ input, value: many }], 'https://example.com');
		expect(problems).toEqual([]);
		expect(request.url.split('&')).toHaveLength(MANY);
	});

	it('a list of secrets', () => {
		const redactor = new Redactor([]);
		redactor.add(many.map((index) => `secret-${index % 1000}-end`));
		expect(redactor.text('given: secret-456-end')).toBe('given: [hidden]');
	});

	it('found in a text, where a secret stands as often', () => {
		const secret = 'canary-of-a-secret';
		const clean = new Redactor([secret]).text(many.map((index) => `${index} ${secret};`).join('\n'));
		expect(clean.split('[hidden]')).toHaveLength(MANY + 1);
		expect(clean).not.toContain(secret);
	});

	it('checked, with a problem of each of its elements', () => {
		const item = { kind: 'string', name: '', label: 'Name', schema: { type: 'string' } };
		const list = { kind: 'array', name: 'a', label: 'List', schema: { type: 'array' }, item };
		const union = {
			kind: 'union',
			name: 'u',
			label: 'Either',
			selectorLabel: 'Which',
			schema: {},
			options: [{ value: 'list', label: 'List', field: list }],
		} as unknown as Field;
		const checker = new Checker();
		checker.check(union, many, '/body');
		expect(checker.problems).toHaveLength(MANY);
	});
});
