import { Count, mean, Share, SURE, type Figures } from './figures';
import type { Row } from './truth';

export interface Pair {
	truth: Row;
	guess: Row | undefined;
}

const LIFE = ['create', 'get', 'list', 'update', 'delete'];

/** Scores roles and entities: all roles, the life cycle's own roles, and which operations belong together. */
export function scoreRoles(pairs: Pair[]): Figures {
	const accuracy = new Share();
	const life = new Count();
	const sure = new Share();
	for (const { truth, guess } of pairs) {
		const accepted = (truth.accept as string[] | undefined) ?? [truth.role as string];
		const role = guess?.role as string | undefined;
		const isRight = role !== undefined && accepted.includes(role);
		accuracy.add(isRight);
		if (isRight && LIFE.includes(role)) life.right++;
		if (!isRight && role !== undefined && LIFE.includes(role)) life.extra++;
		if (!isRight && LIFE.includes(truth.role as string)) life.missed++;
		if (((guess?.sure as { role?: number } | undefined)?.role ?? 0) >= SURE) sure.add(isRight);
	}
	return {
		n: pairs.length,
		values: { accuracy: accuracy.value, 'life cycle F1': life.f1, 'entity F1': entityF1(pairs) },
		sure,
	};
}

/**
 * B-cubed (Bagga and Baldwin 1998) over the labelled operations: for each of them, the share of its guessed group that
 * belongs there, and the share of its true group that was found. An operation may belong to several entities.
 */
function entityF1(pairs: Pair[]): number {
	const documents = new Map<unknown, Pair[]>();
	for (const pair of pairs) {
		const key = pair.truth.document ?? pair.truth.vendor;
		documents.set(key, [...(documents.get(key) ?? []), pair]);
	}
	const precision: number[] = [];
	const recall: number[] = [];
	for (const all of documents.values()) {
		const entities = all.map(({ truth }) => new Set((truth.entities as string[] | undefined) ?? [String(truth.entity ?? truth.resource)]));
		const groups = all.map(({ guess }, index) => (guess ? String(guess.entity) : `alone ${index}`));
		const members = grouped(groups.map((group) => [group]));
		const owners = grouped(entities.map((set) => [...set]));
		all.forEach((_, index) => {
			const given = members.get(groups[index]) as number[];
			const wanted = new Set([...entities[index]].flatMap((entity) => owners.get(entity) as number[]));
			const both = given.filter((one) => wanted.has(one)).length;
			precision.push(both / given.length);
			recall.push(both / wanted.size);
		});
	}
	const [p, r] = [mean(precision), mean(recall)];
	return (2 * p * r) / (p + r);
}

function grouped(keys: string[][]): Map<string, number[]> {
	const groups = new Map<string, number[]>();
	keys.forEach((all, index) => {
		for (const key of all) {
			const group = groups.get(key);
			if (group) group.push(index);
			else groups.set(key, [index]);
		}
	});
	return groups;
}
