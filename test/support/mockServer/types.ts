/** Types that the parts of the mock server share, independent of any vendor. */

/** A JSON Schema with its references resolved. */
export type Schema = boolean | { [keyword: string]: unknown };

/** A request as it arrived, whether or not it got a response. */
export interface RecordedRequest {
	/** Name of the document it belongs to, such as `nylas`; '' if no document has a similar path. */
	vendor: string;
	method: string;
	/** As sent, still encoded, without the query. */
	path: string;
	/** Values by name; a list if a name occurs more than once. */
	query: Record<string, string | string[]>;
	/** Names in lower case. */
	headers: Record<string, string>;
	rawBody: string;
	/** The parsed JSON; undefined if there is no body, or it is not JSON. */
	body?: unknown;
	/** Undefined until a response is sent, and so forever for hanging and reset requests. */
	status?: number;
}

/** A credential that a vendor accepted, with the secrets that were sent. */
export interface StoredCredential {
	vendor: string;
	id: string;
	/** Path, query and header parameters, decoded, by their names in the document. */
	params: Record<string, unknown>;
	/** The body as sent, including secrets, with the changes of updates. */
	body: unknown;
	/** The part that the vendor shows. */
	record: unknown;
}

/** A vendor's record other than a credential. */
export interface StoredRecord {
	/** Name of the document, or the common name of several documents: `alloy`. */
	vendor: string;
	id: string;
	/** The part that the vendor shows. */
	record: Record<string, unknown>;
}

/** A link that a customer has to open in order to sign in. */
export interface StoredLink {
	vendor: string;
	id: string;
	/** URL at the mock server. Opening it creates the credential, once. */
	url: string;
	/** Parameters and body of the request for the link. */
	params: Record<string, unknown>;
	body: unknown;
	opened: boolean;
}

/** What exists at the vendors. Tests may change it at will. The arrays stay the same as long as the mock server runs. */
export interface State {
	/** In order of creation, without deleted ones. */
	credentials: StoredCredential[];
	users: StoredRecord[];
	connectors: StoredRecord[];
	/** In the order in which they were requested, including opened ones. */
	links: StoredLink[];
}

/** A deliberate failure. It affects the next request that meets all of its conditions. */
export interface Fault {
	/** Name of the document, such as `alloyEmbedded`. */
	vendor?: string;
	method?: string;
	/** The path as sent, or the document's path template. */
	path?: string;
	/** Affects only every n-th matching request: 3 is every third. */
	every?: number;
	/** The vendor does what was requested, and then the connection breaks (`reset`) or nothing comes (`hang`). */
	done?: boolean;
	/** How many requests it affects: 1 by default, Infinity (null in JSON) for all. */
	times?: number | null;
	/** How many matching requests pass first. */
	after?: number;
	/** From 400 on, the vendor's error; 204 and 3xx have no body; any other status replaces that of the normal response. */
	status?: number;
	/** Value of Retry-After: seconds, or an HTTP date. */
	retryAfter?: number | string;
	/** Delay of the response in milliseconds. As with a slow vendor, the work is done before the delay. */
	delayMs?: number;
	/** The response waits until this many affected requests are waiting; then all of them get their responses. */
	gather?: number;
	/** There is never a response, and nothing is done. */
	hang?: boolean;
	/** The connection is cut without a response, and nothing is done. */
	reset?: boolean;
	/** Replaces the response's body: a text as is, anything else as JSON. */
	body?: unknown;
	/** Added to the response's headers, replacing existing ones. */
	headers?: Record<string, string>;
	contentType?: string;
	/** The vendor's error repeats the request's body and the key, in its text and as data. */
	echo?: boolean;
}

/** A running mock server. */
export interface MockServer extends State {
	/** Base URL of all vendors, without a trailing slash. */
	url: string;
	/** In order of arrival. The array stays the same as long as the server runs. */
	requests: RecordedRequest[];
	/** How many requests are in progress, and the most at the same time so far. */
	load: { now: number; peak: number };
	/** Registers a fault. If several match, the one registered first counts. Throws on an unknown name or value. */
	fault(fault: Fault): void;
	/** Forgets requests, faults and everything that exists, except for the users and connectors of the start. */
	reset(): void;
	/** Stops at once and cuts off open responses. */
	close(): Promise<void>;
}

/** Why a request does not fit the document. */
export interface Problem {
	in: 'path' | 'query' | 'header' | 'body';
	/** Path to the value within the body or the parameter, whose name comes first. */
	path: Array<string | number>;
	/** The JSON Schema keyword, or `json`, `contentType` or `encoding`. */
	keyword: string;
	/** What the keyword requires. */
	params: Record<string, unknown>;
	/** The problem in words, without the value. */
	message: string;
	/** The invalid value; for a missing one, the object that lacks it. */
	value: unknown;
}

/** What a careless vendor repeats in an error. */
export interface Echo {
	body: unknown;
	/** Headers that contain the key, as sent. */
	credentials: Record<string, string>;
}

/** A refusal, for a vendor to put into its own words. */
export interface Failure {
	status: number;
	message: string;
	/** The vendor's own error code. */
	code?: string;
	problems: Problem[];
	echo?: Echo;
	/** The document's schema for such a response, if any. */
	schema?: Schema;
}

/** A checked request, as a vendor's handlers get it. */
export interface Call {
	params: Record<string, unknown>;
	/** JSON that is valid according to the document. */
	body: unknown;
	/** A copy of this vendor's credentials, oldest first. To delete one, remove it from `state`. */
	stored: StoredCredential[];
	/** What exists at all vendors together. */
	state: State;
	/** Stores a link of this vendor for this request, and returns its URL. */
	link(): string;
}

/** A vendor's response to a checked request. */
export interface VendorAnswer {
	/** Undefined for a response without a body. */
	body?: unknown;
	/** Set if the request creates a credential. */
	created?: { id: string; record: unknown };
	/** Set if the vendor refuses what the document allows. */
	refused?: { status: number; message: string; code?: string };
}

/** What a document does not tell about its vendor. */
export interface Vendor {
	/** The one API key that it accepts. */
	key: string;
	/** Status for a request that does not fit the document. */
	refusal: number;
	/** Body of an error response. */
	error(failure: Failure): unknown;
	/** Handlers by operationId. */
	answers: Record<string, (call: Call) => VendorAnswer>;
	/** The credential that opening a link creates. */
	linked?(link: StoredLink, stored: StoredCredential[]): { id: string; record: unknown };
	/** What exists from the start. If vendors share something, each returns it, under one name. */
	seed?(): Partial<Pick<State, 'users' | 'connectors'>>;
}
