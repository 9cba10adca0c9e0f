import { words } from '../../../model/names';
import { escapePart } from '../../../model/pointer';
import { highest } from '../highest';
import type { View } from '../view';
import type { Target } from './inputs';
import type { ListFacts } from './lists';

/**
 * A pointer to the property of a record that an input takes, with a confidence from 0 to 1.
 * @param named the operation's inputs in words: `category` takes the name if there is also a `category id`
 */
export function valueOf(view: View, list: ListFacts, target: Target, named: Set<string>): { pointer: string | null; sure: number } {
	if (!list.records.ofObjects) return { pointer: null, sure: 0.8 };
	const names = properties(view, list);
	if (names.length === 0) return { pointer: null, sure: 0.3 };
	const nouns = [...target.bases.map((base) => base.join(' ')), ...list.nouns.map((noun) => noun.join(' '))];
	const byName = target.tail === '' && named.has(`${target.words} id`);
	const rank = ({ words: all, depth }: Property): number => {
		const less = depth * 1.5;
		if (byName && (all === 'name' || nouns.some((noun) => all === `${noun} name`))) return 7 - less;
		if (all === target.words && all !== 'name') return 6 - less;
		if (target.tail !== '' && all === target.tail) return 5 - less;
		if (target.tail !== '' && nouns.some((noun) => all === `${noun} ${target.tail}`)) return 4.8 - less;
		if (all === 'id') return 4 - less;
		if (nouns.some((noun) => all === `${noun} id` || all === `${noun} identifier`)) return 3.8 - less;
		if (/^(uuid|guid|uid|key|code)$/.test(all)) return 3 - less;
		if (nouns.some((noun) => all === noun)) return 2.8 - less;
		if (/^(value|slug|ref)$/.test(all)) return 2.5 - less;
		if (/ (id|uuid|guid|code|key)$/.test(all)) return 1.5 - less;
		if (all === 'name') return 1.4 - less;
		return / name$/.test(all) ? 1 - less : 0;
	};
	return best(names, rank, target.tail);
}

function best(names: Property[], rank: (one: Property) => number, tail: string): { pointer: string | null; sure: number } {
	const top = highest(names, rank) as Property;
	const score = rank(top);
	return { pointer: top.pointer, sure: score >= 4.8 || (score >= 4 && tail === 'id') ? 0.93 : score >= 3.8 ? 0.85 : 0.5 };
}

/** The property by which people recognize a record, or else `value`. */
export function titleOf(view: View, list: ListFacts, value: string | null): string | null {
	if (!list.records.ofObjects) return null;
	const nouns = list.nouns.map((noun) => noun.join(' '));
	const rank = ({ words: all, depth }: Property): number => {
		const less = depth * 2;
		if (/^(display|friendly) (name|text|label|title)$/.test(all)) return 6.2 - less;
		if (all === 'name') return 6 - less;
		if (all === 'full name') return 5.8 - less;
		if (nouns.some((noun) => all === `${noun} name` || all === `${noun} title`)) return 5.5 - less;
		if (all === 'title') return 5.4 - less;
		if (all === 'label') return 5.2 - less;
		if (/ (display name|full name)$/.test(all)) return 5 - less;
		if (/^(text|caption|subject|header|heading|question|username|user name)$/.test(all)) return 4.5 - less;
		if (/^(first|last|given|family|middle) name$/.test(all)) return 3 - less;
		if (/ (name|title|label)$/.test(all)) return 4 - less;
		if (/^(email|email address|mail)$/.test(all)) return 3.8 - less;
		if (all === 'description') return 3.6 - less;
		if (/^(slug|path|location|key|code|value|prompt)$/.test(all)) return 3.2 - less;
		return 0;
	};
	const names = properties(view, list).filter(({ kinds }) => kinds.has('string') || kinds.size === 0);
	const top = highest(names, rank);
	return top && rank(top) > 0 ? top.pointer : value;
}

interface Property {
	pointer: string;
	words: string;
	depth: number;
	kinds: Set<string>;
}

/** The properties of a record, and of nested objects that hold its own properties (`attributes.name`, `board.id`). */
function properties(view: View, { records, nouns }: ListFacts): Property[] {
	const read = (schemas: unknown[], pointer: string, depth: number): Property[] =>
		[...view.shape(schemas).properties].flatMap(([name, inner]) => {
			const shape = view.shape(inner);
			const place = `${pointer}/${escapePart(name)}`;
			const all = words(name).join(' ');
			if (shape.properties.size > 0) {
				const isOwn =
					/^(attributes|data|meta|metadata|properties|fields|profile|details|info|spec)$/.test(all) ||
					nouns.some((noun) => noun.join(' ') === all || noun[noun.length - 1] === all);
				return depth < 1 && isOwn ? read(inner, place, depth + 1) : [];
			}
			return shape.kinds.has('array') ? [] : [{ pointer: place, words: all, depth, kinds: shape.kinds }];
		});
	return read(records.record, '', 0);
}
