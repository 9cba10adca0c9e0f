import { partsOf } from '../../model/pointer';
import { CATALOGUE, type Entry } from './catalogue';
import { isOf, type Code, type ReceivedValue, type Place, type Problem } from './problem';

const WORDS = { place: placeOf, text: textOf, hint: hintOf };

/** Label and path: 'Client Secret (credential_data.client_secret)'. */
export function placeOf(place: Place | Problem): string {
	if ('code' in place && isOf('missingEither', place)) return place.params.places.map(placeOf).join(' or ');
	const path = partsOf(place.pointer).slice(1).join('.');
	return path ? `${place.label} (${path})` : place.label;
}

/** What is wrong: 'must have at most 100 characters'. */
export function textOf<C extends Code>({ code, params }: Problem<C>): string {
	const entry: Entry<C> = CATALOGUE[code];
	return entry.text(params, WORDS);
}

/** What the operator can do about one problem. */
export function hintOf<C extends Code>({ code, label, params }: Problem<C>): string {
	const entry: Entry<C> = CATALOGUE[code];
	return entry.hint(label, params, WORDS);
}

/** One problem as a sentence, with the name of its field. */
export function sentenceOf(problem: Problem): string {
	return `${placeOf(problem)} ${textOf(problem)}`;
}

/** All problems of one item in one sentence. */
export function sentencesOf(problems: readonly Problem[]): string {
	return problems.map(sentenceOf).join('; ');
}

/** What the operator can do about all problems of one item, without repetitions. */
export function hintsOf(problems: readonly Problem[]): string {
	return [...new Set(problems.map((one) => hintOf(one)))].join('. ');
}

/**
 * A problem whose quoted values have their secrets hidden.
 * @param hide returns a text without the secrets
 */
export function withoutSecrets(problem: Problem, hide: (text: string) => string): Problem {
	const { params } = problem;
	if ('other' in params && isOf('noOption', problem))
		return { ...problem, params: { ...problem.params, other: withoutSecrets(problem.params.other, hide) } };
	return 'received' in params && params.received ? { ...problem, params: { ...params, received: hidden(params.received, hide) } } : problem;
}

function hidden(received: ReceivedValue, hide: (text: string) => string): ReceivedValue {
	if ('text' in received) return { text: hide(received.text) };
	return 'literal' in received ? { literal: hide(received.literal) } : received;
}
