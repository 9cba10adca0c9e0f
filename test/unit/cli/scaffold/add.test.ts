import * as fs from 'node:fs';
import * as path from 'node:path';

import { parse } from 'yaml';

import { copyOf } from '../../../../cli/scaffold/copy';
import { share } from '../../../support/share';
import { addVendors, ENTRIES, LISTS } from '../added';
import { call, fixture, ROOT, type Called } from '../call';

/** `add` in a copy of the checkout. What was added is built, tested and linted by `npm run tries`. */
let copy: string;
let acme: Called;
let lists: Called;
let others: Called[];

beforeAll(async () => {
	copy = copyOf(ROOT);
	({ acme, lists, others } = await addVendors(copy, share(4, 1)));
}, 120_000);
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

const FILES = [
	'nodes/TheAcmeCloud/theAcmeCloud.openapi.yaml',
	'nodes/TheAcmeCloud/TheAcmeCloud.node.ts',
	'nodes/TheAcmeCloud/TheAcmeCloud.node.json',
	'credentials/TheAcmeCloudApi.credentials.ts',
	'icons/theAcmeCloud.svg',
	'icons/theAcmeCloud.dark.svg',
	'docs/vendors/the-acme-cloud.md',
	'examples/create-the-acme-cloud.json',
	'test/nodes/theAcmeCloud.test.ts',
];

function read(file: string, root = copy): string {
	return fs.readFileSync(path.join(root, file), 'utf8');
}

