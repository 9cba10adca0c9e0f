import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Received {
	path: string;
	headers: Record<string, unknown>;
	rawBody: string;
}

/** A small server on 127.0.0.1 that keeps what it gets. */
export interface Server {
	url: string;
	received: Received[];
	close(): Promise<void>;
}

/** Starts a server that answers with the JSON that `answer` gives. */
export async function startServer(answer: (request: Received) => unknown): Promise<Server> {
	const received: Received[] = [];
	const server = createServer((incoming, outgoing) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const request = { path: incoming.url ?? '', headers: incoming.headers, rawBody: Buffer.concat(chunks).toString() };
			received.push(request);
			outgoing.setHeader('content-type', 'application/json');
			try {
				outgoing.end(JSON.stringify(answer(request)));
			} catch (error) {
				outgoing.statusCode = 400;
				outgoing.end(JSON.stringify({ error: { message: (error as Error).message } }));
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}
