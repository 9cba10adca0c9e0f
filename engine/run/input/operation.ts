import type { Identity, Input, Operation, PlacedOperation, Vendor } from '../../model';

/** The operation that the operator chose. */
export interface ChosenOperation extends PlacedOperation {
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

/** What a request does at the vendor; `acts` is anything beside the record itself, such as a rotation. */
export type Effect = 'reads' | 'creates' | 'updates' | 'deletes' | 'acts';

/** Told by the method and the answer, and by n8n's name of the operation: vendors read, update and delete with POST as well. */
export function effectOf({ method, operation, result }: Operation): Effect {
	if (method === 'DELETE' || result.deleted || operation === 'delete') return 'deletes';
	if (method === 'GET' || READING.has(operation)) return 'reads';
	if (result.records !== undefined && !CREATING.has(operation)) return 'reads';
	if (method === 'PATCH' || operation === 'update') return 'updates';
	return CREATING.has(operation) ? 'creates' : 'acts';
}

/** n8n's values of Operation for what only reads, whatever its method. */
const READING: ReadonlySet<string> = new Set(['get', 'getAll', 'getMany', 'list', 'search']);
/** n8n's values of Operation for what makes a record. */
const CREATING: ReadonlySet<string> = new Set(['create', 'add', 'upsert', 'createOrUpdate', 'createOrReuse']);

/** The path parameter that takes a record's id: the last one in the path, wherever the form shows it. */
export function idParameterOf({ path, inputs }: Operation): Input | undefined {
	const name = /\{([^{}]*)\}[^{}]*$/.exec(path)?.[1];
	return inputs.find((input) => input.in === 'path' && input.field.name === name);
}
