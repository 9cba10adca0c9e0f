import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

import { http } from '../support/http';

import { runDev } from '../../scripts/dev/session';
import { installationIn } from '../../scripts/n8n/install';
import { createProgress } from '../../scripts/n8n/progress';
import { runMockServer } from '../../scripts/n8n/mockServer';
import { copyOf } from '../../cli/scaffold/copy';
import { folders, ROOT } from '../e2e/setup/folders';
import { soon } from './n8n';
import { fetchAsOwner, type NodeTypeDescription } from './types';

const OVERLAY = 'nodes/Nylas/nylas.overlay.yaml';
const ENGINE = 'engine/run/validate/check.ts';
const WORDS = 'engine/run/problems/catalogue.ts';

describe('npm run dev', () => {
	const stopping = new AbortController();
	let copy: string;
	let running: Promise<void>;
	let said = '';
	/** What is said when it watches. */
	let opened = '';
	let url: string;

	beforeAll(async () => {
		// A checkout of its own, which may be changed.
		copy = copyOf(ROOT);
		const output = { write: (text: string) => (said += text) };
		const installation = installationIn(process.env.E2E_N8N as string);
		running = runDev({
			root: copy,
			home: path.join(folders().work, 'dev'),
			installation,
			mockServer: runMockServer,
			port: 0,
			progress: createProgress(output),
			signal: stopping.signal,
		});
		running.catch((error: Error) => (said += `ended: ${error.message}`));
		await soon('it watches', async () => {
			if (said.includes('ended: ')) throw new Error(said);
			return said.includes('Watching the sources');
		});
		opened = said;
		url = /The editor: (\S+)/.exec(opened)?.[1] as string;
	});

	afterAll(async () => {
		stopping.abort();
		await running?.catch(() => undefined);
		fs.rmSync(copy, { recursive: true, force: true });
	});

	const read = (file: string) => fs.readFileSync(path.join(copy, file), 'utf8');
	const ENDS = ['The nodes are reloaded', 'n8n was started again', 'Nothing is different', 'n8n keeps what it has'];
	/** Saves a file, and gives what is said until that is built and n8n has it, or not. */
	const save = async (file: string, text: string, expected: string) => {
		said = '';
		fs.writeFileSync(path.join(copy, file), text);
		await soon('the change is through', async () => ENDS.some((end) => said.includes(end)));
		expect(said).toContain(expected);
		return said;
	};
	const types = async () => await fetchAsOwner<NodeTypeDescription[]>(url, '/types/nodes.json');
	const nylas = async () => (await types()).find(({ name }) => name === 'n8n-nodes-create-credential.nylas') as NodeTypeDescription;
	const labels = async () => (await nylas()).properties.map(({ displayName }) => displayName);

	test('a label that is changed in an overlay is in the running n8n', async () => {
		expect(await labels()).toContain('Provider');
		const provider = '- target: $.components.parameters.Provider\n    update:\n';
		const changed = read(OVERLAY).replace(provider, `${provider}      x-n8n-label: Mail Provider\n`);
		expect(changed).not.toBe(read(OVERLAY));
		await save(OVERLAY, changed, 'The nodes are reloaded');
		expect(await labels()).toContain('Mail Provider');
		// The mock server, which has read the document anew, answers where it did.
		const [, mockServer] = /The mock server for the vendors: (\S+)/.exec(opened) ?? [];
		await expect(http.get(`${mockServer}/v3/connectors`)).rejects.toMatchObject({ response: { status: 401 } });
	});

	test('a wrong overlay is told with its place and what would be right, and watching goes on', async () => {
		const right = read(OVERLAY);
		const wrong = right.replace('x-n8n-credential: nylasApi', 'x-n8n-credential: 7');
		const told = await save(OVERLAY, wrong, 'n8n keeps what it has');
		expect(told).toMatch(
			/nodes\/Nylas\/nylas\.overlay\.yaml:\d+:\d+: x-n8n-credential: there should be the name of an n8n credential type, such as/,
		);
		expect(told).not.toMatch(/^\s+at /m);
		expect(await labels()).toContain('Mail Provider');
		await save(OVERLAY, right, 'Nothing is different');
		expect(await labels()).toContain('Mail Provider');
	});

	test('a node, the engine and an icon are taken over as well', async () => {
		await save(
			'nodes/Nylas/Nylas.node.ts',
			read('nodes/Nylas/Nylas.node.ts').replace("displayName: 'Nylas'", "displayName: 'Nylas of Today'"),
			'The nodes are reloaded',
		);
		const { displayName, iconUrl } = await nylas();
		expect(displayName).toBe('Nylas of Today');
		await save('icons/nylas.svg', read('icons/nylas.svg').replace('<svg', '<svg data-new=""'), 'The nodes are reloaded');
		expect(String(await fetchAsOwner(url, `/${iconUrl?.light}`))).toContain('data-new');
		const engine = read(ENGINE);
		const wrong = await save(ENGINE, `${engine}\nexport const wrong: string = 7;\n`, 'n8n keeps what it has');
		expect(wrong).toContain(`${ENGINE}(${engine.split('\n').length + 1},`);
		await save(ENGINE, engine, 'Nothing is different');
		const words = read(WORDS);
		expect(words).toContain("'is missing'");
		await save(WORDS, words.replaceAll("'is missing'", "'is not there'"), 'The nodes are reloaded');
	});

	test('a vendor that is added is there after n8n was started again', async () => {
		said = '';
		const add = [
			'node_modules/tsx/dist/cli.mjs',
			'cli/index.ts',
			'add',
			'test/unit/cli/fixtures/acme.yaml',
			'--name',
			'Acme',
			'--operation',
			'POST /v1/vault/entries',
		];
		expect(spawnSync(process.execPath, add, { cwd: copy, encoding: 'utf8' })).toMatchObject({ status: 0 });
		await soon('n8n is there again', async () => said.includes('n8n was started again'));
		expect((await types()).map(({ name }) => name)).toContain('n8n-nodes-create-credential.acme');
	});
});
