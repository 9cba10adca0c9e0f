import type { Identity, Operation, Vendor } from '../model';

/** The operation that the operator chose. */
export interface ChosenOperation extends Operation {
	/** Whether the record exists is looked up first. */
	looksFirst?: Identity;
}

/** Finds an operation by n8n's values of Resource and Operation. */
export function operationOf({ operations }: Vendor, resource: unknown, name: unknown): ChosenOperation | undefined {
	for (const operation of operations) {
		if (operation.resource !== resource) continue;
		if (operation.operation === name) return operation;
		const { identity } = operation;
		if (identity && identity.operation === name)
			return { ...operation, operation: identity.operation, name: identity.name, action: identity.action, looksFirst: identity };
	}
	return undefined;
}

/** What a request does at the vendor. */
export type Effect = 'reads' | 'creates' | 'updates' | 'deletes';

/** Told by the method, and by n8n's name of the operation where a vendor updates with PUT or POST. */
export function effectOf({ method, operation }: Operation): Effect {
	if (method === 'GET') return 'reads';
	if (method === 'DELETE') return 'deletes';
	return method === 'PATCH' || operation === 'update' ? 'updates' : 'creates';
}
