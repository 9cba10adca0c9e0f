import type { Json, Pagination } from '../../../engine/model';

/** How long the engine waits for a list or a store that lags behind, in milliseconds. */
export const SETTLED = 3_000;

/** A record as the vendor holds it. */
export interface VendorRecord {
	id: string | number;
	label: Json;
	uid?: Json;
	scope?: Json;
	owner?: Json;
	meta?: Json;
	/** The note of the last write; each item of a run has its own. */
	note?: Json;
	/** Number of changes. */
	version: number;
}

/** Ways in which a list misbehaves. */
export type Odd =
	/** Every page is the first one. */
	| 'ignoresPosition'
	/** The whole list comes, whatever is requested. */
	| 'ignoresAll'
	/** The second page leads back to the first. */
	| 'cycle'
	/** After the end, there are endless empty pages. */
	| 'endless'
	/** The next page is allegedly on another server. */
	| 'foreign'
	/** The response always says that there is more. */
	| 'saysMore'
	/** The total is larger than the number of records. */
	| 'totalTooLarge';

/** How the vendor pages its list. */
export interface Paged {
	style: Pagination['style'];
	/** The list is read with POST, with the position in the body. */
	inBody: boolean;
	/** The page length to request, according to the document; undefined if none is requested. */
	size?: number;
	/** The vendor's maximum page length. */
	cap: number;
	/** Number of the first page. */
	first: number;
	order: 'oldest' | 'newest' | 'label';
	/** What indicates the end of the list, in addition to a missing next page. */
	end: 'none' | 'total' | 'totalAsText' | 'totalOfPage' | 'hasMore' | 'done' | 'pages';
	cursor: 'opaque' | 'number' | 'lastId' | 'header';
	/** What the response contains if there is no next page. */
	blank: 'null' | 'missing' | 'empty';
	/** The last page with records leads to an empty one. */
	lazyEnd: boolean;
	address: 'absolute' | 'path' | 'query';
	/** Pages have any length. */
	ragged: boolean;
	/** The response is the list itself. */
	bare: boolean;
	odd?: Odd;
}

/** Which properties identify a record, by name or pointer; requests have them in the body. */
export interface Identified {
	match: string[];
	optional: string[];
	/** Only one owner's records are listed, and the owner is part of the identity. */
	byOwner: boolean;
	/** A single record is requested by its label, instead of a list. */
	single: boolean;
	normalize: Array<'trim' | 'case' | 'unicode'>;
	/** The method that changes a found record; if undefined, the record is used unchanged. */
	update?: 'PATCH' | 'PUT' | 'POST';
}

/** A vendor's behaviour during a scenario. */
export interface World {
	paged: Paged;
	identified: Identified;
	/** How records show a property without a value. */
	absent: 'null' | 'missing';
	/** A second record with the same identity is refused. */
	unique: boolean;
	/** By how much a list lags behind what is stored, in milliseconds: always, or with `jitter`, at most. */
	lag: number;
	jitter: boolean;
	numericIds: boolean;
	/** The response to a deletion. */
	deletion: 'nothing' | 'flag' | 'record' | 'text';
	/** A creation that is sent twice creates one record. */
	idempotent: boolean;
	/** How many items are sent at the same time. */
	concurrent: number;
	/** Number of records in another workspace, to which another key leads. */
	elsewhere: number;
}

/** The value of a property, by name or pointer, in a record or a request body. */
export function propertyAt(value: { [name: string]: Json | undefined }, property: string): Json | undefined {
	if (!property.startsWith('/')) return Object.hasOwn(value, property) ? value[property] : undefined;
	let current: Json | undefined = value as Json;
	for (const part of property.slice(1).split('/')) {
		if (typeof current !== 'object' || current === null || Array.isArray(current) || !Object.hasOwn(current, part)) return undefined;
		current = current[part];
	}
	return current;
}

/** The document's defaults, which the vendor uses for values that are not sent. */
export const DEFAULTS: { [property: string]: Json } = { scope: 'workspace' };

/** A value in the form in which the vendor compares it. */
export function compared({ normalize }: Identified, value: Json | undefined, property: string): string {
	if (value === undefined || value === null) return 'nothing';
	if (typeof value !== 'string' || property !== 'label') return JSON.stringify(value);
	let text = value;
	if (normalize.includes('trim')) text = text.trim();
	if (normalize.includes('case')) text = text.toLowerCase();
	if (normalize.includes('unicode')) text = text.normalize('NFC');
	return JSON.stringify(text);
}

/** An item as entered, without properties that were not entered. */
export interface Entered {
	[property: string]: Json | undefined;
}

/**
 * Whether a record is the one that an item means, according to the documentation.
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

/** The properties that count for the identity. */
export function countedIn({ match, optional }: Identified, matchOn: string[]): string[] {
	return match.filter((property) => !optional.includes(property) || matchOn.includes(property));
}

/** Whether an item tells which record it means; without values, it could be any. */
export function isTold(identified: Identified, entered: Entered, matchOn: string[]): boolean {
	const isBlank = (value: Json | undefined) => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	// Without an owner, the records of all owners would be searched.
	if (identified.byOwner) return !isBlank(entered.owner);
	if (identified.single) return !isBlank(entered.label);
	return countedIn(identified, matchOn).some((property) => !isBlank(propertyAt(entered, property)));
}
