import { rolesOf, type OperationRole } from '../../engine/compile';
import type { ListArguments } from '../terminal/arguments';
import { readDocument } from '../terminal/input';
import type { Io } from '../terminal/io';

/** From this sureness on, a role is told without its reason. */
const SURE = 0.9;

/**
 * `vendor list`: prints the operations of a document by resource, each with its role, as text for people to read.
 * @throws Problem or DocumentError
 */
export async function listOperations(given: ListArguments, io: Io): Promise<number> {
	const { text, name, overlay } = await readDocument(given, 'The OpenAPI document', io);
	const roles = rolesOf(text, name, overlay);
	const width = roles.reduce((most, { role }) => Math.max(most, role.length), 0);
	for (const [entity, own] of byEntity(roles)) {
		io.out(entity);
		for (const { operation, role, why, sure, isCredential } of own) {
			const note = isCredential ? '  creates something like a credential' : '';
			io.out(`  ${role.padEnd(width)}  ${operation}${note}${sure < SURE ? `  (a guess: ${why})` : ''}`);
		}
	}
	if (roles.length === 0) io.err(`${name} has no operations.`);
	return 0;
}

/** In the order in which the document has them. */
function byEntity(roles: OperationRole[]): Map<string, OperationRole[]> {
	const groups = new Map<string, OperationRole[]>();
	for (const one of roles) {
		const group = groups.get(one.entity);
		if (group) group.push(one);
		else groups.set(one.entity, [one]);
	}
	return groups;
}
