import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { parse } from 'yaml';

import { compileVendor, readFiles } from '../../../../engine/compile';
import { call } from '../call';

/** A document that a test changes at will. */
type Root = ReturnType<typeof JSON.parse>;

/** A vendor with its document and overlay, and what `add` generates from the two. */
const property = (more: object = {}) => ({ type: 'string', minLength: 1, ...more });
function document(change: (root: Root) => void = () => undefined): string {
	const answer = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
	const root = {
		openapi: '3.1.0',
		info: { title: 'Acme REST API', version: '1' },
		servers: [{ url: 'https://api.acme.test' }],
		security: [{ key: [] }],
		paths: {
			'/me': { get: { responses: { 200: { description: 'ok' } } } },
			'/keys': {
				post: {
					summary: 'Create a key',
					requestBody: {
						required: true,
						content: { 'application/json': { schema: { $ref: '#/components/schemas/Key' } } },
					},
					responses: { 201: { description: 'made', content: { 'application/json': { schema: answer } } } },
				},
			},
			'/invoices': { get: { responses: { 200: { description: 'not of this node' } } } },
		},
		components: {
			securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
			schemas: {
				Key: { type: 'object', required: ['word'], properties: { word: property(), note: property() } },
				Unused: { type: 'object', properties: { gone: property() } },
			},
		},
	};
	change(root);
	return JSON.stringify(root);
}
const OVERLAY = `overlay: 1.0.0
info: { title: Acme in n8n, version: 1.0.0 }
actions:
  - target: $
    update: { x-n8n-credential: acmeApi }
  - target: $.paths['/keys'].post
    update: { x-n8n-operation: { resource: credential, operation: create } }
  - target: $.paths['/keys'].post.responses['201']
    update: { x-n8n-result: { id: /id } }
  - target: $.components.schemas.Key.properties.word
    update: { x-n8n-label: Pass Phrase, maxLength: 20 }
`;
const FOLDER = 'nodes/Acme';
const DOCUMENT = `${FOLDER}/acme.openapi.yaml`;
const WORDS = `${FOLDER}/acme.overlay.yaml`;

let root: string;
const at = (file: string) => path.join(root, file);
const read = (file: string) => fs.readFileSync(at(file), 'utf8');
const write = (file: string, text: string) => {
	fs.mkdirSync(path.dirname(at(file)), { recursive: true });
	fs.writeFileSync(at(file), text);
};
/** All files below the root, with their texts. */
const everything = () =>
	Object.fromEntries(
		fs
			.readdirSync(root, { recursive: true, encoding: 'utf8' })
			.filter((file) => fs.statSync(at(file)).isFile() && !file.startsWith('their'))
			.map((file) => [file, read(file)]),
	);

