import { words } from '../../../model/names';
import type { Api, ApiOperation, Input } from '../facts';
import { inSingular, isPlural, lastWord } from '../paths';
import type { Records } from '../records';
import type { RoleGuess } from '../roles';
import { VERBS } from '../verbs';

/** A list that may fill an input. */
export interface ListFacts {
	operation: ApiOperation;
	records: Records;
	/** Possible names of its records, each as words in the singular. */
	nouns: string[][];
	/** Names of a record's properties, by the name in words. */
	properties: Map<string, string>;
	/** Its required inputs. */
	needs: Input[];
	isList: boolean;
}

/** Indexes a document's lists by the names of their records and by the properties of these. */
export class Lists {
	readonly all: ListFacts[];
	private readonly byWord = new Map<string, ListFacts[]>();
	/** By the whole name, with its words joined. */
	private readonly byText = new Map<string, ListFacts[]>();
	private readonly byProperty = new Map<string, ListFacts[]>();
	private readonly byShape = new Map<string, ListFacts>();

	constructor(api: Api, roles: Map<ApiOperation, RoleGuess>) {
		this.all = api.operations.flatMap((operation) => factsOf(api, operation, roles.get(operation)) ?? []);
		for (const list of this.all) {
			for (const noun of list.nouns) {
				note(this.byWord, noun[noun.length - 1], list);
				note(this.byText, noun.join(''), list);
			}
			for (const property of list.properties.keys()) note(this.byProperty, property, list);
			if (list.operation.method === 'GET' && !this.byShape.has(list.operation.path.shape))
				this.byShape.set(list.operation.path.shape, list);
		}
	}

	at(shape: string): ListFacts | undefined {
		return this.byShape.get(shape);
	}

	/** Lists whose records' name ends in the last word of `base`; if none does, in a word that begins with it (an abbreviation). */
	called(base: string[]): ListFacts[] {
		const word = base[base.length - 1];
		const exact = [...(this.byWord.get(word) ?? []), ...(this.byText.get(base.join('')) ?? [])];
		if (exact.length > 0 || word.length < 3) return exact;
		return [...this.byWord].filter(([one]) => one.startsWith(word)).flatMap(([, lists]) => lists);
	}

	/** Lists whose records have a property with this name. */
	holding(property: string): ListFacts[] {
		return this.byProperty.get(property) ?? [];
	}
}

function note(map: Map<string, ListFacts[]>, key: string, list: ListFacts): void {
	const all = map.get(key);
	if (!all) map.set(key, [list]);
	else if (!all.includes(list)) all.push(list);
}

function factsOf({ view }: Api, operation: ApiOperation, guess: RoleGuess | undefined): ListFacts | undefined {
	if (!guess || (operation.method !== 'GET' && guess.role !== 'list')) return undefined;
	if (guess.role !== 'list' && guess.answersList !== true && operation.path.isItem) return undefined;
	// If the document does not describe the response, a plural in the path is enough.
	const isOpen = view.shape(operation.answer).properties.size === 0 && isPlural(lastWord(operation.path.segments));
	const records = guess.records ?? (isOpen ? { pointer: '', record: [], ofObjects: true } : undefined);
	if (!records) return undefined;
	const { properties } = view.shape(records.record);
	const scalar = [...properties].filter(([, schemas]) => !view.shape(schemas).kinds.has('array'));
	const names = view.shape(records.record).names.slice(0, 1);
	return {
		operation,
		records,
		nouns: nounsOf(operation, names),
		properties: new Map(scalar.map(([name]) => [words(name).join(' '), name])),
		needs: operation.inputs.filter((input) => input.required && (input.in === 'path' || input.in === 'query')),
		isList: guess.role === 'list' || guess.answersList === true,
	};
}

/** Words about a list's form rather than its content. */
const FORM =
	/^(list|lists|all|by|v\d+|available|my|current|full|minimal|summary|summaries|options?|lookup|metadata|search|filter|json|response|result|results|dto|model|view|collection|data|object|values?|enum|page|paged|paginated|index|query)$/;

/** What is listed, without the verb: `GET /getLibraries`, `ContactMetadata_FunctionalTitleList`. */
function nounsOf({ path, operationId }: ApiOperation, records: string[]): string[][] {
	const last = lastWord(path.segments);
	const literals = path.segments.filter(({ variable }) => variable === undefined);
	const before = FORM.test(last.toLowerCase()) || /^(get|list|find|fetch)$/i.test(last) ? (literals[literals.length - 2]?.text ?? '') : '';
	const texts = [last, before, operationId.split(/[./]/).pop() ?? '', ...records].filter((text) => text !== '');
	const all = texts.map((text) => strip(words(text).filter((word) => !/^\d+$/.test(word))));
	return [...new Map(all.filter((noun) => noun.length > 0).map((noun) => [noun.join(' '), noun])).values()];
}

function strip(all: string[]): string[] {
	let start = 0;
	let end = all.length;
	while (start < end - 1 && (VERBS.has(all[start]) || FORM.test(all[start]))) start++;
	while (end > start + 1 && (FORM.test(all[end - 1]) || VERBS.has(all[end - 1]))) end--;
	const by = all.indexOf('by', start + 1);
	return inSingular(all.slice(start, by > start ? Math.min(by, end) : end));
}
