import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Answer } from './answer';
import type { RecordedRequest } from './types';

/** Reads a request to its end. Rejects if the client goes away before that. */
export async function readRequest(incoming: IncomingMessage): Promise<Omit<RecordedRequest, 'vendor'>> {
	// Not with URL, which would resolve `..`, so that the path would differ from what was sent.
	const target = incoming.url ?? '/';
	const mark = target.includes('?') ? target.indexOf('?') : target.length;
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const rawBody = Buffer.concat(chunks).toString('utf8');
	return {
		method: incoming.method ?? 'GET',
		path: target.slice(0, mark),
		query: queryOf(target.slice(mark + 1)),
		headers: headersOf(incoming),
		rawBody,
		body: parsed(rawBody),
	};
}

/** Writes a complete response. */
export function writeAnswer(outgoing: ServerResponse, { status, headers, text }: Answer): void {
	outgoing.writeHead(status, headers);
	outgoing.end(text);
}

function queryOf(search: string): Record<string, string | string[]> {
	const query = new URLSearchParams(search);
	return Object.fromEntries([...new Set(query.keys())].map((name) => [name, oneOrAll(query.getAll(name))]));
}

function oneOrAll(values: string[]): string | string[] {
	return values.length === 1 ? values[0] : values;
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
	return Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
