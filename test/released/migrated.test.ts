import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { migrate, renamedTypes } from '../../scripts/migrate';
import { packageExamples } from '../../scripts/migrate/examples';
import { rewrite } from '../../scripts/migrate/rewrite';
import { nodesOf, vendorPackages } from '../../scripts/packages';
import { useMockServer } from '../support/vendorTest';
import type { KeptRequests, KeptWorkflow } from './kept';
import { replay } from './replay';

/** Workflows of the bundle, migrated to the vendors' packages (`npm run migrate`). */
const ROOT = path.resolve(__dirname, '../..');
const BUNDLE = 'n8n-nodes-create-credential';
const types = renamedTypes(ROOT);
const mockServer = useMockServer();
const released = fs
	.readdirSync(__dirname, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.flatMap(({ name: version }) => fs.readdirSync(path.join(__dirname, version)).map((file) => path.join(version, file)))
	.filter((file) => !file.endsWith('.requests.json'));

let folder: string;
beforeAll(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migrate-'))));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The node of a package, by its full type. */
function nodeOf(type: string): INodeType {
	const owner = vendorPackages(ROOT).find(({ manifest }) => type.startsWith(`${manifest.name}.`));
	const at = owner ? nodesOf(owner.manifest).indexOf(type.slice(owner.manifest.name.length + 1)) : -1;
	if (!owner || at === -1) throw new Error(`No package has ${type}`);
	const source = path.join(ROOT, owner.manifest.n8n.nodes[at].replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	return new (require(source) as { [name: string]: new () => INodeType })[path.basename(source).split('.')[0]]();
}

/** Migrates a text in a file, as the command does. */
function migrated(text: string | Buffer, ...options: string[]): { code: number; lines: string[]; after: Buffer } {
	const file = path.join(folder, 'workflow.json');
	fs.writeFileSync(file, text);
	const lines: string[] = [];
	const code = migrate(ROOT, [file, ...options], (line) => lines.push(line.replaceAll(file, 'workflow.json')));
	return { code, lines, after: fs.readFileSync(file) };
}

test.each(released)('%s sends the same after it, from the nodes of a package', async (file) => {
	const text = fs.readFileSync(path.join(__dirname, file), 'utf8');
	const { text: after, changes, left } = rewrite(text, types);
	const { nodes } = JSON.parse(after) as KeptWorkflow;
	expect(left).toEqual([]);
	expect(changes).toHaveLength(nodes.length);
	// With the old types in their place, it is the old text.
	expect(changes.reduce((whole, { from, to }) => whole.replace(`"type": "${to}"`, `"type": "${from}"`), after)).toBe(text);
	const { secrets, requests } = JSON.parse(
		fs.readFileSync(path.join(__dirname, file.replace(/\.json$/, '.requests.json')), 'utf8'),
	) as KeptRequests;
	const vendor = path.basename(file, '.json').replace(/Trigger$/, '');
	for (const node of nodes) {
		const sent = await replay(vendor, nodeOf(node.type), node, secrets[node.name] ?? {}, mockServer.current);
		expect({ [node.name]: sent }).toEqual({ [node.name]: requests[node.name] });
	}
});

test('nodes, triggers and tools have a new type; a trigger has no tool', () => {
	const packaged = vendorPackages(ROOT).flatMap(({ manifest }) => nodesOf(manifest));
	const renamed = [...types.renamed.keys()].map((type) => type.slice(BUNDLE.length + 1));
	expect(renamed.filter((name) => !name.endsWith('Tool')).sort()).toEqual(packaged.sort());
	expect(renamed).toHaveLength(2 * packaged.length - packaged.filter((name) => name.endsWith('Trigger')).length);
	expect(types.renamed.get(`${BUNDLE}.alloyEmbeddedTool`)).toBe('n8n-nodes-alloy-embedded-credentials.alloyEmbeddedTool');
	expect(types.renamed.get(`${BUNDLE}.nylasTrigger`)).toBe('n8n-nodes-nylas-credentials.nylasTrigger');
});

const NODE = `{"type":"${BUNDLE}.mielto" ,"name":"M","credentials":{"mieltoApi":{"id":"7","name":"Mine"}}}`;

describe('Only the types change', () => {
	test('in a list of workflows, with their published versions', () => {
		const text = `\uFEFF[ {"name":"A", "nodes": [${NODE}],\r\n "activeVersion": {"nodes":[${NODE}]}},\r\n{"name":"B","nodes":[]}]\n\n`;
		const { code, lines, after } = migrated(text);
		expect(after.toString()).toBe(text.replaceAll(`${BUNDLE}.mielto`, 'n8n-nodes-mielto-credentials.mielto'));
		expect(lines).toEqual([
			...Array(2).fill(`workflow.json: A, M: ${BUNDLE}.mielto → n8n-nodes-mielto-credentials.mielto`),
			'These nodes are in: n8n-nodes-mielto-credentials',
		]);
		expect(code).toBe(0);
	});

	test('in a workflow within a parameter', () => {
		const inner = { nodes: [{ type: `${BUNDLE}.nylas`, name: 'N', parameters: { text: 'a "quoted" \n line' } }] };
		const outer = { nodes: [{ type: 'n8n-nodes-base.executeWorkflow', name: 'Sub', parameters: { workflowJson: JSON.stringify(inner) } }] };
		const after = JSON.parse(migrated(JSON.stringify(outer)).after.toString()) as typeof outer;
		inner.nodes[0].type = 'n8n-nodes-nylas-credentials.nylas';
		expect(JSON.parse(after.nodes[0].parameters.workflowJson)).toEqual(inner);
	});

	test('and not the names of nodes, notes or data that look like a type', () => {
		const node = { type: 'n8n-nodes-base.set', name: `${BUNDLE}.nylas`, notes: `${BUNDLE}.nylas`, parameters: { type: `${BUNDLE}.nylas` } };
		const text = JSON.stringify({ name: 'W', nodes: [node] }, null, 3);
		const { code, lines, after } = migrated(text);
		expect(after.toString()).toBe(text);
		expect(lines.some((line) => line.includes(`left as it is: W, ${BUNDLE}.nylas: a text names ${BUNDLE}.…`))).toBe(true);
		expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: 'workflow.json: nothing to change' });
	});

	test('and a type that no package has is reported', () => {
		const { lines } = migrated(`{"name":"W","nodes":[{"type":"${BUNDLE}.acme","name":"Acme"}]}`);
		expect(lines[0]).toBe(`workflow.json: left as it is: W, Acme: no package has the node type ${BUNDLE}.acme`);
	});

	test('and nothing with --dry-run', () => {
		const { lines, after } = migrated(`{"nodes":[${NODE}]}`, '--dry-run');
		expect(lines[0]).toContain(' → n8n-nodes-mielto-credentials.mielto');
		expect(after.toString()).toBe(`{"nodes":[${NODE}]}`);
	});
});

test.each<[string, string | Buffer, RegExp]>([
	['nothing', ' \n', /^workflow\.json: The file is empty\.$/],
	['no JSON', '{"nodes": [}', /^workflow\.json: The file is no JSON: .*\.$/],
	['another object', '{"name":"x"}', /^workflow\.json: The file is no workflow: a workflow is an object with a list "nodes"\.$/],
	['nodes without types', '{"nodes":[{}]}', /is no workflow/],
	['a list with something else in it', `[{"nodes":[${NODE}]}, 7]`, /Entry 2 of the list is no workflow/],
	['an empty list', '[]', /The list has no workflow\./],
	['UTF-16', Buffer.from('{"nodes":[]}', 'utf16le'), /no JSON|no text in UTF-8/],
	['bytes', Buffer.from([0x7b, 0xff, 0x7d]), /The file is no text in UTF-8\./],
])('%s is refused, and stays as it is', (_what, text, expected) => {
	const { code, lines, after } = migrated(text);
	expect(code).toBe(1);
	expect(lines).toEqual([expect.stringMatching(expected)]);
	expect(after).toEqual(Buffer.from(text as string));
});

test('a file that is not there, a folder, no file and an unknown option are told apart', () => {
	const said = (...argv: string[]) => {
		const lines: string[] = [];
		expect(migrate(ROOT, argv, (line) => lines.push(line))).toBe(1);
		return lines.join('\n');
	};
	expect(said(path.join(folder, 'none.json'))).toContain('There is no such file.');
	expect(said(folder)).toContain('This is a folder. Name the files in it.');
	expect(said()).toBe('Name the files: npm run migrate -- workflow.json');
	expect(said('--dry', 'x.json')).toBe('There is no option --dry.');
});

test('the examples of each package are those of the bundle (npm run migrate -- --examples)', () => {
	const examples = packageExamples(ROOT, types);
	expect(examples.size).toBe(vendorPackages(ROOT).length);
	for (const [home, wanted] of examples) {
		expect(Object.keys(wanted)).toContain(`create-${path.basename(path.dirname(home))}.json`);
		const kept = fs.readdirSync(home).map((file) => [file, fs.readFileSync(path.join(home, file), 'utf8')]);
		expect(Object.fromEntries(kept)).toEqual(wanted);
	}
});
