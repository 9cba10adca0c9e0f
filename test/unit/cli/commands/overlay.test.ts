import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { call } from '../call';

/** Every command that takes a document takes an overlay: one that lies beside it, or one that is named. */
const DOCUMENT = `openapi: 3.1.0
info: { title: Acme, version: '1' }
servers: [{ url: https://api.acme.test }]
paths:
  /keys:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [word], properties: { word: { type: string, minLength: 1 } } }
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } }
`;
const overlay = (label: string) => `overlay: 1.0.0
info: { title: Words, version: 1.0.0 }
actions:
  - target: $.paths['/keys'].post
    update: { x-n8n-operation: { resource: credential, operation: create } }
  - target: $.paths['/keys'].post.requestBody.content['application/json'].schema.properties.word
    update: { x-n8n-label: ${label}, x-n8n-secret: true }
`;
const WRONG = overlay('A').replace('.post\n', '.put\n');

let folder: string;
const write = (name: string, text: string) => {
	const file = path.join(folder, name);
	fs.writeFileSync(file, text);
	return file;
};
beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlay-'));
	write('request.json', JSON.stringify({ body: { word: 'canary' } }));
	write('parameters.json', JSON.stringify({ resource: 'credential', operation: 'create', word: 'canary' }));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const labelOf = (out: string) =>
	(JSON.parse(out).node.properties as Array<{ name: string; displayName: string }>).find(({ name }) => name === 'word')?.displayName;

describe('vendor describe', () => {
	it.each(['acme.openapi.yaml', 'acme.yaml', 'acme.json'])('takes the overlay beside %s', async (name) => {
		const document = write(name, DOCUMENT);
		expect(labelOf((await call(['describe', document])).out)).toBe('Word');
		write('acme.overlay.yaml', overlay('Pass Phrase'));
		expect(labelOf((await call(['describe', document])).out)).toBe('Pass Phrase');
	});

	it('takes the one that is named instead, also over standard input', async () => {
		const document = write('acme.openapi.yaml', DOCUMENT);
		write('acme.overlay.yaml', overlay('Beside'));
		const named = write('words.yaml', overlay('Named'));
		expect(labelOf((await call(['describe', document, '--overlay', named])).out)).toBe('Named');
		expect(labelOf((await call(['describe', '-', '--overlay', named], { stdin: DOCUMENT })).out)).toBe('Named');
	});

	it.each([
		['that is not there', 'none.yaml', 1, 'The overlay none.yaml cannot be read: there is no such file. '],
		['from standard input', '-', 2, '--overlay takes the path of a file, not standard input.'],
	])('refuses an overlay %s', async (_what, name, code, message) => {
		const { out, err, ...said } = await call(['describe', write('acme.yaml', DOCUMENT), '--overlay', name]);
		expect([said.code, out]).toEqual([code, '']);
		expect(err).toContain(message);
	});
});

describe('The other commands take the overlay as well', () => {
	it.each<[string, string[]]>([
		['parameters', ['--request', 'request.json']],
		['request', ['--parameters', 'parameters.json']],
		['lifecycle', ['--all']],
		['diff', ['acme.yaml']],
	])('%s', async (command, more) => {
		const document = write('acme.yaml', DOCUMENT);
		const argv = [command, document, ...more.map((one) => (one.startsWith('--') ? one : path.join(folder, one)))];
		expect((await call(argv)).code).toBe(0);
		write('acme.overlay.yaml', WRONG);
		const { code, out, err } = await call(argv);
		expect([code, out]).toEqual([1, '']);
		expect(err).toMatch(
			/^acme\.overlay\.yaml:4:5: actions\.0\.target: the target finds nothing: there is no "put" at \$\.paths\['\/keys'\]/,
		);
		const right = write('words.yaml', overlay('Named'));
		expect(await call(argv.concat(['--overlay', right]))).toMatchObject(command === 'diff' ? { code: 1 } : { code: 0 });
	});

	it('request hides what the overlay calls secret', async () => {
		const document = write('acme.yaml', DOCUMENT);
		const argv = ['request', document, '--parameters', path.join(folder, 'parameters.json')];
		expect((await call(argv)).out).toContain('canary');
		write('acme.overlay.yaml', overlay('Word'));
		const { code, out } = await call(argv);
		expect(code).toBe(0);
		expect(out).not.toContain('canary');
	});

	it('diff lays the overlay over our document', async () => {
		const theirs = write('their.yaml', DOCUMENT.replace('/keys', '/tokens'));
		const ours = write('acme.yaml', DOCUMENT);
		const breaks = async (...more: string[]) => JSON.parse((await call(['diff', theirs, ours, ...more])).out).breaks as boolean;
		expect(await breaks()).toBe(false);
		expect(await breaks('--overlay', write('words.yaml', overlay('Word')))).toBe(true);
	});
});
