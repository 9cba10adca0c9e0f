/**
 * Runs as a process of its own: a vendor that responds to Mielto's create operation as its document says, after a pause,
 * and checks nothing. The mock server checks everything, so its own time would dominate the measurements.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the vendor saw since the last reset. */
export interface Seen {
	requests: number;
	/** The most requests at the same time. */
	peak: number;
	/** Milliseconds from the first request to the last response. */
	span: number;
	/** The vendor's own processor time, in milliseconds. */
	cpu: number;
	/** The first body, and whether each request had the key and a label of its own. */
	body: string;
	sound: boolean;
}

/** A message to the vendor's process. */
export type Order = { reset: { delay: number; key: string } } | { report: true };

let delay = 0;
let key = '';
let open = 0;
let seen: Seen;
let labels = new Set<string>();
let first = 0;
let cpu = process.cpuUsage();

const server = createServer((request, response) => {
	const arrived = performance.now();
	if (seen.requests++ === 0) first = arrived;
	seen.peak = Math.max(seen.peak, ++open);
	response.once('close', () => open--);
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const text = Buffer.concat(chunks).toString();
		const answer = () => {
			const body = JSON.parse(text) as { label: string };
			if (seen.body === '') seen.body = text;
			seen.sound &&= request.headers.authorization === key && !labels.has(body.label);
			labels.add(body.label);
			const id = `00000000-0000-4000-8000-${seen.requests.toString(16).padStart(12, '0')}`;
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ ...RECORD, label: body.label, id }));
			seen.span = performance.now() - first;
		};
		if (delay === 0) answer();
		else setTimeout(answer, delay);
	});
});

const RECORD = {
	label: '',
	description: null,
	auth_type: 'api_key',
	credential_type: null,
	credential_scope: 'workspace',
	provider: 'custom',
	user_id: null,
	id: '',
	workspace_id: 'workspace',
	created_by: 'user',
	status: 'active',
	expires_at: null,
	last_used_at: null,
	created_at: '2026-01-01T00:00:00Z',
	updated_at: '2026-01-01T00:00:00Z',
};

process.on('message', (order: Order) => {
	if ('reset' in order) {
		({ delay, key } = order.reset);
		seen = { requests: 0, peak: 0, span: 0, cpu: 0, body: '', sound: true };
		labels = new Set();
		cpu = process.cpuUsage();
		process.send?.({});
	} else {
		const { user, system } = process.cpuUsage(cpu);
		process.send?.({ ...seen, cpu: (user + system) / 1000 });
	}
});
process.on('disconnect', () => process.exit());
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => process.send?.({ port: (server.address() as AddressInfo).port }));
