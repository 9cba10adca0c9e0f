import { checker } from '../../support/mockServer/check';
import type { Operation } from '../../support/mockServer/document';

const answer = (pattern: string, value: string) =>
	checker([]).answer({ answers: { 200: { type: 'string', pattern } } } as unknown as Operation, 200, value);

describe('The mock server checks by a pattern', () => {
	it('that is a regular expression', () => {
		expect(answer('^a+$', 'aa')).toBeUndefined();
		expect(answer('^a+$', 'b')).toContain('must match pattern');
	});

	it.each(['(?i)^a$', '\\A[a-z]\\z', '(', '?a'])('and lets all values pass by one of another language: %s', (pattern) => {
		expect(answer(pattern, 'b')).toBeUndefined();
	});
});
