import type { INodeParameters } from 'n8n-workflow';

import { Random } from './corpus/random';
import { share } from '../support/share';
import { countTries } from '../support/tries';
import { create } from '../support/vendors';
import { useMockServer } from '../support/vendorTest';

/** Nodes with arbitrary input from anybody end with an item or a message, and never reveal a secret. */
const mockServer = useMockServer();

const CANARY = 'canary-7d1f-secret';
const VALID: { [vendor: string]: INodeParameters } = {
	nylas: {
		provider: 'google',
		credentialType: 'connector',
		name: 'Acme',
		credentialDataClientId: 'id-1',
		credentialDataClientSecret: CANARY,
	},
	arklow: {
		orgId: '1024',
		type: 'aws',
		secretAwsAccessKeyId: CANARY,
		secretAwsSecretAccessKey: CANARY,
		additionalFields: { label: 'Acme' },
		metadata: { items: [{ name: 'a', value: 'b' }] },
	},
	mielto: {
		operation: 'upsert',
		label: 'Acme',
		authType: 'api_key',
		credentials: { items: [{ name: 'api_key', value: CANARY }] },
		additionalFields: { description: 'x', credentialType: 'llm' },
	},
	alloyEmbedded: {
		userId: 'u-1',
		credentialType: 'netsuite',
		credentialConnectorFields: 'netSuite',
		credentialDataRealm: 'r',
		credentialDataConsumerKey: CANARY,
		credentialDataTokenId: CANARY,
		credentialDataTokenSecret: CANARY,
	},
	alloyConnectivity: {
		connectorId: 'slack',
		userId: 'u-1',
		authenticationType: 'oauth2',
		additionalFields: { redirectUri: 'https://app.example.com', data: { value: { specifyData: 'json', dataJson: `{"k":"${CANARY}"}` } } },
	},
};
const vendors = Object.keys(VALID);
const TRIES = share(60, 15);
const tried = { parameters: countTries('parameters that may be anything'), answers: countTries('answers that may be anything') };

const JUNK: unknown[] = [
	null,
	'',
	' ',
	0,
	-1,
	1e308,
	true,
	[],
	{},
	[[]],
	{ items: null },
	{ items: [null] },
	{ value: 7 },
	{ __rl: true },
	{ __rl: true, mode: 'id', value: null },
	'={{ null }}',
	'={{ undefined }}',
	'={{ [] }}',
	'={{ ({}) }}',
	'={{ $json }}',
	'={{ new Date() }}',
	'={{ NaN }}',
	'__proto__',
	'\u0000',
	'\ud800',
	'../..',
	'%',
	'\r\nx: y',
	'💣'.repeat(500),
	'x'.repeat(100_000),
	'{',
	'{"a":',
	'[1]',
	'"text"',
	'{"__proto__":{"a":1}}',
];

/** Replaces random values by junk. */
function mutated(value: unknown, random: Random): unknown {
	if (typeof value !== 'object' || value === null || random.chance(0.15)) return random.pick(JUNK);
	const keys = Object.keys(value);
	if (keys.length === 0) return random.pick(JUNK);
	const key = random.pick(keys);
	const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as { [key: string]: unknown };
	copy[key] = mutated(copy[key], random);
	return copy;
}

function expectWords(text: string): void {
	expect(text).not.toMatch(/TypeError|RangeError|Cannot read|is not a function|is not iterable|Maximum call stack|\[object Object\]/);
	expect(text).not.toContain(CANARY);
}

describe.each(vendors)('%s', (vendor) => {
	it(`takes ${TRIES} sets of parameters that somebody's expression or script left behind`, async () => {
		const random = new Random(`parameters ${vendor}`);
		let reached = 0;
		for (let index = 0; index < TRIES; index++) {
			const parameters = mutated(VALID[vendor], random) as INodeParameters;
			const { resource: _resource, ...rest } = typeof parameters === 'object' && !Array.isArray(parameters) ? (parameters ?? {}) : {};
			const ran = await create(vendor, mockServer.url, rest, { items: [{ a: 1 }] }).catch(() => undefined);
			// What n8n itself cannot load never reaches the node.
			if (!ran) continue;
			reached++;
			tried.parameters();
			if (ran.error) expectWords(String(ran.error.message));
			else expect(ran.items.length).toBeLessThanOrEqual(1);
		}
		expect(reached).toBeGreaterThan(TRIES / 2);
	}, 120_000);

	it(`takes ${TRIES} answers that were cut, bent or made up`, async () => {
		const random = new Random(`answers ${vendor}`);
		const whole = JSON.stringify({
			data: { id: 'c1', name: 'Acme', nested: { list: [1, 2, { a: null }] } },
			credentialId: 'c1',
			id: 'c1',
			credentials: [],
			total: 0,
			oauthUrl: 'https://x.test',
			errors: [{ code: 'x', message: 'y' }],
			error: { type: 't', message: `echo ${CANARY}` },
			detail: [{ loc: ['body', 'label'], msg: CANARY }],
		});
		for (let index = 0; index < TRIES; index++) {
			let body = random.chance(0.5) ? JSON.stringify(mutated(JSON.parse(whole), random)) : whole;
			if (random.chance(0.5)) body = body.slice(0, random.int(0, body.length));
			if (random.chance(0.3))
				body = body.replace(/[{}[\]":,]/g, (one) => (random.chance(0.1) ? random.pick(['{', ']', '"', '', '\u0000']) : one));
			mockServer.current.reset();
			mockServer.current.fault({
				status: random.pick([200, 200, 201, 204, 302, 400, 401, 404, 409, 418, 422, 429, 500, 503, 599]),
				body,
				contentType: random.pick(['application/json', 'text/html', 'text/plain', 'image/png']),
				times: Infinity,
			});
			const { error, items } = await create(vendor, mockServer.url, { ...VALID[vendor], options: { retries: 0 } });
			tried.answers();
			if (error) expectWords(`${error.message} ${String(error.description)}`);
			else expectWords(JSON.stringify(items));
		}
	}, 120_000);
});
