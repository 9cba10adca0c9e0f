import { CATALOGUE } from '../../engine/run/problems/catalogue';
import {
	FAILURES,
	LISTS,
	STORE_TEST,
	UNREAD,
	worded,
	wordedList,
	type FailureCode,
	type FailureParams,
	type ListParams,
} from '../../engine/run/problems/failures';
import { problem, type Code, type Params } from '../../engine/run/problems/problem';
import { textOf } from '../../engine/run/problems/sentences';

/** Parameters for messages of each kind, several if they lead to different sentences. The type requires every new kind. */
type Samples<All> = { [C in keyof All]: Array<All[C]> };

/** Every message that an operator can read, with `gap` in place of inserted values. */
export function everyMessage(gap: string): string[] {
	// Numbers and literals that are printed as a gap, too.
	const number = { toString: () => gap, toJSON: () => gap } as unknown as number;
	const given = { literal: gap };
	const limit = gap;
	const names = [gap];
	const problems: Samples<Params> = {
		missing: [{}],
		missingFromShown: [{ leaveOutIn: undefined }, { leaveOutIn: gap }],
		missingInRow: [{}],
		missingEntry: [{ of: gap }],
		missingByExpression: [{ of: gap }],
		missingProperty: [{ of: gap }],
		missingInPath: [{}],
		missingEither: [{ places: [{ label: gap, pointer: '' }] }],
		missingBaseUrl: [{ credential: gap }],
		missingOption: [{ values: names }],
		noValue: [{}],
		empty: [{}],
		emptyInRow: [{}],
		null: [{}],
		object: [{}],
		array: [{}],
		fixed: [{ value: gap }],
		type: [{ types: names, received: given }],
		minLength: [{ limit }, { limit: 1 }],
		maxLength: [{ limit }, { limit: 1 }],
		digits: [{ received: given }],
		pattern: [{ limit, received: given }],
		format: [
			{ format: 'date', received: given },
			{ format: gap, received: undefined },
		],
		enum: [{ values: names, received: given }],
		unknownEnum: [{ received: given }],
		notEnum: [{ values: names, received: given }],
		const: [{ value: gap }],
		minimum: [{ limit, received: given }],
		maximum: [{ limit, received: given }],
		exclusiveMinimum: [{ limit, received: given }],
		exclusiveMaximum: [{ limit, received: given }],
		multipleOf: [{ limit, received: given }],
		minItems: [{ limit }, { limit: 1 }],
		maxItems: [{ limit }, { limit: 1 }],
		uniqueItems: [{}],
		minProperties: [{ limit }, { limit: 1 }],
		maxProperties: [{ limit }, { limit: 1 }],
		dependentRequired: [{}],
		false: [{}],
		otherKeyword: [{ keyword: gap }],
		unknownProperty: [{ names }],
		noOption: [{ values: names, other: problem('missing', { label: gap }, '', {}) }],
		tooDeep: [{}],
		unreadableRule: [{}],
		notFinite: [{ value: number, of: gap }],
		loneSurrogate: [{}],
		headerCharacter: [{}],
		dotSegment: [{ received: { text: gap } }],
		file: [{ property: gap }],
		json: [{ character: undefined }, { character: number }],
		mode: [{ received: given, modes: names }],
		twice: [{ other: gap }],
		nameTwice: [{ received: { text: gap } }],
		noName: [{ row: number }],
		wholeNumber: [{ least: number, isOption: true }],
		seconds: [{}],
		storedSecret: [{ names }, { names: [] }],
		baseUrl: [{ credential: gap }],
		unencrypted: [{ credential: gap }],
		lineBreak: [{ credential: gap }],
		notOfChoice: [{ on: gap, choice: gap, names }],
		notAsked: [{ names }, { names: [] }],
		foreignField: [{ labels: names }, { labels: [] }],
		noFieldList: [{}],
		noColumns: [{}],
		notOffered: [{ offered: names }, { offered: [] }],
		identity: [{ labels: names }, { labels: [] }],
		scope: [{}],
	};
	const refused = [{ vendor: gap, aim: { noun: gap, done: gap as 'created' } }];
	const failures: Samples<FailureParams> = {
		noAnswer: refused,
		unread: refused,
		notDone: refused,
		redirected: refused,
		unauthorized: refused,
		paymentRequired: refused,
		forbidden: refused,
		notFound: refused,
		requestTimeout: refused,
		conflict: refused,
		tooManyRequests: refused,
		unavailable: refused,
		serverError: refused,
		refused,
		unreachable: [{ vendor: gap, reference: gap }],
		unanswered: [undefined, number].map((seconds) => ({ ...refused[0], seconds, reference: gap })),
		stopped: [{}],
		unprepared: [
			{ error: undefined, more: undefined, label: undefined },
			{ error: undefined, more: gap, label: gap },
		],
		noOperation: [{ vendor: gap, resource: number, operation: number }],
		dependent: [{ fields: names }],
		noFields: [{}],
		// This one repeats messages of other kinds.
		uncertain: [],
		ambiguous: [
			{ vendor: gap, count: number, what: gap, ids: gap },
			{ vendor: gap, count: number, what: '', ids: gap },
		],
		mayBe: [{ vendor: gap, noun: gap, ids: gap }],
		notLinked: [{ seconds: number }],
	};
	const lists: Samples<ListParams> = {
		unpaged: [{}],
		repeats: [{}],
		changes: [{}],
		moreWithoutPlace: [{}],
		loops: [{}],
		emptyPages: [{}],
		endless: [{ pages: number }],
		elsewhere: [{ origin: gap }],
		noAddress: [{}],
		tooShort: [{ total: number, end: number }],
		moreWithoutMore: [{}],
	};
	const ofProblem = <C extends Code>(code: C) => problems[code].map((params) => textOf(problem(code, { label: gap }, '', params)));
	const ofFailure = <C extends FailureCode>(code: C) => failures[code].map((params) => worded(code, params).message);
	const ofList = <C extends keyof ListParams>(code: C) =>
		lists[code].map((params) => wordedList(code, params, { list: gap, vendor: gap, action: gap }).message);
	return [
		...(Object.keys(CATALOGUE) as Code[]).flatMap(ofProblem),
		...(Object.keys(FAILURES) as FailureCode[]).flatMap(ofFailure),
		...(Object.keys(LISTS) as Array<keyof ListParams>).flatMap(ofList),
		...[UNREAD.broken(gap), UNREAD.missing(gap)],
		...[STORE_TEST.none(), STORE_TEST.incomplete(number), STORE_TEST.twice(gap), STORE_TEST.holds(1), STORE_TEST.holds(number)],
	];
}
