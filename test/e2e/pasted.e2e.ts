import * as fs from 'node:fs';
import * as path from 'node:path';

import { signIn, type N8nApi } from '../../scripts/n8n/api';
import { OWNER, VENDORS } from '../../scripts/n8n/demo';
import { compacted, filesBelow, holding, tables } from '../examples/kept';
import { accountOf } from '../examples/n8n';
import { http } from '../support/http';
import { KEYS } from '../support/mockServer';
import { expectSoon, useEditor } from './editor';
import { folders, ROOT } from './setup/folders';

/** What must not be kept; each long enough to be found by nothing else. */
const CANARY = {
	caller: 'caller-of-the-webhook-3f1d9c7a5b28e604',
	unsaved: 'key-before-the-first-step-a17e40c95db8236f',
	created: 'key-that-is-created-5c8b2e9f6d03a714',
	refused: 'key-that-mielto-refuses-e92d07b1f4a6835c',
	leftOut: 'key that is left out 71c5a3e8d9f2064b',
	noHeadings: 'key-without-headings-d4b86f1e0a97c253',
	manual: 'key-of-a-test-run-0e5a9d3c7b4f1826',
	stored: '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2',
};

/** As the notes of the examples say it. */
const NOT_SAVED = {
	'Save successful production executions': 'Do not save',
	'Save failed production executions': 'Do not save',
	'Save manual executions': 'Do not save',
};

/** What stands above the list of n8n credentials for a vendor, or for the webhook. */
const OWN_CREDENTIAL = /^\s*Credential( to connect with| for Header Auth)?\s*$/;

/** Any status is an answer. */
const ANY = { validateStatus: () => true };

const HEADER = 'x-import-key';
const url = process.env.E2E_URL as string;
const n8nFolder = process.env.E2E_N8N as string;
const home = path.join(process.env.E2E_USER_FOLDER as string, '.n8n');
const database = path.join(home, 'database.sqlite');

