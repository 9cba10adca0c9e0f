import { http } from '../support/http';

import { KEYS, startMockServer, type MockServer } from '../support/mockServer';
import { example, instanceAt, itemsOf, type Instance } from './n8n';

const ACME = '5eba51a03fe9631316668514';
const GLOBEX = '5eba51a03fe9631316668515';

describe('offboard.json', () => {
	let mockServer: MockServer;
	let n8n: Instance;

	beforeAll(async () => {
		mockServer = await startMockServer();
		n8n = await instanceAt(process.env.E2E_URL as string, mockServer);
	});

	afterAll(async () => {
		await mockServer?.close();
	});

	const post = async (key: string, path: string, body: object, header = 'bearer') => {
		const { data } = await http.post(`${mockServer.url}${path}`, body, {
			headers: { authorization: `${header} ${key}`, 'x-api-version': '2025-09' },
		});
		return data;
	};

	/** What two customers have at the vendors, made without n8n. */
	const fill = async () => {
		mockServer.reset();
		for (const userId of [ACME, GLOBEX]) {
			const whose = userId === ACME ? 'Acme' : 'Globex';
			for (const type of ['shopify', 'openAi'])
				await post(KEYS.alloy, '/headless/credentials', { userId, credential: { type, data: { apiKey: 'k' } } });
			for (const connector of ['slack', 'openAi', 'openAi'])
				await post(KEYS.alloy, `/connectors/${connector}/credentials`, { userId, authenticationType: 'apiKey', data: { apiKey: 'k' } });
			for (const [provider, name] of [
				['google', `${whose}'s Google app`],
				['microsoft', `${whose}'s Microsoft tenant`],
			]) {
				await post(KEYS.nylas, `/v3/connectors/${provider}/creds`, {
					name,
					credential_type: 'connector',
					credential_data: { client_id: 'i', client_secret: 's' },
				});
			}
			await post(KEYS.mielto, '/api/v1/credentials', {
				label: `${whose} key`,
				auth_type: 'api_key',
				credential_scope: 'user',
				user_id: `user_${whose.toLowerCase()}`,
				credentials: { api_key: 'k' },
			});
		}
	};
	const count = (vendor: string) => mockServer.credentials.filter((each) => each.vendor === vendor).length;
	const counts = () => ['alloyEmbedded', 'alloyConnectivity', 'nylas', 'mielto'].map(count);
	const results = (report: Record<string, unknown>) =>
		(report.report as Array<{ vendor: string; name: string; result: string }>).map(({ vendor, name, result }) => [vendor, name, result]);
	const nothing = (...vendors: string[]) => vendors.map((vendor) => [vendor, '', 'nothing found']);
	const expected = (result: string) => [
		['Alloy Embedded', 'shopify 1', result],
		['Alloy Embedded', 'openAi 1', result],
		['Alloy Connectivity', 'slack-apiKey 1', result],
		['Alloy Connectivity', 'openAi-apiKey 1', result],
		['Alloy Connectivity', 'openAi-apiKey 2', result],
		['Nylas', "Acme's Google app", result],
		['Nylas', "Acme's Microsoft tenant", result],
		['Mielto', 'Acme key', 'to be deleted by hand: Mielto offers no deletion'],
		['Arklow', 'Not known: Arklow does not list credentials', 'to be deleted by hand: Arklow offers no deletion'],
	];

	test('the first run only shows what it would delete', async () => {
		await fill();
		expect(counts()).toEqual([4, 6, 4, 2]);
		const run = await n8n.run(example('offboard'));
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const [report] = itemsOf(run, 'Report');
		expect(report).toMatchObject({ username: 'acme', deleted: 0, failed: 0, byHand: 2 });
		expect(results(report).sort()).toEqual(expected('would be deleted').sort());
		expect(counts()).toEqual([4, 6, 4, 2]);
	});

	test('then the credentials of this customer are deleted, and of no other', async () => {
		await fill();
		const run = await n8n.run(example('offboard'), { reallyDelete: true });
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const [report] = itemsOf(run, 'Report');
		expect(report).toMatchObject({ username: 'acme', deleted: 7, failed: 0, byHand: 2 });
		expect(results(report).sort()).toEqual(expected('deleted').sort());
		expect(counts()).toEqual([2, 3, 2, 2]);
		expect(JSON.stringify(mockServer.credentials.filter(({ vendor }) => vendor !== 'mielto'))).not.toMatch(new RegExp(`${ACME}|Acme`));
	});

	test('what a vendor does not delete is in the report, and the others are deleted', async () => {
		await fill();
		const active = mockServer.credentials.find(({ record }) => (record as { name?: string }).name === "Acme's Google app");
		const google = mockServer.connectors.find(({ id }) => id === 'google');
		if (google) google.record.active_credential_id = active?.id;
		const run = await n8n.run(example('offboard'), { reallyDelete: true });
		const [report] = itemsOf(run, 'Report');
		expect(report).toMatchObject({ deleted: 6, failed: 1, byHand: 2 });
		const [[, name, result]] = results(report).filter((line) => String(line[2]).startsWith('failed'));
		expect([name, result]).toEqual([
			"Acme's Google app",
			expect.stringContaining('The active credential of a connector cannot be deleted'),
		]);
		expect(counts()).toEqual([2, 3, 3, 2]);
	});

	test('a customer who has nothing but a name', async () => {
		await fill();
		const run = await n8n.run(example('offboard'), { username: 'acme', nylasNames: '', mieltoUserId: 'nobody', reallyDelete: true });
		expect(itemsOf(run, 'Report')).toEqual([expect.objectContaining({ deleted: 5, byHand: 1 })]);
		const again = await n8n.run(example('offboard'), { nylasNames: '', mieltoUserId: 'nobody', reallyDelete: true });
		expect([again.status, again.error]).toEqual(['success', undefined]);
		expect(itemsOf(again, 'Report')).toEqual([expect.objectContaining({ deleted: 0, failed: 0, byHand: 1 })]);
	});

	test('a customer whom no vendor knows', async () => {
		await fill();
		for (const reallyDelete of [false, true]) {
			const run = await n8n.run(example('offboard'), {
				username: 'nobody',
				nylasNames: "Nobody's app",
				mieltoUserId: 'user_nobody',
				reallyDelete,
			});
			expect([run.status, run.error]).toEqual(['success', undefined]);
			const [report] = itemsOf(run, 'Report');
			expect(report).toMatchObject({
				username: 'nobody',
				deleted: 0,
				failed: 0,
				byHand: 1,
				notLookedUp: [],
				nylasNamesNotFound: ["Nobody's app"],
			});
			expect(results(report).sort()).toEqual([...nothing('Alloy', 'Nylas', 'Mielto'), expected('')[8]].sort());
		}
		expect(counts()).toEqual([4, 6, 4, 2]);
	});

	test('vendors that have nothing at all, and settings that are empty', async () => {
		mockServer.reset();
		const run = await n8n.run(example('offboard'), { username: '', nylasNames: '', mieltoUserId: '', reallyDelete: true });
		expect([run.status, run.error]).toEqual(['success', undefined]);
		expect(itemsOf(run, 'Report')).toEqual([
			expect.objectContaining({ deleted: 0, failed: 0, byHand: 1, notLookedUp: ['Alloy'], nylasNamesNotFound: [] }),
		]);
		expect(mockServer.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
	});

	test('a customer without credentials at Alloy', async () => {
		mockServer.reset();
		const run = await n8n.run(example('offboard'), { reallyDelete: true });
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const [report] = itemsOf(run, 'Report');
		expect(results(report).sort()).toEqual([...nothing('Alloy Embedded', 'Alloy Connectivity', 'Nylas', 'Mielto'), expected('')[8]].sort());
	});

	test.each([
		['Alloy knows the user', { vendor: 'alloyEmbedded', path: `/users/acme` }, ['Alloy'], 2],
		['Alloy Embedded lists', { vendor: 'alloyEmbedded', method: 'GET', path: '/credentials/users/{userId}' }, ['Alloy Embedded'], 5],
		['Alloy Connectivity lists its connectors', { vendor: 'alloyConnectivity', path: '/connectors' }, ['Alloy Connectivity'], 4],
		[
			'Alloy Connectivity lists the credentials of a connector',
			{ vendor: 'alloyConnectivity', method: 'GET', path: '/connectors/slack/credentials' },
			['Alloy Connectivity'],
			6,
		],
		['Nylas lists its connectors', { vendor: 'nylas', path: '/v3/connectors' }, ['Nylas'], 5],
		['Nylas lists the credentials of a connector', { vendor: 'nylas', method: 'GET', path: '/v3/connectors/google/creds' }, ['Nylas'], 6],
		['Mielto lists', { vendor: 'mielto', method: 'GET' }, ['Mielto'], 7],
	])('a vendor that fails where %s is named, and the others are deleted', async (_name, where, notLookedUp, deleted) => {
		await fill();
		mockServer.fault({ ...where, status: 403, body: { error: 'Forbidden' }, times: null });
		const run = await n8n.run(example('offboard'), { reallyDelete: true });
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const [report] = itemsOf(run, 'Report');
		expect(report).toMatchObject({ deleted, failed: 0, notLookedUp });
		expect(results(report).filter(([, , result]) => result.startsWith('could not be looked up'))).toHaveLength(1);
	});

	test('where all vendors fail, there is the report', async () => {
		await fill();
		mockServer.fault({ status: 403, body: { error: 'Forbidden' }, times: null });
		const run = await n8n.run(example('offboard'), { reallyDelete: true });
		expect([run.status, run.error]).toEqual(['success', undefined]);
		expect(itemsOf(run, 'Report')).toEqual([
			expect.objectContaining({ deleted: 0, failed: 0, byHand: 1, notLookedUp: expect.arrayContaining(['Alloy', 'Nylas', 'Mielto']) }),
		]);
	});

	test('where every deletion fails, each is in the report with the reason', async () => {
		await fill();
		mockServer.fault({ method: 'DELETE', status: 403, body: { error: 'Forbidden' }, times: null });
		const run = await n8n.run(example('offboard'), { reallyDelete: true });
		expect([run.status, run.error]).toEqual(['success', undefined]);
		const [report] = itemsOf(run, 'Report');
		expect(report).toMatchObject({ deleted: 0, failed: 7, byHand: 2, notLookedUp: [] });
		expect(JSON.stringify(report)).not.toContain('[item');
		expect(counts()).toEqual([4, 6, 4, 2]);
	});
});
