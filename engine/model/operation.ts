import type { Field } from './field';
import type { Pointers } from './json';
import type { Reference } from './reference';

export type Location = 'path' | 'query' | 'header' | 'cookie' | 'body';

/** One input of an operation, and where its value goes in the request. */
export interface Input {
	readonly in: Location;
	readonly field: Field;
	/** OpenAPI's `style` of a parameter (Parameter Object). */
	readonly style?: string;
	readonly explode?: boolean;
	/** The document describes the parameter by `content`, so it is serialized as JSON. */
	readonly json?: boolean;
	/** The body can be left out. */
	readonly optional?: true;
	/** The parameter determines the order of a list. */
	readonly sort?: true;
	/** Position among the inputs in the form. */
	readonly order?: number;
}

/** How a body is serialized. */
export interface BodyEncoding {
	mediaType: string;
	/** The `encoding` of each field (Encoding Object), where the media type is a form. */
	fields: { [name: string]: { style?: string; explode?: boolean; contentType?: string } };
}

/** How to read a vendor's response. */
export interface ResultPlan {
	/** The record within the body; '' means the body itself. */
	record: Pointers;
	/** The list of records within the body, where the response is a list. */
	records?: Pointers;
	/** The record's id, within the record. */
	id?: Pointers;
	/** A link that the customer has to open, within the record. */
	link?: Pointers;
	/** Errors that a successful response may carry next to an empty record, within the body. */
	errors?: Pointers;
	/** A value that changes whenever the record changes, within the record. */
	changed?: Pointers;
	/** Names that a simplified record keeps. */
	simple?: string[];
	/** Names that the document declares in the response. */
	declared?: string[];
	/** The response only says that the record is gone. */
	deleted?: true;
}

/** How a list is delivered: whole, or in pages requested one after another. */
export type PaginationStyle = 'none' | 'offset' | 'page' | 'cursor' | 'next-url' | 'link-header';

/** How a list is paged: how to request a page, and what the response says about the next one. */
export interface Pagination {
	style: PaginationStyle;
	/** Where each value goes: the name of a query parameter, or a JSON Pointer into the request body (`/page/cursor`). */
	request?: { offset?: string; page?: string; cursor?: string; limit?: string };
	/** Page length to request. */
	size?: number;
	/** Number of the first page; 1 if absent. */
	first?: number;
	/** Pointers into the whole response body. */
	response?: { next?: Pointers; hasMore?: Pointers; done?: Pointers; total?: Pointers; pages?: Pointers };
}

/** n8n's wording for an operation. */
export interface OperationNames {
	/** Value of n8n's parameter Operation. */
	operation: string;
	/** 'Create' */
	name: string;
	/** 'Create credential' */
	action: string;
	/** 'Create a credential of a connector' */
	description: string;
}

/** How a vendor normalizes a text before comparing it: trim white space, ignore case, compose Unicode (NFC). */
export type Normalization = 'trim' | 'case' | 'unicode';

/** An extra operation next to the creating one: how to tell that a record already exists, and what to do then. */
export interface Identity extends OperationNames {
	/** A list operation to search, or one that returns the record (404: there is none). */
	find: Reference;
	/** Place in the request by name in the record, or by JSON Pointer into it; all must be equal. */
	match: { [property: string]: string };
	/** Parameters of the list operation that say whose record it is, and so belong to the identity. */
	scope?: string[];
	/** How the vendor compares texts, by name in `match`; exactly if absent. */
	normalize?: { [property: string]: Normalization[] };
	/** Names of `match` that the operator may leave out, and the n8n parameter that holds the names still compared. */
	optionalMatch?: string[];
	optionalMatchKey?: string;
	/** Text property of the record that the operator may give, and the n8n parameter that holds it. */
	nameField?: { property: string; key: string };
	/** Id of the operation that updates the record found; without one, the record is used as it is. */
	update?: string;
}

/** Which new record an operation waits for. */
export interface Wait {
	/** Property by whose value the operator may narrow the list, where it holds more than one link's records. */
	only?: { property: string; label: string; description?: string };
}

export interface Operation extends OperationNames {
	/** OpenAPI's operationId. */
	readonly id: string;
	/** Value of n8n's parameter Resource. */
	readonly resource: string;
	/** Plural of its records, where it returns a list: 'credentials'. */
	readonly plural?: string;
	readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
	/** Path template from the document: '/v1/orgs/{org_id}/credentials/'. */
	readonly path: string;
	readonly inputs: readonly Input[];
	/** Parameters that the n8n credential sends, as 'header x-api-version'. */
	readonly fromCredential?: readonly string[];
	readonly body?: BodyEncoding;
	readonly result: ResultPlan;
	/** Advice from the vendor's document on what to do next, by response status. */
	readonly hints: { [status: string]: string };
	readonly pagination?: Pagination;
	/** Repeating the request creates nothing twice. */
	readonly idempotent?: true;
	/** The form also offers to check first whether the record exists. */
	readonly identity?: Identity;
	/** List operation whose ids are returned next to a link, so that a later wait can tell what is new. */
	readonly known?: Reference;
	/** The operation polls its list until there is a new record. */
	readonly wait?: Wait;
}