describe('An example, pasted into the editor and run as its note says', () => {
	const editor = useEditor('mielto');
	let api: N8nApi;

	beforeAll(async () => {
		api = await signIn(url, OWNER);
		const { mockServer } = editor;
		for (const vendor of VENDORS)
			await api.upsertCredential({
				name: accountOf(vendor.credential),
				type: vendor.credential,
				data: vendor.mockServer(mockServer.url, KEYS[vendor.key]),
			});
		await api.upsertCredential({ name: 'Header Auth account', type: 'httpHeaderAuth', data: { name: HEADER, value: CANARY.caller } });
		await api.upsertCredential({
			name: 'Credential Secrets account',
			type: 'credentialSecretsApi',
			data: { entries: { items: [{ name: 'newClientSecret', value: CANARY.stored }] } },
		});
	});

	const textOf = (name: string) => fs.readFileSync(path.join(ROOT, 'examples', `${name}.json`), 'utf8');
	/** Pastes it, and chooses the n8n credentials that its note asks for. */
	const paste = async (name: string) => {
		const text = textOf(name);
		const { nodes } = JSON.parse(text) as {
			nodes: Array<{ name: string; type: string; disabled?: boolean; credentials?: Record<string, { name: string }> }>;
		};
		await editor.paste(text);
		await expectSoon(async () => (await editor.onCanvas()).nodes, nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length);
		for (const { name: node, disabled, credentials = {} } of nodes) {
			if (disabled || Object.keys(credentials).length === 0) continue;
			await editor.open(node);
			for (const [type, { name: account }] of Object.entries(credentials)) {
				await editor.chooseCredential(type === 'credentialSecretsApi' ? /Credential Secrets/ : OWN_CREDENTIAL, account);
			}
			await editor.close();
		}
	};
	/** The first step in the notes, as it stands there: what to set to what. */
	const firstStepOf = (name: string) => {
		const first = (JSON.parse(textOf(name)) as { nodes: Array<{ name: string; parameters: { content: string } }> }).nodes.find(
			(node) => node.name === 'Note 1',
		);
		return /^1\. (.*)$/m.exec(first?.parameters.content ?? '')?.[1] ?? '';
	};
	const post = async (address: string, body: string, type = 'text/plain') =>
		await http.post(address, body, { ...ANY, headers: { [HEADER]: CANARY.caller, 'content-type': type } });
	/** The same to an address that n8n is about to listen to. */
	const posted = async (address: string, body: string) => {
		const answers: Array<Awaited<ReturnType<typeof post>>> = [];
		await expectSoon(async () => {
			answers.push(await post(`${url}/${address}`, body));
			return answers.at(-1)?.status === 404;
		}, false);
		return answers[answers.length - 1];
	};
	/** The tables of n8n's database that hold it. */
	const tablesWith = (secret: string) => {
		const saved = tables(n8nFolder, database);
		return holding(secret, Object.keys(saved), (table) => saved[table]);
	};
	/**
	 * All that n8n keeps: rows, files, log. What was deleted from the database lies in its file until that room is used again:
	 * docs/secrets.md.
	 */
	const expectNowhere = async (...secrets: string[]) => {
		for (const secret of secrets) await expectSoon(async () => [secret, tablesWith(secret)], [secret, [] as string[]]);
		const copy = compacted(n8nFolder, database, path.join(folders().work, 'copy.sqlite'));
		const kept = filesBelow(home).filter(
			(file) => !file.includes(`${path.sep}nodes${path.sep}`) && !path.basename(file).startsWith('database.sqlite'),
		);
		for (const secret of secrets)
			expect([secret, holding(secret, [copy, folders().log, ...kept], (file) => fs.readFileSync(file))]).toEqual([secret, []]);
	};

	/** The newest execution that n8n has saved. */
	const newest = async () =>
		(
			await api.call<{ results: Array<{ id: string; status: string; workflowName: string }> }>(
				'GET',
				`/executions?filter=${encodeURIComponent('{}')}`,
			)
		).results[0];
	/** Runs the workflow by the button below it, and waits until a new execution has ended. Gives all that n8n has saved of executions. */
	const runSaved = async (): Promise<string> => {
		const before = await newest();
		await editor.execute();
		await expectSoon(async () => {
			const { id, status } = (await newest()) ?? {};
			return id === before?.id ? 'none' : status;
		}, 'success');
		return tables(n8nFolder, database).execution_data;
	};

	editor.step('import-api-keys: without the first step of its note, n8n keeps the keys', async () => {
		await paste('import-api-keys');
		await editor.publish();
		const answer = await post(`${url}/webhook/import-api-keys`, `label,api_key\nBefore,${CANARY.unsaved}`);
		expect([answer.status, answer.data]).toEqual([200, expect.objectContaining({ created: 1 })]);
		await expectSoon(async () => tablesWith(CANARY.unsaved), ['execution_data']);
		expect(tablesWith(CANARY.caller)).toEqual(['execution_data']);
		await api.call('POST', '/executions/delete', { ids: [(await newest()).id] });
		const [, id] = /workflow\/([^/?]+)/.exec(editor.page.url()) ?? [];
		await api.call('POST', `/workflows/${id}/deactivate`, {});
		await expectSoon(async () => (await post(`${url}/webhook/import-api-keys`, '')).status, 404);
	});

	editor.step('import-api-keys: with it, n8n keeps none', async () => {
		const step = firstStepOf('import-api-keys');
		for (const [label, option] of Object.entries(NOT_SAVED)) expect(step).toMatch(new RegExp(`\\*\\*${label}\\*\\*.*${option}`));
		await paste('import-api-keys');
		await editor.setSettings(NOT_SAVED);
		await editor.publish();
		const { mockServer } = editor;
		mockServer.reset();
		mockServer.fault({ vendor: 'mielto', method: 'POST', after: 1, status: 422, echo: true });
		const sent = await post(
			`${url}/webhook/import-api-keys`,
			`Name;API Key\nCreated;${CANARY.created}\nRefused;${CANARY.refused}\nLeft out;${CANARY.leftOut}`,
		);
		expect([sent.status, sent.data]).toEqual([200, expect.objectContaining({ rows: 3, created: 1, failed: 2 })]);
		const refused = await post(`${url}/webhook/import-api-keys`, `Acme,${CANARY.noHeadings}`);
		expect(refused.status).toBe(400);
		for (const name of ['created', 'refused', 'leftOut', 'noHeadings'] as const)
			expect(JSON.stringify([sent.data, refused.data])).not.toContain(CANARY[name]);
		expect(mockServer.requests.map(({ rawBody }) => rawBody).join()).toContain(CANARY.refused);
		const { created, refused: byMielto, leftOut, noHeadings, caller } = CANARY;
		await expectNowhere(created, byMielto, leftOut, noHeadings, caller);
	});

	editor.step("onboard-a-customer: n8n keeps neither the caller's header nor the customer's link", async () => {
		const step = firstStepOf('onboard-a-customer');
		for (const [label, option] of Object.entries(NOT_SAVED)) expect(step).toMatch(new RegExp(`\\*\\*${label}\\*\\*.*${option}`));
		const { mockServer } = editor;
		mockServer.reset();
		await paste('onboard-a-customer');
		await editor.setSettings(NOT_SAVED);
		await editor.publish();
		const json = 'application/json';
		expect((await post(`${url}/webhook/onboard-a-customer`, '{}', json)).status).toBe(400);
		mockServer.fault({ vendor: 'alloyConnectivity', status: 403 });
		expect((await post(`${url}/webhook/onboard-a-customer`, '{"username":"initech"}', json)).status).toBe(502);
		const { status, data } = await post(`${url}/webhook/onboard-a-customer`, '{"username":"initech"}', json);
		expect([status, data]).toEqual([200, expect.objectContaining({ linked: false, link: expect.any(String) })]);
		expect((await http.get(data.link, { ...ANY, maxRedirects: 0 })).status).toBe(302);
		await expectNowhere(CANARY.caller, new URL(data.link).searchParams.get('state') as string);
	});

	editor.step('rotate-a-secret: its executions are saved, and hold no secret', async () => {
		const { mockServer } = editor;
		mockServer.reset();
		const body = { name: "Acme's Google app", credential_type: 'connector', credential_data: { client_id: 'an-id', client_secret: 'old' } };
		expect(
			(
				await http.post(`${mockServer.url}/v3/connectors/google/creds`, body, {
					...ANY,
					headers: { authorization: `Bearer ${KEYS.nylas}` },
				})
			).status,
		).toBe(201);
		await paste('rotate-a-secret');
		expect(await runSaved()).toContain('"rotated":');
		expect(mockServer.requests.map(({ rawBody }) => rawBody).join()).toContain(CANARY.stored);
		await expectNowhere(CANARY.stored, ...Object.values(KEYS));
	});

	editor.step('offboard: its executions are saved, and hold no secret', async () => {
		await paste('offboard');
		expect(await runSaved()).toContain('"notLookedUp":');
		await expectNowhere(...Object.values(KEYS));
	});

	editor.step('import-api-keys: a run that was started in the editor is in no list', async () => {
		await paste('import-api-keys');
		await editor.setSettings(NOT_SAVED);
		const before = await newest();
		await editor.execute();
		const test = await posted('webhook-test/import-api-keys', `label,api_key\nTest,${CANARY.manual}`);
		expect([test.status, test.data]).toEqual([200, expect.objectContaining({ created: 1 })]);
		// It is in no list. But n8n deletes its data only an hour later, which docs/secrets.md says.
		await expectSoon(async () => (await newest())?.id, before?.id);
		expect(['', 'execution_data']).toContain(tablesWith(CANARY.manual).join());
	});
});
