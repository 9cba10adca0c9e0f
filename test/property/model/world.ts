import type { Json, Pagination } from '../../../engine/model';

/** How long the engine waits for what a list or a late store lags behind by, in milliseconds. */
export const SETTLED = 3_000;

/** A record as the vendor holds it. */
export interface VendorRecord {
	id: string | number;
	label: Json;
	uid?: Json;
	scope?: Json;
	owner?: Json;
	meta?: Json;
	/** What the last write said; each item of a run has its own. */
	note?: Json;
	/** Counts the changes of a record. */
	version: number;
}

/** What a list does that it should not. */
export type Odd =
	/** Every page is the first one. */
	| 'ignoresPosition'
	/** The whole list comes, whatever is asked for. */
	| 'ignoresAll'
	/** The second page leads back to the first. */
	| 'cycle'
	/** After the end come empty pages without end. */
	| 'endless'
	/** The next page is said to be at another address. */
	| 'foreign'
	/** There is always said to be more. */
	| 'saysMore'
	/** More are said to be there than there are. */
	| 'totalTooLarge';

/** How the vendor pages its list. */
export interface Paged {
	style: Pagination['style'];
	/** The list is read with POST, and the position stands in the body. */
	inBody: boolean;
	/** Length of a page that the document tells to ask for; none is asked for where it is left out. */
	size?: number;
	/** Length of a page that the vendor gives at most. */
	cap: number;
	/** Number of the first page. */
	first: number;
	order: 'oldest' | 'newest' | 'label';
	/** What says that the list is over, beside a missing next page. */
	end: 'none' | 'total' | 'totalAsText' | 'totalOfPage' | 'hasMore' | 'done' | 'pages';
	cursor: 'opaque' | 'number' | 'lastId' | 'header';
	/** How it looks where there is no next page. */
	blank: 'null' | 'missing' | 'empty';
	/** The last page with records leads to an empty one. */
	lazyEnd: boolean;
	address: 'absolute' | 'path' | 'query';
	/** Pages are of any length. */
	ragged: boolean;
	/** The answer is the list itself. */
	bare: boolean;
	odd?: Odd;
}

/** Which properties tell a record, by name or by pointer; in the request they stand in the body. */
export interface Identified {
	match: string[];
	optional: string[];
	/** The list is asked for one owner's records, and the owner counts. */
	byOwner: boolean;
	/** One record is asked for by its label, instead of a list. */
	single: boolean;
	normalize: Array<'trim' | 'case' | 'unicode'>;
	/** The method that changes what was found; it is used as it is where there is none. */
	update?: 'PATCH' | 'PUT' | 'POST';
}

/** A vendor: how it behaves for the time of a scenario. */
export interface World {
	paged: Paged;
	identified: Identified;
	/** How a property looks that was not given. */
	absent: 'null' | 'missing';
	/** A second record of one identity is refused. */
	unique: boolean;
	/** By how much a list is behind what is stored, in milliseconds: always, or now more and now less. */
	lag: number;
	jitter: boolean;
	numericIds: boolean;
	/** What a deletion is answered with. */
	deletion: 'nothing' | 'flag' | 'record' | 'text';
	/** A creation that is sent twice makes one record. */
	idempotent: boolean;
	/** How many items are sent at the same time. */
	concurrent: number;
	/** Records of another workspace, to which another key leads. */
	elsewhere: number;
}

/** The property's place in a record or a request body. */
export function propertyAt(value: { [name: string]: Json | undefined }, property: string): Json | undefined {
	if (!property.startsWith('/')) return Object.hasOwn(value, property) ? value[property] : undefined;
	let current: Json | undefined = value as Json;
	for (const part of property.slice(1).split('/')) {
		if (typeof current !== 'object' || current === null || Array.isArray(current) || !Object.hasOwn(current, part)) return undefined;
		current = current[part];
	}
	return current;
}

/** The default that the document gives, which is what the vendor takes for a value that is not sent. */
export const DEFAULTS: { [property: string]: Json } = { scope: 'workspace' };

/** A value as the vendor compares it. */
export function compared({ normalize }: Identified, value: Json | undefined, property: string): string {
	if (value === undefined || value === null) return 'nothing';
	if (typeof value !== 'string' || property !== 'label') return JSON.stringify(value);
	let text = value;
	if (normalize.includes('trim')) text = text.trim();
	if (normalize.includes('case')) text = text.toLowerCase();
	if (normalize.includes('unicode')) text = text.normalize('NFC');
	return JSON.stringify(text);
}

/** An item as it was entered: a property that is not there was not. */
export interface Entered {
	[property: string]: Json | undefined;
}

/**
 * Whether a record is the one that an item means, by the words of the documentation.
 * @param matchOn the optional properties that the operator has kept
 */
export function isMeant(identified: Identified, record: VendorRecord, entered: Entered, matchOn: string[]): boolean {
	const own = record as unknown as { [name: string]: Json };
	if (identified.byOwner && record.owner !== entered.owner) return false;
	if (identified.single) return compared(identified, record.label, 'label') === compared(identified, entered.label, 'label');
	return countedIn(identified, matchOn).every((property) => {
		const wanted = propertyAt(entered, property);
		const found = propertyAt(own, property);
		const isThere = found !== undefined && found !== null;
		if (wanted === undefined) return !isThere || (property in DEFAULTS && found === DEFAULTS[property]);
		return wanted === null ? !isThere : isThere && compared(identified, wanted, property) === compared(identified, found, property);
	});
}

/** The properties that count. */
export function countedIn({ match, optional }: Identified, matchOn: string[]): string[] {
	return match.filter((property) => !optional.includes(property) || matchOn.includes(property));
}

/** Whether an item says which record it means: without any value, any could be meant. */
export function isTold(identified: Identified, entered: Entered, matchOn: string[]): boolean {
	const isBlank = (value: Json | undefined) => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	// Without its owner, a record is looked for among everybody's.
	if (identified.byOwner) return !isBlank(entered.owner);
	if (identified.single) return !isBlank(entered.label);
	return countedIn(identified, matchOn).some((property) => !isBlank(propertyAt(entered, property)));
}
