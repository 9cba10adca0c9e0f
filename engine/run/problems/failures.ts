/** What a request was about ('credential'), and what it was to do with it; `done` is absent if it only read. */
export interface Aim {
	readonly noun: string;
	readonly done?: 'created' | 'changed' | 'deleted';
}

type Refused = { readonly vendor: string; readonly aim: Aim };
type None = { readonly [name: string]: never };

/** Kinds of refusals, and of responses that lack what was promised. */
export type RefusalCode =
	| 'noAnswer'
	| 'unread'
	| 'notDone'
	| 'redirected'
	| 'unauthorized'
	| 'paymentRequired'
	| 'forbidden'
	| 'notFound'
	| 'requestTimeout'
	| 'conflict'
	| 'tooManyRequests'
	| 'unavailable'
	| 'serverError'
	| 'refused';

/** The parameters of each kind of failure's sentences. */
export interface FailureParams extends Record<RefusalCode, Refused> {
	// The vendor did not answer.
	unreachable: { readonly vendor: string; readonly reference: string };
	unanswered: Refused & { readonly seconds: number | undefined; readonly reference: string };
	stopped: None;
	// Nothing was sent.
	unprepared: { readonly error: string | undefined; readonly more: string | undefined; readonly label: string | undefined };
	noOperation: { readonly vendor: string; readonly resource: unknown; readonly operation: unknown };
	dependent: { readonly fields: readonly string[] };
	noFields: None;
	// About existing records.
	uncertain: Worded & { readonly vendor: string; readonly aim: Aim; readonly saysSo: boolean };
	ambiguous: { readonly vendor: string; readonly count: number; readonly what: string; readonly ids: string };
	mayBe: { readonly vendor: string; readonly noun: string; readonly ids: string };
	notLinked: { readonly seconds: number };
}

/** Kinds of failures; `FAILURES` has their sentences. */
export type FailureCode = keyof FailureParams;

/** What an operator reads about a failure. */
export interface Worded {
	/** What happened. */
	readonly message: string;
	/** What the operator can do about it. */
	readonly description: string;
}

/** The sentences for each kind of failure. docs/troubleshooting.md describes every one. */
export const FAILURES: { readonly [C in FailureCode]: (params: FailureParams[C]) => Worded } = {
	noAnswer: ({ vendor }) => ({
		message: `${vendor} answered without what was asked for`,
		description: 'Check the values in the fields, and the base URL in the n8n credential',
	}),
	unread: ({ vendor, aim }) => ({ message: `${vendor} answered without the ${aim.noun}`, description: lookFirst(vendor, aim) }),
	notDone: ({ vendor, aim }) => ({
		message: `${vendor} ${aim.done} no ${aim.noun}`,
		description: 'Check the values; the request itself was understood',
	}),
	redirected: ({ vendor }) => ({
		message: `${vendor} pointed to another address`,
		description: 'Check the base URL in the n8n credential: the API key is not sent to another address',
	}),
	unauthorized: ({ vendor }) => ({
		message: `${vendor} refused the API key`,
		description: 'Check the key in the n8n credential',
	}),
	paymentRequired: ({ vendor }) => ({
		message: `${vendor} asks for payment`,
		description: `Check the plan of your ${vendor} account`,
	}),
	forbidden: ({ vendor }) => ({
		message: `${vendor} does not allow this with the API key`,
		description: 'Use a key that has the permission',
	}),
	notFound: ({ vendor }) => ({
		message: `${vendor} did not find what the request names`,
		description: 'Check the IDs and names in the fields',
	}),
	requestTimeout: ({ vendor, aim }) => ({
		message: `${vendor} gave up waiting for the request`,
		description: lookFirst(vendor, aim),
	}),
	conflict: ({ vendor }) => ({
		message: `${vendor} has a record already that conflicts with this one`,
		description: 'Use another name, or remove the existing record',
	}),
	unavailable: ({ vendor }) => ({
		message: `${vendor} takes no requests at the moment`,
		description: 'It was not begun. Run it again in a while',
	}),
	tooManyRequests: ({ vendor }) => ({
		message: `${vendor} is getting too many requests`,
		description: 'Wait, and send fewer items at once',
	}),
	serverError: ({ vendor, aim }) => ({ message: `${vendor} could not answer`, description: lookFirst(vendor, aim) }),
	refused: ({ vendor }) => ({ message: `${vendor} refused the request`, description: 'Check the values in the fields' }),

	unreachable: ({ vendor, reference }) => ({
		message: `${vendor} cannot be reached`,
		description: `Nothing was sent. Check the base URL in the n8n credential and the network of your n8n. ${reference}`,
	}),
	unanswered: ({ vendor, aim, seconds, reference }) => ({
		message: `${vendor} did not answer${seconds === undefined ? '' : ` within ${seconds} seconds`}`,
		description: `${aim.done === undefined ? '' : 'The request may have arrived. '}${lookFirst(vendor, aim)}. ${reference}`,
	}),
	stopped: () => ({ message: 'The execution was stopped', description: 'Nothing was sent' }),

	unprepared: ({ error, more, label }) => {
		const what = error ?? 'n8n could not read the fields of this item';
		if (label === undefined) return { message: what, description: more ?? 'Check the expressions in the fields, and the n8n credential' };
		return {
			message: `${label}: ${what}`,
			description: `${more === undefined ? '' : `${more}. `}Correct the expression in '${label}'`,
		};
	},
	noOperation: ({ vendor, resource, operation }) => ({
		message: `${vendor} has no operation ${JSON.stringify(operation)} for ${JSON.stringify(resource)}`,
		description: 'Choose the resource and the operation again',
	}),
	dependent: ({ fields }) => ({
		message: `Fill in ${fields.map((one) => `'${one}'`).join(' and ')} first`,
		description: 'The list depends on it. Where it is an expression, the list is only known when the workflow runs: give a name or ID then',
	}),

	noFields: () => ({
		message: 'There is nothing to enter here',
		description: 'The vendor lists no fields',
	}),

	uncertain: ({ message, description, vendor, aim, saysSo }) => ({
		message,
		description:
			`${saysSo ? withoutStop(description) : `${withoutStop(description)}. ${lookFirst(vendor, aim)}`}. n8n's retries do not ` +
			`send it again; to send it all the same, set Options → 'Uncertain Items' to 'Send Again'`,
	}),
	ambiguous: ({ vendor, count, what, ids }) => ({
		message: `${vendor} has ${count} records that fit${what === '' ? '' : ` (${what})`}, so it is not clear which one is meant`,
		description:
			`None was changed and none was created.${ids === '' ? '' : ` The IDs are ${ids}.`} Delete those that are not needed, or ` +
			'give a value that tells them apart',
	}),
	mayBe: ({ vendor, noun, ids }) => ({
		message: `${vendor} has another ${noun}, which may be the one that this item created`,
		description: `${ids === '' ? '' : `Its ID is ${ids}. `}If it is not the one, delete it`,
	}),
	notLinked: ({ seconds }) => ({
		message: `The customer has not used the link within ${seconds} seconds`,
		description:
			`The link stays as it is: run this operation again later with the same known IDs, or set 'If Not Linked' to return an ` +
			`item and loop with n8n's Wait node`,
	}),
};

