import * as fs from 'node:fs';
import * as path from 'node:path';

import { signIn, type N8nApi } from '../../scripts/n8n/api';
import { OWNER, VENDORS, type DemoVendor } from '../../scripts/n8n/demo';
import { readExamples, withCredentials } from '../../scripts/n8n/examples';
import { installationIn } from '../../scripts/n8n/install';
import { folderOf, place } from '../../scripts/n8n/place';
import type { RunningN8n } from '../../scripts/n8n/process';
import { atMockServer, provision } from '../../scripts/n8n/provision';
import { readResult } from '../../scripts/n8n/results';
import type { Workflow } from '../../scripts/n8n/run';
import { packVendor } from '../../scripts/packVendor';
import { folders, ROOT } from '../e2e/setup/folders';
import { startForTests } from '../e2e/setup/n8n';
import { KEYS, startMockServer, type MockServer } from '../support/mockServer';
import { fetchAsOwner, type CredentialTypeDescription, type NodeTypeDescription } from './types';

const BUNDLE = 'n8n-nodes-create-credential';
const EXAMPLES = readExamples(path.join(ROOT, 'examples'), VENDORS, BUNDLE);

/** The packages of single vendors (`npm run pack`), one after the other in one n8n, and then one beside the whole package. */
describe('The package of one vendor', () => {
	const installation = installationIn(process.env.E2E_N8N as string);
	const { work } = folders();
	const userFolder = path.join(work, 'packs');
	const log = path.join(work, 'packs.log');
	const packed = path.join(work, 'packs-packed');
	let mockServer: MockServer;
	let running: RunningN8n | undefined;

	beforeAll(async () => {
		fs.mkdirSync(packed, { recursive: true });
		mockServer = await startMockServer();
	});
	afterAll(async () => await mockServer?.close());
	beforeEach(() => {
		mockServer.reset();
		fs.rmSync(folderOf('', userFolder), { recursive: true, force: true });
	});
	afterEach(async () => {
		await running?.stop();
		running = undefined;
	});

	/** Puts the package of a vendor into n8n, which does not run. Gives its name. */
	const install = (vendor: string) =>
		place(packVendor(ROOT, path.join(work, 'package'), vendor, packed).unpacked, userFolder, installation);
	const start = async (): Promise<{ url: string; api: N8nApi }> => {
		running = await startForTests(installation, userFolder, log);
		return { url: running.url, api: await signIn(running.url, OWNER) };
	};
	/** The node types of our packages. */
	const ownTypes = async (url: string) =>
		(await fetchAsOwner<NodeTypeDescription[]>(url, '/types/nodes.json')).filter(({ name }) => /^n8n-nodes-(?!base\.)/.test(name));
	const credentialTypes = async (url: string, name: string) =>
		(await fetchAsOwner<CredentialTypeDescription[]>(url, '/types/credentials.json')).filter((type) => type.name === name);
	/** What the example of a vendor creates with the nodes of a package, and an n8n credential that leads to the mock server. */
	const create = async (api: N8nApi, name: string, vendor: DemoVendor, workflow: Workflow) => {
		const nodes = workflow.nodes.map((node) => ({ ...node, type: node.type.replace(`${BUNDLE}.`, `${name}.`) }));
		const references = await provision(api, [vendor], (one) => atMockServer(one, { url: mockServer.url, keys: KEYS }));
		const run = await api.runWorkflow(await api.upsertWorkflow(withCredentials({ ...workflow, nodes }, references)));
		const own = nodes.filter(({ type }) => type.startsWith(`${name}.`)).map((node) => node.name);
		return { ...readResult(run, own), account: references[vendor.credential].id };
	};

	test.each(EXAMPLES.map((example) => [example.vendor.name, example] as const))(
		'%s: loads by itself, and creates a credential',
		async (_name, { vendor, workflow }) => {
			const name = install(vendor.name);
			const { url, api } = await start();
			const types = await ownTypes(url);
			expect(types.map((type) => type.name)).toEqual(expect.arrayContaining([`${name}.${vendor.node}`, `${name}.${vendor.node}Tool`]));
			expect(types.filter((type) => !type.name.startsWith(`${name}.`))).toEqual([]);
			expect(await credentialTypes(url, vendor.credential)).toHaveLength(1);
			const { created, problem } = await create(api, name, vendor, workflow);
			expect({ created, problem }).toEqual({ created: expect.any(String), problem: undefined });
			expect(mockServer.credentials.length + mockServer.links.length).toBe(1);
		},
	);

	test('beside the whole package: each node twice, and n8n credentials that serve both', async () => {
		const [{ vendor, workflow }] = EXAMPLES;
		const name = install(vendor.name);
		place(path.join(work, 'packed', 'unpacked'), userFolder, installation);
		const { url, api } = await start();
		const types = await ownTypes(url);
		for (const one of [name, BUNDLE]) expect(types.map((type) => type.name)).toContain(`${one}.${vendor.node}`);
		const twins = types.filter((type) => type.name.endsWith(`.${vendor.node}`));
		expect(twins.map(({ displayName }) => displayName)).toEqual([vendor.title, vendor.title]);
		// n8n takes the type of the package that it read last, and says nothing about it.
		expect(await credentialTypes(url, vendor.credential)).toHaveLength(2);
		expect(fs.readFileSync(log, 'utf8')).not.toMatch(/already loaded|duplicate|nylasApi/i);

		const results = [await create(api, name, vendor, workflow), await create(api, BUNDLE, vendor, workflow)];
		expect(results).toEqual(results.map(() => expect.objectContaining({ created: expect.any(String) })));
		expect(results[0].account).toBe(results[1].account);
		expect(mockServer.credentials).toHaveLength(2);
	});

	test('without the whole package its workflows need the other node type, and keep their n8n credentials', async () => {
		const [{ vendor, workflow }] = EXAMPLES;
		const name = install(vendor.name);
		const { api } = await start();
		const before = await api.call<Array<{ id: string; type: string }>>('GET', '/credentials');
		await expect(create(api, BUNDLE, vendor, workflow)).rejects.toThrow(`Unrecognized node type: ${BUNDLE}.${vendor.node}`);
		const { account, created } = await create(api, name, vendor, workflow);
		expect(created).toEqual(expect.any(String));
		expect(before.map(({ id }) => id)).toContain(account);
	});
});
