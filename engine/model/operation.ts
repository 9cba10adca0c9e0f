import type { Field } from './field';
import type { Pointers } from './json';
import type { Reference } from './reference';

export type Location = 'path' | 'query' | 'header' | 'cookie' | 'body';

/** One input of an operation, and where its value goes. */
export interface Input {
	readonly in: Location;
	readonly field: Field;
	/** OpenAPI's serialization of a parameter. */
	readonly style?: string;
	readonly explode?: boolean;
	/** A parameter that the document describes by `content`: written as JSON. */
	readonly json?: boolean;
	/** A body that can be left out. */
	readonly optional?: true;
	/** Says in which order a list comes. */
	readonly sort?: true;
	/** Place in the form among the inputs. */
	readonly order?: number;
}

/** How a body is written. */
export interface BodyEncoding {
	mediaType: string;
	/** The document's `encoding` of each field, where the media type is a form. */
	fields: { [name: string]: { style?: string; explode?: boolean; contentType?: string } };
}

/** How to read a vendor's answer. */
export interface ResultPlan {
	/** The record within the body; '' is the body itself. */
	record: Pointers;
	/** The list of records within the body, where the answer is one. */
	records?: Pointers;
	/** The record's id, within the record. */
	id?: Pointers;
	/** A link that the customer has to open, within the record. */
	link?: Pointers;
	/** Errors that a successful status may carry beside an empty record, within the body. */
	errors?: Pointers;
	/** What changes whenever the record changes, within the record. */
	changed?: Pointers;
	/** Names that a simplified record keeps. */
	simple?: string[];
	/** Names that the document has in the answer. */
	declared?: string[];
	/** The answer says no more than that the record is gone. */
	deleted?: true;
}

/** How a list comes: whole, or in pages that are asked for one after the other. */
export type PaginationStyle = 'none' | 'offset' | 'page' | 'cursor' | 'next-url' | 'link-header';

/** How a list is paged: what asks for a page, and what the answer says of the next one. */
export interface Pagination {
	style: PaginationStyle;
	/** Where each value goes: the name of a query parameter, or a JSON Pointer into the request body (`/page/cursor`). */
	request?: { offset?: string; page?: string; cursor?: string; limit?: string };
	/** Length of a page to ask for. */
	size?: number;
	/** Number of the first page; 1 where it is left out. */
	first?: number;
	/** Places in the whole body of the answer. */
	response?: { next?: Pointers; hasMore?: Pointers; done?: Pointers; total?: Pointers; pages?: Pointers };
}

/** n8n's words for an operation. */
export interface OperationNames {
	/** n8n's value of the parameter Operation. */
	operation: string;
	/** 'Create' */
	name: string;
	/** 'Create credential' */
	action: string;
	/** 'Create a credential of a connector' */
	description: string;
}

/** What a vendor does to a text before it compares it: cut off white space, ignore case, compose Unicode (NFC). */
export type Normalization = 'trim' | 'case' | 'unicode';

/** A further operation beside the one that creates: what tells that a record exists already, and what to do then. */
export interface Identity extends OperationNames {
	/** A list operation that is searched, or one that answers the record (404: there is none). */
	find: Reference;
	/** Place in the request by name in the record, or by JSON Pointer into it: all have to be equal. */
	match: { [property: string]: string };
	/** Parameters of the list operation that tell whose record it is, and so count as a part of the identity. */
	scope?: string[];
	/** How the vendor itself compares texts, by name in `match`: exactly where nothing is said. */
	normalize?: { [property: string]: Normalization[] };
	/** Names of `match` that the operator may leave out, and the n8n parameter that holds the rest. */
	optionalMatch?: string[];
	optionalMatchKey?: string;
	/** Name in the record of a text that the operator may give, and the n8n parameter that holds it. */
	nameField?: { property: string; key: string };
	/** Id of the operation that changes what was found; it is used as it is where there is none. */
	update?: string;
}

/** Which new record an operation waits for. */
export interface Wait {
	/** Property whose value the operator may give, where a list holds more than what one link leads to. */
	only?: { property: string; label: string; description?: string };
}

export interface Operation extends OperationNames {
	/** OpenAPI's operationId. */
	readonly id: string;
	/** n8n's value of the parameter Resource. */
	readonly resource: string;
	/** What several of its records are called, where it answers a list of them: 'credentials'. */
	readonly plural?: string;
	readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
	/** Path template of the document, '/v1/orgs/{org_id}/credentials/'. */
	readonly path: string;
	readonly inputs: readonly Input[];
	/** Parameters that the n8n credential sends, as 'header x-api-version'. */
	readonly fromCredential?: readonly string[];
	readonly body?: BodyEncoding;
	readonly result: ResultPlan;
	/** What to do next, by status of the answer, in the vendor's document. */
	readonly hints: { [status: string]: string };
	readonly pagination?: Pagination;
	/** A repeated request makes nothing twice. */
	readonly idempotent?: true;
	/** The form offers also to look first whether the record exists. */
	readonly identity?: Identity;
	/** List operation whose ids stand beside a link, so that a later wait can tell what is new. */
	readonly known?: Reference;
	/** The operation reads its list until there is a new record. */
	readonly wait?: Wait;
}