/** Puts a failure into words. */
export function worded<C extends FailureCode>(code: C, params: FailureParams[C]): Worded {
	return FAILURES[code](params);
}

/** The parameters of each reason why a list was not read as a whole. */
export interface ListParams {
	unpaged: None;
	repeats: None;
	changes: None;
	moreWithoutPlace: None;
	loops: None;
	emptyPages: None;
	endless: { readonly pages: number };
	elsewhere: { readonly origin: string };
	noAddress: None;
	tooShort: { readonly total: number; readonly end: number };
	moreWithoutMore: None;
}

/** Why a list could not be read as a whole: what the vendor does, and what the operator can do. */
export const LISTS: { readonly [C in keyof ListParams]: (params: ListParams[C]) => readonly [what: string, wayOut: string] } = {
	unpaged: () => ['says that there are more than it gave', 'It is not known how to ask for the rest of this list'],
	repeats: () => ['gives the same page again instead of the next one', NOT_PAGED_SO],
	changes: () => ['changes its list while it is read', 'Run it again when less is going on there'],
	moreWithoutPlace: () => ['says that there is more, but not where', NOT_PAGED_SO],
	loops: () => ['leads back to a page that was read already', NOT_PAGED_SO],
	emptyPages: () => ['gives empty pages without end', NOT_PAGED_SO],
	endless: ({ pages }) => [`has not ended after ${pages} pages`, NOT_PAGED_SO],
	elsewhere: ({ origin }) => [
		'leads to another address for the next page',
		`The API key is not sent to ${origin}. Check the base URL in the n8n credential`,
	],
	noAddress: () => ['gives an address for the next page that is none', NOT_PAGED_SO],
	tooShort: ({ total, end }) => [`says that there are ${total}, but gave ${end}`, 'Run it again; if it stays so, ask the vendor'],
	moreWithoutMore: () => ['says that there is more, but gave no more', NOT_PAGED_SO],
};

const NOT_PAGED_SO = 'The vendor pages this list otherwise than its document says';

/** Puts the failure of a list that could not be read as a whole into words. */
export function wordedList<C extends keyof ListParams>(
	code: C,
	params: ListParams[C],
	{ list, vendor, action }: { list: string; vendor: string; action: string },
): Worded {
	const [what, wayOut] = LISTS[code](params);
	return {
		message: `The list of ${list} could not be read as a whole: ${vendor} ${what}`,
		description: `${wayOut}. Nothing was taken from it. (${vendor}, ${action})`,
	};
}

/** Words for a successful status without the promised content, used if the vendor gives none itself. */
export const UNREAD: { readonly [why in 'broken' | 'missing']: (noun: string) => string } = {
	broken: () => 'The answer is cut off, or is no JSON',
	missing: (noun) => `The answer holds no ${noun}`,
};

/** The results of n8n's test of a credential of named secrets. */
export const STORE_TEST = {
	none: () => 'Add at least one secret, with a name and a value',
	incomplete: (row: number) => `Secret ${row} needs a name and a value`,
	twice: (name: string) => `The name "${name}" is there twice`,
	holds: (count: number) => (count === 1 ? 'Holds 1 secret' : `Holds ${count} secrets`),
} as const;

/** What to do if it is unknown whether a request did its work. */
function lookFirst(vendor: string, { noun, done }: Aim): string {
	if (done === undefined) return 'Run the item again in a while';
	return `Look at ${vendor} whether the ${noun} was ${done} before you run this item again`;
}

function withoutStop(text: string): string {
	return text.replace(/\.$/, '');
}
