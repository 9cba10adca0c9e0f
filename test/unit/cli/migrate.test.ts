import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { call, ROOT } from './call';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migrate-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const NYLAS = path.join(ROOT, 'nodes/Nylas/nylas.openapi.yaml');
const ARKLOW = path.join(ROOT, 'nodes/Arklow/arklow.openapi.yaml');
const located = (value: string) => ({ __rl: true, mode: 'id', value });

async function migrated(document: string, text: string | object) {
	const file = path.join(folder, 'call');
	fs.writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text));
	const { code, out, err } = await call(['parameters', document, '--request', file]);
	return {
		code,
		err,
		node: out === '' ? undefined : (JSON.parse(out) as { nodes: Array<{ type: string; parameters: object; position: number[] }> }).nodes[0],
	};
}

const BODY = { name: 'Acme', credential_type: 'connector', credential_data: { client_id: 'id-1', client_secret: "it's secret" } };
const PARAMETERS = {
	resource: 'credential',
	operation: 'create',
	provider: located('google'),
	name: 'Acme',
	credentialDataClientId: 'id-1',
	credentialDataClientSecret: "it's secret",
};

describe('A curl command becomes a node', () => {
	it.each([
		[
			'in one line',
			`curl -X POST https://api.us.nylas.com/v3/connectors/google/creds -H 'Authorization: Bearer nyk_123' -d ` +
				`'${JSON.stringify(BODY).replace(/'/g, "'\\''")}'`,
		],
		[
			'in several, with other options',
			`$ curl --location --request POST 'https://api.us.nylas.com/v3/connectors/google/creds' \\\n  --header 'Content-Type: ` +
				`application/json' -s --compressed \\\n  --data-raw ${JSON.stringify(JSON.stringify(BODY))}`,
		],
		['without a method', `curl "https://api.us.nylas.com/v3/connectors/google/creds" --json ${JSON.stringify(JSON.stringify(BODY))}`],
	])('%s', async (_what, text) => {
		const { code, err, node } = await migrated(NYLAS, text);
		expect({ code, err }).toEqual({ code: 0, err: '' });
		expect(node).toMatchObject({ type: 'n8n-nodes-create-credential.nylas', parameters: PARAMETERS });
		expect(JSON.stringify(node)).not.toContain('nyk_123');
	});

	it('with values in its address', async () => {
		const { node } = await migrated(
			ARKLOW,
			`curl -X PUT 'https://api.arklow.io/v1/orgs/1024/credentials/' -d ` +
				`'{"type":"aws","secret":{"AWS_ACCESS_KEY_ID":"a","AWS_SECRET_ACCESS_KEY":"b"}}'`,
		);
		expect(node?.parameters).toEqual({
			resource: 'credential',
			operation: 'create',
			orgId: located('1024'),
			type: 'aws',
			secretAwsAccessKeyId: 'a',
			secretAwsSecretAccessKey: 'b',
			specifyMetadata: 'none',
		});
	});

	it.each([
		[
			'no operation',
			'curl https://api.us.nylas.com/v3/grants',
			/^No operation of the document fits GET \/v3\/grants\. Name one with --operation/,
		],
		['no address', 'curl -X POST -d "{}"', /^The curl command has no address/],
		[
			'a body that is no JSON',
			"curl https://api.us.nylas.com/v3/connectors/google/creds -d 'name=Acme'",
			/^The body of the call is not valid JSON/,
		],
		[
			'a body from a file',
			'curl https://api.us.nylas.com/v3/connectors/google/creds -d @body.json',
			/^The curl command reads its body from the file body\.json/,
		],
		[
			'a value that the document refuses',
			`curl https://api.us.nylas.com/v3/connectors/google/creds -d '{"name":"Acme"}'`,
			/credential_type/,
		],
	])('not with %s', async (_what, text, message) => {
		const { code, err } = await migrated(NYLAS, text);
		expect(code).toBe(1);
		expect(err).toMatch(message);
	});
});

test("n8n's HTTP Request node, copied from the editor, becomes a node in its place", async () => {
	const parameters = {
		method: 'POST',
		url: 'https://api.us.nylas.com/v3/connectors/google/creds',
		authentication: 'genericCredentialType',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: JSON.stringify(BODY),
	};
	const node = { id: '1', name: 'Create at Nylas', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, position: [440, 120], parameters };
	const { code, node: ours } = await migrated(NYLAS, { nodes: [node], connections: {} });
	expect(code).toBe(0);
	expect(ours).toMatchObject({ position: [440, 120], parameters: PARAMETERS });
});