beforeEach(async () => {
	root = fs.mkdtempSync(path.join(os.tmpdir(), 'update-'));
	write('package.json', JSON.stringify({ name: 'n8n-nodes-acme', n8n: { nodes: [], credentials: [] } }));
	write('their.json', document());
	write('their.overlay.yaml', OVERLAY);
	const added = await call(['add', at('their.json'), '--name', 'Acme'], { root });
	expect(added).toMatchObject({ code: 0 });
	fs.rmSync(at('their.overlay.yaml'));
	write(
		DOCUMENT,
		`# Acme's API, in part.\n${document((one) => {
			one.info.title = 'Acme';
			delete one.paths['/invoices'];
		})}\n`,
	);
	write(WORDS, OVERLAY);
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

async function update(change: (root: Root) => void, ...more: string[]) {
	write('their2.json', document(change));
	const { code, out, err } = await call(['update', 'acme', at('their2.json'), ...more], { root });
	return { code, err, ...(out === '' ? {} : JSON.parse(out)) };
}

const addLabel = (one: Root) => (one.components.schemas.Key.properties.team = property());

describe('vendor update', () => {
	it('takes what the node uses of the new document, keeps the overlay, and generates anew what nobody edited', async () => {
		const before = everything();
		const updated = await update((one) => {
			addLabel(one);
			one.info.version = '2';
			one.components.schemas.Key.properties.word.description = 'New words';
		});
		expect(updated).toMatchObject({
			...{ code: 0, err: '', breaks: false, overlay: [], kept: [], notes: [] },
			changes: [{ operation: 'POST /keys', place: 'body.team', change: 'is new', breaks: false }],
			written: ['docs/vendors/acme.md', DOCUMENT],
		});
		const after = everything();
		expect(
			Object.keys(after)
				.filter((file) => after[file] !== before[file])
				.sort(),
		).toEqual(updated.written);
		const [, comment, ...more] = read(DOCUMENT).split('\n');
		expect([read(DOCUMENT).split('\n')[0], comment]).toEqual([
			"# Acme's API, in part.",
			'# Brought up to date from their2.json (Acme REST API, 2).',
		]);
		expect(more[0]).not.toMatch(/^#/);
		const now = parse(read(DOCUMENT));
		expect(read(DOCUMENT)).not.toContain('x-n8n-');
		expect(now.info).toEqual({ title: 'Acme', version: '2' });
		expect(Object.keys(now.paths)).toEqual(['/me', '/keys']);
		expect(now.components.schemas).toHaveProperty('Unused');
		expect(read('docs/vendors/acme.md')).toContain('New words');
		const files = readFiles(at(DOCUMENT));
		const [{ inputs }] = compileVendor(files.text, files.name, files.overlay).vendor.operations;
		expect(inputs[0].field).toMatchObject({ fields: [{ label: 'Pass Phrase', schema: { maxLength: 20 } }, {}, { name: 'team' }] });
	});

	it('is done a second time without any change', async () => {
		await update(addLabel);
		const before = everything();
		expect(await update(addLabel)).toMatchObject({ code: 0, breaks: false, changes: [], written: [] });
		expect(everything()).toEqual(before);
	});

	it('takes Swagger 2.0 as well, and compares it under the same overlay', async () => {
		const { code, changes, overlay } = await update((one) => {
			const { Key } = one.components.schemas;
			const made = one.paths['/keys'].post.responses[201];
			Object.assign(one, { openapi: undefined, swagger: '2.0', host: 'api.acme.test', schemes: ['https'], components: undefined });
			one.securityDefinitions = { key: { type: 'apiKey', in: 'header', name: 'X-Key' } };
			one.definitions = { Key };
			one.paths['/keys'].post = {
				parameters: [{ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Key' } }],
				responses: { 201: { description: 'made', schema: made.content['application/json'].schema } },
			};
		});
		expect({ code, changes, overlay }).toEqual({ code: 0, changes: [], overlay: [] });
		expect(parse(read(DOCUMENT)).openapi).toMatch(/^3\.0/);
	});

	it('keeps what was edited by hand, and names it', async () => {
		const page = `${read('docs/vendors/acme.md')}\nHow to get a key.\n`;
		write('docs/vendors/acme.md', page);
		expect(await update(addLabel)).toMatchObject({ code: 0, written: [DOCUMENT], kept: ['docs/vendors/acme.md'] });
		expect(read('docs/vendors/acme.md')).toBe(page);
	});

	it('does not write back what was removed by hand', async () => {
		fs.rmSync(at('docs/vendors/acme.md'));
		expect(await update(addLabel)).toMatchObject({ code: 0, written: [DOCUMENT], kept: [] });
	});

	it('writes what breaks stored workflows only where that is wanted', async () => {
		const before = everything();
		const required = (one: Root) => one.components.schemas.Key.required.push('note');
		const changes = [{ operation: 'POST /keys', place: 'body.note', change: 'is required now', breaks: true }];
		expect(await update(required)).toMatchObject({ code: 1, breaks: true, overlay: [], changes, written: [] });
		expect(everything()).toEqual(before);
		const forced = await update(required, '--force');
		expect(forced).toMatchObject({ code: 0, breaks: true, changes });
		expect(forced.written).toEqual(['examples/create-acme.json', DOCUMENT, 'test/nodes/acme.test.ts'].sort());
	});

	it.each<[string, (root: Root) => void, RegExp]>([
		[
			'a target that is gone',
			(one) => {
				one.components.schemas.Key.properties.words = one.components.schemas.Key.properties.word;
				delete one.components.schemas.Key.properties.word;
			},
			/^nodes\/Acme\/acme\.overlay\.yaml:10:5: actions\.3\.target: the target finds nothing: there is no "word" at .*\.properties\.words/,
		],
		[
			'a place that is gone',
			(one) => {
				const { schema } = one.paths['/keys'].post.responses[201].content['application/json'];
				schema.properties = { key_id: schema.properties.id };
			},
			/^nodes\/Acme\/acme\.overlay\.yaml:9:31: paths\.\/keys\.post\.responses\.201\.x-n8n-result\.id: there is no "\/id" .*\/key_id/,
		],
	])('writes nothing where the overlay does not fit any more: %s', async (_what, change, message) => {
		const before = everything();
		for (const more of [[], ['--force']]) {
			const { overlay, ...said } = await update(change, ...more);
			expect(said).toMatchObject({ code: 1, breaks: true, written: [] });
			expect(overlay).toEqual([expect.stringMatching(message)]);
			expect(everything()).toEqual(before);
		}
	});

	it('names every target that is gone with its operation, and takes the overlay that was corrected', async () => {
		const moved = (one: Root) => {
			one.paths['/tokens'] = one.paths['/keys'];
			delete one.paths['/keys'];
			one.paths['/keys'] = { get: { responses: { 200: { description: 'ok' } } } };
		};
		const { code, overlay, changes } = await update(moved);
		expect([code, overlay.length]).toEqual([1, 2]);
		expect(changes).toContainEqual({ operation: 'POST /keys', change: 'is not in their document any more', breaks: true });
	});

	it('compares with the overlay that was there, also where it was corrected for the new document already', async () => {
		const renamed = (one: Root) => {
			const { properties } = one.components.schemas.Key;
			one.components.schemas.Key.properties = { note: properties.note, word: properties.word };
			one.paths['/keys'].post.responses[200] = one.paths['/keys'].post.responses[201];
			delete one.paths['/keys'].post.responses[201];
		};
		expect((await update(renamed)).overlay).toHaveLength(1);
		write(WORDS, OVERLAY.replace("['201']", "['200']"));
		expect(await update(renamed)).toMatchObject({ code: 0, overlay: [] });
		expect(read(WORDS)).toContain("['200']");
	});

	it('refuses a document with extensions in it, which the next one would not have', async () => {
		write(
			DOCUMENT,
			document((one) => (one.components.schemas.Key.properties.note['x-n8n-label'] = 'Words')),
		);
		const { code, err } = await update(addLabel);
		expect(code).toBe(1);
		expect(err).toContain(
			'components.schemas.Key.properties.note.x-n8n-label: this stands in the document, and the next version would not',
		);
		expect(err).toContain(`Move all extensions into ${WORDS}`);
	});

	it.each([
		['no such vendor', ['update', 'nobody', 'their.json'], 1, 'There is no vendor "nobody" in nodes/. There are: Acme. '],
		['no document', ['update', 'Acme'], 2, 'Name the vendor and its new document: '],
		[
			'the document of another vendor',
			['update', 'Acme', 'other.json'],
			1,
			'other.json has none of the operations of nodes/Acme/acme.openapi.yaml',
		],
	])('says what to do: %s', async (_what, [command, ...argv], code, message) => {
		write(
			'other.json',
			JSON.stringify({ openapi: '3.1.0', info: { title: 'B', version: '1' }, paths: { '/b': { get: { responses: {} } } } }),
		);
		const called = await call([command, ...argv.map((one) => (one.endsWith('.json') ? at(one) : one))], { root });
		expect(called).toMatchObject({ code, out: '' });
		expect(called.err).toContain(message);
	});
});
