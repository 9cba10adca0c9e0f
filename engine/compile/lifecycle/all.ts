import { readEntities } from './entities';
import type { Api, ApiOperation } from './facts';
import { readRoles, type RoleGuess } from './roles';

/** What a document says of the life of its resources. */
export interface Lifecycle {
	api: Api;
	roles: Map<ApiOperation, RoleGuess>;
	entities: Map<ApiOperation, string>;
}

/** One line of `vendor lifecycle --all`. */
export type Line = { set: 'roles' | 'pagination' | 'lookups'; document: string; operation: string } & { [name: string]: unknown };

/** Reads the roles and entities of all operations. */
export function readLifecycle(api: Api): Lifecycle {
	const roles = readRoles(api);
	return { api, roles, entities: readEntities(api, roles) };
}

/** One line for each guess. */
export function linesOf({ api, roles, entities }: Lifecycle, document: string): Line[] {
	return api.operations.map((operation): Line => {
		const { role, why, sure } = roles.get(operation) as RoleGuess;
		return {
			set: 'roles',
			document,
			operation: operation.key,
			role,
			entity: entities.get(operation),
			why: { role: why },
			sure: { role: sure },
		};
	});
}
