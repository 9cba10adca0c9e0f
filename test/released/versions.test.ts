import * as fs from 'node:fs';
import * as path from 'node:path';

import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { executeOperations, loadVendor, methodsOf } from '../../engine/run';
import generated from '../../nodes/Nylas/nylas.generated.json';
import { Nylas } from '../../nodes/Nylas/Nylas.node';
import { useMockServer } from '../support/vendorTest';
import { unknownIn, type StoredNode } from './opened';
import { replay } from './replay';

/** What CONTRIBUTING.md says about a new version of a node, done to a form in which a field got another name. */
const mockServer = useMockServer();
const rename = (form: unknown) =>
	JSON.parse(
		JSON.stringify(form).replaceAll('credentialDataClientId', 'credentialDataAppId').replaceAll('"client_id"', '"app_id"'),
	) as unknown;
const released = generated;

const before = loadVendor(released);
const now = loadVendor(rename(generated));
const only = (version: number, { properties }: typeof now) =>
	properties.map((one) => ({
		...one,
		displayOptions: { ...one.displayOptions, show: { ...one.displayOptions?.show, '@version': [version] } },
	}));

class NextNylas implements INodeType {
	description: INodeTypeDescription = {
		...new Nylas().description,
		version: [1, 2],
		defaultVersion: 2,
		properties: [...only(1, before), ...only(2, now)],
	};

	methods = methodsOf(now.vendor);

	async execute(this: IExecuteFunctions) {
		return await executeOperations(this, (this.getNode().typeVersion === 1 ? before : now).vendor);
	}
}

const provider = { __rl: true, mode: 'id', value: 'google' };
const old: StoredNode = {
	name: 'Old',
	type: 'nylas',
	typeVersion: 1,
	parameters: { provider, name: 'Acme', credentialDataClientId: 'an-id', credentialDataClientSecret: 'a-secret' },
};
const fresh: StoredNode = {
	...old,
	name: 'New',
	typeVersion: 2,
	parameters: { provider, name: 'Acme', credentialDataAppId: 'an-id', credentialDataClientSecret: 'a-secret' },
};

test('a stored node of version 1 opens, and sends what it sent', async () => {
	expect(unknownIn(new NextNylas().description, old)).toEqual([]);
	const [sent] = await replay('nylas', new NextNylas(), old, {}, mockServer.current);
	expect(sent.body).toEqual({
		name: 'Acme',
		credential_type: 'connector',
		credential_data: { client_id: 'an-id', client_secret: 'a-secret' },
	});
});

test('a new node has the new form alone', async () => {
	expect(unknownIn(new NextNylas().description, fresh)).toEqual([]);
	expect(unknownIn(new NextNylas().description, { ...old, typeVersion: 2 })).toContain('credentialDataClientId: no such parameter');
	const [sent] = await replay('nylas', new NextNylas(), fresh, {}, mockServer.current);
	expect(sent.body).toMatchObject({ credential_data: { app_id: 'an-id' } });
});

test('CONTRIBUTING.md shows what is tried here', () => {
	const here = fs.readFileSync(__filename, 'utf8');
	const text = fs.readFileSync(path.resolve(__dirname, '../../CONTRIBUTING.md'), 'utf8').replace(/\s+/g, ' ');
	for (const part of [
		/const only = [\s\S]*?\}\)\);/,
		/\[\.\.\.only\(1, before\), \.\.\.only\(2, now\)\]/,
		/methodsOf\(now\.vendor\)/,
		/executeOperations\(this, \(this.*\.vendor\)/,
	]) {
		expect(text).toContain((part.exec(here)?.[0] ?? 'not here').replace(/\s+/g, ' '));
	}
});
