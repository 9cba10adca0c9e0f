import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';

import { readFiles } from '../../../engine/compile';
import { describe as describeDocument, parametersFor } from '../../../engine/tools';
import { copy, short, type JsonObject } from '../corpus/json';
import { Random } from '../corpus/random';
import { Judge, loosened, requestSchema, withoutEmpty } from '../corpus/request';
import { shrunk } from '../corpus/roundTrip';
import { Impossible, Sampler, TASTES } from '../corpus/sample';
import { Source } from '../corpus/source';
import type { Schema } from '../corpus/schema';
import { unlike, type Sent } from '../corpus/wire';
import { stopEngine } from '../../support/engine';
import { countTries } from '../../support/tries';
import { create } from '../../support/vendors';
import { asDrawn, ourFile, SEEDS, seedFile } from './seeds';

/** Requests drawn from each seed's own schema can be entered in that vendor's node, and are sent unchanged. */

const DRAWS = Number(process.env.DRAWS ?? 300);
const RANDOM_SEED = process.env.DRAW_SEED ?? '1';
const drawn = countTries('requests of the seeds');

/** Responses of a vendor that does not know the fields of any connector. */
const SILENT: Array<[status: number, body: unknown]> = [
	[404, { message: 'There is no such connector' }],
	[200, { metadata: [], data: { connector: 'x', properties: [] } }],
	[200, { metadata: [], data: {} }],
];

let server: http.Server;
let url = '';
let sent: Sent[] = [];
let silence = 0;

beforeAll(async () => {
	server = http.createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const answer = (status: number, body: unknown) =>
				response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
			if (request.method === 'GET') return answer(...SILENT[silence++ % SILENT.length]);
			const text = Buffer.concat(chunks).toString();
			sent.push({
				method: String(request.method),
				url: `${url}${request.url}`,
				headers: request.headers as { [name: string]: string },
				...(text === '' ? {} : { body: JSON.parse(text) as unknown }),
			});
			return answer(request.url?.includes('/creds') ? 201 : 200, { id: 'c1', credentialId: 'c1', data: { id: 'c1' }, errors: null });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
	await stopEngine();
});

describe.each(SEEDS)('$vendor', (seed) => {
	it(`sends ${DRAWS} requests that its seed allows as they are`, async () => {
		const { vendor } = seed;
		const source = new Source(fs.readFileSync(seedFile(seed), 'utf8'));
		const [operation] = source.operations();
		const { text, overlay } = readFiles(ourFile(seed));
		const described = describeDocument(text, vendor, operation.id, overlay);
		const { fromCredential = [], body } = described.operation;
		const parameters = operation.parameters.filter(
			(one) => !one.credential && !fromCredential.some((name) => name.toLowerCase() === `${one.in} ${one.name}`.toLowerCase()),
		);
		const mediaType = body?.mediaType as string;
		const content = operation.body as NonNullable<typeof operation.body>;
		const resolve = (schema: Schema): Schema => asDrawn(schema, seed.secret);
		const defs = Object.fromEntries(Object.entries(source.converter.defs).map(([name, schema]) => [name, asDrawn(schema, seed.secret)]));
		// The body is the point of the operation, so it is always present.
		const whole = { ...operation, body: { required: true, content: { [mediaType]: resolve(content.content[mediaType]) } } };
		const random = new Random(`${vendor} ${RANDOM_SEED}`);
		const schema = loosened(requestSchema(whole, parameters, mediaType, defs), new Random(vendor));
		const judge = new Judge(schema);
		const sampler = new Sampler(schema.defs, random);

		const fails = async (request: JsonObject): Promise<string | undefined> => {
			sent = [];
			let stored: INodeParameters;
			try {
				stored = copy(parametersFor(described, request));
			} catch (error) {
				return `cannot be entered: ${(error as Error).message}`;
			}
			const { error } = await create(vendor, url, stored);
			if (error) return `refused: ${error.message}`;
			if (sent.length !== 1) return `${sent.length} requests were sent`;
			return unlike(whole, parameters, request, sent[0], url);
		};

		let count = 0;
		for (let attempt = 0; count < DRAWS && attempt < DRAWS * 20; attempt++) {
			const taste = random.pick(Object.keys(TASTES));
			let request: JsonObject;
			try {
				request = withoutEmpty(sampler.draw(schema.schema, TASTES[taste]) as JsonObject);
			} catch (error) {
				if (error instanceof Impossible) continue;
				throw error;
			}
			if (judge.refuses(request) !== undefined) continue;
			count++;
			drawn();
			const failure = await fails(request);
			if (failure === undefined) continue;
			// Sending is asynchronous, so smaller requests are tried one by one.
			let small = request;
			let said = failure;
			for (let round = 0; round < 100; round++) {
				const candidates: JsonObject[] = [];
				shrunk(small, judge, (candidate) => {
					candidates.push(candidate);
					return false;
				});
				let next: JsonObject | undefined;
				for (const candidate of candidates) {
					const again = await fails(candidate);
					if (again === undefined) continue;
					[next, said] = [candidate, again];
					break;
				}
				if (!next) break;
				small = next;
			}
			throw new Error(
				`${vendor}, DRAW_SEED=${RANDOM_SEED}, draw ${count}: ${said}\n${JSON.stringify(small)}\nas drawn: ${short(request, 2000)}`,
			);
		}
		expect(count).toBe(DRAWS);
	});
});
