import { readEntities } from './entities';
import type { Api, ApiOperation } from './facts';
import { LookupReader } from './lookups';
import { pagingOf, type PagingGuess } from './pagination';
import { Neighbours, readRoles, type RoleGuess } from './roles';

/** What a document says about the life cycle of its resources. */
export interface Lifecycle {
	api: Api;
	roles: Map<ApiOperation, RoleGuess>;
	entities: Map<ApiOperation, string>;
	/** Paging of lists, and of other operations whose responses look paged. */
	paging: Map<ApiOperation, PagingGuess>;
	lookups: LookupReader;
}

/** A line of `vendor lifecycle --all`. */
export type Line = { set: 'roles' | 'pagination' | 'lookups'; document: string; operation: string } & { [name: string]: unknown };

/** Derives roles, entities, paging and lookups for all operations of a document. */
export function readLifecycle(api: Api): Lifecycle {
	const neighbours = new Neighbours(api);
	const roles = readRoles(api, neighbours);
	return {
		api,
		roles,
		entities: readEntities(api, roles, neighbours),
		paging: readPaging(api, roles),
		lookups: new LookupReader(api, roles),
	};
}

function readPaging(api: Api, roles: Map<ApiOperation, RoleGuess>): Map<ApiOperation, PagingGuess> {
	const all = api.operations.flatMap((operation): Array<[ApiOperation, PagingGuess]> => {
		const { role, records, answersList } = roles.get(operation) as RoleGuess;
		if (operation.answer.length === 0 && role !== 'list') return [];
		const paging = pagingOf(api, operation, records);
		const isPaged = paging.style !== 'none' && (records !== undefined || paging.response.next !== undefined);
		return role === 'list' || answersList === true || isPaged ? [[operation, paging]] : [];
	});
	return new Map(all);
}

/** A line for each guess about a document's operations. */
export function linesOf({ api, roles, entities, paging, lookups }: Lifecycle, document: string): Line[] {
	return api.operations.flatMap((operation): Line[] => {
		const { role, why, sure } = roles.get(operation) as RoleGuess;
		const line = { document, operation: operation.key };
		const pages = paging.get(operation);
		return [
			{ set: 'roles', ...line, role, entity: entities.get(operation), why: { role: why }, sure: { role: sure } },
			...(pages ? [{ set: 'pagination' as const, ...line, ...pages, why: { style: pages.why }, sure: { style: pages.sure } }] : []),
			...lookups.of(operation).map(({ parameter, list, value, title, collection, parameters, why: reason, sure: certain }) => ({
				set: 'lookups' as const,
				...line,
				parameter,
				list: list.key,
				value,
				title,
				collection,
				parameters,
				why: { list: reason },
				sure: certain,
			})),
		];
	});
}
