import type { Input, Json, RecordField } from '../../../../engine/model';
import { checkByRules, coerced, type Rules } from '../../../../engine/run/execute/dynamic';
import { atOnce } from '../../../../engine/run/pacing/turns';
import { textOf } from '../../../../engine/run/problems/sentences';
import { withValues } from '../../../../engine/run/request/reference';

const named = (name: string) => ({ name, label: name, required: false });
const rules: Rules = {
	kind: 'rules',
	properties: [named('port'), named('tls')],
	isComplete: true,
	schema: { type: 'object', properties: { port: { type: 'integer' }, tls: { type: 'boolean' } } },
};
const entered = Object.freeze({ port: '8080', tls: 'true', __proto__x: '1' });
const own = { name: 'data', label: 'Data', required: false, nullable: false, secret: false, key: 'data', schema: {} };
const field = { ...own, kind: 'record', value: { ...own, kind: 'string' } } as RecordField;

describe('Rows that get the types which the vendor wants', () => {
	it('are a value of their own: what was entered stays', () => {
		expect(coerced(entered, rules, 'UTC')).toEqual({ port: 8080, tls: true, __proto__x: '1' });
		expect(entered.port).toBe('8080');
	});

	it('are not changed by the check', () => {
		expect(atOnce(checkByRules(field, entered, '/body/data', rules)).map((one) => textOf(one))).toEqual([
			'must be a whole number, but is "8080"',
			'must be true or false, but is "true"',
		]);
		expect(entered).toEqual({ port: '8080', tls: 'true', __proto__x: '1' });
	});

	it('take their place in a request, also within a list, and the request from before stays', () => {
		const input = { in: 'body', field: { name: 'body' } } as Input;
		const query = { in: 'query', field: { name: 'a/b' } } as Input;
		const value: Json = { list: [{ data: { port: '1' } }, { data: { port: '2' }, other: 3 }] };
		const given = [
			{ input, value },
			{ input: query, value: 'x' },
		];
		const typed = withValues(given, new Map<string, Json>([['/body/list/1/data', { port: 2 }]]));
		expect(typed).toEqual([
			{ input, value: { list: [{ data: { port: '1' } }, { data: { port: 2 }, other: 3 }] } },
			{ input: query, value: 'x' },
		]);
		expect(value).toEqual({ list: [{ data: { port: '1' } }, { data: { port: '2' }, other: 3 }] });
	});
});
