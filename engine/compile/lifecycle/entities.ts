import { words } from '../../model/names';
import type { Api, ApiOperation } from './facts';
import { collectionOf, isPrefix, lastWord, nounOf, shapeOf, type ApiPath, type Segment } from './paths';
import type { Neighbours, RoleGuess } from './roles';
import { ACTIONS, VERBS } from './verbs';

/** Operations of one entity, before entities with the same noun are merged. */
interface Group {
	operations: ApiOperation[];
	noun: string;
	/** Names of the components that describe a record. */
	records: Set<string>;
}

/**
 * The entity of each operation: taken from the operationId if the document names operations by resource and verb
 * (`keys.list`), and otherwise the collection's path, for its items, their actions, and the same resource below other parents.
 */
export function readEntities(api: Api, roles: Map<ApiOperation, RoleGuess>, { procedures }: Neighbours): Map<ApiOperation, string> {
	const bases = basesOf(api, roles);
	const styled = styledEntities(api);
	const groups = new Map<string, Group>();
	for (const operation of api.operations) {
		const key = styled.get(operation) ?? entityPath(operation, roles, bases, procedures);
		const group = groups.get(key) ?? { operations: [], noun: nounAt(key), records: new Set<string>() };
		group.operations.push(operation);
		for (const name of recordNames(api, operation, roles.get(operation))) group.records.add(name);
		groups.set(key, group);
	}
	const names = styled.size > 0 ? new Map<string, string>() : sameNames(groups);
	return new Map(
		[...groups].flatMap(([key, { operations }]) => operations.map((operation) => [operation, names.get(key) ?? key] as const)),
	);
}

/** Shapes of the collections with a life cycle of their own. */
function basesOf({ operations }: Api, roles: Map<ApiOperation, RoleGuess>): Set<string> {
	const life = operations.filter((operation) => {
		const role = roles.get(operation)?.role;
		return role !== 'other' && (operation.path.isItem || role === 'list' || role === 'create');
	});
	return new Set(life.map(({ path }) => shapeOf(collectionOf(path))));
}

/** The resource in operationIds like `resource.verb`; empty if the document does not name its operations this way. */
function styledEntities({ operations }: Api): Map<ApiOperation, string> {
	const dotted = operations.filter(({ operationId }) => /^\w[\w-]*(\.\w[\w-]*)+$/.test(operationId));
	const pure = dotted.filter(({ operationId }) => VERBS.has((operationId.split('.').pop() ?? '').toLowerCase()));
	if (dotted.length < operations.length * 0.8 || pure.length < operations.length * 0.3) return new Map();
	return new Map(dotted.map((operation) => [operation, operation.operationId.slice(0, operation.operationId.lastIndexOf('.'))]));
}

function entityPath(operation: ApiOperation, roles: Map<ApiOperation, RoleGuess>, bases: Set<string>, procedures: boolean): string {
	const { path } = operation;
	const own = collectionOf(path);
	if (path.custom !== undefined) return shapeOf(own);
	const call = procedures ? calledOn(path) : undefined;
	if (call !== undefined) return call;
	if (roles.get(operation)?.role !== 'other' && !(endsInVerb(path.segments) && !bases.has(path.shape))) return shapeOf(own);
	// An action on an item belongs to the item's collection, if that is an entity.
	for (let end = path.segments.length - 1; end > 0 && end >= path.segments.length - 2; end--) {
		const above = collectionOf({ ...path, segments: path.segments.slice(0, end) });
		if (above.length > 0 && bases.has(shapeOf(above))) return shapeOf(above);
	}
	const parent = collectionOf({ ...path, segments: path.segments.slice(0, -1) });
	return parent.length > 0 && parent.some(({ text }) => !isPrefix(text)) && !path.isItem ? shapeOf(parent) : shapeOf(own);
}

/** The entity of a procedure, as a path: `CreateKey` and `ListKeys` both give `/key`. */
function calledOn({ segments }: ApiPath): string | undefined {
	const [verb = '', ...rest] = words(lastWord(segments));
	return VERBS.has(verb) && rest.length > 0 ? `/${nounOf(rest.join(' ')).replaceAll(' ', '-')}` : undefined;
}

function endsInVerb(segments: Segment[]): boolean {
	const last = segments[segments.length - 1];
	if (!last || last.variable !== undefined) return false;
	const [first = ''] = words(last.text);
	return VERBS.has(first) || ACTIONS.has(first);
}

function nounAt(key: string): string {
	return nounOf(lastWord(key.split('/').map((text) => (text === '{}' ? { text, variable: '' } : { text }))));
}

/** The component that describes an operation's response. */
function recordNames(api: Api, operation: ApiOperation, guess: RoleGuess | undefined): string[] {
	const { view } = api;
	// Not for a list, which may show the records of another entity: /groups/{id}/users.
	if (guess === undefined || !['get', 'create', 'update'].includes(guess.role)) return [];
	return view.shape(operation.answer).names.slice(0, 1);
}

/** Groups to merge, each with the group it joins: they have the same noun, and the same records if the document names any. */
function sameNames(groups: Map<string, Group>): Map<string, string> {
	const schemas = [...groups.values()].some(({ records }) => records.size > 0);
	const names = new Map<string, string>();
	const byNoun = new Map<string, Array<[key: string, group: Group]>>();
	for (const [key, group] of groups) byNoun.set(group.noun, [...(byNoun.get(group.noun) ?? []), [key, group]]);
	for (const same of byNoun.values()) {
		const leaders: Array<[key: string, records: Set<string>]> = [];
		for (const [key, { records }] of same.sort(([one], [other]) => one.length - other.length)) {
			const leader = leaders.find(
				([, known]) => (!schemas && known.size === 0 && records.size === 0) || [...records].some((name) => known.has(name)),
			);
			if (leader) {
				names.set(key, leader[0]);
				for (const name of records) leader[1].add(name);
			} else leaders.push([key, new Set(records)]);
		}
	}
	return names;
}
