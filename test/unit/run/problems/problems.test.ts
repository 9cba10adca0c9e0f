import type { Field, UnionField } from '../../../../engine/model';
import { Checker } from '../../../../engine/run/validate/check';
import { receivedOf, problem } from '../../../../engine/run/problems/problem';
import { hintsOf, placeOf, sentencesOf, withoutSecrets } from '../../../../engine/run/problems/sentences';
import { Redactor } from '../../../../engine/run/credentials/secrets';

const field = (name: string, more: object) =>
	({ name, label: name.toUpperCase(), required: true, nullable: false, secret: false, schema: {}, key: name, ...more }) as unknown as Field;
const group = (...fields: Field[]) => field('', { kind: 'object', fields });
const union = (...branches: Field[]) =>
	field('auth', {
		kind: 'union',
		selector: 'authType',
		selectorLabel: 'Auth Type',
		options: branches.map((one) => ({ field: one })),
	}) as UnionField;
const problemsOf = (one: Field, value: unknown, pointer: string) => {
	const checker = new Checker();
	checker.check(one, value, pointer);
	return checker.problems;
};

describe('A problem as data', () => {
	const redactor = new Redactor(['sk-live-12345678', 'abc']);
	const shown = (value: unknown) =>
		sentencesOf([
			withoutSecrets(problem('type', { label: 'Port' }, '/body/port', { types: ['integer'], received: receivedOf(value) }), (text) =>
				redactor.text(text),
			),
		]);

	it.each([
		['x; sk-live-12345678', 'Port (port) must be a whole number, but is "x; [hidden]"'],
		// Of few characters: a secret where it is the whole value.
		['abc', 'Port (port) must be a whole number, but is "[hidden]"'],
		['8080 abc', 'Port (port) must be a whole number, but is "8080 abc"'],
		[80.5, 'Port (port) must be a whole number, but is 80.5'],
		['x'.repeat(61), 'Port (port) must be a whole number, but is text of 61 characters'],
		[undefined, 'Port (port) must be a whole number'],
	])('shows of %j what is not secret', (value, sentence) => {
		expect(shown(value)).toBe(sentence);
	});

	it('hides also what is said of another problem within it', () => {
		const other = problem('pattern', { label: 'Key' }, '/body/key', { limit: '^a', received: receivedOf('sk-live-12345678') });
		const [hidden] = [problem('noOption', { label: 'Type' }, '/body/type', { values: ['a'], other })].map((one) =>
			withoutSecrets(one, (text) => redactor.text(text)),
		);
		expect(sentencesOf([hidden])).toBe('Type (type) is none of: a; for any other, Key (key) must match the pattern ^a, but is "[hidden]"');
	});

	it('says each way out once', () => {
		const row = (name: string) => problem('missingInRow', { label: name }, `/body/${name}`, {});
		expect(hintsOf([row('a'), row('b'), problem('null', { label: 'C' }, '/body/c', {})])).toBe(
			"Fill in the value, or remove the row. Give 'C' a value",
		);
	});

	it('of several branches that each lack one value names all of them, also where unions stand within each other', () => {
		const lacking = (name: string) => group(field(name, { kind: 'string', schema: { type: 'string' } }));
		const [one, ...others] = problemsOf(union(union(lacking('a'), lacking('b')), lacking('a'), lacking('c')), {}, '/body');
		expect(others).toEqual([]);
		expect(one.code).toBe('missingEither');
		expect(placeOf(one)).toBe('A (a) or B (b) or C (c)');
	});

	it('of the property that tells branches apart is told as it is, wherever the union stands', () => {
		const branch = (type: Field) => group(type);
		const open = field('type', { kind: 'string', schema: { type: 'string', minLength: 5 } });
		const auth = union(
			branch(field('type', { kind: 'const', value: 'a' })),
			branch(field('type', { kind: 'const', value: 'b' })),
			branch(open),
		);
		for (const pointer of ['/body', '/body/auth'])
			expect(problemsOf(auth, { type: 'x' }, pointer).map(({ code }) => code)).toEqual(['minLength']);
	});
});