describe('vendor add', () => {
	it('says what it wrote, and what to do next', () => {
		expect(acme.code).toBe(0);
		for (const file of FILES) expect(acme.out).toContain(`  ${file}\n`);
		expect(acme.out).toContain('npm run build && npm test && npm run lint');
		expect(acme.out.trim().split('Next:\n')[1].split('\n')).toHaveLength(3);
	});

	it('says what is left to a person', () => {
		expect(acme.err).toMatch(
			/^warning: The answer of DELETE \S+ names no id .* Add x-n8n-result to its response in nodes\/TheAcmeCloud\/theAcmeCloud\.openapi\.yaml/m,
		);
		expect(others[0].err).toMatch(/^warning: The document has no GET that could test the key/m);
		for (const { code, err } of others) {
			expect(code).toBe(0);
			for (const line of err.split('\n').filter(Boolean)) expect(line).toMatch(/^warning: .*\.$/);
		}
	});

	it('writes every file', () => {
		for (const file of FILES) expect(read(file).length).toBeGreaterThan(0);
	});

	it('takes over what the operations need, and marks them', () => {
		const excerpt = read(FILES[0]);
		expect(excerpt).toMatch(/^# The part of the API that this node uses\. Taken from acme\.yaml \(The Acme Cloud API, 2\.3\)\./);
		expect(excerpt).toContain('\nx-n8n-credential: theAcmeCloudApi\n');
		for (const kept of ['TokenEntry:', 'PairEntry:', 'Failure:', '/v1/me:', 'Workspace:', 'In the console, under Keys.'])
			expect(excerpt).toContain(kept);
		for (const left of ['Invoice', 'Billing', 'unused', 'basic']) expect(excerpt).not.toContain(left);
		const marks = [...excerpt.matchAll(/x-n8n-operation:\n\s+resource: (\w+)\n\s+operation: (\w+)/g)].map(
			([, resource, operation]) => `${resource} ${operation}`,
		);
		expect(marks).toEqual(['entry create', 'entry get', 'entry update', 'entry delete', 'rotation create']);
		expect(excerpt).toMatch(/x-n8n-result:\n\s+record: \/data\n\s+id: \/id\n\s+link: \/authorize_url\n/);
	});

	it('writes Swagger 2.0 in the words of OpenAPI 3.0', () => {
		const excerpt = read('nodes/Keyring/keyring.openapi.yaml');
		expect(excerpt).toMatch(/\nopenapi: 3\.0\.\d\n/);
		expect(excerpt).toMatch(/brought from\s+(# )?Swagger 2\.0/);
		expect(excerpt).toMatch(/x-n8n-operation:\n\s+resource: credential\n\s+operation: create\n/);
		expect(excerpt).not.toContain('Unused');
	});

	it('registers node and credential type, sorted, and changes nothing else in package.json', () => {
		const before = JSON.parse(read('package.json', ROOT));
		const after = JSON.parse(read('package.json'));
		for (const list of ['nodes', 'credentials']) expect(after.n8n[list]).toEqual([...after.n8n[list]].sort());
		expect(after.n8n.nodes).toContain('dist/nodes/TheAcmeCloud/TheAcmeCloud.node.js');
		expect(after.n8n.credentials).toContain('dist/credentials/TheAcmeCloudApi.credentials.js');
		const added = read('package.json')
			.split('\n')
			.filter((line) => !/"dist\/.*(TheAcmeCloud|Keyvault|Keyring|Hookdeck|Stripe|MongoDbAtlas|ArgoCd)/.test(line));
		const plain = (lines: string[]) => lines.map((line) => line.replace(/,$/, ''));
		expect(plain(added)).toEqual(plain(read('package.json', ROOT).split('\n')));
		expect({ ...after, n8n: before.n8n }).toEqual(before);
	});

	it('gives an example workflow with the new node', () => {
		const { nodes } = JSON.parse(read('examples/create-the-acme-cloud.json'));
		expect(nodes[1]).toMatchObject({
			name: 'The Acme Cloud',
			type: 'n8n-nodes-create-credential.theAcmeCloud',
			parameters: { resource: 'entry', operation: 'create', xWorkspace: 'acme-main', label: 'Acme' },
			credentials: { theAcmeCloudApi: { id: '', name: 'The Acme Cloud account' } },
		});
		expect(nodes[1].parameters.token).toMatch(/^tok-\d{6}$/);
	});

	it('says of a list where its records stand and how it is paged, and what of that is a guess', () => {
		expect(lists.code).toBe(0);
		const { paths } = parse(read('nodes/Keyvault/keyvault.openapi.yaml'));
		const said = LISTS.map((operation) => paths[operation.slice(4)].get).map((get) => [
			get['x-n8n-operation'].operation,
			get['x-n8n-pagination'],
			get.responses['200']['x-n8n-result'],
		]);
		expect(said).toEqual([
			[
				'getAll',
				{ style: 'cursor', request: { cursor: 'page_token', limit: 'page_size' }, size: 100, response: { next: '/next_page_token' } },
				{ records: '/keys', id: '/id' },
			],
			[
				'getAll',
				{ style: 'cursor', request: { cursor: 'starting_after', limit: 'limit' }, response: { next: '/-1/id' } },
				{ records: '', id: '/id' },
			],
			['getAll', undefined, { records: '' }],
			['get', undefined, { record: '', id: '/id' }],
		]);
		expect(lists.err).toContain(
			"warning: How the list of GET /v1/tokens is paged is a guess. Compare its x-n8n-pagination with the vendor's documentation.\n",
		);
		expect(read('nodes/Keyvault/keyvault.openapi.yaml').split('# A guess: compare it')).toHaveLength(2);
		expect(read('test/nodes/keyvault.test.ts').split("it('makes an item of each record of the list'")).toHaveLength(4);
	});

	it('writes nothing where a list looks paged and nothing tells how', async () => {
		const { code, err } = await call(['add', fixture('lists.yaml'), '--name', 'Events', '--operation', 'GET /v1/events'], { root: copy });
		expect(code).toBe(1);
		expect(err).toMatch(
			/^lists\.yaml:29:5: paths\.\/v1\/events\.get: this list looks paged \(the parameter "cursor"\), and nothing says how all of it is read\. Add x-n8n-pagination /,
		);
		expect(fs.existsSync(path.join(copy, 'nodes/Events'))).toBe(false);
	});

	it('overwrites nothing, and lists what is in the way', async () => {
		const before = FILES.map((file) => read(file));
		const manifest = read('package.json');
		const again = await call(['add', fixture('acme.yaml'), '--name', 'the acme cloud', '--operation', ENTRIES[0]], { root: copy });
		expect(again.code).toBe(1);
		expect(again.out).toBe('');
		for (const file of FILES) expect(again.err).toContain(`  ${file}\n`);
		const alloy = await call(['add', fixture('acme.yaml'), '--name', 'Alloy', '--operation', ENTRIES[0]], { root: copy });
		expect(alloy).toEqual({
			code: 1,
			out: '',
			err: expect.stringMatching(
				/nothing is overwritten:\n {2}credentials\/AlloyApi\.credentials\.ts\n {2}icons\/alloy\.svg\n {2}icons\/alloy\.dark\.svg\n {2}test\/nodes\/alloy\.test\.ts\n/,
			),
		});
		expect(FILES.map((file) => read(file))).toEqual(before);
		expect(read('package.json')).toBe(manifest);
		expect(fs.existsSync(path.join(copy, 'nodes/Alloy'))).toBe(false);
	});

	it.each<[string, string[], RegExp]>([
		[
			'no operation of that name',
			['--name', 'New', '--operation', 'POST /nowhere'],
			/^paths: there is no operation "POST \/nowhere"\. There are: /,
		],
		['which of several', ['--name', 'New'], /^paths: the document has 7 operations\. Name one with --operation/],
		[
			'a name that begins with a digit',
			['--name', '1Password', '--operation', ENTRIES[0]],
			/^The name "1Password" begins with a digit, which a class cannot\. .* --name "OnePassword"/,
		],
		['a name without letters', ['--name', '日本', '--operation', ENTRIES[0]], /^The name "日本" has no letter from A to Z/],
		['a trigger', ['--name', 'Acme Trigger', '--operation', ENTRIES[0]], /which n8n keeps for nodes that start a workflow/],
		['OAuth2 that is none', ['--name', 'Acme OAuth2', '--operation', ENTRIES[0]], /which n8n keeps for credentials that sign in so/],
	])('writes nothing where something is wrong: %s', async (_what, argv, message) => {
		const nodes = fs.readdirSync(path.join(copy, 'nodes'));
		const { code, out, err } = await call(['add', fixture('acme.yaml'), ...argv], { root: copy });
		expect({ code, out }).toEqual({ code: 1, out: '' });
		expect(err).toMatch(message);
		expect(fs.readdirSync(path.join(copy, 'nodes'))).toEqual(nodes);
	});
});
