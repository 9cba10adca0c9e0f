import { performance } from 'node:perf_hooks';

import fc from 'fast-check';

import { withLineBreaks } from '../../../../engine/run/input/pem';

const BEGIN = '-----BEGIN PRIVATE KEY-----';
const END = '-----END PRIVATE KEY-----';
const whole = (body: string) => `${BEGIN}\n${body.match(/.{1,64}/g)?.join('\n')}\n${END}\n`;

describe('The line breaks of a PEM text', () => {
	it.each([' ', '\\n', '\\r\\n', '', '\r'])('are put back where %j stands for them', (instead) => {
		fc.assert(
			fc.property(fc.base64String({ minLength: 4, maxLength: 300 }), (body) => {
				expect(withLineBreaks(whole(body).trimEnd().replace(/\n/g, instead))).toBe(whole(body));
				expect(withLineBreaks(` ${whole(body).replace(/\n/g, instead)} `)).toBe(whole(body));
			}),
			{ seed: 12 },
		);
	});

	it.each([
		'abc',
		'',
		BEGIN,
		`${BEGIN}${END}`,
		`${BEGIN} abc-def ${END}`,
		`${BEGIN} abc`,
		`abc ${END}`,
		`x ${BEGIN} abc ${END}`,
		`${BEGIN} abc ${END} x`,
		whole('abcd'),
		`-----BEGIN x----- abc ${END}`,
	])('are no matter of %j', (text) => {
		expect(withLineBreaks(text)).toBe(text);
	});

	it.each(
		[
			`${BEGIN}${'A'.repeat(5_000_000)}`,
			`${BEGIN}${' '.repeat(5_000_000)}x`,
			`${BEGIN}${'\\n'.repeat(2_500_000)}`,
			'-----BEGIN '.repeat(450_000),
			`-----BEGIN ${'A'.repeat(5_000_000)}`,
			`${BEGIN}${END.repeat(200_000)}`,
		].map((text) => [text.slice(0, 60), text]),
	)('are looked for in 5 MB without an end at once: %s', (_what, text) => {
		const started = performance.now();
		expect(withLineBreaks(text) === text).toBe(true);
		expect(performance.now() - started).toBeLessThan(2000);
	});

	it('are put back in 5 MB', () => {
		const body = 'A'.repeat(5_000_000);
		expect(withLineBreaks(`${BEGIN} ${body} ${END}`).length).toBeGreaterThan(5_000_000);
	});
});
