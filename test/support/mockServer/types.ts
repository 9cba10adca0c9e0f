/** The shapes that the parts of the mock server share. Nothing here knows a vendor. */

/** A JSON Schema with its references resolved. */
export type Schema = boolean | { [keyword: string]: unknown };

/** One request as it arrived, whether it was answered or not. */
export interface RecordedRequest {
	/** Name of the document it belongs to, such as `nylas`; '' where no document has a path like it. */
	vendor: string;
	method: string;
	/** As sent: still encoded, without the query. */
	path: string;
	/** A list where a name came more than once. */
	query: Record<string, string | string[]>;
	/** Names in lower case. */
	headers: Record<string, string>;
	rawBody: string;
	/** What the JSON text holds; undefined without a body or where it is no JSON. */
	body?: unknown;
	/** Undefined as long as no answer went out: slow, hanging and reset ones. */
	status?: number;
}

/** A credential that a vendor accepted, with the secrets that were sent. */
export interface StoredCredential {
	vendor: string;
	id: string;
	/** Path, query and header parameters by their names in the document, decoded. */
	params: Record<string, unknown>;
	/** The body as sent, secrets included, with what updates changed laid over it. */
	body: unknown;
	/** What the vendor shows of it. */
	record: unknown;
}

/** Something else than a credential that a vendor keeps. */
export interface StoredRecord {
	/** Name of the document, or of what several documents share: `alloy`. */
	vendor: string;
	id: string;
	/** What the vendor shows of it. */
	record: Record<string, unknown>;
}

/** A link that a customer has to open, as if to sign in. */
export interface StoredLink {
	vendor: string;
	id: string;
	/** Address at the mock server. Opening it creates the credential, once. */
	url: string;
	/** Parameters and body of the request that asked for the link. */
	params: Record<string, unknown>;
	body: unknown;
	opened: boolean;
}

/** What exists at the vendors. Tests may change it at will. The same arrays for as long as the mock server runs. */
export interface State {
	/** In the order of creation; without those that were deleted. */
	credentials: StoredCredential[];
	users: StoredRecord[];
	connectors: StoredRecord[];
	/** In the order in which they were asked for, also those that were opened. */
	links: StoredLink[];
}

/** Something that goes wrong on purpose. All conditions have to hold; without any it is for the next request. */
export interface Fault {
	/** Name of the document, such as `alloyEmbedded`. */
	vendor?: string;
	method?: string;
	/** The path as sent, or the path template of the document. */
	path?: string;
	/** Of the requests that fit, only every so many-th: 3 is every third. */
	every?: number;
	/** The vendor does what was asked, and then the connection breaks (`reset`) or nothing comes (`hang`). */
	done?: boolean;
	/** How many requests it hits: 1 when left out, Infinity (null in JSON) for all. */
	times?: number | null;
	/** How many requests that fit it lets pass first. */
	after?: number;
	/** From 400 on the vendor's error; 204 and 3xx without a body; below that the normal answer under this status. */
	status?: number;
	/** Seconds, or an HTTP date. */
	retryAfter?: number | string;
	/** The answer waits this long. What the request asked for is done before the wait, as with a vendor that is slow. */
	delayMs?: number;
	/** The answer waits until so many requests that it hits are waiting; then all of them are answered. */
	gather?: number;
	/** No answer ever, and nothing is done. */
	hang?: boolean;
	/** The connection is cut without an answer, and nothing is done. */
	reset?: boolean;
	/** Sent instead of the answer: a text as it is, anything else as JSON. */
	body?: unknown;
	/** Laid over the answer's headers. */
	headers?: Record<string, string>;
	contentType?: string;
	/** The vendor's error repeats the request's body and the key, in its text and as data. */
	echo?: boolean;
}

/** A mock server that runs. */
export interface MockServer extends State {
	/** Base URL of all vendors, without a slash at the end. */
	url: string;
	/** In the order of arrival. The same array for as long as it runs. */
	requests: RecordedRequest[];
	/** Requests that are being answered, and the most that there were at once. */
	load: { now: number; peak: number };
	/** Registers a fault. Of several that fit, the first told counts. Throws on a name or value that it does not know. */
	fault(fault: Fault): void;
	/** Forgets requests and faults, and all that exists but the users and connectors of the start. */
	reset(): void;
	/** Stops at once and cuts the answers that are still open. */
	close(): Promise<void>;
}

/** Why a request does not fit the document. */
export interface Problem {
	in: 'path' | 'query' | 'header' | 'body';
	/** Way to the value within the parameter or body; the parameter's name first. */
	path: Array<string | number>;
	/** The JSON Schema keyword, or `json`, `contentType`, `encoding`. */
	keyword: string;
	/** What the keyword asked for. */
	params: Record<string, unknown>;
	/** Words without a value in them. */
	message: string;
	/** The offending value; for a missing one the object that lacks it. */
	value: unknown;
}

/** What a careless vendor repeats in an error. */
export interface Echo {
	body: unknown;
	/** Headers that carry the key, as sent. */
	credentials: Record<string, string>;
}

/** A refusal that a vendor puts in its own words. */
export interface Failure {
	status: number;
	message: string;
	/** The vendor's own word for what is wrong. */
	code?: string;
	problems: Problem[];
	echo?: Echo;
	/** What the document says of such an answer, if anything. */
	schema?: Schema;
}

/** A checked request, as a vendor's own part sees it. */
export interface Call {
	params: Record<string, unknown>;
	/** JSON that satisfies the document. */
	body: unknown;
	/** This vendor's credentials, oldest first. A copy: what is deleted goes from the state. */
	stored: StoredCredential[];
	/** What exists at all vendors. */
	state: State;
	/** Remembers a link of this vendor for this request, and gives its address. */
	link(): string;
}

/** What a vendor answers to a checked request. */
export interface VendorAnswer {
	/** Left out: an answer without a body. */
	body?: unknown;
	/** Set where the request created a credential. */
	created?: { id: string; record: unknown };
	/** Set where the vendor refuses what the document allows. */
	refused?: { status: number; message: string; code?: string };
}

/** What a document does not say about its vendor. */
export interface Vendor {
	/** The one API key that it accepts. */
	key: string;
	/** Status for a request that does not fit the document. */
	refusal: number;
	/** Body of an error answer. */
	error(failure: Failure): unknown;
	/** Answers by operationId. */
	answers: Record<string, (call: Call) => VendorAnswer>;
	/** What the credential looks like that the opening of a link creates. */
	linked?(link: StoredLink, stored: StoredCredential[]): { id: string; record: unknown };
	/** What there is from the start. Vendors that share something give it each, under one name. */
	seed?(): Partial<Pick<State, 'users' | 'connectors'>>;
}
