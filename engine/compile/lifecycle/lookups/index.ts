import type { Api, ApiOperation } from '../facts';
import type { RoleGuess } from '../roles';
import { targetsOf, type Target } from './inputs';
import { Lists, type ListFacts } from './lists';
import { titleOf, valueOf } from './record';
import { isLike, sourcesOf, type Source } from './sources';

/** A list whose records can fill an input. */
export interface Lookup {
	operation: ApiOperation;
	/** The name of a parameter, or `body:/a/b`. */
	parameter: string;
	in: string;
	list: ApiOperation;
	/** The input's name indicates an id or a code. */
	isId: boolean;
	/** Pointers into a record; null if records are plain values. */
	value: string | null;
	title: string | null;
	/** Pointer to the records in the list's response. */
	collection: string;
	/** Where the list's own inputs come from. */
	parameters: { [name: string]: Source };
	why: string;
	sure: { list: number; value: number; title: number };
}

/** The lowest score at which a list is proposed. */
const LEAST = 1.2;
/** The lowest score that its name, path and records must contribute. */
const LEAST_EVIDENCE = 1.3;

/** Finds the lists that can fill operations' inputs. */
export class LookupReader {
	private readonly lists: Lists;

	constructor(
		private readonly api: Api,
		roles: Map<ApiOperation, RoleGuess>,
	) {
		this.lists = new Lists(api, roles);
	}

	/** The lists that can fill an operation's inputs. */
	of(operation: ApiOperation): Lookup[] {
		if (this.lists.all.length === 0) return [];
		const targets = targetsOf(this.api.view, operation);
		const named = new Set(targets.map((target) => target.words));
		const given = [...operation.inputs, ...targets].map(({ name }) => name);
		return targets.flatMap(
			(target) =>
				this.lookup(
					operation,
					target,
					named,
					given.filter((name) => name !== target.name),
				) ?? [],
		);
	}

	private lookup(operation: ApiOperation, target: Target, named: Set<string>, given: string[]): Lookup | undefined {
		const candidates = new Set<ListFacts>([
			...target.bases.flatMap((base) => this.lists.called(base)),
			...(target.words.includes(' ') ? this.lists.holding(target.words) : []),
		]);
		const above = target.above === undefined ? undefined : this.lists.at(target.above);
		if (above) candidates.add(above);
		const ranked = [...candidates]
			.filter((list) => list.operation !== operation)
			.map((list) => ({ list, ...rank(operation, target, list, given) }))
			.filter(({ evidence }) => evidence >= LEAST_EVIDENCE)
			.sort((one, other) => other.score - one.score);
		const [best, second] = ranked;
		if (best === undefined || best.score < LEAST) return undefined;
		const { list } = best;
		const value = valueOf(this.api.view, list, target, named);
		const margin = best.score - (second?.score ?? 0);
		const sure = Math.min(0.88, 0.45 + 0.07 * Math.min(best.score, 5) + 0.12 * Math.min(margin, 1.5));
		return {
			operation,
			parameter: target.parameter,
			in: target.in,
			list: list.operation,
			isId: /^(id|uuid|guid|uid|code|slug|ref|reference|identifier)$/.test(target.tail),
			value: value.pointer,
			title: titleOf(this.api.view, list, value.pointer),
			collection: list.records.pointer,
			parameters: sourcesOf(this.api.view, operation, target, list.operation),
			why: best.why,
			sure: { list: Math.round(sure * 100) / 100, value: value.sure, title: 0.7 },
		};
	}
}

function rank(operation: ApiOperation, target: Target, list: ListFacts, given: string[]): { score: number; evidence: number; why: string } {
	const reasons: string[] = [];
	let score = 0;
	if (target.above !== undefined && list.operation.path.shape === target.above && list.operation.method === 'GET') {
		score += 3;
		reasons.push(`it lists what stands at ${list.operation.path.text}`);
	}
	const name = target.bases.reduce((most, base, index) => Math.max(most, similarity(base, list) - index * 0.4), -Infinity);
	if (name > 0) {
		score += name;
		reasons.push(`it lists what "${target.name}" is called after`);
	}
	if (target.words.includes(' ') && list.properties.has(target.words)) {
		// Without other evidence, the property may just refer to another resource.
		score += score > 0 ? 1.2 : 0.8;
		reasons.push(`its records have "${list.properties.get(target.words) as string}"`);
	}
	if (target.tail !== '' && target.tail !== 'id' && list.properties.has(target.tail)) score += 0.2;
	const evidence = score;
	for (const need of list.needs) {
		if (need.name === target.name && need.in !== 'header') score -= 3;
		else if (given.some((name) => name === need.name || isLike(name, need.name))) score += need.in === 'path' ? 0.4 : 0.2;
		else score -= hasDefault(need.schemas) ? 0.2 : need.in === 'path' ? 1.2 : 0.7;
	}
	score += list.isList ? 0.4 : 0;
	score += list.operation.method === 'GET' ? 0.3 : -0.3;
	score += list.records.ofObjects ? 0.2 : 0;
	if (versionOf(operation) !== versionOf(list.operation)) score -= 0.5;
	score += 0.15 * commonPrefix(operation, list.operation) - 0.06 * list.operation.path.segments.length;
	return { score: score - (list.operation.deprecated ? 0.5 : 0), evidence, why: reasons.join('; ') };
}

/** How well a name fits a list's nouns. */
function similarity(base: string[], { nouns }: ListFacts): number {
	const text = base.join(' ');
	const likeness = nouns.map((noun, index) => {
		const other = noun.join(' ');
		const less = index * 0.1;
		if (other === text || noun.join('') === base.join('')) return 2.4 - less;
		if (text.endsWith(` ${other}`)) return 1.9 - less;
		if (other.endsWith(` ${text}`)) return 1.8 - less - 0.1 * (noun.length - base.length);
		const last = base[base.length - 1];
		const end = noun[noun.length - 1];
		if (last === end) return 1 - less;
		return last.length >= 3 && end.startsWith(last) && base.length === 1 ? 1.4 - less : 0;
	});
	return likeness.reduce((most, one) => Math.max(most, one), 0);
}

function hasDefault(schemas: unknown[]): boolean {
	return schemas.some((schema) => typeof schema === 'object' && schema !== null && 'default' in schema);
}

/** The version in a path such as `/v2/keys`. */
function versionOf({ path }: ApiOperation): string {
	return path.segments.find(({ text }) => /^v\d/i.test(text))?.text ?? '';
}

/** How many leading segments two paths share. */
function commonPrefix({ path }: ApiOperation, other: ApiOperation): number {
	let count = 0;
	while (count < 6 && path.segments[count] !== undefined && path.segments[count].text === other.path.segments[count]?.text) count++;
	return count;
}
