import { isSecretName, words } from '../../../model/names';
import { escapePart } from '../../../model/pointer';
import type { View } from '../view';
import type { Cycle } from './cycle';
import { recordPlaces } from './ids';

/** Names of properties that hold the secret if the operation creates one. */
const NEUTRAL = /^(value|key|plain text|plaintext|raw|full key|plain key|plain value|raw key|secret value|hash)$/;
const DEPTH = 3;

/**
 * The secrets that only the create's response shows, identified by their names, or by a neutral name that no record of
 * the list contains.
 */
export function secretsIn(
	view: View,
	cycle: Cycle,
	record: unknown[],
	isSecretThing: boolean,
): { pointers: string[]; why: string; sure: number } {
	const { create, get } = cycle;
	const [place = ''] = recordPlaces(view, create.answer);
	const later = [record, get ? view.lead(get.answer, recordPlaces(view, get.answer)[0] ?? '') : []];
	const isKept = (name: string) => later.some((schemas) => view.shape(schemas).properties.has(name));
	const known = later.some((schemas) => view.shape(schemas).properties.size > 0);
	const found = texts(view, create.answer, '', DEPTH).filter(({ pointer, name }) => {
		const inner = pointer.startsWith(place) ? pointer.slice(place.length) : pointer;
		const given = view.shape(view.lead(create.body, pointer));
		if (given.kinds.size > 0 && given.facts.readOnly !== true) return false;
		if (view.shape(view.lead(create.answer, pointer)).facts.writeOnly === true) return false;
		if (isSecretName(name)) return !isTouched(name);
		return isSecretThing && NEUTRAL.test(words(name).join(' ')) && inner.split('/').length === 2 && known && !isKept(name);
	});
	const pointers = found.map(({ pointer }) => pointer);
	const why =
		pointers.length > 0 ? 'they are called like secrets, or stand in no other answer' : 'nothing in the answer is called like a secret';
	return { pointers, why, sure: pointers.length > 0 ? 0.75 : create.answer.length > 0 ? 0.85 : 0.5 };
}

/** Whether the vendor shortens or hides the value, so that it is no secret. */
function isTouched(name: string): boolean {
	return words(name).some((word) =>
		/^(masked|obfuscated|redacted|preview|hint|truncated|last|partial|public|encrypted|hashed)$/.test(word),
	);
}

function texts(view: View, schemas: unknown[], pointer: string, depth: number): Array<{ pointer: string; name: string }> {
	return [...view.shape(schemas).properties].flatMap(([name, inner]) => {
		const shape = view.shape(inner);
		const place = `${pointer}/${escapePart(name)}`;
		if (shape.properties.size > 0) return depth > 1 ? texts(view, inner, place, depth - 1) : [];
		return shape.kinds.has('string') || shape.kinds.size === 0 ? [{ pointer: place, name }] : [];
	});
}
