import { lifecycleOf, lifecycleOfAll } from '../../engine/compile';
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
	const roles = lifecycleOfAll(text, name, name, overlay).filter(({ set }) => set === 'roles') as unknown as Role[];
	const credentials = new Set(lifecycleOf(text, name, name, [], overlay).map(({ create }) => create));
	const width = roles.reduce((most, { role }) => Math.max(most, role.length), 0);
	for (const [entity, own] of byEntity(roles)) {
		io.out(entity);
		for (const { operation, role, why, sure } of own) {
			const note = credentials.has(operation) ? '  creates something like a credential' : '';
			io.out(`  ${role.padEnd(width)}  ${operation}${note}${sure.role < SURE ? `  (a guess: ${why.role})` : ''}`);
		}
	}
	if (roles.length === 0) io.err(`${name} has no operations.`);
	return 0;
}

/** A line of `lifecycleOfAll` about what an operation does. */
interface Role {
	operation: string;
	entity: string;
	role: string;
	why: { role: string };
	sure: { role: number };
}

/** In the order in which the document has them. */
function byEntity(roles: Role[]): Map<string, Role[]> {
	const groups = new Map<string, Role[]>();
	for (const one of roles) groups.set(one.entity, [...(groups.get(one.entity) ?? []), one]);
	return groups;
}
