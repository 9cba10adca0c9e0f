import * as http from 'node:http';

import { certaintyOfCode } from '../../../../engine/run/transport/certainty';

/** The code with which Node.js refuses to send something. */
function codeOf(request: http.RequestOptions): string {
	try {
		http.request({ host: '127.0.0.1', port: 9, ...request }).on('error', () => undefined);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code as string;
	}
	throw new Error('It was sent');
}

describe('What Node.js refuses to send was not done', () => {
	it.each<[string, http.RequestOptions]>([
		['a path with a space', { path: '/a b' }],
		['a name that no header has', { headers: { 'a b': 'c' } }],
		['a header with a line break', { headers: { a: 'b\nc' } }],
		['a header without a value', { headers: { a: undefined } }],
	])('%s', (_what, request) => {
		expect(certaintyOfCode(codeOf(request))).toEqual({ done: 'no', retryable: false });
	});
});
