import type { Json } from '../../model';
import type { Code, ReceivedValue, Params, Place, Problem } from './problem';

/** How a sentence names a place or quotes another problem. */
export interface Words {
	place(place: Place): string;
	text(problem: Problem): string;
	hint(problem: Problem): string;
}

/** The sentences of one kind of problem. */
export interface Entry<C extends Code> {
	/** What is wrong; follows the field's name: 'must have at most 100 characters'. */
	text(params: Params[C], words: Words): string;
	/** What the operator can do about it. */
	hint(label: string, params: Params[C], words: Words): string;
}

/** What an operator reads for each kind of problem. docs/troubleshooting.md describes every one. */
export const CATALOGUE: { readonly [C in Code]: Entry<C> } = {
	missing: {
		text: () => 'is missing',
		hint: (label) => `Fill in '${label}', or map it with an expression that gives a value for every item`,
	},
	missingFromShown: {
		text: () => 'is missing',
		hint: (label, { leaveOutIn }) => `Fill in '${label}'${leaveOutIn === undefined ? '' : `, or choose 'Leave Out' in '${leaveOutIn}'`}`,
	},
	missingInRow: { text: () => 'is missing', hint: () => 'Fill in the value, or remove the row' },
	missingEntry: { text: () => 'is missing', hint: (label, { of }) => `Fill in '${label}' of '${of}', or remove it` },
	missingByExpression: { text: () => 'is missing', hint: (_label, { of }) => correct(of) },
	missingProperty: { text: () => 'is missing', hint: (_label, { of }) => `Add it to '${of}'` },
	missingInPath: { text: () => 'is missing', hint: (label) => `Fill in '${label}'` },
	missingEither: { text: () => 'is missing', hint: () => 'Give one of them' },
	missingBaseUrl: { text: () => 'is missing', hint: (_label, { credential }) => baseUrlIn(credential) },
	missingOption: { text: ({ values }) => `is missing; it must be one of: ${values.join(', ')}`, hint: choose },
	noValue: { text: () => 'has no value', hint: () => 'Correct the expression or the column that gives it, or remove the field' },
	empty: { text: () => 'must not be empty', hint: (label) => `Fill in '${label}', or remove it` },
	emptyInRow: { text: () => 'must not be empty', hint: () => 'Fill in the value, or remove the row' },
	null: { text: () => 'must not be null', hint: (label) => `Give '${label}' a value` },

	object: { text: () => 'must be a JSON object', hint: () => 'Give names and values in braces' },
	array: { text: () => 'must be a list', hint: () => 'Give a list, in JSON in square brackets' },
	fixed: { text: ({ value }) => `must be ${JSON.stringify(value)}`, hint: () => 'Correct the value' },
	type: {
		text: ({ types, received }) => `must be ${types.map((type) => TYPES[type] ?? type).join(' or ')}${butIs(received)}`,
		hint: correct,
	},
	minLength: { text: ({ limit }) => `must have at least ${characters(limit)}`, hint: (label) => `Lengthen '${label}'` },
	maxLength: { text: ({ limit }) => `must have at most ${characters(limit)}`, hint: (label) => `Shorten '${label}'` },
	digits: { text: ({ received }) => `must have digits only${butIs(received)}`, hint: correct },
	pattern: { text: ({ limit, received }) => `must match the pattern ${String(limit)}${butIs(received)}`, hint: correct },
	format: { text: ({ format, received }) => `must be ${formatted(format)}${butIs(received)}`, hint: correct },
	enum: { text: ({ values, received }) => `must be one of: ${values.join(', ')}${butIs(received)}`, hint: choose },
	unknownEnum: { text: ({ received }) => `must be one of the values that the vendor knows${butIs(received)}`, hint: correct },
	notEnum: { text: ({ values, received }) => `must not be one of: ${values.join(', ')}${butIs(received)}`, hint: correct },
	const: { text: ({ value }) => `must be ${JSON.stringify(value)}`, hint: correct },
	minimum: { text: ({ limit, received }) => `must be at least ${String(limit)}${butIs(received)}`, hint: correct },
	maximum: { text: ({ limit, received }) => `must be at most ${String(limit)}${butIs(received)}`, hint: correct },
	exclusiveMinimum: { text: ({ limit, received }) => `must be more than ${String(limit)}${butIs(received)}`, hint: correct },
	exclusiveMaximum: { text: ({ limit, received }) => `must be less than ${String(limit)}${butIs(received)}`, hint: correct },
	multipleOf: { text: ({ limit, received }) => `must be a multiple of ${String(limit)}${butIs(received)}`, hint: correct },
	minItems: { text: ({ limit }) => `must have at least ${entries(limit)}`, hint: (label) => `Add to '${label}'` },
	maxItems: { text: ({ limit }) => `must have at most ${entries(limit)}`, hint: (label) => `Remove some of '${label}'` },
	uniqueItems: { text: () => 'must not have the same entry twice', hint: (label) => `Remove one of them from '${label}'` },
	minProperties: { text: ({ limit }) => `must have at least ${names(limit)}`, hint: (label) => `Add a value to '${label}'` },
	maxProperties: { text: ({ limit }) => `must have at most ${names(limit)}`, hint: (label) => `Remove some of '${label}'` },
	dependentRequired: {
		text: () => 'lacks a value that has to be given together with the others',
		hint: (label) => `Complete '${label}'`,
	},
	false: { text: () => 'is not accepted here', hint: () => 'Remove it' },
	otherKeyword: { text: ({ keyword }) => `does not fit what the vendor accepts (${keyword})`, hint: correct },
	unknownProperty: {
		text: () => 'is not a field of the vendor',
		hint: (_label, { names: known }) => `Remove it. The fields are: ${listed(known)}`,
	},
	noOption: {
		text: ({ values, other }, words) => `is none of: ${values.join(', ')}; for any other, ${words.place(other)} ${words.text(other)}`,
		hint: (label, { other }, words) => `Correct '${label}'. Or: ${words.hint(other)}`,
	},

	tooDeep: { text: () => 'is nested too deeply to be checked', hint: (label) => `Make '${label}' simpler` },
	unreadableRule: {
		text: () => 'cannot be checked by the rules that there are for it',
		hint: () => 'Tell the maintainers of this node',
	},
	notFinite: {
		text: ({ value }) => `is ${String(value)}, which is no number that can be sent`,
		hint: (_label, { of }) => correct(of),
	},
	loneSurrogate: { text: () => 'has half of a character that is written in two parts', hint: (label) => `Correct '${label}'` },
	headerCharacter: {
		text: () => 'has a character that a header cannot carry, such as a line break',
		hint: (label) => `Correct '${label}'`,
	},
	dotSegment: { text: ({ received }) => `must not be ${shown(received)}`, hint: (label) => `Correct '${label}'` },
	file: {
		text: ({ property }) => `is to be the file '${property}', which this item does not have`,
		hint: (label) => `Correct the name of the file in '${label}', or connect a node that gives each item that file`,
	},

	json: {
		text: ({ character }) => `is not valid JSON${character === undefined ? '' : ` at character ${character}`}`,
		hint: () => 'Check quotes, commas and brackets, or paste the whole file again',
	},
	mode: {
		text: ({ received }) => `cannot be entered as ${shown(received)}`,
		hint: (label, { modes }) => `Set 'Specify ${label}' to one of: ${modes.join(', ')}`,
	},
	twice: { text: () => 'is given twice', hint: (_label, { other }) => `Remove it from '${other}'` },
	nameTwice: { text: ({ received }) => `has the name ${shown(received)} twice`, hint: () => 'Remove one of the rows' },
	noName: { text: ({ row }) => `has no name in row ${row}`, hint: () => 'Fill in the name, or remove the row' },
	wholeNumber: {
		text: ({ least }) => `must be a whole number of at least ${least}`,
		hint: (label, { isOption }) => `Correct '${label}'${isOption ? ' in the options' : ''}, or the expression that gives it`,
	},
	seconds: { text: () => 'must be a number of seconds', hint: correct },
	storedSecret: {
		text: ({ names: stored }) =>
			`names no secret of the credential that holds them${stored.length > 0 ? `: there are ${stored.join(', ')}` : ', which is empty'}`,
		hint: (label) => `Choose a name in '${label}', or add the secret to the credential`,
	},

	baseUrl: {
		text: () => 'must be a complete URL, such as https://api.example.com',
		hint: (_label, { credential }) => baseUrlIn(credential),
	},
	unencrypted: {
		text: () => 'must begin with https, or the API key could be read on its way',
		hint: (_label, { credential }) => `${baseUrlIn(credential)}, or turn on 'Allow Unencrypted HTTP' there`,
	},
	lineBreak: {
		text: () => 'must not have a line break in it',
		hint: (_label, { credential }) => `Open the credential '${credential}' and enter it again, in one line`,
	},

	notOfChoice: {
		text: ({ on, choice, names: own }) => `does not go with the ${on} ${choice}, which has: ${own.join(', ')}`,
		hint: () => "Remove the row, or choose 'Other' as its name if it is meant",
	},
	notAsked: {
		text: ({ names: asked }) =>
			`is none of the names that the vendor asks for here, ${asked.length > 0 ? `which are: ${asked.join(', ')}` : 'which are none'}`,
		hint: () => "Remove the row if it is left from an earlier choice. If it is meant, choose 'Other' as its name",
	},
	foreignField: {
		text: ({ labels }) => `is no field of what is chosen here, which has ${labels.length > 0 ? listed(labels) : 'none'}`,
		hint: () => 'Remove the field, or refresh the list of fields',
	},
	noFieldList: {
		text: () => 'cannot be mapped from columns by name: the vendor does not list the fields',
		hint: () => "Choose 'Map Each Column Manually', or enter the values in rows",
	},
	noColumns: {
		text: () => 'takes its values from the columns of an item, and there is none here',
		hint: () => "Choose 'Map Each Column Manually'",
	},
	notOffered: {
		text: ({ offered }) => (offered.length > 0 ? `must be one of: ${offered.join(', ')}` : 'is not offered here'),
		hint: () => 'Choose one of them',
	},
	identity: {
		text: () => 'is needed to tell whether the record exists: without it, any record could be the one that is meant',
		hint: (_label, { labels }) =>
			`Fill in ${labels.length > 0 ? labels.map((one) => `'${one}'`).join(' or ') : 'what tells the record'}, or use 'Create'`,
	},
	scope: { text: () => 'is needed to look whether the record exists', hint: (label) => `Fill in '${label}'` },
};

