import type { Identity, Input, Operation, PlacedOperation, Vendor } from '../../model';

/** The operation that the operator has chosen. */
export interface ChosenOperation extends PlacedOperation {
	/** Set if the record has to be looked up first. */
	looksFirst?: Identity;
}

/** Finds an operation by the values of n8n's parameters Resource and Operation. */
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

/** What a request does at the vendor; `acts` is anything other than changing the record itself, such as rotating a key. */
export type Effect = 'reads' | 'creates' | 'updates' | 'deletes' | 'acts';

/** Derived from method, response and n8n's operation name, since some vendors also read, update and delete with POST. */
export function effectOf({ method, operation, result }: Operation): Effect {
	if (method === 'DELETE' || result.deleted || operation === 'delete') return 'deletes';
	if (method === 'GET' || READING.has(operation)) return 'reads';
	if (result.records !== undefined && !CREATING.has(operation)) return 'reads';
	if (method === 'PATCH' || operation === 'update') return 'updates';
	return CREATING.has(operation) ? 'creates' : 'acts';
}

/** Values of n8n's parameter Operation that only read, whatever the method. */
const READING: ReadonlySet<string> = new Set(['get', 'getAll', 'getMany', 'list', 'search']);
/** Values of n8n's parameter Operation that create a record. */
const CREATING: ReadonlySet<string> = new Set(['create', 'add', 'upsert', 'createOrUpdate', 'createOrReuse']);

/** The path parameter that takes the record's id: the last one in the path template, wherever the form shows it. */
export function idParameterOf({ path, inputs }: Operation): Input | undefined {
	const name = /\{([^{}]*)\}[^{}]*$/.exec(path)?.[1];
	return inputs.find((input) => input.in === 'path' && input.field.name === name);
}
