import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { answerWith } from './answer';
import { checker } from './check';
import { control } from './control';
import { defaultDocuments, readDocument } from './document';
import { faults } from './faults';
import { openLink } from './links';
import { responder } from './respond';
import { router } from './route';
import { newState, resetState } from './state';
import type { Fault, RecordedRequest, MockServer } from './types';
import { vendorOf } from './apis';
import { readRequest, writeAnswer } from './wire';

/**
 * Starts a server on 127.0.0.1 that responds like the vendors of the documents.
 *
 * @param options `port`: by default 0, which takes any free one; `documents`: paths of OpenAPI files, by default of all nodes.
 * @returns the running mock server.
 * @throws if a document cannot be read or the port is taken.
 */
export async function startMockServer(options: { port?: number; documents?: string[] } = {}): Promise<MockServer> {
	const documents = (options.documents ?? defaultDocuments()).map(readDocument);
	const vendors = new Map(documents.map(({ name }) => [name, vendorOf(name)]));
	const findRoute = router(documents.flatMap(({ operations }) => operations));
	const told = faults([...vendors.keys()]);
	const closing = new AbortController();

	const requests: RecordedRequest[] = [];
	const state = newState(vendors.values());
	const load = { now: 0, peak: 0 };
	const controlled = {
		requests,
		load,
		...state,
		fault: (fault: Fault) => told.add(fault),
		reset() {
			requests.length = 0;
			load.peak = load.now;
			resetState(state, vendors.values());
			told.clear();
			gathering.clear();
		},
	};

	const gathering = new Map<Fault, Array<() => void>>();
	const gathered = (fault: Fault) =>
		new Promise<void>((resolve) => {
			const waiting = [...(gathering.get(fault) ?? []), resolve];
			gathering.set(fault, waiting);
			if (waiting.length < (fault.gather ?? 0)) return;
			gathering.delete(fault);
			for (const answer of waiting) answer();
		});
	const { serve, misbehave } = responder(vendors, checker(documents), state);

	const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
		const arrived = await readRequest(incoming);
		const own = control(controlled, arrived) ?? openLink(state, vendors, arrived);
		if (own) return writeAnswer(outgoing, own);

		const route = findRoute(arrived.method, arrived.path);
		const request: RecordedRequest = { vendor: route.vendor, ...arrived };
		requests.push(request);

		const fault = told.take(request, route);
		const silent = fault?.hang === true || fault?.reset === true;
		// This comes before the wait, since a slow vendor has done the work when its response is late.
		if (fault?.done) serve(request, route);
		const answer = silent ? undefined : fault ? misbehave(fault, request, route) : serve(request, route);
		if (fault?.gather) await gathered(fault);
		if (fault?.delayMs) await wait(fault.delayMs, undefined, { signal: closing.signal });
		if (fault?.reset) incoming.socket.destroy();
		if (!answer || outgoing.destroyed) return;
		request.status = answer.status;
		writeAnswer(outgoing, answer);
	};

	const server = createServer((incoming, outgoing) => {
		load.peak = Math.max(load.peak, ++load.now);
		outgoing.once('close', () => load.now--);
		handle(incoming, outgoing).catch((error: Error) => {
			// The client has gone away, or the mock server is closing: nobody is left to respond to.
			if (incoming.destroyed && !incoming.complete) return;
			if (closing.signal.aborted || outgoing.headersSent) return;
			writeAnswer(outgoing, answerWith(500, `The mock server failed: ${error.stack ?? error.message}`));
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		...controlled,
		async close() {
			closing.abort();
			if (!server.listening) return;
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}
