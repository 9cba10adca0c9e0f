import { Document } from '../document/document';
import { nearest } from '../document/nearest';
import { DocumentError, type TextFile } from '../document/part';
import { readCredentials, type CredentialLine } from './credentials';
import { isLikeCredential } from './credentials/like';
import { linesOf, readLifecycle, type Line } from './all';
import type { RoleGuess } from './roles';
import { readApi } from './facts';

export { linesOf, readLifecycle, type Line } from './all';
export type { CredentialLine } from './credentials';
export { readApi } from './facts';
export { readCredentials } from './credentials';

/** What an operation does. */
export interface OperationRole extends Pick<RoleGuess, 'role' | 'why' | 'sure'> {
	/** As `METHOD /path`. */
	operation: string;
	/** The resource that it belongs to. */
	entity: string;
	/** It creates something like a credential. */
	isCredential: boolean;
}

/**
 * What each operation of a document does, in the document's order.
 * @param text the OpenAPI document, YAML or JSON
 * @param name the document's name in messages
 * @param overlay what is laid over the document (OpenAPI Overlay 1.0)
 * @throws DocumentError if it is not an OpenAPI document
 */
export function rolesOf(text: string, name: string, overlay?: TextFile): OperationRole[] {
	const lifecycle = readLifecycle(readApi(Document.read(text, name, overlay)));
	return lifecycle.api.operations.map((operation) => {
		const { role, why, sure } = lifecycle.roles.get(operation) as RoleGuess;
		const entity = lifecycle.entities.get(operation) as string;
		return { operation: operation.key, entity, role, why, sure, isCredential: isLikeCredential(lifecycle, operation) };
	});
}

/**
 * A line for each operation of a document, and for each input that a list can fill.
 * @param text the OpenAPI document, YAML or JSON
 * @param name the document's name in messages
 * @param document the document's name in the lines
 * @param overlay what is laid over the document (OpenAPI Overlay 1.0)
 * @throws DocumentError if it is not an OpenAPI document
 */
export function lifecycleOfAll(text: string, name: string, document: string, overlay?: TextFile): Line[] {
	return linesOf(readLifecycle(readApi(Document.read(text, name, overlay))), document);
}

/**
 * A line for each operation that creates something like a credential.
 * @param operations the create operations, as `METHOD /path`; if empty, all that create something like a credential
 * @throws DocumentError if it is not an OpenAPI document, or has no such operation
 */
export function lifecycleOf(text: string, name: string, document: string, operations: string[], overlay?: TextFile): CredentialLine[] {
	const api = readApi(Document.read(text, name, overlay));
	const known = [...api.byKey.keys()];
	for (const operation of operations)
		if (!api.byKey.has(operation))
			throw new DocumentError(name, `there is no operation "${operation}". Is it one of these: ${nearest(operation, known).join(', ')}?`);
	return readCredentials(readLifecycle(api), operations).map((line) => ({ document, ...line }));
}
