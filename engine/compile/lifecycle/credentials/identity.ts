import { words } from '../../../model/names';
import { escapePart } from '../../../model/pointer';
import type { View } from '../view';
import type { Cycle } from './cycle';
import { recordPlaces, trailing } from './ids';

/** What identifies a record that already exists. */
export interface Identity {
	/** Pointers into the body, or `path:name`. */
	parts: string[];
	why: string;
	sure: number;
}

const URLS = /^(url|endpoint|endpoint url|target url|callback url|webhook url|uri|address|target|destination url)$/;
const NAMES = /^(name|title|display name|label|slug|friendly name|handle|alias|key name)$/;

/**
 * What identifies a record before it has an id: a value that the caller chooses and the item's path takes, a webhook's
 * URL, or a name.
 */
export function identityOf(view: View, cycle: Cycle): Identity {
	const { create } = cycle;
	if (create.path.isItem) {
		const parts = trailing(create).map((name) => `path:${name}`);
		return { parts, why: 'the create names its item in the path', sure: 0.92 };
	}
	const places = bodyPlaces(view, create.body);
	const chosen = chosenId(view, cycle, places);
	if (chosen !== undefined)
		return { parts: [chosen], why: `the caller chooses what ${cycle.item?.path.text ?? 'the path'} takes`, sure: 0.9 };
	const isWebhook = create.path.segments.some(({ text }) => /hook|subscription|endpoint|destination/i.test(text));
	const url = isWebhook ? named(view, create.body, places, URLS) : undefined;
	if (url !== undefined) return { parts: [url], why: 'a webhook is its address', sure: 0.7 };
	const name = named(view, create.body, places, NAMES);
	if (name === undefined) return { parts: [], why: 'nothing of what is entered names it', sure: 0.75 };
	const said = String(view.shape(view.lead(create.body, name)).facts.description ?? '');
	const isUnique = /\bunique\b|already exists|must be distinct/i.test(said);
	return {
		parts: [name],
		why: isUnique ? 'its description says that it is unique' : 'a name, which may not be unique',
		sure: isUnique ? 0.9 : 0.5,
	};
}

/** Pointers to the body itself, and to the parts of it that hold the record. */
export function bodyPlaces(view: View, body: unknown[]): string[] {
	const { properties } = view.shape(body);
	const wrapped = [...properties].filter(
		([name, schemas]) => view.shape(schemas).properties.size > 1 && (properties.size <= 2 || /^(spec|data|attributes)$/.test(name)),
	);
	return ['', ...wrapped.map(([name]) => `/${escapePart(name)}`)];
}

/** A property of the body that the item's path takes and that the caller chooses. */
function chosenId(view: View, { create, item, get, list }: Cycle, places: string[]): string | undefined {
	const variable = trailing(item).pop();
	if (variable === undefined) return undefined;
	const wanted = words(variable.slice(variable.lastIndexOf('.') + 1)).join(' ');
	const answer = (get ?? list)?.answer ?? [];
	for (const place of places) {
		const { properties, required } = view.shape(view.lead(create.body, place));
		for (const [name, schemas] of properties) {
			if (words(name).join(' ') !== wanted) continue;
			const { facts, kinds } = view.shape(schemas);
			if (facts.readOnly === true || !kinds.has('string') || facts.format === 'uuid') continue;
			// A plain "id" is usually assigned by the vendor, unless it is required.
			const isMade = wanted === 'id' && !required.has(name) && recordPlaces(view, answer).length > 0;
			if (!isMade) return `${place}/${escapePart(name)}`;
		}
	}
	return undefined;
}

function named(view: View, body: unknown[], places: string[], which: RegExp): string | undefined {
	const all = places.flatMap((place) => {
		const { properties, required } = view.shape(view.lead(body, place));
		return [...properties].flatMap(([name, schemas]) => {
			const shape = view.shape(schemas);
			// The URL may be one level down: delivery_method.url.
			const inner =
				which === URLS && shape.properties.size > 0
					? [...shape.properties.keys()]
							.filter((one) => which.test(words(one).join(' ')))
							.map((one) => ({ pointer: `${place}/${escapePart(name)}/${escapePart(one)}`, required: false }))
					: [];
			const fits = which.test(words(name).join(' ')) && shape.facts.readOnly !== true && !shape.kinds.has('object');
			return [...(fits ? [{ pointer: `${place}/${escapePart(name)}`, required: required.has(name) }] : []), ...inner];
		});
	});
	return (all.find((one) => one.required) ?? all[0])?.pointer;
}
