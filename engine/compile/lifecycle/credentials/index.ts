import type { Lifecycle } from '../all';

/** One line of `vendor lifecycle`. */
export interface CredentialLine {
	create: string;
	[field: string]: unknown;
}

/** The life cycle of each credential that a document can create. */
export function readCredentials(lifecycle: Lifecycle, operations: string[]): CredentialLine[] {
	return operations.map((create) => ({ create, entity: lifecycle.entities.get(lifecycle.api.byKey.get(create) as never) }));
}
