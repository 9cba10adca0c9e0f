import type { Operation, SecurityScheme } from './document';
import type { RecordedRequest } from './types';

/** Whether the request contains the key in one of the ways that the document allows. */
export function authenticated(operation: Operation, request: RecordedRequest, key: string): boolean {
	if (operation.security.length === 0) return true;
	return operation.security.some((schemes) => schemes.every((scheme) => carries(scheme, request, key)));
}

/** The headers that contain a request's key, valid or not, as sent. */
export function credentialHeaders(operation: Operation | undefined, request: RecordedRequest): Record<string, string> {
	const names = new Set((operation?.security ?? []).flat().map(headerOf));
	// For an unknown path, the usual header counts.
	if (!operation) names.add('authorization');
	return Object.fromEntries(Object.entries(request.headers).filter(([name]) => names.has(name)));
}

function carries(scheme: SecurityScheme, request: RecordedRequest, key: string): boolean {
	if (scheme.type === 'apiKey' && scheme.in === 'query') return request.query[scheme.name ?? ''] === key;
	const sent = request.headers[headerOf(scheme)] ?? '';
	if (scheme.type === 'apiKey') return sent === key;

	// The name of an HTTP scheme is case-insensitive (RFC 9110, 11.1), the key is not.
	const [, name, credentials = ''] = /^(\S+) +(.*)$/.exec(sent) ?? [];
	if (name?.toLowerCase() !== (scheme.scheme ?? 'bearer').toLowerCase()) return false;
	if (name.toLowerCase() !== 'basic') return credentials === key;
	// Vendors differ in which half carries the key (RFC 7617).
	return Buffer.from(credentials, 'base64').toString().split(':').includes(key);
}

function headerOf(scheme: SecurityScheme): string {
	return scheme.type === 'apiKey' ? (scheme.name ?? '').toLowerCase() : 'authorization';
}