/** JSON Schema types (2020-12 Validation, section 6.1.1), in words. */
const TYPES: { readonly [type: string]: string } = {
	string: 'text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'a JSON object',
	array: 'a list',
	null: 'null',
};

/** JSON Schema formats (2020-12 Validation, section 7.3), in words. */
const FORMATS: { readonly [format: string]: string } = {
	'date-time': 'a date with time and time zone, such as 2026-01-31T09:30:00Z',
	date: 'a date, such as 2026-01-31',
	time: 'a time of day, such as 09:30:00Z',
	email: 'an email address, such as nathan@example.com',
	hostname: 'a host name, such as api.example.com',
	ipv4: 'an IPv4 address, such as 192.0.2.1',
	ipv6: 'an IPv6 address, such as 2001:db8::1',
	uri: 'a complete URL, such as https://example.com/path',
	uuid: 'a UUID, such as 123e4567-e89b-12d3-a456-426614174000',
};

function formatted(format: string): string {
	return FORMATS[format] ?? `of the format ${format}`;
}

function shown(received: ReceivedValue): string {
	if ('text' in received) return JSON.stringify(received.text);
	return 'literal' in received ? received.literal : `text of ${received.characters} characters`;
}

/** Describes the received value, to end a sentence. */
function butIs(received: ReceivedValue | undefined): string {
	return received === undefined ? '' : `, but is ${shown(received)}`;
}

function correct(label: string): string {
	return `Correct '${label}', or the expression that gives it`;
}

function choose(label: string): string {
	return `Choose one of them in '${label}'`;
}

function baseUrlIn(credential: string): string {
	return `Open the credential '${credential}' and correct its base URL`;
}

function characters(limit: Json | undefined): string {
	return `${String(limit)} character${limit === 1 ? '' : 's'}`;
}

function entries(limit: Json | undefined): string {
	return limit === 1 ? 'one entry' : `${String(limit)} entries`;
}

function names(limit: Json | undefined): string {
	return limit === 1 ? 'one name with a value' : `${String(limit)} names with values`;
}

const MOST_LISTED = 100;

/** Joins names for a message. People read it, so the list is cut: there may be thousands of unknown names. */
function listed(all: readonly string[]): string {
	const first = all.slice(0, MOST_LISTED).join(', ');
	return all.length > MOST_LISTED ? `${first}, …` : first;
}
