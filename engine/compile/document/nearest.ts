import { words } from '../../model/names';
import { lastPartOf } from '../../model/pointer';

/** How many names a message suggests. */
const OFFERED = 5;

/** The names most similar to one that does not exist, the closest first. */
export function nearest(name: string, all: string[], count = OFFERED): string[] {
	const ends = words(lastPartOf(name)).join(' ');
	const far = (other: string) => {
		// The right name at another level is closer than another name at the same level.
		const sameEnd = ends !== '' && words(lastPartOf(other)).join(' ') === ends;
		return (sameEnd ? 0 : 100) + distance(name.toLowerCase(), other.toLowerCase());
	};
	return [...new Set(all)]
		.map((other) => ({ other, far: far(other) }))
		.sort((a, b) => a.far - b.far)
		.slice(0, count)
		.map(({ other }) => other);
}

/** Ends a message with "; there is: a, b, …", the closest names first, or with `none`. */
export function thereIs(name: string, all: string[], none: string): string {
	const near = nearest(name, all);
	if (near.length === 0) return `; ${none}`;
	return `; there is: ${near.join(', ')}${new Set(all).size > near.length ? ', …' : ''}`;
}

/** Levenshtein distance: the least number of insertions, deletions and substitutions. */
function distance(one: string, two: string): number {
	let row = Array.from({ length: two.length + 1 }, (_, index) => index);
	for (let i = 1; i <= one.length; i++) {
		const next = [i];
		for (let j = 1; j <= two.length; j++)
			next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1)));
		row = next;
	}
	return row[two.length];
}
