import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import fc from 'fast-check';

import { hostileDocuments } from './hostile/documents';
import { wrongWith } from './hostile/files';
import { tryDocument } from './hostile/try';

/** A part of what `npm run hostile` tries. */
const COUNT = 12;

it(`of ${COUNT} hostile documents come files that say nothing of their own`, () => {
	const canary = path.join(os.tmpdir(), `canary-${process.pid}`);
	const all = fc.sample(hostileDocuments(canary), { seed: 7, numRuns: COUNT }).map((document, index) => tryDocument(document, `Hostile ${index}`));
	expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
	expect(all.filter(({ files }) => files).length).toBeGreaterThan(COUNT / 4);
	for (const { longest } of all) expect(longest).toBeLessThan(10_000);
	expect(fs.existsSync(canary)).toBe(false);
}, 120_000);

it.each([
	['a.ts', "const a = 'x';\nrequire('fs');", "expect('x').toBe('x');"],
	['a.ts', "const a = 'x", 'const a = 5;'],
	['a.json', '{"a":}', '{"a":1}'],
	['a.yaml', 'a: b: c', 'a: "b: c"'],
	['a.yaml', 'a: !!js/function b', 'a: b'],
	['a.svg', '<svg><script/></svg>', '<svg><path d="M0 0"/></svg>'],
	['a.svg', '<svg><g></svg></g>', '<svg><g></g></svg>'],
	['a.md', '<b>', '\\<b\\>'],
	['a.md', '[a](javascript:x)', '[a](https://x.test)'],
	['a.md', '| a | b | c |', '| a | b \\| c |'],
])('%s: %j is told from %j', (file, wrong, right) => {
	expect(wrongWith(file, wrong)).toEqual(expect.any(String));
	expect(wrongWith(file, right)).toBeUndefined();
});
