import * as fs from 'node:fs';
import * as path from 'node:path';

import fc from 'fast-check';
import { transpileModule } from 'typescript';
import { parse } from 'yaml';

import { compileVendor } from '../../../../engine/compile';
import { Document } from '../../../../engine/compile/document/document';
import { compileOperation } from '../../../../engine/compile/operation/operations';
import { findOperations, type Found } from '../../../../engine/compile/document/find';
import type { Operation } from '../../../../engine/model';
import { newVendor } from '../../../../cli/scaffold/newVendor';
import { registered } from '../../../../cli/scaffold/register';
import { formatted, literal } from '../../../../cli/scaffold/source';
import { share, shareOf } from '../../../support/share';
import { corpus, fixture, ROOT } from '../call';

describe('A value as source', () => {
	const evaluated = (source: string): unknown => {
		const { outputText } = transpileModule(`export default ${source}`, { compilerOptions: { module: 1 } });
		const module = { exports: {} as { default?: unknown } };
		new Function('module', 'exports', outputText)(module, module.exports);
		return module.exports.default;
	};

	it('means the value', () => {
		fc.assert(
			fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
				// The keys of a literal are set, not defined.
				fc.pre(!JSON.stringify(value).includes('__proto__'));
				expect(evaluated(literal(value))).toEqual(JSON.parse(JSON.stringify(value)));
			}),
			{ numRuns: share(150, 30) },
		);
	});

	it('looks as in this package', async () => {
		const source = async (value: object, comments = {}) => await formatted(`const value = ${literal(value, comments)}`);
		expect(await source({ a: "it's", 'b-c': [1, true, null], d: { password: true } })).toBe(
			`const value = { a: "it's", 'b-c': [1, true, null], d: { password: true } };\n`,
		);
		expect(await source({ a: 1, b: 2, c: 3, d: 4 })).toBe('const value = {\n\ta: 1,\n\tb: 2,\n\tc: 3,\n\td: 4,\n};\n');
		expect(await source({ a: 1, b: { c: 2 } }, { c: 'why' })).toBe('const value = {\n\ta: 1,\n\tb: {\n\t\t// why\n\t\tc: 2,\n\t},\n};\n');
	});
});

describe('The registration in package.json', () => {
	const files = { nodes: 'dist/nodes/M/M.node.js', credentials: 'dist/credentials/MApi.credentials.js' };

	it.each([
		[
			'tabs',
			'{\n\t"name": "x",\n\t"n8n": {\n\t\t"credentials": ' +
				'[\n\t\t\t"dist/credentials/ZApi.credentials.js"\n\t\t],\n\t\t"nodes": ' +
				'[\n\t\t\t"dist/nodes/A/A.node.js",\n\t\t\t"dist/nodes/Z/Z.node.js"\n\t\t]\n\t}\n}\n',
			'\t',
		],
		[
			'spaces',
			'{\n  "n8n": {\n    "nodes": [],\n    "credentials": [\n      "dist/credentials/ZApi.credentials.js"\n    ]\n  },\n  ' +
				'"files": ["dist"]\n}',
			'  ',
		],
	])('keeps the formatting: %s', (_what, manifest, indent) => {
		const added = registered(manifest, files);
		const { n8n, ...rest } = JSON.parse(added);
		const { n8n: before, ...restBefore } = JSON.parse(manifest);
		expect(rest).toEqual(restBefore);
		expect(n8n).toEqual({ nodes: [...before.nodes, files.nodes].sort(), credentials: [...before.credentials, files.credentials].sort() });
		expect(added).toContain(`\n${indent.repeat(3)}"dist/nodes/M/M.node.js"`);
		expect(registered(added, files)).toBe(added);
		const others = (text: string) => text.replace(/"(nodes|credentials)": \[[^\]]*\]/g, '');
		expect(others(added)).toBe(others(manifest));
	});

	it('says what is missing', () => {
		expect(() => registered('{ "name": "x" }', files)).toThrow('package.json has no list "n8n.nodes". Add an empty one');
	});
});

describe('The excerpt of a document', () => {
	const cases: Array<[string, string[]]> = [
		...[...shareOf(corpus(), 3)].map((file): [string, string[]] => [file, []]),
		[fixture('keys.json'), []],
		...['POST /v1/vault/entries', 'PATCH /v1/vault/entries/{entry_id}', 'GET /v1/invoices'].map((operation): [string, string[]] => [
			fixture('acme.yaml'),
			[operation],
		]),
		...fs
			.readdirSync(path.join(ROOT, 'test/support/fixtures'))
			.map((file): [string, string[]] => [path.join(ROOT, 'test/support/fixtures', file), []]),
	];

	it.each(cases)('asks for the same as the whole: %s %j', (file, wanted) => {
		const text = fs.readFileSync(file, 'utf8');
		const document = Document.read(text, 'document');
		const all = findOperations(document);
		const [first] = wanted.length > 0 ? wanted : all.map(({ method, path: where }) => `${method} ${where}`);
		const { chosen, excerpt } = newVendor({ text, name: file }, { file, name: 'Acme', operations: [first] });
		const compiled = compileVendor(excerpt, 'excerpt').vendor.operations;
		expect(compiled).toHaveLength(1);
		const part = Document.read(excerpt, 'excerpt');
		const found = findOperations(part).find(({ method, path: where }) => `${method} ${where}` === first) as Found;
		const asked = ({ inputs, body, fromCredential }: Operation) => ({ inputs, body, fromCredential });
		expect(asked(compileOperation(part, found))).toEqual(asked(compileOperation(document, chosen[0].found)));
		expect(Object.keys(parse(excerpt).paths).length).toBeLessThanOrEqual(2);
	});
});
